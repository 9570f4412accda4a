"""What the task list and the check page show, as strings."""

from dataclasses import dataclass

from commonweal.core.maturity.answers import NOT_ANSWERED, Blank
from commonweal.core.maturity.models import Question
from commonweal.core.maturity.progress import Stage, progress
from commonweal.core.words import counted, listed, sentence_case
from commonweal.services.queries.assessments import Round
from commonweal.web.components.addresses import address
from commonweal.web.components.choices import choice_words
from commonweal.web.components.kinds import names_of

_TAGS = {
    Stage.NOT_STARTED: "govuk-tag--blue",
    Stage.ESTIMATED: "govuk-tag--yellow",
    Stage.PART: "govuk-tag--light-blue",
    Stage.COMPLETE: "",
}


@dataclass(frozen=True, slots=True)
class Task:
    """A theme in the task list; the tag is empty where the work is done."""

    title: str
    hint: str
    address: str
    status: str
    tag: str


def tasks(round_: Round) -> list[Task]:
    """The themes of a round with how far each is."""
    found = []
    question = names_of(round_.index).question
    for item in progress(round_.index, round_.given.answers, frozenset(round_.estimates)):
        partly = f"{item.answered} of {item.questions} {question}s answered"
        found.append(
            Task(
                title=f"{item.theme.code} {item.theme.title}",
                hint=f"{partly if item.stage is Stage.PART else sentence_case(counted(item.questions, question))}"
                f"{f' ({item.theme.part})' if item.theme.part else ''}",
                address=address("theme", round_.id, item.theme.code),
                status=item.stage,
                tag=_TAGS[item.stage],
            )
        )
    return found


def progress_line(round_: Round) -> str:
    """How far the whole is, in one line."""
    stages = [item.stage for item in progress(round_.index, round_.given.answers, frozenset(round_.estimates))]
    line = f"{stages.count(Stage.COMPLETE)} of {len(stages)} {names_of(round_.index).themes} completed"
    estimated = stages.count(Stage.ESTIMATED)
    return f"{line}, {estimated} estimated" if estimated else line


def next_theme(round_: Round, after: str = "") -> str | None:
    """The code of the first theme that is not completed, after a theme if one is named, then from the start."""
    items = progress(round_.index, round_.given.answers)
    codes = [item.theme.code for item in items]
    start = codes.index(after) + 1 if after in codes else 0
    open_ = [item.theme.code for item in items if item.stage is not Stage.COMPLETE]
    later = [code for code in codes[start:] if code in open_]
    others = [code for code in open_ if code != after]
    return next(iter([*later, *others]), None)


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """A question with its answers in words, as the check page lists it."""

    id: str
    title: str
    address: str
    now: str
    target: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedTheme:
    """A theme of the check page."""

    code: str
    title: str
    address: str
    may_change: bool
    missing: str
    answers: tuple[CheckedAnswer, ...]


def checked_themes(round_: Round) -> list[CheckedTheme]:
    """Every answer of a round, by theme, and what is missing."""
    given, estimates = round_.given.answers, round_.estimates
    found = []
    for theme in round_.index.themes:
        rows = tuple(_checked(question, round_) for question in theme.questions)
        missing = [
            question.id
            for question in theme.questions
            if Blank.UNANSWERED
            in (given.get(question.id, NOT_ANSWERED).present, given.get(question.id, NOT_ANSWERED).future)
        ]
        line = ""
        if theme.code in estimates:
            line = f"Estimated in the short form; not answered yet: {listed(missing)}."
        elif missing:
            line = f"Not fully answered yet: {listed(missing)}."
        found.append(
            CheckedTheme(
                code=theme.code,
                title=f"{theme.code} {theme.title}",
                address=address("theme", round_.id, theme.code),
                may_change=round_.may_change(theme.code),
                missing=line,
                answers=rows,
            )
        )
    return found


def _checked(question: Question, round_: Round) -> CheckedAnswer:
    answer = round_.given.answers.get(question.id, NOT_ANSWERED)
    remarks = (
        ("Does not apply because", answer.reason if Blank.NOT_APPLICABLE in (answer.present, answer.future) else ""),
        ("Step back because", answer.step_back),
        ("Note", answer.note),
    )
    return CheckedAnswer(
        id=question.id,
        title=question.title,
        address=address("question", round_.id, question.id),
        now=choice_words(question, answer.present),
        target=choice_words(question, answer.future),
        remarks=tuple(f"{name}: {text}" for name, text in remarks if text),
    )
