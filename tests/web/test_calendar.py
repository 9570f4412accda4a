"""A calendar program with an address, and nothing else."""

import datetime
import re

import pytest
from django.test import Client
from icalendar import Calendar
from tests.service import rows, somebody
from tests.web.world import Council, a_council

from commonweal.core.access import Role
from commonweal.core.maturity.models import Index
from commonweal.services.people import Person
from commonweal.store.models import CalendarFeed, Change, Membership, Work

CANARY = "CANARYcal"


@pytest.fixture
def home(index: Index, person: Person) -> Council:
    return a_council(index, CANARY, person)


def _address(client: Client, home: Council) -> str:
    page = client.post(home.address("calendar-feed")).content.decode()
    found = re.search(r'id="link">http://localhost(/calendar/[^<]+)<', page)
    assert found
    return found[1]


def _program() -> Client:
    return Client(headers={"host": "localhost"})


def test_a_calendar_reads_the_days_that_are_due(client: Client, home: Council) -> None:
    address = _address(client, home)
    answer = _program().get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer.headers["Cache-Control"]
    calendar = Calendar.from_ical(answer.content)
    work = rows(Work).get(pk=home.arguments["work_id"])
    events = {str(one["summary"]): one for one in calendar.walk("VEVENT")}
    assert events.keys() == {f"Due: {work.title}", f"The meeting: {CANARY} meeting", f"Papers go out: {CANARY} meeting"}
    event = events[f"Due: {work.title}"]  # their own work is done
    assert events[f"The meeting: {CANARY} meeting"].decoded("dtstart") == datetime.date(2026, 12, 1)
    assert str(event["summary"]) == f"Due: {work.title}"
    assert event.decoded("dtstart") == work.due
    assert event.decoded("dtend") == work.due + datetime.timedelta(days=1)
    assert str(event["url"]) == f"http://localhost/work/{work.pk}/"
    token = address.split("/")[2]
    assert token not in str(list(rows(CalendarFeed).values())) + str(list(rows(Change).values()))
    assert token not in client.get(home.address("calendar-feed")).content.decode()


def test_an_address_that_was_taken_back_or_replaced_reads_nothing(client: Client, home: Council) -> None:
    first = _address(client, home)
    second = _address(client, home)
    assert [_program().get(one).status_code for one in (first, second)] == [404, 200]
    client.post(home.address("take-feed-back"))
    gone = _program().get(second)
    assert gone.status_code == 404
    assert (gone.content, CANARY in gone.content.decode()) == (_program().get(home.address("calendar")).content, False)


@pytest.mark.parametrize("how", ["ended", "lesser", "inactive"])
def test_it_ends_with_what_its_maker_may_see(how: str, index: Index, home: Council) -> None:
    member = home.sits(Role.ELECTED_MEMBER)
    theirs = _program()
    theirs.force_login(member)
    address = _address(theirs, home)
    assert CANARY in _program().get(address).content.decode()
    seats = rows(Membership).filter(person=member)
    if how == "inactive":
        Person.objects.filter(pk=member.pk).update(is_active=False)
    else:
        changed = (
            {"ended_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)} if how == "ended" else {"role": "reader"}
        )
        seats.update(**changed)
    assert _program().get(address).status_code == 404


def test_nobody_makes_or_takes_back_one_for_others(client: Client, home: Council) -> None:
    address = _address(client, home)
    stranger = _program()
    stranger.force_login(somebody("Stranger"))
    for name in ("calendar-feed", "take-feed-back"):
        assert stranger.post(home.address(name)).status_code == 404
    member = _program()
    member.force_login(home.sits(Role.ELECTED_MEMBER))
    assert member.post(home.address("take-feed-back")).status_code == 302
    assert _program().get(address).status_code == 200
