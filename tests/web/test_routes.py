"""Every route against everybody: who may, that others and absent look the same, that looking changes nothing."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from tests.web.routes import ROUTES
from tests.web.world import Council, a_council, text_of

from commonweal.core.maturity.models import Index
from commonweal.services.people import Person

CANARY = "CANARY7f3a"


def _names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern)
        else:
            assert isinstance(pattern, URLPattern)
            yield str(pattern.name)


def test_every_route_is_listed() -> None:
    assert sorted(_names(get_resolver())) == sorted(ROUTES)


@pytest.fixture
def council(index: Index, person: Person) -> Council:
    """Theirs who have the session."""
    EmailAddress.objects.create(user=person, email=str(person.email), verified=True, primary=True)
    return a_council(index, CANARY, person)


def test_nobody_gets_further_than_the_entrance(council: Council) -> None:
    for name, route in ROUTES.items():
        for method in ("get", "post"):
            nobody, address = Client(headers={"host": "localhost"}), council.address(name)
            answer = getattr(nobody, method)(address)
            if name != "invitation":  # whoever holds its link reads what it offers
                assert CANARY not in text_of(answer.content), name
            if not route.public:
                assert answer.status_code == 302, name
                assert answer.headers["Location"] == f"/sign-in/?next={quote(address)}", name


@pytest.mark.parametrize("name", ["start", "new-organisation", "blank-workbooks", "blank-workbook"])
def test_what_is_for_all_shows_nothing_of_others(name: str, index: Index, client: Client, db: None) -> None:
    answer = client.get(a_council(index, CANARY).address(name))
    assert answer.status_code == 200
    assert CANARY not in text_of(answer.content)


def test_looking_changes_nothing(council: Council, client: Client) -> None:
    for name in ROUTES:
        with CaptureQueriesContext(connection) as queries:
            client.get(council.address(name))
        written = [query["sql"] for query in queries if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
        assert written == [], name


def test_a_form_of_somebody_elses_site_is_refused(council: Council, person: Person) -> None:
    for name, route in ROUTES.items():
        if route.post is None:
            continue
        strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
        strict.force_login(person)
        for method in ("post", "put", "patch", "delete"):
            sent = council.posting(name) if method == "post" else {}
            answer = getattr(strict, method)(council.address(name), sent)
            assert answer.status_code == 403, (name, method)
            assert "This form is out of date" in answer.content.decode(), (name, method)


def test_every_answer_carries_the_safeguards(council: Council, client: Client) -> None:
    for name in ROUTES:
        headers = client.get(council.address(name)).headers
        assert "no-store" in headers["Cache-Control"], name
        assert "Expires" not in headers or not ROUTES[name].is_owned, f"{name}: foreign and absent differ by the second"
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["X-Frame-Options"] == "DENY", name
        assert headers["Referrer-Policy"] == "same-origin", name
        policy = headers["Content-Security-Policy"]
        if "attachment" in headers.get("Content-Disposition", ""):
            assert policy.startswith("sandbox"), name
        else:
            assert "script-src 'self'" in policy, name
            assert "unsafe" not in policy, name
            assert "frame-ancestors 'none'" in policy, name
