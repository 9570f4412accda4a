"""Where an organisation stands since its baseline."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.maturity.answers import Assessment, QuestionAnswer
from commonweal.core.maturity.effect import effect
from commonweal.core.maturity.results import Results, assess
from commonweal.core.problems import Refused
from commonweal.core.programme.models import WorkItem
from commonweal.core.programme.position import Cause, PositionMove, find_step, position, raised_by, with_targets_reached
from commonweal.core.programme.upkeep import cycles
from commonweal.core.programme.working_days import months_from
from commonweal.services.allowed import require_with
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.writing import reading
from commonweal.standards.upkeep import upkeep_of
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
    rows = PositionChange.objects.for_actor(by, Action.SEE_WORK, assessment=assessment_id).order_by("id")
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


@dataclass(frozen=True, slots=True)
class Standing:
    """An assessment's results at its baseline and on a day, and the moves up to that day, the first first."""

    round: Round
    baseline: Results
    current: Results
    moves: tuple[MoveLine, ...]
    on: datetime.date


@reading
def standing(assessment_id: UUID, *, by: Person, today: datetime.date) -> Standing:
    """Where an organisation stands on a day, counted from an assessment. Raises NotFound or Forbidden."""
    round_ = assessment_round(assessment_id, by=by)
    require_with(by, Action.SEE_WORK, round_.organisation_id, round_.id)
    moves = tuple(line for line in position_moves(assessment_id, by=by) if line.move.on <= today)
    baseline = round_.assessment()
    current = _moved_on(baseline, [line.move for line in moves], today)
    return Standing(round_, assess(baseline), assess(current), moves, today)


def _moved_on(given: Assessment, moves: Iterable[PositionMove], on: datetime.date) -> Assessment:
    """An assessment after its moves up to a day. A target that was passed counts as reached: nobody aims lower."""
    return replace(given, answers=with_targets_reached(position(given.answers, moves, on)))


@reading
def current_results(round_: Round, *, by: Person, today: datetime.date) -> Results | None:
    """The results of an assessment after its moves. None where nothing moved it, or its moves are not to be seen."""
    moves = [line.move for line in position_moves(round_.id, by=by)]
    if not moves:
        return None
    return assess(_moved_on(round_.assessment(), moves, today))


@dataclass(frozen=True, slots=True)
class Confirming:
    """What confirming a piece of work would do: from which answer to which, and in sentences; or why it cannot yet."""

    question: str
    before: str
    after: str
    sentences: tuple[str, ...]
    refused: str = ""
    is_there: bool = False
    holds_until: datetime.date | None = None
    """Until when it would hold if it were confirmed today; None where it need not be kept up."""


@reading
def confirming(assessment_id: UUID, item: WorkItem, *, by: Person, today: datetime.date) -> Confirming | None:
    """What it would do to the levels if this work were confirmed today. None where the index lacks its step."""
    found = standing(assessment_id, by=by, today=today)
    index, answers = found.round.index, found.current.assessment.answers
    step = find_step(index, item.step)
    if step is None:
        return None
    question = next(one for one in index.questions if one.id == step.question)
    texts = question.answers[step.to_answer - 1].text, question.answers[step.to_answer].text
    raised = raised_by(step, answers)
    if isinstance(raised, Refused):
        return Confirming(question.id, *texts, (), refused=str(raised))
    if raised is None:
        return Confirming(question.id, *texts, (), is_there=True)
    moved = replace(answers[question.id], present=raised[1])
    after = assess(replace(found.current.assessment, answers={**answers, question.id: moved}))
    kept = [
        months for answer, months, _ in cycles(question, raised[1], upkeep_of(index.reference)) if answer == raised[1]
    ]
    holds_until = months_from(today, kept[0]) if kept else None
    return Confirming(question.id, *texts, effect(found.current, after, step.theme), holds_until=holds_until)
