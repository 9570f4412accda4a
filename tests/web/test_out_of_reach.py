"""The database is down or cannot write: said in words, and what was typed is not lost."""

import re

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from tests.conftest import ON_POSTGRESQL
from tests.service import a_round, rows, somebody

from commonweal.core.maturity.models import Index
from commonweal.services.people import Person
from commonweal.store.models import Answer

pytestmark = pytest.mark.django_db
TYPED = 'Seen in the <minutes> & "kept"'
MARK = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def browser(lead: Person) -> Client:
    browser = Client(headers={"host": "localhost"}, raise_request_exception=False, enforce_csrf_checks=True)
    browser.force_login(lead)
    return browser


def _out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr("commonweal.store.arrival._arrived", gone)


def test_what_was_typed_is_in_the_page(
    index: Index, lead: Person, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = index.themes[0]
    address = reverse("theme", args=[a_round(lead, index), theme.code])
    mark = MARK.search(browser.get(address).content.decode())
    assert mark
    sent = {"version": "0", "do": "stop", f"{theme.questions[0].id}-note": TYPED, "csrfmiddlewaretoken": mark[1]}
    with monkeypatch.context() as away:
        _out_of_reach(away)
        answer = browser.post(address, sent)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Commonweal cannot reach its records" in page
    assert 'value="Seen in the &lt;minutes&gt; &amp; &#34;kept&#34;"' in page
    assert '<form method="post">' in page  # to the same address
    again = MARK.search(page)
    assert again
    assert browser.post(address, sent | {"csrfmiddlewaretoken": again[1]}).status_code == 302  # it is back
    assert "Seen in the" in browser.get(address).content.decode()


def test_another_sites_form_is_not_offered_again(
    index: Index, lead: Person, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("theme", args=[a_round(lead, index), index.themes[0].code])
    browser.get(address)
    _out_of_reach(monkeypatch)
    answer = browser.post(address, {"version": "0", f"{index.questions[0].id}-note": TYPED})
    assert answer.status_code == 503
    assert "Seen in the" not in answer.content.decode()


def test_a_password_is_not_in_the_page(lead: Person, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = MARK.search(browser.get(reverse("new-organisation")).content.decode())
    assert mark
    _out_of_reach(monkeypatch)
    sent = {"login": "lead@council.example", "password": "three green herons", "csrfmiddlewaretoken": mark[1]}
    answer = browser.post(reverse("start"), sent)
    assert answer.status_code == 503
    assert "herons" not in answer.content.decode()


def test_reading_says_that_nothing_is_lost(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _out_of_reach(monkeypatch)
    answer = browser.get(reverse("start"))
    assert answer.status_code == 503
    assert "Nothing is lost" in answer.content.decode()


@pytest.mark.parametrize("cookie", ["abcdefgh\x00ijk", "'; DROP TABLE", "x" * 5000, "UPPERCASEUPPERCASEUPPERCASEUPPER"])
def test_a_cookie_that_names_no_session_is_nobodys(cookie: str) -> None:
    browser = Client(headers={"host": "localhost"})
    browser.cookies["session"] = cookie
    assert browser.get(reverse("about")).status_code == 200
    assert browser.get(reverse("start")).status_code == 302


def test_our_own_fault_is_said_even_where_it_is_unknown_who_asks(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("commonweal.store.arrival._arrived", broken)
    answer = browser.get(reverse("start"))
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()


@pytest.mark.skipif(not ON_POSTGRESQL, reason="elsewhere an action is a transaction of its own")
def test_what_a_failed_request_wrote_is_taken_back(index: Index, lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    browser = Client(headers={"host": "localhost"}, raise_request_exception=False)
    browser.force_login(lead)
    theme = index.themes[0]
    address = reverse("theme", args=[a_round(lead, index), theme.code])
    sent = {"version": "0", "do": "stop", f"{theme.questions[0].id}-note": TYPED}
    with monkeypatch.context() as failing:
        failing.setattr("commonweal.web.assessments.theme_views.redirect", broken)  # once it was saved
        assert browser.post(address, sent).status_code == 500
    assert not rows(Answer).exists()
    assert browser.post(address, sent).status_code == 302
    assert rows(Answer).exists()
