"""Where an organisation stands since its baseline."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.programme.position import Cause, PositionMove, position
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.writing import reading
from commonweal.store.models import Person, PositionChange


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move of the position with what it came from: the work, who recorded it and when."""

    move: PositionMove
    work: UUID | None
    title: str
    by: str
    at: datetime.datetime


@reading
def position_moves(assessment_id: UUID, *, by: Person) -> list[MoveLine]:
    """The moves since the baseline, the first first."""
    rows = PositionChange.objects.for_actor(by, assessment_id=assessment_id).order_by("id")
    found = rows.values_list("question", "before", "after", "on", "cause", "work_id", "work__title", "by__name", "at")
    return [
        MoveLine(PositionMove(question, before, after, on, Cause(cause)), work, title or "", name, at)
        for question, before, after, on, cause, work, title, name, at in found
    ]


@reading
def answers_now(assessment_id: UUID, *, by: Person) -> dict[str, QuestionAnswer]:
    """The answers after every move that was recorded. Raises NotFound."""
    baseline = assessment_round(assessment_id, by=by).assessment().answers
    moves = [line.move for line in position_moves(assessment_id, by=by)]
    return position(baseline, moves, datetime.date.max)
