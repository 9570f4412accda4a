"""A business answers the business edition: every page, with ids that have dots, and without a law that binds it."""

import re

import pytest
from django.test import Client
from tests.cases import everywhere
from tests.conftest import ON_POSTGRESQL
from tests.service import a_round, an_organisation, rows

from commonweal.core.organisations import Kind
from commonweal.services.people import Person
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Answer, Organisation

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="an index is shown alike on either database")
PRIVATE = load_index("svmi-private")
PAGES = (
    *("", "check/", "results/", "plan/", "plan/?view=list", "workbook/", "short-form/", "short-form/5/", "evidence/"),
    *(
        "decisions/",
        "route/",
        "route/?reach=4",
        "within-means/",
        "costings/",
        "what-if/",
        "adopt/",
        "position/",
        "upkeep/",
    ),
    *("themes/1/", "themes/9/", "plan/notes/1/"),
)


@pytest.fixture
def business(person: Person) -> str:
    home = an_organisation(person, "Example Builders Ltd")
    rows(Organisation).filter(pk=home).update(kind=Kind.BUSINESS.value)
    return str(a_round(person, PRIVATE, everywhere(PRIVATE, 0, 2), organisation=home))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_takes_it(page: str, business: str, client: Client) -> None:
    found = client.get(f"/assessments/{business}/{page}")
    assert found.status_code == 200
    text = found.content.decode()
    assert "egal minimum" not in text
    assert "The Social Value Act's own duties" not in text


def test_answers_with_dots_in_their_ids_are_kept(business: str, client: Client) -> None:
    page = client.get(f"/assessments/{business}/themes/1/").content.decode()
    assert 'name="P1.4-present"' in page
    [version] = re.findall(r'name="version" value="(\d+)"', page)
    sent = {"version": version, "do": "stop", "P1.4-present": "1", "P1.4-future": "2"}
    assert client.post(f"/assessments/{business}/themes/1/", sent).status_code == 302
    row = rows(Answer).get(assessment_id=business, question="P1.4")
    assert (row.present, row.future) == (1, 2)
    assert client.get(f"/assessments/{business}/questions/P1.4/").status_code == 200


def test_the_edition_that_is_made_for_it_is_proposed(business: str, client: Client, person: Person) -> None:
    home = rows(Organisation).get(name="Example Builders Ltd").pk
    council = an_organisation(person, "Example Council")
    for organisation, usual in ((home, "svmi-private@2016.1"), (council, "svmi-public@2026.1")):
        page = client.get(f"/organisations/{organisation}/assessments/new/").content.decode()
        assert f'value="{usual}" checked' in page
