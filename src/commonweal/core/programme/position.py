"""The current position: where an organisation stands since its baseline, by what was done and what lapsed.

The baseline is an assessment, which stays as it was decided on. Work that is confirmed moves the answer to one question
up by one; what has to be kept up and was not moves it down. Each such move has its day, so that the position of any
day can be told again.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers, QuestionAnswer
from commonweal.core.maturity.models import Index, Step
from commonweal.core.problems import Refused


class Cause(StrEnum):
    """Why a position moved. The values are kept in tables."""

    CONFIRMED = "confirmed"
    TAKEN_BACK = "taken-back"
    LAPSED = "lapsed"
    KEPT_UP = "kept-up"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> Cause.CONFIRMED.label
        'Work confirmed'
        """
        return {
            Cause.CONFIRMED: "Work confirmed",
            Cause.TAKEN_BACK: "Confirmation taken back",
            Cause.LAPSED: "Not kept up in time",
            Cause.KEPT_UP: "Kept up again",
        }[self]


@dataclass(frozen=True, slots=True)
class PositionMove:
    """One question's answer moved on a day, from one position of its ladder to another."""

    question: str
    before: int
    after: int
    on: datetime.date
    cause: Cause


def position(baseline: Answers, moves: Iterable[PositionMove], on: datetime.date) -> dict[str, QuestionAnswer]:
    """The answers for now as they stand at the end of a day: the baseline's, moved by all moves up to it, in order.

    Targets stay the baseline's. `moves` are in the order in which they were recorded. A draft may have been answered
    anew after a move: a rise then never lowers, a fall only happens from where it was recorded, and a question without
    an answer for now stays so.
    """
    found = dict(baseline)
    for move in sorted((move for move in moves if move.on <= on), key=lambda move: move.on):
        answer = found.get(move.question, NOT_ANSWERED)
        if not isinstance(answer.present, int):
            continue
        if move.before < move.after:
            found[move.question] = dataclasses.replace(answer, present=max(answer.present, move.after))
        elif answer.present == move.before:
            found[move.question] = dataclasses.replace(answer, present=move.after)
    return found


def with_targets_reached(answers: Mapping[str, QuestionAnswer]) -> dict[str, QuestionAnswer]:
    """Answers whose targets are at least what is in place: where work went beyond a target, nobody aims back."""
    return {
        id_: dataclasses.replace(answer, future=answer.present)
        if isinstance(answer.present, int) and isinstance(answer.future, int) and answer.future < answer.present
        else answer
        for id_, answer in answers.items()
    }


def raised_by(step: Step, current: Answers) -> tuple[int, int] | Refused | None:
    """From which answer to which finished work moves its question; None where the question stands there already.

    Refused where the step before it is not done: levels follow in order.
    """
    present = current.get(step.question, NOT_ANSWERED).present
    if not isinstance(present, int):
        return Refused(f"{step.question} has no answer for now, so no step follows it.", "Answer the question first.")
    if present >= step.to_answer:
        return None
    if present < step.to_answer - 1:
        return Refused(
            f"This builds on an earlier step of {step.question}, which is not in place.",
            "Confirm the work for that step first, or keep it up again if it lapsed.",
        )
    return present, step.to_answer


def lowered_by(step: Step, current: Answers) -> tuple[int, int] | Refused | None:
    """From which answer to which a question goes when finished work turns out not to be done.

    None where the question stands below already. Refused while a later step stands on it.
    """
    present = current.get(step.question, NOT_ANSWERED).present
    if not isinstance(present, int) or present < step.to_answer:
        return None
    if present > step.to_answer:
        return Refused(
            f"A later step of {step.question} is confirmed and builds on this one.",
            "Take that confirmation back first.",
        )
    return present, step.to_answer - 1


def find_step(index: Index, id_: str) -> Step | None:
    """The step with an id, if the index has it."""
    return next((step for question in index.questions for step in question.steps if step.id == id_), None)
