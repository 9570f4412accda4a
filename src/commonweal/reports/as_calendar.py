"""A programme's days as a calendar that mail programs and telephones read (iCalendar, RFC 5545)."""

import datetime
from collections.abc import Callable, Iterable
from uuid import UUID

from icalendar import Calendar, Event

from commonweal.core.governance.meetings import MeetingDay
from commonweal.core.programme.models import Programme, WorkItem
from commonweal.core.words import slug

_ONE_DAY = datetime.timedelta(days=1)


def calendar_of(
    programme: Programme,
    made_at: datetime.datetime,
    address: Callable[[UUID], str],
    meetings: Iterable[MeetingDay] = (),
    meeting_address: Callable[[UUID], str] = str,
) -> bytes:
    """Every due day of work that is not over, and the meetings of the body with their days, as events of a whole day.

    `address` gives the page of a piece of work, `meeting_address` that of a meeting.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Commonweal//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", programme.title)
    for item in programme.work:
        if item.due is not None and not item.state.is_over:
            calendar.add_component(_event(item, item.due, made_at, address(item.id)))
    for day in meetings:
        calendar.add_component(_meeting(day, made_at, meeting_address(day.entry)))
    return bytes(calendar.to_ical())


def _meeting(day: MeetingDay, made_at: datetime.datetime, address: str) -> Event:
    event = Event()
    event.add("uid", f"{day.entry}-{slug(day.what, 'day')}@commonweal")
    event.add("dtstamp", made_at)
    event.add("summary", f"{day.what}: {day.title}")
    event.add("dtstart", day.on)
    event.add("dtend", day.on + _ONE_DAY)
    event.add("url", address)
    return event


def _event(item: WorkItem, due: datetime.date, made_at: datetime.datetime, address: str) -> Event:
    event = Event()
    event.add("uid", f"{item.id}@commonweal")
    event.add("dtstamp", made_at)
    event.add("summary", item.title if item.is_milestone else f"Due: {item.title}")
    event.add("dtstart", due)
    event.add("dtend", due + _ONE_DAY)
    event.add("description", ". ".join(filter(None, [item.state.label, item.owner or item.role])))
    event.add("url", address)
    return event
