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
    for before, end in zip([datetime.date.min, *ends], ends, strict=False):
        planned = sum((cost for day, cost in costs if day <= end), Decimal())
        spent = _spent(said, end) if before < today else None
        found.append(Burn(end, planned, spent))
    return tuple(found)


def _planned_on(item: WorkItem, programme: Programme) -> datetime.date:
    return item.planned_due or item.due or last_day(programme.starts_on, item.year or programme.years)


def _spent(figures: Sequence[SpentBy], end: datetime.date) -> Decimal:
    last = {figure.work: figure.spent for figure in figures if figure.on <= end}
    return sum((spent for spent in last.values() if spent is not None), Decimal())
