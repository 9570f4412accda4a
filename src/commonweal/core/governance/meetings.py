"""What a meeting asks for before and after it: notice, clearance, papers, publication, call-in.

Sources: five clear days for papers, Local Government Act 1972, section 100B, and the Local Authorities (Executive
Arrangements) (Meetings and Access to Information) (England) Regulations 2012, regulation 7; 28 clear days of notice for
key decisions, regulation 9 of the same; restricted publicity before elections, Local Government Act 1986, section 2.
Every body sets its own numbers. Clear days for papers are counted in working days, those of notice in all days.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.programme.working_days import Holidays, is_working_day, last_day_for_papers, working_days_from

_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day before or after a meeting, and what has to be done by it; `warning` says what stands against the day."""

    what: str
    on: datetime.date
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """A recess or a pre-election period, both days among it."""

    title: str
    kind: str
    since: datetime.date
    until: datetime.date


@dataclass(frozen=True, slots=True)
class MeetingDay:
    """A meeting, or a day that goes with it, as calendars show it; `entry` is the meeting's."""

    entry: UUID
    what: str
    title: str
    on: datetime.date


LEAD_TIMES = {
    "notice": "Notice of key decisions",
    "clearance": "Clearance",
    "papers": "Papers go out",
    "published": "Decisions are published",
    "call_in": "Call-in ends",
}
"""The lead times of a group (its fields in the register), and what is done on the day that each comes to."""


def lead_days(meeting: datetime.date, lead_times: Mapping[str, str], holidays: Holidays) -> dict[str, datetime.date]:
    """The day that each lead time of a group comes to, for those that it has.

    >>> lead_days(datetime.date(2023, 10, 18), {"clearance": "7", "call_in": ""}, frozenset())["clearance"].day
    9
    """
    count = {name: int(lead_times[name]) for name in LEAD_TIMES if lead_times.get(name)}
    out = working_days_from(meeting, count.get("published", 0), holidays)
    found = {}
    for name, number in count.items():
        if name == "notice":
            found[name] = meeting - (number + 1) * _ONE_DAY
        elif name == "papers":
            found[name] = last_day_for_papers(meeting, number, holidays)
        elif name == "published":
            found[name] = out
        else:
            found[name] = working_days_from(*((meeting, -number) if name == "clearance" else (out, number)), holidays)
    return found


def deadlines(
    meeting: datetime.date, lead_times: Mapping[str, str], holidays: Holidays, closed: Sequence[Closed] = ()
) -> tuple[Deadline, ...]:
    """The days that go with a meeting, the first first; `lead_times` are the fields of its group.

    >>> [(one.what, one.on.day) for one in deadlines(datetime.date(2023, 10, 18), {"clearance": "7"}, frozenset())]
    [('Clearance', 9), ('The meeting', 18)]
    """

    days = lead_days(meeting, lead_times, holidays)
    found = [Deadline("The meeting", meeting), *(Deadline(LEAD_TIMES[name], day) for name, day in days.items())]
    if not is_working_day(meeting, holidays):
        found[0] = Deadline("The meeting", meeting, "Not a working day")
    warned = [
        Deadline(one.what, one.on, "; ".join(filter(None, [one.warning, _warning(one.on, closed)]))) for one in found
    ]
    return tuple(sorted(warned, key=lambda one: one.on))


def _warning(day: datetime.date, closed: Sequence[Closed]) -> str:
    return "; ".join(f"{one.kind}: {one.title}" for one in closed if one.since <= day <= one.until)
