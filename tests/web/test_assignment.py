"""What a form does not ask for cannot be set by sending it (S5)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from tests.conftest import ON_POSTGRESQL
from tests.service import rows, somebody
from tests.web.routes import ROUTES
from tests.web.world import Council, a_council, rows_of

from commonweal.core.access import Role
from commonweal.core.maturity.models import Index
from commonweal.services.people import Person
from commonweal.store.models import Invitation, Membership

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="what a form takes is the same on either database")
TRAPS = {
    "org": "x",
    "organisation": "x",
    "organisation_id": "x",
    "role": "owner",
    "is_staff": "1",
    "is_superuser": "1",
    "is_operator": "1",
    "is_active": "0",
    "is_local": "1",
    "id": "1",
    "pk": "1",
    "state": "endorsed",
    "status": "endorsed",
    "created_by": "x",
    "created_at": "2000-01-01",
    "owner": "x",
    "organisation__name": "x",
    "memberships__role": "owner",
    "order_by": "password",
    "strength": "verified",
    "trail_digest": "0",
    "ends_at": "",
}
SENT = sorted(name for name, route in ROUTES.items() if route.send or name in {"own-name", "new-organisation"})
ALSO_SENT = {
    "new-organisation": {"name": "New Council", "kind": "fire"},
    "own-name": {"was": "Lead CANARY", "name": "Jo Lead"},
}
ONLY_SOMEBODY = {"sign": Role.ASSURER}
MADE_ANEW = re.compile(
    r"\b[0-9a-f]{2}/[0-9a-f]{32}\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b|\b[0-9a-f]{16}\b"
    r"|datetime\.datetime\([^)]*\)|\d{4}-\d\d-\d\d[T ][\d:.+]+|(?<=id': )\d+"
)
"""What differs between two runs of the same: ids, digests, salts and moments."""


def _fields() -> set[str]:
    models = apps.get_app_config("store").get_models()
    return {field.attname for model in models for field in model._meta.concrete_fields} | set(TRAPS)


def _everything(home: Council) -> list[str]:
    """All rows of the council, of its organisations and of people, without what differs between two runs."""
    kept = [*rows_of(home), *(str(row) for row in Person.objects.order_by("email").values())]
    others = [f"{row}" for row in rows(Membership).order_by("pk").values()]
    organisations = [str(row) for row in rows(apps.get_model("store", "Organisation")).order_by("name").values()]
    return sorted(MADE_ANEW.sub("*", row) for row in [*kept, *others, *organisations])


@pytest.fixture
def home(index: Index, db: None) -> Council:
    return a_council(index, "CANARY")


def _asked(name: str, home: Council) -> dict[str, Any]:
    return home.posting(name) | ALSO_SENT.get(name, {})


def _client(name: str, home: Council) -> Client:
    client = Client(headers={"host": "localhost"})
    home.is_ready_for(name)
    client.force_login(home.sits(ONLY_SOMEBODY[name], placed=True) if name in ONLY_SOMEBODY else home.lead)
    return client


def _after(client: Client, name: str, home: Council, also: dict[str, Any], query: str = "") -> tuple[int, list[str]]:
    """What is answered and what is there afterwards, all of which is taken back."""
    with transaction.atomic():
        answer = client.post(home.address(name) + query, _asked(name, home) | also)
        found = _everything(home)
        transaction.set_rollback(True)
    return answer.status_code, found


@pytest.mark.parametrize("name", SENT)
def test_only_what_is_asked_for_is_set(name: str, home: Council) -> None:
    """Beside what a form asks for, every field of every table is sent: what is there afterwards is what would be."""
    client, before = _client(name, home), _everything(home)
    status, expected = _after(client, name, home, {})
    assert status in {200, 302}
    assert expected != before  # the control: it does set something
    asked = _names_asked_for(client, name, home)
    traps = {key: TRAPS.get(key, "1") for key in _fields() - asked}
    assert len(traps) > 60
    assert _after(client, name, home, traps) == (status, expected)
    assert _after(client, name, home, {key: [value, value] for key, value in traps.items()}) == (status, expected)
    for lookup in ("?organisation__name=x&order_by=password", "?memberships__role=owner&id=1", "?state=endorsed"):
        assert _after(client, name, home, {}, lookup) == (status, expected)


def _names_asked_for(client: Client, name: str, home: Council) -> set[str]:
    """The names of the fields on the page of the form, and what is sent to it."""
    page = client.get(home.address(name)).content.decode()
    return {*re.findall(r'name="([\w-]+)"', page), *_asked(name, home), *BESIDE.get(name, ())}


BESIDE = {"withdraw-evidence": {"why", "version"}, "remark": {"remark"}, "sign": {"statement", "version"}}


@pytest.mark.parametrize("name", SENT)
def test_a_list_for_a_value_breaks_nothing(name: str, home: Council) -> None:
    client = _client(name, home)
    for field, value in _asked(name, home).items():
        if isinstance(value, str):
            with transaction.atomic():
                answer = client.post(home.address(name), _asked(name, home) | {field: [value, "another", "owner"]})
                assert answer.status_code < 500, field
                transaction.set_rollback(True)
    assert connection.is_usable()


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if not route.post))
def test_a_page_is_not_steered_by_its_query(name: str, home: Council) -> None:
    client = _client(name, home)
    plain = client.get(home.address(name))
    for trap in ("order_by=password", "organisation__name=x", "is_operator=1", "fields=__all__", "id=1&id=2"):
        answer = client.get(f"{home.address(name)}?{trap}")
        assert answer.status_code == plain.status_code, trap


def test_whoever_makes_an_account_gets_no_more_than_that(home: Council, settings: Any) -> None:
    settings.ACCOUNTS, settings.LOGIN_URL = True, "account_login"
    client = Client(headers={"host": "localhost"})
    invited = rows(Invitation).get(organisation_id=home.organisation)
    client.post(home.address("invitation"))
    traps = {key: TRAPS.get(key, "1") for key in _fields() - {"name", "email", "password"}}
    sent = {"name": "Guest", "email": invited.email, "password1": "three green herons wade"}
    assert client.post(home.address("account_signup"), traps | sent).status_code == 302
    made = Person.objects.get(email=invited.email)
    assert (made.name, made.is_operator, made.is_local, made.is_active) == ("Guest", False, False, True)
    assert not made.memberships.across("a test").exists()
    assert not Person.objects.filter(is_operator=True).exists()


def test_whoever_breaks_the_glass_gets_no_more_than_that(home: Council) -> None:
    operator = somebody("Operator")
    Person.objects.filter(pk=operator.pk).update(is_operator=True)
    client = Client(headers={"host": "localhost"})
    client.force_login(Person.objects.get(pk=operator.pk))
    traps = {key: TRAPS.get(key, "1") for key in _fields() - {"reason"}}
    sent = {"reason": "The owner asked on the telephone"}
    assert client.post(home.address("let-me-in"), traps | sent).status_code == 302
    (seat,) = rows(Membership).filter(person=operator)
    assert (seat.role, seat.organisation_id, seat.ended_at) == (Role.GLASS_BREAKER, home.organisation, None)
    assert (seat.ends_at - seat.created_at).total_seconds() == 4 * 3600


def _strangers_posts(home: Council) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, route in ROUTES.items():
        if route.is_owned and route.post is not None:
            yield name, TRAPS | home.posting(name)


def test_a_strangers_traps_change_nothing(home: Council) -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(somebody("Stranger"))
    before = rows_of(home)
    for name, sent in _strangers_posts(home):
        client.post(home.address(name), sent)
    assert rows_of(home) == before
