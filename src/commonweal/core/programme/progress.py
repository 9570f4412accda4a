"""How a programme goes against its plan: what was due and what is done, slippage, forecast, money, levels.

*Planned* is the day on which work was due as it was agreed; a due day that moves after that is slippage. Work counts
as done on the day on which it was confirmed. Parts are not counted beside what they are parts of; their money is.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from commonweal.core.maturity.answers import Answers, Column
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.route import after
from commonweal.core.maturity.rules import score
from commonweal.core.maturity.scoring import Overall, ThemeScore
from commonweal.core.programme.burn import Burn, SpentBy, burn, has_begun
from commonweal.core.programme.models import Programme, WorkItem
from commonweal.core.programme.position import Cause, PositionMove, position
from commonweal.core.programme.work import WorkState
from commonweal.core.programme.working_days import months_from

_MOST_MONTHS = 120
_ONE_DAY = datetime.timedelta(days=1)
DoneOn = Mapping[UUID, datetime.date]
"""The day on which work was confirmed, by its id."""


@dataclass(frozen=True, slots=True)
class Count:
    """How much was to be done by the end of a day, and how much was; None for days to come."""

    on: datetime.date
    planned: int
    done: int | None


@dataclass(frozen=True, slots=True)
class Slip:
    """Work that is not done and is expected later than planned, by so many days."""

    item: WorkItem
    planned: datetime.date
    expected: datetime.date

    @property
    def days(self) -> int:
        """By how many days it slips."""
        return (self.expected - self.planned).days


@dataclass(frozen=True, slots=True)
class YearMoney:
    """Money of a year of the programme in pounds: agreed for it, planned by its work, spent on that work.

    `left` is what is agreed and not spent; None where nothing is agreed.
    """

    year: int
    agreed: Decimal | None
    planned: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal | None:
        """What is agreed and not spent yet."""
        return None if self.agreed is None else self.agreed - self.spent


@dataclass(frozen=True, slots=True)
class Progress:
    """A programme against its plan on a day.

    `lateness` is by how many days what is done was late on average, cut down; below nought where it was early, None
    where nothing planned is done. `forecast` is the day by which everything is expected to be done; None where nothing
    has a day.
    """

    months: tuple[Count, ...]
    today: Count
    slips: tuple[Slip, ...]
    lateness: int | None
    forecast: datetime.date | None
    money: tuple[YearMoney, ...]
    burn: tuple[Burn, ...] = ()


def progress(
    programme: Programme,
    done_on: DoneOn,
    agreed: Mapping[int, Decimal | None],
    today: datetime.date,
    figures: Sequence[SpentBy] = (),
) -> Progress:
    """A programme against its plan; `agreed` is the money agreed for its years, `figures` what was said to be spent."""
    kept = [item for item in programme.work if item.parent is None and item.state is not WorkState.DROPPED]
    late = [(done_on[item.id] - item.planned_due).days for item in kept if item.id in done_on and item.planned_due]
    happened = [*done_on.values(), *(figure.on for figure in figures)]
    ends = month_ends(programme, happened, today)
    return Progress(
        months=_by_month(kept, done_on, ends, today),
        today=_count(kept, done_on, today, is_over=True),
        slips=_slips(kept, today),
        lateness=sum(late) // len(late) if late else None,
        forecast=_forecast(kept, done_on, max(0, sum(late) // len(late)) if late else 0, today),
        money=_money(programme, agreed),
        burn=burn(programme, figures, ends, today),
    )


def month_ends(programme: Programme, happened: Sequence[datetime.date], today: datetime.date) -> list[datetime.date]:
    """The last days of months counted from the first day, to the end of the programme or of what is due after it.

    What was done or spent outside these months has its place too: the day before the first, or the months after.
    """
    kept = [item for item in programme.work if item.state is not WorkState.DROPPED]
    days = [day for item in kept for day in (item.due, item.planned_due) if day]
    last = max([programme.ends_on, *days, *happened])
    if kept and not all(item.state.is_over for item in kept):
        last = max(last, today)
    found = [programme.starts_on - _ONE_DAY] if any(day < programme.starts_on for day in happened) else []
    for month in range(1, _MOST_MONTHS + 1):
        if month > 1 and found[-1] >= last:
            break
        found.append(months_from(programme.starts_on, month) - _ONE_DAY)
    return found


def _by_month(
    kept: Sequence[WorkItem], done_on: DoneOn, ends: Sequence[datetime.date], today: datetime.date
) -> tuple[Count, ...]:
    """Of the month that runs, what is done so far; of those to come, only what is planned."""
    return tuple(_count(kept, done_on, end, is_over=begun) for end, begun in has_begun(ends, today))


def _count(kept: Sequence[WorkItem], done_on: DoneOn, end: datetime.date, *, is_over: bool) -> Count:
    planned = sum(item.planned_due is not None and item.planned_due <= end for item in kept)
    done = sum(item.id in done_on and done_on[item.id] <= end for item in kept)
    return Count(end, planned, done if is_over else None)


def _slips(kept: Sequence[WorkItem], today: datetime.date) -> tuple[Slip, ...]:
    found = [
        Slip(item, item.planned_due, max(item.due, today))
        for item in kept
        if item.due and item.planned_due and not item.state.is_over and max(item.due, today) > item.planned_due
    ]
    return tuple(sorted(found, key=lambda slip: (-slip.days, slip.item.number)))


def _forecast(kept: Sequence[WorkItem], done_on: DoneOn, lateness: int, today: datetime.date) -> datetime.date | None:
    """Open work is expected as late after its due day as what is done was on average, and never before today."""
    expected = [
        max(item.due + datetime.timedelta(days=lateness), today) for item in kept if item.due and not item.state.is_over
    ]
    return max([*expected, *(done_on[item.id] for item in kept if item.id in done_on)], default=None)


def _money(programme: Programme, agreed: Mapping[int, Decimal | None]) -> tuple[YearMoney, ...]:
    """By year; what has no year counts to the last one. What was dropped is not planned, and what it cost was spent."""
    return tuple(
        YearMoney(
            year,
            agreed.get(year),
            _sum(item.cost for item in work if item.state is not WorkState.DROPPED),
            _sum(item.spent for item in work),
        )
        for year in range(1, programme.years + 1)
        for work in [[item for item in programme.work if (item.year or programme.years) == year]]
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal())


@dataclass(frozen=True, slots=True)
class LevelMark:
    """The overall score by the end of a day: as planned, and as reached; None for days to come.

    `planned_themes` and `reached_themes` are where the themes stand, in the order of the index.
    """

    on: datetime.date
    planned: Overall
    reached: Overall | None
    planned_themes: tuple[ThemeScore, ...] = ()
    reached_themes: tuple[ThemeScore, ...] = ()


def levels_over_time(
    index: Index,
    baseline: Answers,
    moves: Sequence[PositionMove],
    programme: Programme,
    today: datetime.date,
) -> tuple[LevelMark, ...]:
    """Levels planned and reached at the first day, at the end of each quarter of the programme, and today.

    Planned is where one stood when the programme began, without what its own work did before that day, with every
    action done on the day on which it was planned.
    """
    steps = {step.id: step for question in index.questions for step in question.steps}
    work = [
        (item.planned_due, steps[item.step])
        for item in programme.work
        if item.step in steps and item.planned_due and item.state is not WorkState.DROPPED
    ]
    days = [programme.starts_on]
    days += [months_from(programme.starts_on, 3 * n) - _ONE_DAY for n in range(1, 4 * programme.years + 1)]
    days = sorted({*days, today})
    own = {(step.question, step.to_answer) for _, step in work}
    others = [move for move in moves if move.cause is not Cause.CONFIRMED or (move.question, move.after) not in own]
    before = position(baseline, others, programme.starts_on - _ONE_DAY)
    found = []
    for day in days:
        done = after(before, [step for planned_on, step in work if planned_on <= day])
        planned = score(index, done, Column.PRESENT)
        reached = score(index, position(baseline, moves, day), Column.PRESENT) if day <= today else None
        found.append(
            LevelMark(
                day,
                planned.overall,
                reached.overall if reached else None,
                planned.themes,
                reached.themes if reached else (),
            )
        )
    return tuple(found)
