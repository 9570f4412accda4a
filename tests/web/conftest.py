"""A person with a session, and what they have."""

import pytest
from django.test import Client
from tests.service import somebody

from commonweal.services.people import Person
from commonweal.web.components import mail


@pytest.fixture(autouse=True)
def _letters_leave_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail.posting, "submit", lambda act, *what: act(*what))
    monkeypatch.setattr(mail, "after_commit", lambda act: act())


@pytest.fixture
def person(db: None) -> Person:
    return somebody()


@pytest.fixture
def client(person: Person) -> Client:
    """A browser of theirs, which checks the mark of our forms as a real one has to."""
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client
