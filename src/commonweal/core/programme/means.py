"""What there is for a programme: time, money and people; and what each action takes of them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from commonweal.core.programme.working_days import months_from

DAYS_A_YEAR = 220
"""How many days of work somebody has in a year: 260 week days less leave and bank holidays. Ours, and rounded."""
EVERYBODY = ""
"""The department that all work counts to."""


class Aim(StrEnum):
    """What is to be made the most of. The values stand in addresses."""

    CHEAPEST = "cheapest"
    SOONEST = "soonest"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Means:
    """What there is. `money` in pounds for each year of the programme, None for no limit; as many as years begun.

    `days` is how many days of work a month brings, by department and for `EVERYBODY`; what is not in it has no limit.
    """

    starts_on: datetime.date
    months: int
    money: tuple[Decimal | None, ...] = ()
    days: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def years(self) -> int:
        """How many years are begun."""
        return years_begun(self.months)

    @property
    def is_limited(self) -> bool:
        """Whether money or people are limited at all."""
        return bool(self.days) or any(money is not None for money in self.money)

    def ends_on(self, months: int) -> datetime.date:
        """The last day of the first so many months."""
        return months_from(self.starts_on, months) - datetime.timedelta(days=1)


def years_begun(months: int) -> int:
    """How many years are begun within so many months.

    >>> years_begun(24), years_begun(25)
    (2, 3)
    """
    return -(-months // 12)


@dataclass(frozen=True, slots=True)
class Labour:
    """What actions take of people, by action id: days of work, department, and the actions that come first."""

    effort: Mapping[str, Decimal] = field(default_factory=dict)
    department: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def days(self, action: str) -> Decimal:
        """How many days of work an action takes; none where nobody says."""
        return self.effort.get(action, Decimal())

    def takes(self, action: str, department: str) -> bool:
        """Whether an action takes of the days of a department."""
        return department in (EVERYBODY, self.department.get(action, EVERYBODY))


def days_a_month(people: Decimal) -> Decimal:
    """How many days of work so many people bring in a month, to hundredths, cut down.

    >>> days_a_month(Decimal("1.5"))
    Decimal('27.50')
    """
    return (people * DAYS_A_YEAR / 12).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
