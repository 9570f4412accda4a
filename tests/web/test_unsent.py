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
from commonweal.services.actions.housekeeping import tidy
from commonweal.services.actions.privacy import erase_person, held_about
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.unsent import unsent_of
from commonweal.store.models import Unsent

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

    def comes_back_after(self, minutes: float) -> None:
        now = timezone.now() + datetime.timedelta(minutes=minutes)
        self._patch.setattr("commonweal.web.accounts.limits.timezone.now", lambda: now)

    def notes(self) -> list[str]:
        return [answer.note for answer in assessment_round(self.round, by=self.person).given.answers.values()]


@pytest.fixture
def officer(index: Index, monkeypatch: pytest.MonkeyPatch) -> _Officer:
    return _Officer(index, monkeypatch)


def _sent_again(page: str) -> dict[str, str]:
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.partition("Throw it")[0]))
    return {
        name: unescape(value) for name, value in fields.items() if name not in {"csrfmiddlewaretoken", "throw-away"}
    }


def _page(officer: _Officer) -> str:
    answer = officer.client.get(reverse("unsent"))
    return answer.content.decode() if answer.status_code == 200 else ""


def test_it_is_sent_once_they_have_signed_in_again(officer: _Officer) -> None:
    officer.comes_back_after(31)
    answer = officer.client.post(officer.theme, officer.sent)
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={reverse('unsent').replace('/', '%2F')}"
    assert officer.notes() == []
    officer.signs_in()
    assert "You were signed out before something was sent" in officer.client.get("/").content.decode()
    page = _page(officer)
    assert "You were signed out before this was sent" in page
    assert NOTE in unescape(page)
    kept = _sent_again(page)
    mark = kept.pop("unsent")
    assert kept == officer.sent
    assert f'action="{officer.theme}"' in page
    assert f'href="{reverse("task-list", args=[officer.round])}"' in page
    assert officer.client.post(officer.theme, {**kept, "unsent": mark}).status_code == 302
    assert officer.notes() == [NOTE]
    assert not _page(officer)  # it is not offered twice
    assert "before something was sent" not in officer.client.get("/").content.decode()


@pytest.mark.parametrize("first", ["another page", "a script", "another tab's form"])
def test_whichever_request_finds_the_session_over(first: str, officer: _Officer) -> None:
    officer.comes_back_after(31)
    if first == "another page":
        assert officer.client.get("/").status_code == 302
    elif first == "a script":
        asks = {**officer.sent, "do": "effect"}
        answer = officer.client.post(officer.theme, asks, headers={"X-Requested-With": "commonweal"})
        assert (answer.status_code, answer.content) == (401, b"")
    else:
        officer.client.post(officer.theme, {"version": "0", "do": "stop", "A2-note": "Typed in the other tab"})
    officer.client.post(officer.theme, officer.sent)
    officer.signs_in()
    assert NOTE in unescape(_page(officer))
    assert ("Typed in the other tab" in _page(officer)) is (first == "another tab's form")


def test_it_stays_until_it_was_taken(officer: _Officer) -> None:
    officer.comes_back_after(31)
    officer.client.post(officer.theme, officer.sent)
    officer.signs_in()
    kept = _sent_again(_page(officer))
    assert officer.client.post(officer.theme, {**kept, "version": "7"}).status_code == 409
    assert officer.client.post(officer.theme, {"version": "0", "do": "stop"}).status_code == 302
    assert NOTE in unescape(_page(officer))
    officer.client.post(reverse("unsent"), {"throw-away": kept["unsent"]})
    assert not _page(officer)


def test_nobody_else_gets_it_or_throws_it_away(officer: _Officer) -> None:
    officer.comes_back_after(31)
    officer.client.post(officer.theme, officer.sent)
    (line,) = unsent_of(by=officer.person, now=timezone.now())
    officer.signs_in(somebody("Next at this desk"))
    assert not _page(officer)
    officer.client.post(reverse("unsent"), {"throw-away": str(line.id)})
    officer.client.post(reverse("own-name"), {"was": "Next at this desk", "name": "Next", "unsent": str(line.id)})
    assert unsent_of(by=officer.person, now=timezone.now()) == [line]
    officer.client.logout()
    officer.client.post(officer.theme, officer.sent)  # the session after theirs is nobody's
    assert len(unsent_of(by=officer.person, now=timezone.now())) == 1


def test_it_is_not_kept_for_ever(officer: _Officer) -> None:
    officer.comes_back_after(31)
    officer.client.post(officer.theme, officer.sent)
    later = timezone.now() + datetime.timedelta(hours=12, minutes=32)
    assert unsent_of(by=officer.person, now=later) == []
    tidy(now=later)
    assert not Unsent.objects.exists()
    officer.comes_back_after(31 + 12 * 60 + 1)
    officer.client.post(officer.theme, officer.sent)  # so long after, it is not known any more whose it is
    assert not Unsent.objects.exists()


def test_what_is_erased_is_erased_here_too(officer: _Officer) -> None:
    officer.comes_back_after(31)
    officer.client.post(officer.theme, officer.sent)
    assert held_about(email=str(officer.person.email), now=timezone.now())["unsent"][0]["path"] == officer.theme
    erase_person(email=str(officer.person.email), now=timezone.now())
    assert not Unsent.objects.exists()
    officer.client.post(officer.theme, officer.sent)
    assert not Unsent.objects.exists()


def test_only_the_latest_are_kept(officer: _Officer) -> None:
    for number in range(7):
        officer.comes_back_after(31 + number)
        officer.client.post(officer.theme, {"do": "stop", "A1-note": f"Note {number}"})
    kept = unsent_of(by=officer.person, now=timezone.now())
    assert [dict(line.fields)["A1-note"] for line in kept] == [f"Note {number}" for number in (6, 5, 4, 3, 2)]


def test_what_another_site_has_sent_is_not_kept(officer: _Officer) -> None:
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    strict.cookies = officer.client.cookies
    officer.comes_back_after(31)
    assert strict.post(officer.theme, officer.sent).status_code == 403
    assert strict.post(officer.theme, officer.sent).status_code == 403
    assert not Unsent.objects.exists()


@pytest.mark.parametrize("path", ["account_change_password", "own-name"])
def test_nothing_of_the_account_is_kept(path: str, officer: _Officer) -> None:
    officer.comes_back_after(31)
    answer = officer.client.post(reverse(path), {"oldpassword": "three green herons wade", "name": "New name"})
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert not Unsent.objects.exists()


def test_what_is_sent_in_time_is_kept_nowhere(officer: _Officer) -> None:
    officer.comes_back_after(29)
    assert officer.client.post(officer.theme, officer.sent).status_code == 302
    assert not Unsent.objects.exists()


@pytest.mark.parametrize(("minutes", "is_in"), [(-30, False), (-2, False), (-0.5, True)])
def test_a_clock_that_was_set_back_gives_nobody_time(minutes: float, is_in: bool, officer: _Officer) -> None:
    officer.comes_back_after(minutes)
    assert officer.client.get("/").status_code == (200 if is_in else 302)
