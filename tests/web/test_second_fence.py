"""With the first fence taken away, PostgreSQL alone keeps organisations apart on every page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from tests.conftest import ON_POSTGRESQL
from tests.service import somebody
from tests.web.routes import ROUTES
from tests.web.world import a_council, text_of

from commonweal.core.access import Role
from commonweal.core.maturity.models import Index
from commonweal.services.people import Person
from commonweal.store.fence import opened_for, unfenced
from commonweal.store.models.organisation import OrganisationQuerySet
from commonweal.store.models.owned import OwnedQuerySet

pytestmark = pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no row-level security")
CANARY = "CANARY5e1d"


def _everything(self: Any, _actor: object, _action: object = None, **also: Any) -> Any:
    return self.scoped(**also)


@pytest.mark.parametrize("who", ["owner of another council", "supplier of another council", "guest"])
def test_no_page_shows_anything_of_others(who: str, index: Index, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, others = a_council(index, CANARY), a_council(index, "OTHER")
    person = {
        "owner of another council": others.lead,
        "supplier of another council": others.sits(Role.SUPPLIER_CONTACT, placed=True),
        "guest": somebody("Guest"),
    }[who]
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    for table in (OwnedQuerySet, OrganisationQuerySet):
        monkeypatch.setattr(table, "for_actor", _everything)
    for name, route in ROUTES.items():
        if name == "invitation":  # whoever holds the link reads what it offers
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(theirs.address(name), route.post or {})
            assert CANARY not in text_of(getattr(answer, "content", b"")), (name, method)
            assert not (route.is_owned and answer.status_code == 200), (name, method)


@contextmanager
def _opened_for_all(person: Person) -> Iterator[None]:
    with opened_for(person), unfenced("the control"):
        yield


def test_the_control_without_both_shows_it(index: Index, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with neither fence the canary is seen, so the test above would notice."""
    theirs = a_council(index, CANARY)
    client = Client(headers={"host": "localhost"})
    client.force_login(somebody("Guest"))
    for table in (OwnedQuerySet, OrganisationQuerySet):
        monkeypatch.setattr(table, "for_actor", _everything)
    monkeypatch.setattr("commonweal.services.writing.fenced", lambda _person: unfenced("the control"))
    monkeypatch.setattr("commonweal.store.arrival.opened_for", _opened_for_all)
    assert CANARY in client.get(theirs.address("results")).content.decode()
