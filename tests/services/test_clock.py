"""Clocks that are wrong, and days that are not what they seem (F5): kept in UTC, dated in London, numbered."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from tests.service import NOW, a_round, an_organisation, somebody

from commonweal.core.access import Role
from commonweal.core.evidence import is_out_of_date
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.organisations import Takeover
from commonweal.core.trail import faults
from commonweal.services.actions.answers import save_theme
from commonweal.services.actions.organisations import follow
from commonweal.services.actions.people import invite
from commonweal.services.actions.platform import break_glass
from commonweal.services.errors import NotFound
from commonweal.services.people import Person
from commonweal.services.queries.people import offer
from commonweal.services.queries.trail import trail_page, whole_trail
from commonweal.store.models import Membership
from commonweal.store.own_seats import own_seats
from commonweal.web.components.environment import moment

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
# By hand: a moment in UTC, and what a clock in London shows then.
MOMENTS = {
    "2026-03-29T00:59:59": ("2026-03-29", "29 March 2026, 00:59"),
    "2026-03-29T01:00:00": ("2026-03-29", "29 March 2026, 02:00"),
    "2026-10-25T00:30:00": ("2026-10-25", "25 October 2026, 01:30"),
    "2026-10-25T01:30:00": ("2026-10-25", "25 October 2026, 01:30"),
    "2026-06-30T22:59:59": ("2026-06-30", "30 June 2026, 23:59"),
    "2026-06-30T23:30:00": ("2026-07-01", "1 July 2026, 00:30"),
    "2026-12-31T23:59:59": ("2026-12-31", "31 December 2026, 23:59"),
    "2027-01-01T00:00:00": ("2027-01-01", "1 January 2027, 00:00"),
    "2028-02-28T23:59:59": ("2028-02-28", "28 February 2028, 23:59"),
    "2028-02-29T12:00:00": ("2028-02-29", "29 February 2028, 12:00"),
    "2028-03-01T00:00:00": ("2028-03-01", "1 March 2028, 00:00"),
    "2027-03-28T23:30:00": ("2027-03-29", "29 March 2027, 00:30"),
}


def _at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


@pytest.mark.parametrize("utc", sorted(MOMENTS))
def test_days_begin_at_midnight_in_london(utc: str) -> None:
    now, day = _at(utc), datetime.date.fromisoformat(MOMENTS[utc][0])
    assert moment(now) == MOMENTS[utc][1]
    assert not is_out_of_date(day, timezone.localdate(now))
    assert is_out_of_date(day - DAY, timezone.localdate(now))


@pytest.mark.parametrize("utc", sorted(MOMENTS))
def test_a_successor_reads_from_the_day_on_that_was_set(utc: str) -> None:
    now, day, owner = _at(utc), datetime.date.fromisoformat(MOMENTS[utc][0]), somebody()
    new, old, older = (an_organisation(owner, name) for name in ("New", "Old", "Older"))
    owner.forget_access()
    follow(successor_id=new, predecessor_id=old, kind=Takeover.MERGER, on=day, by=owner, now=NOW)
    follow(successor_id=new, predecessor_id=older, kind=Takeover.MERGER, on=day + DAY, by=owner, now=NOW)
    inherited = {seat.organisation for seat in own_seats(owner.pk, now) if seat.role is Role.SUCCESSOR_LEAD}
    assert inherited == {old}


@pytest.mark.parametrize("seconds", [-86_400, 86_400, -5, 5, 0])
def test_a_clock_that_jumps_changes_no_order(seconds: int, index: Index) -> None:
    """Another worker's clock, or one that was put right: entries stand in the order in which they were made."""
    by = somebody()
    organisation = an_organisation(by)
    round_, theme = a_round(by, index, organisation=organisation), index.themes[0]
    question = theme.questions[0].id

    def save(number: int, now: datetime.datetime) -> None:
        said = {question: QuestionAnswer(number % 2, number % 2, f"note {number}")}
        save_theme(assessment_id=round_, code=theme.code, version=number, read=lambda _: said, by=by, now=now)

    for number, now in enumerate((NOW, NOW + datetime.timedelta(seconds=seconds), NOW)):
        save(number, now)
    entries = [entry for entry in whole_trail(organisation, by=by) if entry.act == "answers saved"]
    for number, entry in enumerate(entries):
        assert entry.said
        assert f"note {number}" in str(entry.said["after"])
    assert faults(whole_trail(organisation, by=by)) == []
    numbers = [line.number for line in trail_page(organisation, by=Person.objects.get(pk=by.pk)).lines]
    assert numbers == sorted(numbers, reverse=True)


HOUR, BIT = datetime.timedelta(hours=1), datetime.timedelta(seconds=5)
WEEK = 7 * DAY
ENDS = {
    ("a seat of an hour", -DAY): True,
    ("a seat of an hour", HOUR - BIT): True,
    ("a seat of an hour", HOUR + BIT): False,
    ("a seat of an hour", DAY): False,
    ("an invitation of a week", -DAY): True,
    ("an invitation of a week", DAY): True,
    ("an invitation of a week", WEEK - BIT): True,
    ("an invitation of a week", WEEK + BIT): False,
    ("a broken glass of four hours", -BIT): True,
    ("a broken glass of four hours", 4 * HOUR - BIT): True,
    ("a broken glass of four hours", 4 * HOUR + BIT): False,
    ("a broken glass of four hours", DAY): False,
}
"""What has an end, how far a clock is from the one by which it was made, and whether it is open by that clock."""


@pytest.mark.parametrize(("what", "ahead"), sorted(ENDS), ids=str)
def test_what_has_an_end_ends_by_the_clock_that_is_asked(what: str, ahead: datetime.timedelta) -> None:
    owner, other = somebody(), somebody("Other")
    organisation, now = an_organisation(owner), NOW + ahead
    if what.startswith("an invitation"):
        asked: dict[str, Any] = {"role": Role.READER, "on_behalf_of": "", "ends_at": None}
        token = invite(organisation_id=organisation, email=str(other.email), by=owner, now=NOW, **asked)
        try:
            is_open = offer(token, now=now).email == other.email
        except NotFound:
            is_open = False
    else:
        role = Role.GLASS_BREAKER if "glass" in what else Role.ELECTED_MEMBER
        if role is Role.GLASS_BREAKER:
            Person.objects.filter(pk=other.pk).update(is_operator=True)
            reason = "The owner asked on the telephone"
            by = Person.objects.get(pk=other.pk)
            break_glass(organisation_id=organisation, reason=reason, by=by, now=NOW)
        else:
            Membership.objects.create(
                organisation_id=organisation, person=other, role=role, created_at=NOW, ends_at=NOW + HOUR
            )
        is_open = any(seat.organisation == organisation for seat in own_seats(other.pk, now))
    assert is_open is ENDS[what, ahead]
