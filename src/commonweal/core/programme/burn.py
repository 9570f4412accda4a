"""How a programme's money goes over time: what its work was to cost by each day, and what was spent by then.

Work costs what it is planned to on the day on which it was planned to be due; without such a day, at the end of its
year. What was spent by a day is the last figure that somebody gave up to it, work by work.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from commonweal.core.programme.models import Programme, WorkItem, last_day
from commonweal.core.programme.work import WorkState
from commonweal.core.programme.working_days import months_from


@dataclass(frozen=True, slots=True)
class SpentBy:
    """That so much was spent on a piece of work by a day, in pounds; None takes back what was said."""

    work: UUID
    on: datetime.date
    spent: Decimal | None


@dataclass(frozen=True, slots=True)
class Burn:
    """Pounds by the end of a day: planned to be spent, and spent; None for days to come."""

    on: datetime.date
    planned: Decimal
    spent: Decimal | None


def burn(
    programme: Programme, figures: Iterable[SpentBy], ends: Sequence[datetime.date], today: datetime.date
) -> tuple[Burn, ...]:
    """The money by the ends of months; of the month that runs, what is spent so far. `figures` as they were given."""
    costs = [
        (_planned_on(item, programme), item.cost)
        for item in programme.work
        if item.cost is not None and item.state is not WorkState.DROPPED
    ]
    said = list(figures)
    found = []
    for end, begun in has_begun(ends, today):
        planned = sum((cost for day, cost in costs if day <= end), Decimal())
        found.append(Burn(end, planned, _spent(said, end) if begun else None))
    return tuple(found)


def has_begun(ends: Sequence[datetime.date], today: datetime.date) -> list[tuple[datetime.date, bool]]:
    """The ends of months, each with whether its month has begun by a day.

    >>> days = [datetime.date(2027, month, 28) for month in (2, 3, 4)]
    >>> [begun for _, begun in has_begun(days, datetime.date(2027, 3, 1))]
    [True, True, False]
    """
    first = months_from(ends[0], -1) if ends else today
    return [(end, before < today) for before, end in zip([first, *ends], ends, strict=False)]


def _planned_on(item: WorkItem, programme: Programme) -> datetime.date:
    return item.planned_due or item.due or last_day(programme.starts_on, item.year or programme.years)


def _spent(figures: Sequence[SpentBy], end: datetime.date) -> Decimal:
    last = {figure.work: figure.spent for figure in figures if figure.on <= end}
    return sum((spent for spent in last.values() if spent is not None), Decimal())
