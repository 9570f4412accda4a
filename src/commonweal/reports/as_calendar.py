"""A programme's days as a calendar that mail programs and telephones read (iCalendar, RFC 5545)."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

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
    import icalendar  # it takes 5 MB, which only who is asked for a calendar pays

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Commonweal//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", programme.title)
    for event in (*_due(programme.work, address), *_meetings(meetings, meeting_address)):
        component = icalendar.Event()
        for name, value in {"dtstamp": made_at, **event}.items():
            component.add(name, value)
        calendar.add_component(component)
    return bytes(calendar.to_ical())


Event = dict[str, str | datetime.date]
"""The properties of an event by their names in the RFC."""


def _due(work: Iterable[WorkItem], address: Callable[[UUID], str]) -> Iterator[Event]:
    for item in work:
        if item.due is not None and not item.state.is_over:
            title = item.title if item.is_milestone else f"Due: {item.title}"
            about: Event = {"description": ". ".join(filter(None, [item.state.label, item.owner or item.role]))}
            yield _event(str(item.id), title, item.due, address(item.id)) | about


def _meetings(meetings: Iterable[MeetingDay], address: Callable[[UUID], str]) -> Iterator[Event]:
    for day in meetings:
        yield _event(f"{day.entry}-{slug(day.what, 'day')}", f"{day.what}: {day.title}", day.on, address(day.entry))


def _event(name: str, summary: str, on: datetime.date, url: str) -> Event:
    """An event of a whole day; `name` is its own for good, so that calendars know it again."""
    return {"uid": f"{name}@commonweal", "summary": summary, "dtstart": on, "dtend": on + _ONE_DAY, "url": url}
