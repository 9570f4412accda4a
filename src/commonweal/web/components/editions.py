"""What changed between two editions of an index, in words."""

from commonweal.core.maturity.edition import Edition
from commonweal.core.maturity.fates import Fate

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
