"""A plan's actions over the years of a programme: what the lower levels need first, evenly by effort.

The published guide asks for a two-year programme with work agreed for each year (checklist 64); which order counts is
data (standards/spreading), and index order breaks what is equal. Steps of one question have rising levels, so each
comes after what it builds on.
"""

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from commonweal.core.maturity.models import Index, Step
from commonweal.core.maturity.plan import is_duty
from commonweal.core.programme.working_days import months_from

_ONE_DAY = datetime.timedelta(days=1)


ORDERS: Mapping[str, Callable[[Index, Step], int]] = {
    "legal-minimum": lambda index, step: not is_duty(index, step),
    "level": lambda _, step: step.level,
}
"""What may come first, by the words of the data: missed legal minimums, or the lower level."""
LEVEL_ORDER = ("legal-minimum", "level")


@dataclass(frozen=True, slots=True)
class Spreading:
    """A way of spreading a plan over the years of a programme, with where it comes from."""

    title: str
    purpose: str
    source: str
    years: int
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """An action with the year of the programme it belongs to, from 1, and the days between which it is worked on."""

    step: Step
    year: int
    start: datetime.date
    due: datetime.date


def spread(
    index: Index,
    actions: Sequence[Step],
    *,
    starts_on: datetime.date,
    months: int,
    effort: Mapping[str, Decimal] | None = None,
    order: Sequence[str] = LEVEL_ORDER,
) -> tuple[Dated, ...]:
    """Every action with its dates, in the order in which they are taken up; due days end months counted from the start.

    `effort` in any one unit by action id; an action that is not in it counts as the average of those that are. `order`
    names what comes first (ORDERS).
    """
    ordered = sorted(actions, key=lambda step: [ORDERS[name](index, step) for name in order])
    known = {step.id: Fraction(effort[step.id]) for step in ordered if step.id in effort} if effort else {}
    usual = Fraction(sum(known.values()), len(known)) if any(known.values()) else Fraction(1)
    sizes = [known.get(step.id, usual) for step in ordered]
    whole = sum(sizes) or Fraction(1)
    found, done = [], Fraction()
    for step, size in zip(ordered, sizes, strict=True):
        first = min(int(done * months / whole), months - 1)
        done += size
        last = max(first + 1, math.ceil(done * months / whole))
        due = months_from(starts_on, last) - _ONE_DAY
        found.append(Dated(step, (last - 1) // 12 + 1, months_from(starts_on, first), due))
    return tuple(found)
