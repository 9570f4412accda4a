"""A programme against its plan, and what is agreed for its years and said in its paper."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.programme.burn import SpentBy
from commonweal.core.programme.progress import DoneOn, LevelMark, Progress, levels_over_time, progress
from commonweal.core.programme.work import WorkState, WorkStep
from commonweal.services.errors import NotFound
from commonweal.services.queries.position import standing
from commonweal.services.queries.programmes import ProgrammeView, programme
from commonweal.services.writing import reading
from commonweal.store.models import Person, Programme, ProgrammePaper, ProgrammeYear, WorkMove, WorkSpent


@dataclass(frozen=True, slots=True)
class YearLine:
    """What is agreed for a year of a programme."""

    year: int
    money: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What the paper of a programme says, by the names of its fields, and which version of it this is."""

    fields: dict[str, str]
    version: int


@dataclass(frozen=True, slots=True)
class ProgressView:
    """A programme against its plan; `levels` is empty where no assessment is its baseline."""

    view: ProgrammeView
    progress: Progress
    levels: tuple[LevelMark, ...]
    done_on: DoneOn


@reading
def agreed_years(programme_id: UUID, *, by: Person) -> list[YearLine]:
    """What is agreed for the years of a programme, the first first. Raises NotFound."""
    years = Programme.objects.for_actor(by, Action.SEE_WORK, pk=programme_id).values_list("years", flat=True).first()
    if years is None:
        raise NotFound
    rows = ProgrammeYear.objects.for_actor(by, Action.SEE_WORK, programme_id=programme_id)
    there = {year: YearLine(year, money, words) for year, money, words in rows.values_list("year", "money", "words")}
    return [there.get(year, YearLine(year, None, "")) for year in range(1, years + 1)]


@reading
def paper_of(programme_id: UUID, *, by: Person) -> Paper:
    """What the paper of a programme says so far. Raises NotFound."""
    if not Programme.objects.for_actor(by, Action.SEE_WORK, pk=programme_id).exists():
        raise NotFound
    row = ProgrammePaper.objects.for_actor(by, Action.SEE_WORK, programme_id=programme_id).first()
    return Paper(dict(row.fields), row.version) if row else Paper({}, 0)


@reading
def progress_of(programme_id: UUID, *, by: Person, today: datetime.date) -> ProgressView:
    """A programme against its plan on a day. Raises NotFound."""
    view = programme(programme_id, by=by)
    done = done_days(view, by=by)
    agreed = {one.year: one.money for one in agreed_years(programme_id, by=by)}
    levels: tuple[LevelMark, ...] = ()
    if view.assessment_id is not None:
        found = standing(view.assessment_id, by=by, today=today)
        moves = [line.move for line in found.moves]
        baseline = found.baseline.assessment.answers
        levels = levels_over_time(found.round.index, baseline, moves, view.programme, today)
    figures = spent_by(programme_id, by=by)
    return ProgressView(view, progress(view.programme, done, agreed, today, figures), levels, done)


@reading
def spent_by(programme_id: UUID, *, by: Person) -> list[SpentBy]:
    """What was said to be spent on the work of a programme, the first first."""
    rows = WorkSpent.objects.for_actor(by, Action.SEE_WORK, work__programme_id=programme_id).order_by("id")
    return [SpentBy(work, on, spent) for work, on, spent in rows.values_list("work_id", "on", "spent")]


def done_days(view: ProgrammeView, *, by: Person) -> DoneOn:
    """The days on which the work that is confirmed was confirmed last."""
    confirmed = {item.id for item in view.programme.work if item.state is WorkState.CONFIRMED}
    moves = WorkMove.objects.for_actor(by, Action.SEE_WORK, work__programme_id=view.id, step=WorkStep.CONFIRM.value)
    return {id_: on for id_, on in moves.order_by("id").values_list("work_id", "on") if id_ in confirmed}
