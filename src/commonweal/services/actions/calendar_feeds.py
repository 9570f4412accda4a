"""Addresses under which calendars read a programme: made, taken back, and answered."""

import datetime
import secrets
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.governance.meetings import MeetingDay, deadlines
from commonweal.services.allowed import programme_for
from commonweal.services.errors import NotFound
from commonweal.services.queries.programmes import ProgrammeView, programme
from commonweal.services.queries.registers import diary
from commonweal.services.record import record
from commonweal.services.tokens import digest
from commonweal.services.writing import writing, writing_for_all
from commonweal.standards.bank_holidays import nation
from commonweal.store.models import CalendarFeed, Person

_BY_ADDRESS = "a calendar program comes with an address alone"


@writing
def make_feed(*, programme_id: UUID, by: Person, now: datetime.datetime) -> str:
    """A new secret for the address of somebody's own calendar of a programme; an earlier one stops working.

    Raises NotFound or Forbidden.
    """
    row = programme_for(by, Action.SEE_WORK, programme_id)
    CalendarFeed.objects.within(row.organisation_id).filter(programme=row, person=by).delete()
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(
        organisation_id=row.organisation_id, programme=row, person=by, digest=digest(token), created_at=now
    )
    record(
        "calendar address made",
        organisation_id=row.organisation_id,
        assessment_id=row.assessment_id,
        by=by,
        now=now,
        after={"programme": row.title},
    )
    return token


@writing
def take_feed_back(*, programme_id: UUID, by: Person, now: datetime.datetime) -> None:
    """The address of somebody's own calendar of a programme stops working. Raises NotFound or Forbidden."""
    row = programme_for(by, Action.SEE_WORK, programme_id)
    gone, _ = CalendarFeed.objects.within(row.organisation_id).filter(programme=row, person=by).delete()
    if gone:
        record(
            "calendar address taken back",
            organisation_id=row.organisation_id,
            assessment_id=row.assessment_id,
            by=by,
            now=now,
            after={"programme": row.title},
        )


@writing_for_all(_BY_ADDRESS)
def _whose(token: str) -> tuple[UUID, Person] | None:
    found = CalendarFeed.objects.across(_BY_ADDRESS).filter(digest=digest(token), person__is_active=True)
    feed = found.select_related("person").first()
    return (feed.programme_id, feed.person) if feed else None


@dataclass(frozen=True, slots=True)
class Fed:
    """What a calendar reads: the programme, and the meetings of the body for who sees them, with their days."""

    view: ProgrammeView
    meetings: tuple[MeetingDay, ...]


def fed(token: str) -> Fed:
    """What is behind an address, as far as whoever made the address sees it now. Raises NotFound."""
    found = _whose(token)
    if found is None:
        raise NotFound
    programme_id, person = found
    view = programme(programme_id, by=person)
    return Fed(view, _meetings(view, person))


def _meetings(view: ProgrammeView, by: Person) -> tuple[MeetingDay, ...]:
    if not by.access.may(Action.SEE_WORK, view.organisation_id):
        return ()
    book = diary(view.organisation_id, by=by)
    return tuple(
        MeetingDay(one.id, day.what, one.name, day.on)
        for one, lead_times in book.meetings
        for day in deadlines(datetime.date.fromisoformat(one.values["on"]), lead_times, nation(view.nation).days)
    )
