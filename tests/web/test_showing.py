"""Results, plan, documents and rounds, as pages."""

import datetime
import json
from uuid import UUID

import pytest
from django.test import Client
from tests.cases import INVENTED, everywhere, example
from tests.service import a_round, an_organisation

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import Results
from commonweal.intake.assessment import read_assessment
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.web.components.downloads import TYPES

MARKS = {
    "pdf": b"%PDF-",
    "docx": b"PK",
    "xlsx": b"PK",
    "html": b"<!DOCTYPE html>",
    "csv": b"\xef\xbb\xbf",
    "json": b"{",
}


@pytest.fixture
def results() -> Results:
    return example(INVENTED)


@pytest.fixture
def assessment(index: Index, person: Person) -> UUID:
    return a_round(person, index, read_assessment(INVENTED).answers)


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("&amp;", "&").replace("&#39;", "'")


def test_the_results_page_says_what_the_rules_say(client: Client, assessment: UUID, results: Results) -> None:
    page = _page(client, f"/assessments/{assessment}/results/")
    assert results.legal_sentence in page
    for row in results.themes:
        assert row.held_sentence in page
    for item in results.attention[:3]:
        assert item.sentence in page
    assert page.count('role="img"') == 2


def test_the_grid_and_the_list_have_every_action(client: Client, assessment: UUID, results: Results) -> None:
    for view in ("grid", "list"):
        page = _page(client, f"/assessments/{assessment}/plan/?view={view}")
        for step in results.actions:
            assert step.text in page, (view, step.id)


def test_filters_stand_in_the_address_and_hold_for_the_documents(
    client: Client, assessment: UUID, results: Results
) -> None:
    theme, level = results.actions[0].theme, results.actions[0].level
    page = _page(client, f"/assessments/{assessment}/plan/?theme={theme}&level={level}&view=list")
    wanted = [step for step in results.actions if step.theme == theme and step.level == level]
    for step in results.actions:
        assert (step.text in page) == (step in wanted)
    assert f"/documents/json/?theme={theme}&level={level}" in page
    data = client.get(f"/assessments/{assessment}/documents/json/?theme={theme}&level={level}").json()
    assert [action["id"] for action in data["actions"]] == [step.id for step in wanted]


@pytest.mark.parametrize(
    "query", ["?theme=Q", "?level=99", "?level=0", "?view=x", "?theme=<script>", "?level=1&level=2"]
)
def test_a_filter_that_is_none_shows_the_plan(client: Client, assessment: UUID, query: str) -> None:
    assert "<script>" not in _page(client, f"/assessments/{assessment}/plan/{query}").replace("<script src", "")


@pytest.mark.parametrize("name", sorted(MARKS))
def test_every_document_can_be_downloaded(client: Client, assessment: UUID, name: str) -> None:
    answer = client.get(f"/assessments/{assessment}/documents/{name}/")
    assert answer.content.startswith(MARKS[name])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="example-council-plan.{name}"'
    assert answer.headers["Content-Type"] == TYPES[name]


def test_no_other_document_is_known(client: Client, assessment: UUID) -> None:
    for name in ("text", "exe", "..", "PDF"):
        assert client.get(f"/assessments/{assessment}/documents/{name}/").status_code == 404


def test_a_note_on_the_plan_stands_in_page_and_documents(client: Client, assessment: UUID, index: Index) -> None:
    code = index.themes[2].code
    address = f"/assessments/{assessment}/plan/notes/{code}/"
    answer = client.post(address, {"version": "0", "note": "Ask the <new> director"})
    assert answer.headers["Location"] == f"/assessments/{assessment}/plan/#theme-{code}"
    assert "Ask the &lt;new&gt; director" in _page(client, f"/assessments/{assessment}/plan/")
    data = json.loads(client.get(f"/assessments/{assessment}/documents/json/").content)
    assert data["plan_notes"] == [{"theme": code, "text": "Ask the <new> director"}]
    answer = client.post(address, {"version": "0", "note": "Mine"})
    assert answer.status_code == 409
    assert "Ask the &lt;new&gt; director" in answer.content.decode()
    assert "Mine</textarea>" in answer.content.decode()
    answer = client.post(address, {"version": "1", "note": "x" * 2_001})
    assert answer.status_code == 422


def test_pages_of_an_empty_round_say_how_to_begin(client: Client, index: Index, person: Person) -> None:
    assessment = a_round(person, index)
    for page in ("results", "plan"):
        assert "Go to the themes" in _page(client, f"/assessments/{assessment}/{page}/")
    assert "In a hurry?" in _page(client, f"/assessments/{assessment}/")


def test_rounds_stand_side_by_side(client: Client, index: Index, person: Person) -> None:
    organisation = an_organisation(person)
    assert "There is no round yet" in _page(client, f"/organisations/{organisation}/rounds/")
    a_round(person, index, everywhere(index, -1, -1), organisation=organisation, name="Second")
    earlier = datetime.date(2025, 11, 3)
    a_round(person, index, everywhere(index, 0, -1), organisation=organisation, name="First", date=earlier)
    page = _page(client, f"/organisations/{organisation}/rounds/")
    assert page.index("First, 3 November 2025") < page.index("Second, 21 November 2026")
    assert f"+{index.top_level}" in page


def test_the_journey_starts_with_an_organisation(client: Client, person: Person) -> None:
    assert "Start now" in _page(client, "/")
    answer = client.post("/organisations/new/", {"name": " ", "kind": "castle"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Enter the name of your organisation." in page
    assert "Choose a kind from the list." in page
    answer = client.post("/organisations/new/", {"name": "Our  Town", "kind": "fire", "size": "small"})
    assert answer.headers["Location"].endswith("/assessments/new/")
    page = _page(client, answer.headers["Location"])
    assert "Our Town" in page
    answer = client.post(answer.headers["Location"], {"name": "", "horizon_years": "9", "index": "x"})
    assert answer.status_code == 422
    assert "Enter a name for this round" in answer.content.decode()


def test_an_opened_round_has_what_was_chosen(client: Client, index: Index, person: Person) -> None:
    organisation = an_organisation(person)
    data = {"name": "Spring round", "horizon_years": "3", "index": index.reference}
    answer = client.post(f"/organisations/{organisation}/assessments/new/", data)
    id_ = UUID(answer.headers["Location"].split("/")[2])
    round_ = assessment_round(id_, by=person)
    assert (round_.name, round_.given.horizon_years, round_.index) == ("Spring round", 3, index)
