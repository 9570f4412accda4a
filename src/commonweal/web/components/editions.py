"""What changed between two editions of an index, in words."""

from commonweal.core.maturity.edition import Edition
from commonweal.core.maturity.fates import Fate
from commonweal.core.maturity.models import Question

_WORDS = {
    Fate.REWORDED: "Worded otherwise",
    Fate.MOVED: "In another theme",
    Fate.SPLIT: "A part of {before}",
    Fate.MERGED: "Stands for {before}",
    Fate.NEW: "New",
    Fate.GONE: "Gone",
}


def edition_changes(between: Edition) -> list[tuple[str, str, str]]:
    """What is not as it was: the question, what became of it, and what was said of the change."""
    texts = {question.id: question.title for index in (between.before, between.after) for question in index.questions}
    rows = []
    for one in between.changes():
        id_ = one.question or one.before[0]
        words = _WORDS[one.fate].format(before=", ".join(one.before))
        rows.append((f"{id_} {texts[id_]}", words, one.what))
    return rows


_TEXTS = (
    ("title", "Title"),
    ("question", "Question"),
    ("help", "Help"),
    ("evidence", "What would show it"),
    ("may_not_apply", "Where it does not apply"),
)


def text_changes(between: Edition) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The texts that are not as they were: the question, then what was said and what is said now."""
    old = {question.id: question for question in between.before.questions}
    found = []
    for question in between.after.questions:
        was = old.get(question.id)
        if was is None:
            continue
        rows = [(words, getattr(was, name), getattr(question, name)) for name, words in _TEXTS]
        rows += [("Answers", _answers(was), _answers(question)), ("Actions", _actions(was), _actions(question))]
        changed = [row for row in rows if row[1] != row[2]]
        if changed:
            found.append((f"{question.id} {question.title}", changed))
    return found


def _answers(question: Question) -> str:
    return "\n".join(answer.text for answer in question.answers)


def _actions(question: Question) -> str:
    return "\n".join(step.text for step in question.steps)
