"""Programme templates: steps and tasks whose days follow from a few dates that the user knows.

An *anchor* is such a date: the start, the meeting that adopts a policy, the end of the financial year. Whoever sets a
programme up gives one or more; the others follow from those. Every task hangs on an anchor with an *offset*.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from commonweal.core.problems import Refused
from commonweal.core.programme.models import Priority
from commonweal.core.programme.working_days import Holidays, months_from, working_days_from, year_of
from commonweal.core.words import listed


@dataclass(frozen=True, slots=True)
class Offset:
    """So many months, then days, then working days after an anchor; negative numbers lie before it.

    `next_day`, as month and day, comes first: the first such day after the anchor. `lead` names the lead time of the
    body that meets on the anchor (core/governance/meetings.py); where that is known, its day stands instead.
    """

    anchor: str
    months: int = 0
    days: int = 0
    working_days: int = 0
    next_day: tuple[int, int] | None = None
    lead: str = ""

    def on(self, anchored: datetime.date, holidays: Holidays) -> datetime.date:
        """The day that it comes to.

        >>> Offset("year end", days=31, working_days=1).on(datetime.date(2024, 3, 31), frozenset())
        datetime.date(2024, 5, 2)
        """
        day = anchored if self.next_day is None else _next(anchored, *self.next_day)
        day = months_from(day, self.months) + datetime.timedelta(days=self.days)
        return working_days_from(day, self.working_days, holidays)


def _next(after: datetime.date, month: int, day: int) -> datetime.date:
    found = datetime.date(after.year, month, day)
    return found if found > after else datetime.date(after.year + 1, month, day)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date on which tasks hang. `follows` are the ways to it from other anchors, the first that is known wins."""

    id: str
    title: str
    hint: str
    asked: bool
    follows: tuple[Offset, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A task that comes again: every so many months, so many times in all."""

    every_months: int
    times: int


@dataclass(frozen=True, slots=True)
class TemplateTask:
    """A task: what to do, which role does it, when it is due.

    `part_of` is the id of the task that it is a part of, `needs` are the ids of those that have to be done first.
    """

    text: str
    due: Offset
    role: str
    topic: str = ""
    is_milestone: bool = False
    repeat: Repeat | None = None
    year: int | None = None
    footnote: str = ""
    id: str = ""
    part_of: str = ""
    needs: tuple[str, ...] = ()
    start: Offset | None = None
    priority: Priority = Priority.NORMAL
    effort_days: Decimal | None = None
    measurable: str = ""
    achievable: str = ""
    relevant: str = ""


@dataclass(frozen=True, slots=True)
class TemplateGroup:
    """A step or a principle: its title, its objective, its tasks."""

    title: str
    objective: str
    tasks: tuple[TemplateTask, ...]


@dataclass(frozen=True, slots=True)
class TemplateRole:
    """A role that tasks name: its title, and what it answers for."""

    title: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Template:
    """A dated, cited way of running a programme."""

    id: str
    version: str
    title: str
    purpose: str
    source: str
    years: int
    anchors: tuple[Anchor, ...]
    roles: tuple[TemplateRole, ...]
    groups: tuple[TemplateGroup, ...]

    @property
    def reference(self) -> str:
        """The name by which a programme says what it was made from: `id@version`."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task with its day; `time` counts from 1 where it comes again."""

    group: TemplateGroup
    task: TemplateTask
    time: int
    due: datetime.date
    year: int
    start: datetime.date | None = None


START = "start"
"""The anchor that every template has: the first day of the programme."""


LeadDays = Callable[[datetime.date], Mapping[str, datetime.date]]
"""The days that the lead times of a body come to, by their names, for a meeting on a day."""


def anchor_days(
    template: Template,
    given: Mapping[str, datetime.date],
    holidays: Holidays,
    lead_days: LeadDays = lambda _: {},
) -> Mapping[str, datetime.date] | Refused:
    """The day of every anchor, from those that are given; refused where one cannot be told."""
    days = dict(given)
    for _ in template.anchors:
        for anchor in template.anchors:
            if anchor.id not in days:
                way = next((offset for offset in anchor.follows if offset.anchor in days), None)
                if way:
                    usual = way.on(days[way.anchor], holidays)
                    days[anchor.id] = lead_days(days[way.anchor]).get(way.lead, usual)
    unknown = [anchor for anchor in template.anchors if anchor.id not in days]
    if unknown:
        asked = [anchor.title[0].lower() + anchor.title[1:] for anchor in template.anchors if anchor.asked]
        if len(asked) == 1:
            return Refused("There is no date yet.", f"Enter the {asked[0]}.")
        return Refused(
            "There is no date yet that the others follow from.",
            f"Enter {listed([f'the {one}' for one in asked], 'or')}.",
        )
    return days


def planned(template: Template, days: Mapping[str, datetime.date], holidays: Holidays) -> tuple[PlannedTask, ...]:
    """Every task with its day, in the template's order; a task that comes again stands there once for each time."""
    found = []
    for group in template.groups:
        for task in group.tasks:
            first = task.due.on(days[task.due.anchor], holidays)
            repeat = task.repeat or Repeat(0, 1)
            for time in range(repeat.times):
                due = months_from(first, time * repeat.every_months)
                year = task.year or year_of(due, days[START])
                begins = task.start.on(days[task.start.anchor], holidays) if task.start else None
                start = begins and months_from(begins, time * repeat.every_months)
                found.append(PlannedTask(group, task, time + 1, due, year, start))
    return tuple(found)


def milestones(tasks: tuple[PlannedTask, ...]) -> tuple[PlannedTask, ...]:
    """The deadlines among planned tasks, in order of time."""
    return tuple(sorted((task for task in tasks if task.task.is_milestone), key=lambda task: task.due))
