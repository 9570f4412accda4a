"""A council rates statements, which are counted: every page, and none that leads to levels."""

import re

import pytest
from django.test import Client
from tests.cases import everywhere
from tests.conftest import ON_POSTGRESQL
from tests.service import NOW, a_round, an_organisation, rows

from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Answer

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="an index is shown alike on either database")
STATEMENTS = load_index("lga-nps-2018")
PAGES = (
    *("", "check/", "results/", "plan/", "plan/?view=list", "workbook/", "evidence/", "decisions/", "costings/"),
    *("what-if/", "adopt/", "position/", "upkeep/", "not-applying/", "themes/1/", "themes/7/", "plan/notes/1/"),
)
TO_LEVELS = ("route/", "within-means/", "short-form/", "short-form/7/")


@pytest.fixture
def council(person: Person) -> str:
    answers = {**everywhere(STATEMENTS, 1, 2), "N7.1": QuestionAnswer(3, 3), "N1.1": QuestionAnswer(0, 2)}
    return str(a_round(person, STATEMENTS, answers, organisation=an_organisation(person)))


def _text(client: Client, address: str) -> str:
    found = client.get(address)
    assert found.status_code == 200
    return found.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_takes_it(page: str, council: str, client: Client) -> None:
    text = _text(client, f"/assessments/{council}/{page}")
    assert "No level" not in text
    assert not any(f"/assessments/{council}/{leads}" in text for leads in TO_LEVELS)


@pytest.mark.parametrize("page", TO_LEVELS)
def test_there_is_no_way_to_a_level(page: str, council: str, client: Client) -> None:
    assert client.get(f"/assessments/{council}/{page}").status_code == 404
    assert client.post(f"/assessments/{council}/{page}", {"do": "stop"}).status_code in {404, 405}


def test_results_count_and_judge_what_is_all_there(council: str, client: Client) -> None:
    text = _text(client, f"/assessments/{council}/results/")
    assert "Obtaining social value is a focus area: 9 of 10 statements at Minimum or Developing" in text
    assert "Engaging councillors: no verdict, because not all of its statements are held here." in text
    assert "This index holds 23 of the 59 published statements and counts only these." in text
    assert "<strong>1 of 23</strong>" in text
    row = text[text.index("Obtaining social value</th>") :].partition("</tr>")[0]
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", row)
    assert cells == ["", "9 → 0", "0 → 9", "1", "", "yes"]


def test_what_is_missing_is_said_before_anything_is_rated(council: str, client: Client) -> None:
    text = _text(client, f"/assessments/{council}/")
    assert "23 of 59 published statements are held here" in text
    assert "Creating commercial opportunities" in text
    assert "7 of 7 key areas completed" in text


def test_a_rating_is_kept_and_the_effect_is_told_in_counts(council: str, client: Client) -> None:
    address = f"/assessments/{council}/themes/7/"
    [version] = re.findall(r'name="version" value="(\d+)"', _text(client, address))
    kept = {row.question: row for row in rows(Answer).filter(assessment_id=council, question__startswith="N7.")}
    sent = {f"{id_}-{side}": str(getattr(row, side)) for id_, row in kept.items() for side in ("present", "future")}
    sent |= {"version": version, "N7.2-present": "2"}
    effect = client.post(address, {**sent, "do": "effect"}).content.decode()
    assert "Overall now: from 1 of 23 at Mature or above to 2 of 23 at Mature or above." in effect
    assert client.post(address, {**sent, "do": "stop"}).status_code == 302
    assert rows(Answer).get(assessment_id=council, question="N7.2").present == 2


def test_its_plan_becomes_a_programme(council: str, client: Client, person: Person) -> None:
    round_ = assessment_round(council, by=person)  # type: ignore[arg-type]
    chosen = {step.id for step in round_.results().actions}
    frame = Frame("Adopted", "england-and-wales", NOW.date(), 2)
    made = adopt_plan(assessment_id=round_.id, frame=frame, chosen=chosen, by=person, now=NOW)
    for view in ("grid", "list", "board", "timeline"):
        text = _text(client, f"/programmes/{made}/?view={view}")
        assert "<strong>1 of 23</strong>" in text
        assert "No level" not in text
    for page in ("progress/", "documents/", "paper/"):
        assert "No level" not in _text(client, f"/programmes/{made}/{page}")


def test_rounds_stand_side_by_side(council: str, client: Client, person: Person) -> None:
    organisation = assessment_round(council, by=person).organisation_id  # type: ignore[arg-type]
    later = everywhere(STATEMENTS, 2, 3)
    a_round(person, STATEMENTS, later, organisation=organisation, name="Next", date=NOW.date().replace(year=2027))
    text = _text(client, f"/organisations/{organisation}/rounds/")
    assert "1 of 10 at Mature or above" in text
    assert "10 of 10 at Mature or above" in text
    assert "+9" in text


@pytest.fixture
def both(council: str, person: Person) -> tuple[str, str]:
    """The same council's assessment by the maturity index, and this one."""
    organisation = assessment_round(council, by=person).organisation_id  # type: ignore[arg-type]
    public = load_index("svmi-public")
    ladders = a_round(person, public, everywhere(public, -1, -1), organisation=organisation, name="By the index")
    return str(ladders), council


def test_two_assessments_on_one_matter_are_compared_from_either_side(both: tuple[str, str], client: Client) -> None:
    pages = [_text(client, f"/assessments/{id_}/crosswalk/") for id_ in both]
    for text in pages:
        assert "10 statements are rated lower than suggested" in text
        assert "Rated one level lower" in text  # the first stands at Leader, and the index says Innovator
        assert "Rated three levels lower" in text
    for id_ in both:
        assert f"/assessments/{id_}/crosswalk/" in _text(client, f"/assessments/{id_}/results/")


def test_where_one_side_is_missing_the_page_says_how_to_get_it(council: str, client: Client, person: Person) -> None:
    text = _text(client, f"/assessments/{council}/crosswalk/")
    assert "so nothing can be suggested" in text
    public = load_index("svmi-public")
    alone = a_round(person, public, everywhere(public, -1, -1), organisation=an_organisation(person, "Another"))
    text = _text(client, f"/assessments/{alone}/crosswalk/")
    assert "Nothing is rated by the National Procurement Strategy self-assessment yet" in text
    assert "Not rated" in text


def test_an_index_without_a_counterpart_has_no_such_page(client: Client, person: Person) -> None:
    private = load_index("svmi-private")
    alone = a_round(person, private, everywhere(private, 0, 1))
    assert client.get(f"/assessments/{alone}/crosswalk/").status_code == 404
    assert "crosswalk" not in _text(client, f"/assessments/{alone}/results/")


def test_rounds_by_several_indexes_say_by_which(both: tuple[str, str], client: Client, person: Person) -> None:
    organisation = assessment_round(both[0], by=person).organisation_id  # type: ignore[arg-type]
    text = _text(client, f"/organisations/{organisation}/")
    assert "National Procurement Strategy self-assessment, edition for councils" in text
    assert "Social Value Maturity Index, edition for public bodies" in text


def test_an_empty_draft_does_not_take_the_place_of_what_is_rated(
    both: tuple[str, str], client: Client, person: Person
) -> None:
    organisation = assessment_round(both[0], by=person).organisation_id  # type: ignore[arg-type]
    later = NOW.date().replace(year=2027)
    a_round(person, STATEMENTS, organisation=organisation, name="Empty draft", date=later)
    text = _text(client, f"/assessments/{both[0]}/crosswalk/")
    assert "10 statements are rated lower than suggested" in text
    assert "Empty draft" not in text
