"""What has to be kept up for an organisation to stay where it stands."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.maturity.answers import Answers
from commonweal.core.maturity.effect import effect
from commonweal.core.maturity.results import assess
from commonweal.core.programme.position import Cause
from commonweal.core.programme.upkeep import Due, Kept, due_again
from commonweal.services.queries.position import Standing, standing
from commonweal.services.writing import reading
from commonweal.standards.upkeep import upkeep_of
from commonweal.store.models import KeptUp, Person, Programme


@dataclass(frozen=True, slots=True)
class KeptLine:
    """That a question was kept up, and who said so."""

    question: str
    on: datetime.date
    until: datetime.date | None
    words: str
    link: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class DueLine:
    """What is due, what happens to the levels if it is not kept up, in sentences, and when it was last."""

    due: Due
    often: str
    falls: tuple[str, ...]
    last: KeptLine | None


@dataclass(frozen=True, slots=True)
class Upkept:
    """Where an organisation stands, what is due, and what has lapsed and may be kept up again: answers by question."""

    standing: Standing
    is_living: bool
    """Whether levels lapse: once a programme is under way."""
    dues: tuple[DueLine, ...]
    lapsed: Mapping[str, tuple[int, int, datetime.date]]


def kept_by_question(assessment_id: UUID) -> dict[str, Kept]:
    """When each question was last kept up, of an assessment that was let in already."""
    rows = KeptUp.objects.of(assessment_id).order_by("on", "id").values_list("question", "on", "answer", "until")
    return {question: Kept(on, answer, until) for question, on, answer, until in rows}


def living_since(assessment_id: UUID) -> datetime.datetime | None:
    """When the first programme on an assessment (let in already) was made: its answers count as kept up then."""
    return Programme.objects.of(assessment_id).order_by("created_at").values_list("created_at", flat=True).first()


@reading
def upkept(assessment_id: UUID, *, by: Person, today: datetime.date) -> Upkept:
    """What is due to stay where one stands. Raises NotFound or Forbidden."""
    found = standing(assessment_id, by=by, today=today)
    upkeep, index = upkeep_of(found.round.index.reference), found.round.index
    began = living_since(assessment_id)
    since = today if began is None else began.date()
    answers = found.current.assessment.answers
    kept = kept_by_question(assessment_id)
    lines = _lines(assessment_id, by)
    return Upkept(
        standing=found,
        is_living=began is not None,
        dues=tuple(
            DueLine(due, upkeep.words[due.criterion], _falls(found, answers, due), lines.get(due.question.id))
            for due in due_again(index, answers, upkeep, kept, since)
        ),
        lapsed=_lapsed(found),
    )


def _lines(assessment_id: UUID, by: Person) -> dict[str, KeptLine]:
    rows = KeptUp.objects.for_actor(by, Action.SEE_WORK, assessment=assessment_id).order_by("on", "id")
    found = rows.values_list("question", "on", "until", "words", "link", "by__name", "at")
    return {row[0]: KeptLine(*row) for row in found}


def _falls(found: Standing, answers: Answers, due: Due) -> tuple[str, ...]:
    """What a lapse would do to the levels."""
    fallen = replace(answers[due.question.id], present=due.answer - 1)
    after = assess(replace(found.current.assessment, answers={**answers, due.question.id: fallen}))
    moved = [one for one in effect(found.current, after, due.question.theme) if ": from " in one or ": still " in one]
    return tuple(moved) or ("No level falls by this alone.",)


def _lapsed(found: Standing) -> dict[str, tuple[int, int, datetime.date]]:
    """Questions whose last move was a lapse: where each stands, where it stood before it began to fall, and when."""
    lapsed: dict[str, tuple[int, int, datetime.date]] = {}
    for line in found.moves:
        move = line.move
        if move.cause is Cause.LAPSED:
            before = lapsed[move.question][1] if move.question in lapsed else move.before
            lapsed[move.question] = (move.after, before, move.on)
        else:
            lapsed.pop(move.question, None)
    return lapsed
