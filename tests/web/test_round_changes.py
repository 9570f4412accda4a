"""What changed since an earlier round: on a page, and as a paper for a scrutiny committee."""

import datetime
import json
from uuid import UUID

import pytest
from django.test import Client
from tests.cases import everywhere
from tests.conftest import ON_POSTGRESQL
from tests.service import a_round, an_organisation, rows, somebody
from tests.web.world import text_of

from commonweal.core.access import Role
from commonweal.core.maturity.models import Index
from commonweal.services.people import Person
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Membership

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="rounds are compared alike on either database")
NOVEMBER = datetime.date(2024, 11, 18)


@pytest.fixture
def council(person: Person) -> UUID:
    return an_organisation(person)


@pytest.fixture
def rounds(index: Index, council: UUID, person: Person) -> list[UUID]:
    """Three, a year apart: nothing in place, the first theme one answer further, and everything one answer further."""
    first, second, third = (NOVEMBER.replace(year=year) for year in (2024, 2025, 2026))
    low, high = everywhere(index, 0, 1), everywhere(index, 1, 2)
    between = {**low, **{id_: high[id_] for id_ in index.themes[0].by_id}}
    made = ((first, low), (second, between), (third, high))
    return [
        a_round(person, index, answers, organisation=council, name=f"Round {day.year}", date=day)
        for day, answers in made
    ]


def _text(client: Client, address: str) -> str:
    found = client.get(address)
    assert found.status_code == 200
    return found.content.decode()


def test_the_round_before_is_compared_unless_another_is_named(client: Client, rounds: list[UUID], index: Index) -> None:
    text = _text(client, f"/assessments/{rounds[2]}/changes/")
    assert "From Round 2025, 18 November 2025, to Round 2026, 18 November 2026." in text
    assert "Nine themes gained" in text
    text = _text(client, f"/assessments/{rounds[2]}/changes/?since={rounds[0]}")
    assert "From Round 2024, 18 November 2024" in text
    assert "10 themes gained" in text
    questions = len(index.questions)
    assert text.count(">Up</td>") == questions


def test_targets_actions_and_pace_are_told(client: Client, rounds: list[UUID], index: Index) -> None:
    text = _text(client, f"/assessments/{rounds[1]}/changes/")
    first = index.themes[0]
    assert f"One theme gained: {first.title} ({first.code})." in text.replace("&amp;", "&")
    assert "of the first round, set for 18 November 2026, one is met and" in text
    done = len(first.questions)
    planned = len(index.questions)
    assert f"Of {planned} actions of the first plan, " in text
    assert f">Done: {done}</h3>" in text
    assert "At the pace of the two rounds (one level in 365 days)" in text or "levels in 365 days" in text
    assert "the target is reached on" in text


def test_the_first_round_says_so(client: Client, rounds: list[UUID]) -> None:
    assert "This is the first round" in _text(client, f"/assessments/{rounds[0]}/changes/")
    assert "This is the first round" in text_of(client.get(f"/assessments/{rounds[0]}/changes/pdf/").content)


@pytest.mark.parametrize("name", ["pdf", "docx", "json"])
def test_the_paper_has_what_the_page_has(name: str, client: Client, rounds: list[UUID]) -> None:
    answer = client.get(f"/assessments/{rounds[2]}/changes/{name}/?since={rounds[0]}")
    assert answer.status_code == 200
    text = json.dumps(json.loads(answer.content)) if name == "json" else text_of(answer.content)
    for words in ("Round 2024", "Round 2026", "Answers that moved", "Actions of the first plan"):
        assert words.replace(" ", "") in text.replace(" ", "").replace("\n", "")
    assert client.get(f"/assessments/{rounds[2]}/changes/csv/").status_code == 404


def test_a_round_by_another_index_or_of_others_is_not_compared(
    client: Client, rounds: list[UUID], council: UUID, person: Person, index: Index
) -> None:
    statements = load_index("lga-nps-2018")
    other = a_round(person, statements, everywhere(statements, 0, 1), organisation=council, name="By statements")
    stranger = somebody("Stranger")
    foreign = a_round(stranger, index, everywhere(index, 0, 1), organisation=an_organisation(stranger, "Away"))
    usual = _text(client, f"/assessments/{rounds[2]}/changes/")
    for id_ in (other, foreign, "x"):
        assert _text(client, f"/assessments/{rounds[2]}/changes/?since={id_}") == usual
    assert str(other) not in usual
    assert client.get(f"/assessments/{foreign}/changes/").status_code == 404


def test_whoever_was_placed_on_one_round_learns_of_no_other(rounds: list[UUID], council: UUID, person: Person) -> None:
    from tests.service import NOW

    from commonweal.core.seats import WHOLE
    from commonweal.services.actions.people import place

    assurer = somebody("Assurer")
    seat = Membership.objects.create(
        organisation_id=council, person=assurer, role=Role.ASSURER, on_behalf_of="Assurers Ltd", created_at=NOW
    )
    place(membership_id=seat.pk, assessment_id=rounds[2], theme=WHOLE, by=person, now=NOW)
    browser = Client(headers={"host": "localhost"})
    browser.force_login(assurer)
    text = _text(browser, f"/assessments/{rounds[2]}/changes/?since={rounds[0]}")
    assert "This is the first round" in text
    assert "Round 2024" not in text
    assert rows(Membership).filter(person=assurer).count() == 1
