"""When to measure again, and by which round later ones are measured."""

import datetime
import re
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client
from tests.cases import everywhere
from tests.conftest import ON_POSTGRESQL
from tests.service import NOW, a_round, an_organisation, rows

from commonweal.core.maturity.models import Index
from commonweal.services.actions.reminders import remind
from commonweal.services.people import Person
from commonweal.store.models import Assessment, Change, OrganisationPart

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="the page is alike on either database")
AGAIN = datetime.date(2027, 11, 24)  # a Wednesday
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def council(person: Person) -> UUID:
    return an_organisation(person)


@pytest.fixture
def rounds(index: Index, council: UUID, person: Person) -> list[UUID]:
    """Three, a year apart, each one answer further."""
    return [
        a_round(
            person,
            index,
            everywhere(index, at, 3),
            organisation=council,
            name=f"Round {2024 + at}",
            date=datetime.date(2024 + at, 11, 18),
        )
        for at in range(3)
    ]


def _say(client: Client, round_: UUID, **said: str) -> int:
    return client.post(f"/assessments/{round_}/measuring/", {"seen_again_on": "", **said}).status_code


def test_it_is_said_and_seen_on_the_round_and_its_organisation(
    client: Client, council: UUID, rounds: list[UUID]
) -> None:
    assert _say(client, rounds[2], again_on="24/11/2027") == 302
    assert rows(Assessment).get(pk=rounds[2]).again_on == AGAIN
    assert "Measure again on 24 November 2027" in client.get(f"/assessments/{rounds[2]}/").content.decode()
    page = client.get(f"/organisations/{council}/").content.decode()
    assert "Measure again on 24 November 2027: Round 2026." in page
    entry = rows(Change).get(act="measuring set")
    assert entry.said["after"] == {"is_baseline": False, "again_on": "2027-11-24"}


@pytest.mark.parametrize(
    ("day", "says"), [("soon", "This is not a date"), ("18/11/2026", "This is not after the round itself")]
)
def test_what_is_no_later_day_is_refused(client: Client, rounds: list[UUID], day: str, says: str) -> None:
    answer = client.post(f"/assessments/{rounds[2]}/measuring/", {"again_on": day, "is_baseline": "1"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert says in text
    assert f'value="{day}"' in text
    assert " checked" in text
    assert rows(Assessment).get(pk=rounds[2]).again_on is None


def test_a_form_of_before_changes_nothing_and_what_stands_is_shown(client: Client, rounds: list[UUID]) -> None:
    assert _say(client, rounds[2], again_on="24/11/2027") == 302
    answer = client.post(f"/assessments/{rounds[2]}/measuring/", {"again_on": "01/01/2028", "seen_again_on": ""})
    assert answer.status_code == 409
    assert 'value="24/11/2027"' in answer.content.decode()
    assert rows(Assessment).get(pk=rounds[2]).again_on == AGAIN


def test_change_is_counted_from_the_baseline_and_there_is_one(
    client: Client, council: UUID, rounds: list[UUID]
) -> None:
    assert _changes(client, council, "Change")[1] == "+3"  # theme B: Follower, Leader, Innovator
    assert _say(client, rounds[0], is_baseline="1") == 302
    assert _say(client, rounds[1], is_baseline="1") == 302
    assert list(rows(Assessment).filter(is_baseline=True).values_list("pk", flat=True)) == [rounds[1]]
    assert _changes(client, council, "Change since Round 2025")[1] == "+1"


def _changes(client: Client, council: UUID, head: str) -> list[str]:
    """What stands in a column, theme by theme."""
    page = client.get(f"/organisations/{council}/rounds/").content.decode()
    return re.findall(rf'data-head="{head}">([^<]*)</td>', page)


def test_rounds_are_told_step_by_step(client: Client, council: UUID, rounds: list[UUID], index: Index) -> None:
    page = client.get(f"/organisations/{council}/rounds/").content.decode()
    steps = page[page.index("From each round to the next") :]
    assert steps.count("To Round 2025, 18 November 2025</th>") == 1
    questions = len(index.questions)
    done = f'data-head="To Round 2025, 18 November 2025">{questions}</td>'
    assert steps.count(done) == 2  # every question moved up, and for each an action was done
    assert "Targets still to come" in steps


def _lines(day: datetime.date) -> list[str]:
    mail.outbox.clear()
    remind(today=day, now=NOW)
    return [str(letter.body) for letter in mail.outbox]


def test_leads_are_reminded_until_a_later_round_is_started(
    client: Client, council: UUID, rounds: list[UUID], index: Index, person: Person
) -> None:
    assert _say(client, rounds[2], again_on="24/11/2027") == 302
    assert _lines(AGAIN - 61 * A_DAY) == []
    [letter] = _lines(AGAIN - 60 * A_DAY)
    assert "TO BE MEASURED AGAIN\n\nRound 2026\nRound: due 24 November 2027" in letter
    assert [bool(_lines(AGAIN + ahead * A_DAY)) for ahead in (-7, -6, 0, 1, 2, 5)] == [
        True,
        False,
        True,
        True,
        False,
        True,  # a Monday
    ]
    page = client.get(f"/organisations/{council}/").content.decode()
    assert "It is time to measure again" not in page
    rows(Assessment).filter(pk=rounds[2]).update(again_on=datetime.date(2020, 1, 1))
    assert "It is time to measure again" in client.get(f"/organisations/{council}/").content.decode()
    a_round(person, index, organisation=council, name="Next", date=AGAIN)
    assert _lines(AGAIN + 12 * A_DAY) == []
    assert "It is time to measure again" not in client.get(f"/organisations/{council}/").content.decode()


def test_departments_with_one_name_and_day_are_one_line(council: UUID, index: Index, person: Person) -> None:
    for name in ("Adults", "Estates"):
        part = rows(OrganisationPart).create(organisation_id=council, kind="department", name=name).pk
        a_round(person, index, organisation=council, department=part, again_on=AGAIN)
    [letter] = _lines(AGAIN)
    assert letter.count("Round of two departments: due 24 November 2027") == 1
    assert "One matter" not in letter


def test_a_round_without_a_date_takes_no_day_before_there_were_any(
    client: Client, council: UUID, index: Index, person: Person
) -> None:
    rows(Assessment).filter(pk=(undated := a_round(person, index, organisation=council))).update(date=None)
    assert _say(client, undated, again_on="01/01/0001") == 422
    assert _say(client, undated, again_on="24/11/2027") == 302


def test_a_day_that_is_far_away_is_no_line_of_a_letter(council: UUID, index: Index, person: Person) -> None:
    a_round(person, index, organisation=council, name="Soon", again_on=AGAIN)
    part = rows(OrganisationPart).create(organisation_id=council, kind="department", name="Adults").pk
    a_round(person, index, organisation=council, name="Far", department=part, again_on=AGAIN + 100 * A_DAY)
    [letter] = _lines(AGAIN)
    assert "Soon" in letter
    assert "Far" not in letter
