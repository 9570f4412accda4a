"""Workbooks in the pages: given out, previewed, applied; whatever is sent, a plain message and never a 500."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.service import a_round, rows
from tests.workbook.books import blank, edited, place
from tests.workbook.hostile import HOSTILE

from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.formats import answer_workbook as layout
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.store.models import Upload


@pytest.fixture
def assessment(index: Index, person: Person) -> UUID:
    return a_round(person, index, {index.questions[0].id: QuestionAnswer(0, 1, note="stored")})


def _send(client: Client, assessment: UUID, content: bytes, name: str = "town.xlsx") -> tuple[int, str]:
    answer = client.post(f"/assessments/{assessment}/workbook/", {"workbook": SimpleUploadedFile(name, content)})
    if answer.status_code == 302:
        page = client.get(answer.headers["Location"])
        return page.status_code, page.content.decode()
    return answer.status_code, answer.content.decode()


def test_down_and_up_again_changes_nothing(client: Client, assessment: UUID) -> None:
    content = client.get(f"/assessments/{assessment}/workbook/file/").content
    assert _send(client, assessment, content) == (200, _send(client, assessment, content)[1])
    assert "It would change nothing" in _send(client, assessment, content)[1]


def test_the_preview_shows_both_sides_and_the_button_applies(
    client: Client, index: Index, assessment: UUID, person: Person
) -> None:
    question = index.questions[0]
    cells = {place(index, question, layout.NOTE): "<new>", place(index, question, layout.NOW): 1}
    content = edited(blank(index), cells)
    answer = client.post(f"/assessments/{assessment}/workbook/", {"workbook": SimpleUploadedFile("t.xlsx", content)})
    address = answer.headers["Location"]
    page = client.get(address).content.decode()
    assert "Two changes. Nothing is saved yet." in page
    assert "stored</td>" in page
    assert "&lt;new&gt;</td>" in page
    assert assessment_round(assessment, by=person).given.answers[question.id].note == "stored"
    assert client.post(address).headers["Location"] == f"/assessments/{assessment}/check/"
    assert assessment_round(assessment, by=person).given.answers[question.id] == QuestionAnswer(1, 1, note="<new>")
    assert client.post(address).status_code == 302
    assert "was applied" in client.get(address).content.decode()


def test_a_stale_preview_is_told(client: Client, index: Index, assessment: UUID) -> None:
    content = edited(blank(index), {place(index, index.questions[0], layout.NOTE): "new"})
    answer = client.post(f"/assessments/{assessment}/workbook/", {"workbook": SimpleUploadedFile("t.xlsx", content)})
    code = index.themes[0].code
    client.post(f"/assessments/{assessment}/themes/{code}/", {"version": "1", "do": "stop"})
    applied = client.post(answer.headers["Location"])
    assert applied.status_code == 409
    assert "Upload it again" in applied.content.decode()


def test_problems_are_escaped_and_told_with_their_places(client: Client, index: Index, assessment: UUID) -> None:
    content = edited(blank(index), {place(index, index.questions[0], layout.NOW): "<script>alert(1)</script>"})
    status, page = _send(client, assessment, content, "<img src=x>.xlsx")
    assert status == 422
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert f"sheet {layout.sheet_name(index.themes[0]).replace('&', '&amp;')}, cell C5" in page


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_whatever_is_sent_gets_a_plain_message(client: Client, assessment: UUID, name: str) -> None:
    status, page = _send(client, assessment, HOSTILE[name]())
    assert status == 422
    assert "Nothing was changed" in page
    assert not rows(Upload).exists()


def test_no_file_at_all(client: Client, assessment: UUID) -> None:
    answer = client.post(f"/assessments/{assessment}/workbook/", {})
    assert answer.status_code == 422
    assert "No file was chosen" in answer.content.decode()
