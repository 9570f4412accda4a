"""Departments answer an index each: rounds for all of them at once, side by side, and each on its own."""

import datetime
import json
from uuid import UUID

import pytest
from django.test import Client
from tests.cases import everywhere
from tests.conftest import ON_POSTGRESQL
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.lifecycle import Step
from commonweal.core.maturity.models import Index
from commonweal.services.actions.lifecycle import Meeting, take_step
from commonweal.services.people import Person
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Assessment, Change, Membership, OrganisationPart

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="pages of departments are alike on either database")
NAMES = ("Adults", "Estates", "Highways")
DAY = datetime.date(2025, 11, 21)


@pytest.fixture
def council(person: Person) -> UUID:
    return an_organisation(person)


@pytest.fixture
def parts(council: UUID) -> dict[str, int]:
    return {
        name: rows(OrganisationPart).create(organisation_id=council, kind="department", name=name).pk for name in NAMES
    }


def _open(client: Client, council: UUID, **said: str) -> int:
    given = {"index": "svmi-public@2026.1", "name": "2026 round", "horizon_years": "2", "start_from": "none", **said}
    return client.post(f"/organisations/{council}/assessments/new/", given).status_code


def _page(client: Client, council: UUID, of: str = "departments/", **asked: str) -> str:
    found = client.get(f"/organisations/{council}/{of}", asked)
    assert found.status_code == 200
    return found.content.decode()


def test_a_round_is_opened_for_each_department_at_once(client: Client, council: UUID, parts: dict[str, int]) -> None:
    assert _open(client, council, whose="each", again="12") == 302
    opened = rows(Assessment).filter(organisation_id=council)
    assert sorted(opened.values_list("department__name", flat=True)) == sorted(NAMES)
    day = opened[0].date
    assert {one.again_on for one in opened} == {day.replace(year=day.year + 1)}
    assert rows(Change).filter(act="assessment opened", said__after__department="Estates").count() == 1
    text = _page(client, council, "")
    assert "Latest rounds of departments: 3" in text
    assert ": 2026 round (3 departments)." in text or ": 2026 round (three departments)." in text


def test_each_goes_on_from_its_own_round_before(
    client: Client, council: UUID, parts: dict[str, int], index: Index, person: Person
) -> None:
    for place, name in enumerate(NAMES[:2]):
        answers = everywhere(index, place, 2)
        a_round(person, index, answers, organisation=council, department=parts[name], date=DAY)
    assert _open(client, council, whose="each", start_from="own") == 302
    made = {one.department.name: one for one in rows(Assessment).filter(name="2026 round")}
    first = index.questions[0].id
    assert made["Adults"].answers.across("a test").get(question=first).present == 0
    assert made["Estates"].answers.across("a test").get(question=first).present == 1
    assert not made["Highways"].answers.across("a test").exists()


@pytest.mark.parametrize(
    ("whose", "begin", "says"),
    [("", "own", "This is for departments"), ("each", "a round", "Each department begins with its own answers")],
)
def test_what_does_not_fit_is_refused(
    client: Client,
    council: UUID,
    parts: dict[str, int],
    index: Index,
    person: Person,
    whose: str,
    begin: str,
    says: str,
) -> None:
    whole = a_round(person, index, organisation=council)
    a_round(person, index, organisation=council, department=parts["Adults"])
    given = {"index": index.reference, "name": "Next", "horizon_years": "2", "whose": whose}
    given["start_from"] = str(whole) if begin == "a round" else begin
    answer = client.post(f"/organisations/{council}/assessments/new/", given)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert rows(Assessment).count() == 2


def test_a_department_of_others_is_none(client: Client, council: UUID, person: Person) -> None:
    other = an_organisation(somebody("Other"), "Other Council")
    theirs = rows(OrganisationPart).create(organisation_id=other, kind="department", name="Theirs").pk
    assert _open(client, council, whose=str(theirs)) == 422
    assert not rows(Assessment).exists()


def test_they_are_seen_side_by_side_and_over_the_rounds(
    client: Client, council: UUID, parts: dict[str, int], index: Index, person: Person
) -> None:
    assert "Name your departments in the settings first" not in _page(client, council)
    for place, name in enumerate(NAMES):
        about = {"organisation": council, "department": parts[name]}
        a_round(person, index, everywhere(index, 0, 1), name="Before", date=DAY, **about)  # type: ignore[arg-type]
        answers = everywhere(index, place, 2) if place < 2 else {}
        a_round(person, index, answers, name="Now", **about)  # type: ignore[arg-type]
    a_round(person, index, everywhere(index, 2, 2), organisation=council, name="Of the whole")
    text = _page(client, council)
    assert "Two departments of three answered everything." in text
    assert "Not done yet: Highways." in text
    assert "Of the whole" not in text
    assert text.index('<th scope="col" class="govuk-table__header">Before') < text.index(
        '<th scope="col" class="govuk-table__header">Now'
    )
    assert "Three departments answered everything." in _page(client, council, round="Before")
    one = _page(client, council, "rounds/", department=str(parts["Adults"]))
    assert "Example Council, Adults" in one
    assert "From each round to the next" in one
    assert "Of the whole" not in one
    whole = _page(client, council, "rounds/")
    assert "Of the whole" in whole
    assert ">Before" not in whole


def test_the_paper_says_the_same(client: Client, council: UUID, parts: dict[str, int], person: Person) -> None:
    index = load_index("svmi-public")
    empty = json.loads(client.get(f"/organisations/{council}/departments/json/").content)
    assert "No department has a round of its own yet." in json.dumps(empty)
    for place, name in enumerate(NAMES):
        a_round(person, index, everywhere(index, place, 2), organisation=council, department=parts[name])
    said = client.get(f"/organisations/{council}/departments/json/").content.decode()
    assert "Three departments answered everything." in said
    assert "Highways" in said
    assert client.get(f"/organisations/{council}/departments/odt/").status_code == 404
    for format_name, starts in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(f"/organisations/{council}/departments/{format_name}/").content.startswith(starts)


def test_whoever_is_placed_on_one_sees_that_one(
    client: Client, council: UUID, parts: dict[str, int], index: Index, person: Person
) -> None:
    for name in NAMES:
        a_round(person, index, everywhere(index, 1, 2), organisation=council, department=parts[name], name="R")
    reader = somebody("Reader")
    Membership.objects.create(organisation_id=council, person=reader, role=Role.READER, created_at=NOW)
    rows(Assessment).filter(department=parts["Estates"]).update(state="endorsed")
    client.force_login(reader)
    text = _page(client, council)
    assert "One department answered everything." in text
    assert "Adults" not in text


def test_an_endorsed_round_of_a_department_supersedes_those_of_the_same_alone(
    council: UUID, parts: dict[str, int], index: Index, person: Person
) -> None:
    answers, ids = everywhere(index, 1, 1), {}
    for name, department, day in (
        ("whole", None, DAY),
        ("before", parts["Adults"], DAY),
        ("later", parts["Adults"], NOW.date()),
    ):
        ids[name] = a_round(person, index, answers, organisation=council, department=department, date=day)
        for version, step in enumerate((Step.AGREE, Step.ENDORSE)):
            meeting = Meeting("Cabinet", DAY, "1") if step.needs_a_meeting else Meeting()
            about = {"meeting": meeting, "words": "", "today": NOW.date(), "by": person, "now": NOW}
            take_step(assessment_id=ids[name], step=step, state_version=version, **about)  # type: ignore[arg-type]
    states = {name: rows(Assessment).get(pk=id_).state for name, id_ in ids.items()}
    assert states == {"whole": "endorsed", "before": "superseded", "later": "endorsed"}


def test_a_department_with_a_round_stays_in_the_settings(
    client: Client, council: UUID, parts: dict[str, int], index: Index, person: Person
) -> None:
    a_round(person, index, organisation=council, department=parts["Estates"])
    said = {"name": "Example Council", "kind": "unitary-council", "version": "0", "departments": "Adults\nHighways"}
    answer = client.post(f"/organisations/{council}/settings/", said)
    assert answer.status_code == 422
    assert "Estates has one round of its own" in answer.content.decode()
    said["departments"] = "Adults\nEstates and property\nHighways"
    assert client.post(f"/organisations/{council}/settings/", said).status_code == 302
    id_ = rows(Assessment).get().pk
    assert "Example Council, Estates and property" in client.get(f"/assessments/{id_}/results/").content.decode()


def test_names_that_stand_twice_are_one(client: Client, council: UUID, parts: dict[str, int]) -> None:
    said = {"name": "Example Council", "kind": "unitary-council", "version": "0", "departments": "Parks\nParks\nRoads"}
    assert client.post(f"/organisations/{council}/settings/", said).status_code == 302
    names = rows(OrganisationPart).filter(organisation_id=council).values_list("name", flat=True)
    assert sorted(names) == ["Parks", "Roads"]


def test_versions_of_an_index_in_one_wave_are_said(
    client: Client, council: UUID, parts: dict[str, int], index: Index, person: Person
) -> None:
    old = load_index("svmi-public@2016.1")
    a_round(person, old, everywhere(old, 1, 1), organisation=council, department=parts["Adults"], name="R")
    a_round(person, index, everywhere(index, 1, 1), organisation=council, department=parts["Estates"], name="R")
    assert "They answer different versions of the index: 2016.1 and 2026.1." in _page(client, council)


def test_without_a_round_of_the_whole_the_first_department_is_shown(
    client: Client, council: UUID, parts: dict[str, int], index: Index, person: Person
) -> None:
    a_round(person, index, everywhere(index, 1, 1), organisation=council, department=parts["Estates"], name="R")
    assert "Example Council, Estates" in _page(client, council, "rounds/")


def test_what_changed_is_told_against_the_same_department(
    client: Client, council: UUID, parts: dict[str, int], index: Index, person: Person
) -> None:
    about = {"organisation": council, "department": parts["Adults"]}
    a_round(person, index, everywhere(index, 0, 1), name="Adults before", date=DAY, **about)  # type: ignore[arg-type]
    a_round(
        person, index, everywhere(index, 2, 2), organisation=council, name="Whole", date=DAY.replace(year=2026, month=1)
    )
    later = a_round(person, index, everywhere(index, 1, 1), name="Adults now", **about)  # type: ignore[arg-type]
    page = client.get(f"/assessments/{later}/changes/").content.decode()
    assert "From Adults before" in page
    assert "Whole" not in page


def test_the_start_page_shows_the_round_of_the_whole(
    client: Client, council: UUID, parts: dict[str, int], index: Index, person: Person
) -> None:
    a_round(person, index, organisation=council, name="Whole", date=DAY)
    a_round(person, index, organisation=council, name="Of a part", department=parts["Adults"])
    page = client.get("/").content.decode()
    assert "Whole" in page
    assert "Of a part" not in page
