"""Every route against everybody: who may, that others and absent look the same, that looking changes nothing."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.service import NOW, a_round, an_organisation, rows, somebody
from tests.web.routes import ASSESSMENT, ORGANISATION, ROUTES, UPLOAD
from tests.workbook.books import blank

from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.services.actions.answers import keep_plan_note
from commonweal.services.actions.uploads import receive_workbook
from commonweal.services.people import Person
from commonweal.store.models import Assessment

CANARY = "CANARY7f3a"
OWNED = {name for name, route in ROUTES.items() if {ASSESSMENT, ORGANISATION, UPLOAD} & set(route.arguments)}


def _names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern)
        else:
            assert isinstance(pattern, URLPattern)
            yield str(pattern.name)


def test_every_route_is_listed() -> None:
    assert sorted(_names(get_resolver())) == sorted(ROUTES)


def _filled(index: Index, by: Person) -> dict[str, str]:
    """Something in every corner, each with the canary in it; the arguments of routes to it."""
    organisation = an_organisation(by, f"{CANARY} Council")
    answers = {question.id: QuestionAnswer(0, 1, note=f"{CANARY} note") for question in index.questions}
    assessment = a_round(by, index, answers, organisation=organisation, name=f"{CANARY} round")
    rows(Assessment).filter(pk=assessment).update(source=f"{CANARY} source")
    code = index.themes[0].code
    keep_plan_note(assessment_id=assessment, code=code, version=0, text=f"{CANARY} plan", by=by, now=NOW)
    upload = receive_workbook(
        assessment_id=assessment, content=blank(index), file_name=f"{CANARY}.xlsx", by=by, now=NOW
    )
    return {
        "organisation_id": str(organisation),
        "assessment_id": str(assessment),
        "upload_id": str(upload),
        "code": code,
        "format_name": "json",
        "reference": index.reference,
        "token": "x" * 43,
    }


def _address(name: str, values: Mapping[str, str]) -> str:
    return reverse(name, kwargs={argument: values[argument] for argument in ROUTES[name].arguments})


def _text(content: bytes) -> str:
    """What is in an answer, unzipped where it is an archive."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_nobody_gets_further_than_the_entrance(name: str, index: Index, person: Person) -> None:
    nobody, address = Client(headers={"host": "localhost"}), _address(name, _filled(index, person))
    for method in ("get", "post"):
        answer = getattr(nobody, method)(address)
        assert CANARY not in _text(answer.content)
        if not ROUTES[name].public:
            assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={quote(address)}")


@pytest.mark.parametrize("name", sorted(OWNED))
@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "head"])
def test_foreign_and_absent_look_the_same(name: str, method: str, index: Index, client: Client, db: None) -> None:
    values = _filled(index, somebody("Another officer"))
    absent = {**values, **{key: str(uuid4()) for key in (ORGANISATION, ASSESSMENT, UPLOAD)}}
    data = ROUTES[name].post or {}
    answers = [getattr(client, method)(_address(name, one), data) for one in (values, absent)]
    for answer in answers:
        assert answer.status_code in {404, 405}
        assert CANARY not in _text(answer.content)
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].content == answers[1].content
    assert answers[0].headers == answers[1].headers


@pytest.mark.parametrize("name", sorted(OWNED))
def test_members_see_their_own(name: str, index: Index, client: Client, person: Person) -> None:
    answer = client.get(_address(name, _filled(index, person)))
    assert answer.status_code == 200
    assert CANARY in _text(answer.content)


@pytest.mark.parametrize("name", ["start", "new-organisation", "blank-workbooks", "blank-workbook"])
def test_what_is_for_all_shows_nothing_of_others(name: str, index: Index, client: Client, db: None) -> None:
    values = _filled(index, somebody("Another officer"))
    answer = client.get(_address(name, values))
    assert answer.status_code == 200
    assert CANARY not in _text(answer.content)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_looking_changes_nothing(name: str, index: Index, client: Client, person: Person) -> None:
    address = _address(name, _filled(index, person))
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    writes = [query["sql"] for query in queries if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert writes == []


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if route.post is not None))
def test_a_form_of_somebody_elses_site_is_refused(name: str, index: Index, person: Person) -> None:
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    strict.force_login(person)
    answer = strict.post(_address(name, _filled(index, person)), ROUTES[name].post or {})
    assert answer.status_code == 403
    assert "This form is out of date" in answer.content.decode()


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_answer_carries_the_safeguards(name: str, index: Index, client: Client, person: Person) -> None:
    headers = client.get(_address(name, _filled(index, person))).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    if "attachment" in headers.get("Content-Disposition", ""):
        assert policy.startswith("sandbox")
    else:
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
