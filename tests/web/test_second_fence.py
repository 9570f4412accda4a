"""With the first fence taken away, PostgreSQL alone keeps organisations apart on every page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.conftest import ON_POSTGRESQL
from tests.service import somebody
from tests.web.routes import ROUTES
from tests.web.world import Council, a_council, text_of

from commonweal.core.access import Role
from commonweal.core.maturity.models import Index
from commonweal.services.people import Person
from commonweal.store.fence import opened_for, unfenced
from commonweal.store.models.organisation import OrganisationQuerySet
from commonweal.store.models.owned import OwnedQuerySet

pytestmark = pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no row-level security")
CANARY = "CANARY5e1d"
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
"""All of them for a guest; for the others the two that pages know. What others do, the first fence's tests look at."""
STRANGERS = ("guest", "platform operator", "whose seat there was ended")


def _everything(self: Any, _actor: object, _action: object = None, **also: Any) -> Any:
    return self.scoped(**also)


def _stranger(who: str, theirs: Council) -> Person:
    person = somebody("Guest")
    if who == "platform operator":
        person.is_operator = True
        person.save()
    if who == "whose seat there was ended":
        person = theirs.sits(Role.OFFICER, placed=True)
        person.memberships.across("a test").update(ended_at=timezone.now())
    return person


SITTING = (Role.LEAD_OFFICER, Role.READER, Role.SUCCESSOR)
"""The second fence knows where somebody sits, and not as what."""


@pytest.mark.parametrize("who", [*SITTING, *STRANGERS], ids=str)
def test_no_page_shows_anything_of_others(
    who: Role | str, index: Index, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = a_council(index, CANARY)
    person = a_council(index, "OTHER").sits(who, placed=True) if isinstance(who, Role) else _stranger(who, theirs)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    for table in (OwnedQuerySet, OrganisationQuerySet):
        monkeypatch.setattr(table, "for_actor", _everything)
    for name, route in ROUTES.items():
        if name == "invitation":  # whoever holds the link reads what it offers
            continue
        knows_that_it_is_there = who == "platform operator" and route.platform
        for method in METHODS if who == "guest" else METHODS[:2]:
            data = theirs.posting(name) if method == "post" else {}
            with transaction.atomic():
                answer = getattr(client, method)(theirs.address(name), data)
                transaction.set_rollback(True)
            seen = text_of(getattr(answer, "content", b"")) + str(answer.headers)
            assert f"{CANARY} round" not in seen, (name, method)
            assert knows_that_it_is_there or CANARY not in seen, (name, method)
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
