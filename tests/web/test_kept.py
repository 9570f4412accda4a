"""A page of a programme that is kept: shown again as long as it is true, and to nobody who would be shown another."""

import datetime
from uuid import UUID

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cases import everywhere
from tests.service import NOW, a_round, an_organisation, rows, somebody
from tests.services.conftest import WITHOUT_ENTRY

from commonweal.core.access import Role
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.programme.work import WorkStep
from commonweal.services.actions.answers import save_theme
from commonweal.services.actions.people import change_own_name
from commonweal.services.actions.programmes import Frame, start_programme
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.people import Person
from commonweal.store.models import Membership, Organisation, Work


@pytest.fixture
def council(person: Person) -> UUID:
    return an_organisation(person)


@pytest.fixture
def address(council: UUID, person: Person) -> str:
    made = start_programme(
        organisation_id=council, reference="guiding-principles@1", frame=Frame("P", "scotland", None, None),
        anchors={"start": NOW.date()}, by=person, now=NOW,
    )  # fmt: skip
    rows(Work).filter(programme=made).update(owner=person)
    return f"/programmes/{made}/"


def _seat(council: UUID, role: Role, name: str) -> Client:
    sits = somebody(name)
    Membership.objects.create(organisation_id=council, person=sits, role=role, created_at=NOW)
    client = Client(headers={"host": "localhost"})
    client.force_login(sits)
    return client


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def _between(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("view", ["grid", "list", "board", "departments", "groups", "timeline"])
def test_a_kept_page_is_the_page_and_asks_for_no_work(client: Client, address: str, view: str) -> None:
    with CaptureQueriesContext(connection) as read:
        made = _page(client, f"{address}?view={view}")
    assert not [query for query in read for table in WITHOUT_ENTRY if f'"{table}"' in query["sql"]]
    with CaptureQueriesContext(connection) as asked:
        assert _page(client, f"{address}?view={view}") == made
    assert not [query for query in asked if 'FROM "store_work' in query["sql"]]


def test_a_change_shows_at_once(client: Client, address: str, person: Person) -> None:
    before = _page(client, address)
    work = rows(Work).filter(topic__gt="").order_by("number")[0]
    take_work_step(
        work_id=work.pk, step=WorkStep.AGREE, version=work.version, words="", link="", today=NOW.date(), by=person,
        now=NOW,
    )  # fmt: skip
    after = _page(client, address)
    assert ">Agreed</strong>" in after
    assert ">Agreed</strong>" not in before


def test_a_name_that_was_put_right_shows_at_once_wherever_its_owner_sits_now(client: Client, address: str) -> None:
    gone = somebody("Gone Officer")
    rows(Work).filter(topic__gt="").update(owner=gone)
    assert "Gone Officer" in _page(client, address)
    change_own_name(was="Gone Officer", name="Right Name", by=gone, now=NOW)
    page = _page(client, address)
    assert "Right Name" in page
    assert "Gone Officer" not in page


def test_whoever_holds_less_is_shown_less(client: Client, council: UUID, address: str) -> None:
    assert "Rename, move or close it" in _page(client, address)
    assert "Rename, move or close it" not in _page(_seat(council, Role.ELECTED_MEMBER, "Member"), address)
    assert _seat(council, Role.READER, "Reader").get(address).status_code == 404


def test_a_seat_that_was_lost_shows_at_once(client: Client, council: UUID, address: str, person: Person) -> None:
    _page(client, address)
    lead = rows(Membership).filter(person=person, role=Role.LEAD_OFFICER)
    lead.update(role=Role.ELECTED_MEMBER)
    assert "Rename, move or close it" not in _page(client, address)
    rows(Membership).filter(person=person).update(ended_at=NOW)
    assert client.get(address).status_code == 404


def test_what_is_mine_is_each_ones_own(council: UUID, address: str) -> None:
    """Two who hold the same, so that all else is kept for both."""
    first, second = (_seat(council, Role.OFFICER, name) for name in ("First Officer", "Second Officer"))
    rows(Work).filter(topic__gt="").update(owner=Person.objects.get(name="First Officer"))
    address += "?show=mine&view=list"
    assert "No work matches" not in _page(first, address)
    assert "No work matches" in _page(second, address)


def test_nothing_of_a_person_is_in_what_is_kept_for_all(council: UUID, address: str) -> None:
    other = _seat(council, Role.ELECTED_MEMBER, "Second Member")
    client = _seat(council, Role.ELECTED_MEMBER, "Member")
    first = _between(_page(client, address))
    caches["kept"].clear()
    assert _between(_page(other, address)) == first
    assert "csrfmiddlewaretoken" not in first


def test_a_day_that_is_over_is_not_shown_again(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Overdue" not in _between(_page(client, address)).split("</form>")[1]
    monkeypatch.setattr(timezone, "localdate", lambda *_: datetime.date(2099, 1, 1))
    assert "Overdue" in _between(_page(client, address)).split("</form>")[1]


def test_a_trail_with_another_history_is_another(client: Client, council: UUID, address: str) -> None:
    """As after a backup was put back: as many entries, and not the same."""
    _page(client, address)
    rows(Organisation).filter(pk=council).update(name="Restored Council", trail_digest="0" * 64)
    assert "Restored Council" in _page(client, address)


def test_what_a_request_says_of_its_letters_does_not_change_what_is_kept(client: Client, address: str) -> None:
    """Read as another encoding, the same address would be another department under the same key."""
    asked = f"{address}?view=list&department=%C3%89ducation"
    for charset in ("iso-8859-1", "utf-16", "none"):
        assert "Ã" not in client.get(asked, headers={"content-type": f"text/plain; charset={charset}"}).content.decode()
    assert "Éducation" in _page(client, asked)


@pytest.fixture
def assessed(council: UUID, person: Person, index: Index) -> UUID:
    return a_round(person, index, everywhere(index, 0, 1), organisation=council)


def test_results_are_kept_until_an_answer_moves(client: Client, assessed: UUID, person: Person, index: Index) -> None:
    address = f"/assessments/{assessed}/results/"
    made = _page(client, address)
    with CaptureQueriesContext(connection) as asked:
        assert _page(client, address) == made
    assert not [query for query in asked if 'FROM "store_answer' in query["sql"]]
    theme = index.themes[0]
    save_theme(
        assessment_id=assessed, code=theme.code, version=1,
        read=lambda _: dict.fromkeys(theme.by_id, QuestionAnswer(1, 1)), by=person, now=NOW,
    )  # fmt: skip
    assert _page(client, address) != made


def test_results_are_kept_apart_by_what_is_held(client: Client, assessed: UUID, council: UUID) -> None:
    address = f"/assessments/{assessed}/results/"
    assert "Try other answers" in _page(client, address)
    assert "Try other answers" not in _page(_seat(council, Role.ELECTED_MEMBER, "Member"), address)
    assert _seat(council, Role.READER, "Reader").get(address).status_code == 404
