"""What pages refuse before anything is asked of a service, or beside it."""

import io
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from tests.service import NOW, rows, somebody
from tests.web.world import Council, a_council

from commonweal.core.access import Role
from commonweal.core.evidence import EvidenceKind, Strength
from commonweal.core.maturity.models import Index
from commonweal.formats.archive import MAX_FILE_BYTES
from commonweal.services.actions.evidence import Piece, add_evidence
from commonweal.services.people import Person
from commonweal.store.models import Assessment
from commonweal.web.components.requests import person


@pytest.fixture
def home(index: Index, db: None) -> Council:
    return a_council(index, "CANARY")


def _client(who: Person) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(who)
    return client


@pytest.mark.parametrize("name", ["theme", "short-form-theme", "plan-note", "question", "remark"])
def test_what_the_index_does_not_have_is_not_there(name: str, home: Council) -> None:
    address = home.address(name, {"code": "Z", "question": "Z9"})
    for method in ("get", "post"):
        assert getattr(_client(home.lead), method)(address, {"version": "0"}).status_code in {404, 405}
    assert _client(home.lead).post(address, {"version": "0", "do": "effect"}).status_code in {404, 405}


@pytest.mark.parametrize("role", [Role.ELECTED_MEMBER, Role.OWNER, Role.OFFICER])
def test_who_may_not_answer_learns_no_effect(role: Role, home: Council) -> None:
    answer = _client(home.sits(role)).post(home.address("theme"), {"version": "1", "do": "effect"})
    assert answer.status_code in {403, 404}


def test_what_was_agreed_has_no_effect_to_learn(home: Council) -> None:
    rows(Assessment).filter(pk=home.assessment).update(state="agreed")
    answer = _client(home.lead).post(home.address("theme"), {"version": "1", "do": "effect"})
    assert answer.status_code == 409


def test_nobody_is_no_person() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionError):
        person(request)


def test_the_operator_is_let_in_nowhere(db: None) -> None:
    operator = somebody("Operator")
    operator.is_operator = True
    operator.save()
    for method in ("get", "post"):
        assert getattr(_client(operator), method)(reverse("let-me-in", args=[uuid4()])).status_code == 404


def test_a_name_with_what_cannot_be_seen_is_refused(home: Council) -> None:
    answer = _client(home.lead).post(reverse("new-organisation"), {"name": "Town\u202ehall", "kind": "fire"})
    assert answer.status_code == 422
    assert "a character that cannot be shown" in answer.content.decode()


@pytest.mark.parametrize("wrong", [{"predecessor": "x"}, {"kind": "x"}, {"on": "x"}, {"predecessor": "", "on": ""}])
def test_a_predecessor_is_chosen_with_how_and_when(wrong: dict[str, str], home: Council) -> None:
    sent = home.posting("predecessors") | wrong
    answer = _client(home.lead).post(home.address("predecessors"), sent)
    assert answer.status_code == 422
    assert answer.content.decode().count("govuk-error-message") >= len(wrong)


def test_nothing_is_added_to_what_was_endorsed(home: Council) -> None:
    rows(Assessment).filter(pk=home.assessment).update(state="endorsed")
    for name in ("add-evidence", "change-evidence"):
        assert _client(home.lead).get(home.address(name)).status_code == 409


def test_only_a_picture_has_a_clean_copy(home: Council, index: Index) -> None:
    served = frozenset({index.questions[0].id})
    piece = Piece(EvidenceKind.FILE, "Minutes", served, Strength.CLAIMED, file_name="minutes.txt", content=b"Agreed.")
    id_ = add_evidence(assessment_id=home.assessment, piece=piece, by=home.lead, now=NOW)
    client = _client(home.lead)
    assert client.get(home.address("clean-evidence-file")).status_code == 200
    answer = client.get(home.address("clean-evidence-file", {"evidence_id": str(id_)}))
    assert answer.status_code == 409
    assert "Only pictures can be cleaned for certain" in answer.content.decode()


def test_a_workbook_that_is_too_large_is_not_read(home: Council) -> None:
    book = io.BytesIO(bytes(MAX_FILE_BYTES + 1))
    book.name = "large.xlsx"
    answer = _client(home.lead).post(home.address("workbook"), {"workbook": book})
    assert answer.status_code == 422
    assert "The file is larger than 10 MB." in answer.content.decode()
