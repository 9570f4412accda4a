"""What is sent after a session's end comes back to whoever sent it, and to nobody else."""

import datetime
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.service import a_round, somebody

from commonweal.core.maturity.models import Index
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round

NOTE = "Typed for an hour,\nand sent too late"


@pytest.fixture(autouse=True)
def _with_accounts(settings: Any, db: None) -> Iterator[None]:
    settings.ACCOUNTS, settings.LOGIN_URL = True, "account_login"
    yield


class _Officer:
    """Somebody with a round, a session, and a clock."""

    def __init__(self, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
        self.person, self._patch = somebody(), monkeypatch
        self.round: UUID = a_round(self.person, index)
        code, question = index.themes[0].code, index.questions[0].id
        self.theme = reverse("theme", args=[self.round, code])
        self.sent = {"version": "0", "do": "stop", f"{question}-present": "1", f"{question}-note": NOTE}
        self.client = Client(headers={"host": "localhost"})
        self.signs_in()

    def signs_in(self, person: Person | None = None) -> None:
        self.client.force_login(person or self.person)
        session = self.client.session
        session["has_second_step"] = True
        session.save()
        assert self.client.get(self.theme).status_code in {200, 404}  # seen

    def comes_back_after(self, minutes: int) -> None:
        now = timezone.now() + datetime.timedelta(minutes=minutes)
        self._patch.setattr("commonweal.web.accounts.limits.timezone.now", lambda: now)

    def notes(self) -> list[str]:
        return [answer.note for answer in assessment_round(self.round, by=self.person).given.answers.values()]


@pytest.fixture
def officer(index: Index, monkeypatch: pytest.MonkeyPatch) -> _Officer:
    return _Officer(index, monkeypatch)


def test_it_is_sent_once_they_have_signed_in_again(officer: _Officer) -> None:
    officer.comes_back_after(31)
    answer = officer.client.post(officer.theme, officer.sent)
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={reverse('unsent').replace('/', '%2F')}"
    assert officer.notes() == []
    officer.signs_in()
    page = officer.client.get(reverse("unsent")).content.decode()
    assert "You were signed out before this was sent" in page
    assert NOTE in unescape(page)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    kept = {name: unescape(value) for name, value in fields.items() if name != "csrfmiddlewaretoken"}
    assert kept == officer.sent
    assert f'action="{officer.theme}"' in page
    assert officer.client.post(officer.theme, kept).status_code == 302
    assert officer.notes() == [NOTE]
    assert officer.client.get(reverse("unsent")).headers["Location"] == "/"  # it is not offered twice


def test_nobody_else_gets_it(officer: _Officer) -> None:
    officer.comes_back_after(31)
    officer.client.post(officer.theme, officer.sent)
    officer.signs_in(somebody("Next at this desk"))
    assert officer.client.get(reverse("unsent")).headers["Location"] == "/"


def test_it_is_not_kept_for_ever(officer: _Officer) -> None:
    officer.comes_back_after(31)
    officer.client.post(officer.theme, officer.sent)
    officer.comes_back_after(31 + 12 * 60 + 1)
    officer.signs_in()
    assert officer.client.get(reverse("unsent")).headers["Location"] == "/"


def test_what_another_site_has_sent_is_not_kept(officer: _Officer) -> None:
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    strict.cookies = officer.client.cookies
    officer.comes_back_after(31)
    assert strict.post(officer.theme, officer.sent).status_code == 403
    officer.signs_in()
    assert officer.client.get(reverse("unsent")).headers["Location"] == "/"


@pytest.mark.parametrize("path", ["account_change_password", "own-name"])
def test_nothing_of_the_account_is_kept(path: str, officer: _Officer) -> None:
    officer.comes_back_after(31)
    answer = officer.client.post(reverse(path), {"oldpassword": "three green herons wade", "name": "New name"})
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert "herons" not in str(dict(officer.client.session))


def test_what_is_sent_in_time_is_kept_nowhere(officer: _Officer) -> None:
    officer.comes_back_after(29)
    assert officer.client.post(officer.theme, officer.sent).status_code == 302
    assert "unsent" not in officer.client.session
