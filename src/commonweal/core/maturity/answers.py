"""What an organisation answered, and which answers are refused."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from commonweal.core.maturity.models import Index, Question
from commonweal.core.problems import Refused


class Blank(Enum):
    """Two ways of giving no answer, never to be mixed up: not answered yet, and does not apply to us."""

    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "n/a"


LONGEST_REMARK = 2_000
"""Characters in a note or a reason, wherever it is written."""

LONGEST_NAME = 120
"""Characters in the name of an organisation."""

Choice = int | Blank
"""An answer's position from 0, or a blank."""


class Column(StrEnum):
    """Where you are now, and where you want to be."""

    PRESENT = "present"
    FUTURE = "future"


class Standing(StrEnum):
    """Whether answers were given by the organisation, or are one set of many that fit what it published."""

    GIVEN = "given"
    RECONSTRUCTED = "reconstructed"


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """The answers to one question in both columns.

    `reason` says why a question does not apply; `step_back` why the future lies below the present.
    """

    present: Choice = Blank.UNANSWERED
    future: Choice = Blank.UNANSWERED
    note: str = ""
    reason: str = ""
    step_back: str = ""

    def __getitem__(self, column: Column) -> Choice:
        return self.present if column is Column.PRESENT else self.future


NOT_ANSWERED = QuestionAnswer()

Answers = Mapping[str, QuestionAnswer]
"""Answers by question id; a question that is missing has not been answered."""


def answers_for(index: Index, answers: Answers) -> dict[str, QuestionAnswer]:
    """Those of some answers that a version of the index still knows, to begin another round with.

    A target that is reached by now is where the question stands; reasons for a step back stay with the round they
    were given in.
    """
    kept = {}
    for question in index.questions:
        answer = answers.get(question.id, NOT_ANSWERED)
        last = len(question.answers) - 1
        choices = [choice for choice in (answer.present, answer.future) if isinstance(choice, int)]
        if answer == NOT_ANSWERED or any(choice > last for choice in choices):
            continue
        if isinstance(answer.present, int) and isinstance(answer.future, int) and answer.future < answer.present:
            answer = replace(answer, future=answer.present, step_back="")
        kept[question.id] = answer
    return kept


@dataclass(frozen=True, slots=True)
class Assessment:
    """An organisation's answers to one version of an index. `horizon_years` counts from `date`."""

    organisation: str
    index: Index
    answers: Answers
    horizon_years: int | None = None
    date: datetime.date | None = None
    answers_are: Standing = Standing.GIVEN
    source: str = ""
    estimated: tuple[str, ...] = ()
    """The codes of the themes whose answers stand in for the one level that somebody chose in the short form."""


@dataclass(frozen=True, slots=True)
class Remedies:
    """What to do about a refused answer, in the words of the place where it was given."""

    reason: str
    step_back: str


IN_A_FILE = Remedies(
    reason='Add one line, for example reason: "We have no departments".',
    step_back="Choose the present answer or a higher one, or say why in step_back.",
)
ON_A_PAGE = Remedies(
    reason="Say why in one line, for example: We have no departments.",
    step_back="Choose the answer for now or a higher one, or say why under \u201cReason for the step back\u201d.",
)


IN_A_WORKBOOK = Remedies(
    reason='Say why in the column "If it does not apply: why".',
    step_back='Choose the answer for now or a higher one, or say why in the column "If the target is lower: why".',
)


def refusals(
    question: Question, answer: QuestionAnswer, remedies: Remedies = IN_A_FILE
) -> Iterator[tuple[str, Refused]]:
    """Every reason to refuse an answer, each with the field it is about."""
    refused = [refusal for column in Column for refusal in _choice_refusals(question, answer, column, remedies)]
    yield from refused
    present, future = answer.present, answer.future
    if not isinstance(present, int) or not isinstance(future, int) or refused:
        return
    if future < present and not answer.step_back:
        yield (
            Column.FUTURE,
            Refused(
                f"The future answer to {question.id} ({future}) lies below the present one ({present}).",
                remedies.step_back,
            ),
        )


def _choice_refusals(
    question: Question, answer: QuestionAnswer, column: Column, remedies: Remedies
) -> Iterator[tuple[str, Refused]]:
    choice, last = answer[column], len(question.answers) - 1
    if isinstance(choice, int) and not 0 <= choice <= last:
        yield (
            column,
            Refused(f"{choice} is not an answer to question {question.id}.", f"Choose 0 to {last}."),
        )
    if choice is Blank.NOT_APPLICABLE:
        if not question.may_not_apply:
            yield (
                column,
                Refused(
                    f"Question {question.id} applies to every organisation.",
                    f"Choose 0 to {last}, or leave it out if you have not answered it yet.",
                ),
            )
        elif not answer.reason:
            yield (
                column,
                Refused(
                    f"Question {question.id} is marked as not applying, but the reason is missing.",
                    remedies.reason,
                ),
            )
