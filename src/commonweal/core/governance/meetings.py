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


def deadlines(
    meeting: datetime.date, lead_times: Mapping[str, str], holidays: Holidays, closed: Sequence[Closed] = ()
) -> tuple[Deadline, ...]:
    """The days that go with a meeting, the first first; `lead_times` are the fields of its group.

    >>> [(one.what, one.on.day) for one in deadlines(datetime.date(2023, 10, 18), {"clearance": "7"}, frozenset())]
    [('Clearance', 9), ('The meeting', 18)]
    """

    def count(name: str) -> int | None:
        return int(lead_times[name]) if lead_times.get(name) else None

    found = [Deadline("The meeting", meeting)]
    notice, clearance, papers = count("notice"), count("clearance"), count("papers")
    if notice is not None:
        found.append(Deadline("Notice of key decisions", meeting - (notice + 1) * _ONE_DAY))
    if clearance is not None:
        found.append(Deadline("Clearance", working_days_from(meeting, -clearance, holidays)))
    if papers is not None:
        found.append(Deadline("Papers go out", last_day_for_papers(meeting, papers, holidays)))
    published, call_in = count("published"), count("call_in")
    out = working_days_from(meeting, published or 0, holidays)
    if published is not None:
        found.append(Deadline("Decisions are published", out))
    if call_in is not None:
        found.append(Deadline("Call-in ends", working_days_from(out, call_in, holidays)))
    if not is_working_day(meeting, holidays):
        found[0] = Deadline("The meeting", meeting, "Not a working day")
    warned = [
        Deadline(one.what, one.on, "; ".join(filter(None, [one.warning, _warning(one.on, closed)]))) for one in found
    ]
    return tuple(sorted(warned, key=lambda one: one.on))


def _warning(day: datetime.date, closed: Sequence[Closed]) -> str:
    return "; ".join(f"{one.kind}: {one.title}" for one in closed if one.since <= day <= one.until)
