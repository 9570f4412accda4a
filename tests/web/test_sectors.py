"""An organisation reads an index in the words of its sector, sees the index's own, and its data stay in them."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cases import everywhere
from tests.conftest import ON_POSTGRESQL
from tests.service import DAY, NOW, a_round, rows
from tests.web.world import text_of

from commonweal.core.maturity.models import Index
from commonweal.core.organisations import Kind
from commonweal.intake.answers_file import read_answers
from commonweal.services.actions.editions import move_round
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.editions import editions_after
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Assessment

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="words are alike on either database")


def _round(person: Person, index: Index, kind: Kind, name: str = "Example Body") -> UUID:
    home = create_organisation(name=name, kind=kind, size=None, by=person, now=NOW)
    return a_round(person, index, everywhere(index, 0, 1), organisation=home)


def _page(client: Client, address: str) -> str:
    found = client.get(address)
    assert found.status_code == 200
    return found.content.decode()


@pytest.fixture
def asked(index: Index) -> tuple[str, str]:
    """The theme and the question that speaks of cabinet or scrutiny meetings."""
    question = next(one for one in index.questions if "cabinet or scrutiny meetings" in one.question)
    return question.theme, question.id


def test_a_fire_service_reads_its_own_terms_and_sees_those_of_the_index(
    client: Client, person: Person, index: Index, asked: tuple[str, str]
) -> None:
    theme, id_ = asked
    round_ = _round(person, index, Kind.FIRE)
    page = _page(client, f"/assessments/{round_}/themes/{theme}/")
    assert "Is social value a performance measure at performance meetings of the fire authority?" in page
    assert "In the index's own words:" in page
    assert "Question: Is social value a performance measure at cabinet or scrutiny meetings?" in page
    assert "In the words of fire and rescue services: what the index says itself" in page
    assert "cabinet: here the fire authority" in _page(client, f"/assessments/{round_}/")
    assert "fire authority" in _page(client, f"/assessments/{round_}/questions/{id_}/")
    council = _page(client, f"/assessments/{_round(person, index, Kind.UNITARY)}/themes/{theme}/")
    assert "cabinet or scrutiny meetings" in council
    assert "fire authority" not in council
    assert "In the words of" not in council


def test_advice_stands_beside_the_theme_that_it_concerns(client: Client, person: Person, index: Index) -> None:
    fire, council = (_round(person, index, kind) for kind in (Kind.FIRE, Kind.UNITARY))
    advice = "have a duty in law to look for ways of working together"
    assert advice in _page(client, f"/assessments/{fire}/themes/H/")
    assert advice not in _page(client, f"/assessments/{fire}/themes/B/")
    page = _page(client, f"/assessments/{council}/themes/H/")
    assert advice not in page
    assert "For councils" in page
    assert "chapter on local government" in page
    rows(Assessment).filter(pk=fire).update(state="agreed")
    assert advice in _page(client, f"/assessments/{fire}/themes/H/")


def test_documents_speak_its_words_and_data_those_of_the_index(client: Client, person: Person, index: Index) -> None:
    fire, council = (_round(person, index, kind) for kind in (Kind.FIRE, Kind.UNITARY))
    text = client.get(f"/assessments/{fire}/documents/html/").content.decode()
    assert "fire authority" in text
    assert "How the index is worded here" in text
    for format_name in ("json", "csv"):
        one, other = (client.get(f"/assessments/{id_}/documents/{format_name}/").content for id_ in (fire, council))
        assert one == other
    said = json.loads(client.get(f"/assessments/{fire}/documents/json/").content)
    assert "cabinet" in json.dumps(said)
    pdf = client.get(f"/assessments/{fire}/documents/pdf/").content
    assert "fire authority" in " ".join(text_of(pdf).split())


def test_a_later_version_is_compared_in_the_index_own_words(person: Person) -> None:
    old = load_index("svmi-public@2016.1")
    fire, council = (_round(person, old, kind) for kind in (Kind.FIRE, Kind.UNITARY))
    fates = [
        [(one.question, one.fate) for between in editions_after(assessment_round(id_, by=person), by=person)
         for one in between.became]
        for id_ in (fire, council)
    ]  # fmt: skip
    assert fates[0] == fates[1]
    made = move_round(assessment_id=fire, today=DAY, by=person, now=NOW)
    assert assessment_round(made, by=person).index.sector == "fire"


def test_a_workbook_in_its_words_is_read_there_and_by_the_command(
    client: Client, person: Person, index: Index, tmp_path: Path
) -> None:
    fire = _round(person, index, Kind.FIRE)
    book = client.get(f"/assessments/{fire}/workbook/file/").content
    assert "performance meetings of the fire authority" in text_of(book)
    file = {"workbook": SimpleUploadedFile("fire.xlsx", book)}
    sent = client.post(f"/assessments/{fire}/workbook/", file)
    assert "It would change nothing" in _page(client, sent.headers["Location"])
    kept = tmp_path / "fire.xlsx"
    kept.write_bytes(book)
    assert dict(read_answers(kept).answers) == dict(assessment_round(fire, by=person).given.answers)


def test_a_firm_without_public_work_is_not_asked_after_councils(client: Client, person: Person) -> None:
    index = load_index("svmi-private")
    without, with_ = (_round(person, index, kind) for kind in (Kind.PRIVATE_BUSINESS, Kind.BUSINESS))
    assert "The whole area" in _page(client, f"/assessments/{without}/themes/1/")
    assert "The whole council area" in _page(client, f"/assessments/{with_}/themes/1/")
    assert "Begin with a strategy for the whole" in _page(client, f"/assessments/{with_}/themes/9/")
