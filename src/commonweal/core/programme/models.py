"""A programme as values: groups, pieces of work, and what can be told of them on a day."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum
from uuid import UUID

from commonweal.core.programme.work import OPEN_STATES, ProgrammeState, WorkState
from commonweal.core.programme.working_days import months_from


class Priority(IntEnum):
    """What comes first where there is not time for all. The values are kept in tables."""

    HIGH = 1
    NORMAL = 2
    LOW = 3

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> Priority.HIGH.label
        'High'
        """
        return self.name.capitalize()


class LinkKind(StrEnum):
    """What a link from a piece of work leads to. The values are kept in tables."""

    GUIDANCE = "guidance"
    DOCUMENT = "document"
    MEETING = "meeting"
    STRATEGY = "strategy"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> LinkKind.STRATEGY.label
        'Strategy'
        """
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Group:
    """What work stands under: a theme, a step, a principle. `number` counts from 1."""

    number: int
    title: str
    objective: str


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A piece of work. `step` is the id of the index's action that stands behind it, or nothing.

    `cost` is in pounds at the prices of `price_year`, `spent` what of it was paid so far, `effort_days` in days of one
    person. `planned_due` is when it was due as it was agreed; `due` may have moved since. `needs` are the ids of work
    that somebody said has to be done first; `builds_on` is the work for the step before it in its question.
    """

    id: UUID
    number: int
    group: int
    title: str
    state: WorkState
    step: str = ""
    topic: str = ""
    detail: str = ""
    footnote: str = ""
    role: str = ""
    owner: str = ""
    owner_id: UUID | None = None
    department: str = ""
    start: datetime.date | None = None
    due: datetime.date | None = None
    planned_due: datetime.date | None = None
    year: int | None = None
    is_milestone: bool = False
    cost: Decimal | None = None
    price_year: int | None = None
    spent: Decimal | None = None
    effort_days: Decimal | None = None
    funding: str = ""
    priority: Priority = Priority.NORMAL
    measurable: str = ""
    achievable: str = ""
    relevant: str = ""
    parent: UUID | None = None
    needs: tuple[UUID, ...] = ()
    builds_on: UUID | None = None
    version: int = 0

    @property
    def waits_for(self) -> tuple[UUID, ...]:
        """All that has to be done first."""
        return self.needs if self.builds_on is None or self.builds_on in self.needs else (*self.needs, self.builds_on)

    def is_overdue(self, today: datetime.date) -> bool:
        """Whether it should be done by now, and nobody says that it is."""
        return self.due is not None and self.due < today and self.state in OPEN_STATES


def last_day(starts_on: datetime.date, years: int) -> datetime.date:
    """The last day of a programme of so many years.

    >>> last_day(datetime.date(2026, 4, 1), 2)
    datetime.date(2028, 3, 31)
    """
    return months_from(starts_on, 12 * years) - datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Programme:
    """Work over some years from a day on."""

    title: str
    starts_on: datetime.date
    years: int
    state: ProgrammeState
    groups: tuple[Group, ...]
    work: tuple[WorkItem, ...]

    @property
    def ends_on(self) -> datetime.date:
        """Its last day."""
        return last_day(self.starts_on, self.years)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pieces of work there are, how they stand, and what they cost; dropped work counts for nothing.

    `cost` and `effort_days` are sums of what is known; `uncosted` is how many have no cost yet.
    """

    total: int
    confirmed: int
    claimed: int
    under_way: int
    blocked: int
    overdue: int
    dropped: int
    cost: Decimal
    uncosted: int
    effort_days: Decimal


def tally(work: Iterable[WorkItem], today: datetime.date) -> Tally:
    """Counts and sums on a day. Parts are not counted beside what they are parts of; what they cost is."""
    everything = list(work)
    whole = [item for item in everything if item.parent is None]
    kept = [item for item in whole if item.state is not WorkState.DROPPED]
    paid = [item for item in everything if item.state is not WorkState.DROPPED]
    late = {item.parent or item.id for item in paid if item.is_overdue(today)}
    costed = {id_ for item in paid if item.cost is not None for id_ in (item.id, item.parent)}

    def count(state: WorkState) -> int:
        return sum(item.state is state for item in kept)

    return Tally(
        total=len(kept),
        confirmed=count(WorkState.CONFIRMED),
        claimed=count(WorkState.CLAIMED),
        under_way=count(WorkState.UNDER_WAY),
        blocked=count(WorkState.BLOCKED),
        overdue=sum(item.id in late for item in kept),
        dropped=len(whole) - len(kept),
        cost=sum((item.cost for item in paid if item.cost is not None), Decimal()),
        uncosted=sum(item.id not in costed for item in kept),
        effort_days=sum((item.effort_days for item in paid if item.effort_days is not None), Decimal()),
    )


def in_year(work: Sequence[WorkItem], year: int | None) -> tuple[WorkItem, ...]:
    """The pieces of work of a year of the programme, or of none, in order of their due days."""
    found = [item for item in work if item.year == year]
    return tuple(sorted(found, key=lambda item: (item.due or datetime.date.max, item.number)))
