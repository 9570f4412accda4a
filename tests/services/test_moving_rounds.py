"""Rounds move to a later version of their index together: all of them once, also where it was stopped on the way."""

from uuid import UUID

import pytest
from tests.cases import everywhere
from tests.service import DAY, NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.maturity.estimate import Estimate
from commonweal.core.maturity.own_index import IndexReach
from commonweal.reports.index_file import as_yaml
from commonweal.services.actions import editions
from commonweal.services.actions.answers import save_estimate
from commonweal.services.actions.assessments import open_in
from commonweal.services.actions.editions import move_many, move_round, move_rounds_alike
from commonweal.services.actions.own_indexes import import_index, publish_index
from commonweal.services.errors import Closed, Forbidden
from commonweal.services.indexes import held_index
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.standards.catalogue import load_index
from commonweal.standards.index_template import template_content
from commonweal.store.models import Answer, Assessment, Change, Membership, Organisation, OrganisationPart, OwnIndex

pytestmark = pytest.mark.django_db
OLD, NEW = load_index("svmi-public@2016.1"), load_index("svmi-public@2026.1")


def _department(organisation: UUID, name: str) -> int:
    made: int = rows(OrganisationPart).create(organisation_id=organisation, kind="department", name=name).pk
    return made


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def council(lead: Person) -> UUID:
    """Two rounds of the whole, the later one of three departments, and one department that is on NEW already."""
    home = an_organisation(lead)
    answers = everywhere(OLD, 1, 2)
    a_round(lead, OLD, answers, organisation=home, name="Old", date=DAY.replace(year=2025))
    a_round(lead, OLD, answers, organisation=home, name="Latest")
    for name in ("Adults", "Estates", "Highways"):
        a_round(lead, OLD, answers, organisation=home, name="Wave", department=_department(home, name))
    a_round(lead, NEW, organisation=home, name="Wave", department=_department(home, "Parks"))
    return home


def _move(organisation: UUID | None = None) -> list[tuple[int, int]]:
    named = {"before": OLD.reference, "after": NEW.reference, "organisation": organisation}
    return list(move_many(**named, today=DAY, now=NOW))  # type: ignore[arg-type]


def _moved() -> list[str]:
    return sorted(
        str(one) for one in rows(Assessment).exclude(moved_from=None).values_list("moved_from__name", flat=True)
    )


def test_the_latest_of_each_series_moves_once_and_what_it_comes_from_stays(council: UUID) -> None:
    before = list(rows(Assessment).order_by("pk").values()), list(rows(Answer).order_by("pk").values())
    ids = [one["id"] for one in before[0]]
    assert _move() == [(0, 4), (4, 4)]
    assert _moved() == ["Latest", "Wave", "Wave", "Wave"]
    assert list(rows(Assessment).filter(pk__in=ids).order_by("pk").values()) == before[0]
    assert list(rows(Answer).filter(assessment__in=ids).order_by("pk").values()) == before[1]
    made = rows(Assessment).get(moved_from__name="Latest")
    assert (made.index, made.name, made.created_by.is_active) == (NEW.reference, "Latest, version 2026.1", False)
    assert rows(Answer).filter(assessment=made).count() == len(NEW.questions)
    assert rows(Change).filter(assessment=made, act="assessment opened").count() == 1
    assert _move() == [(0, 0)]


def test_it_goes_on_where_it_was_stopped(council: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "_AT_ONCE", 2)
    steps = move_many(before=OLD.reference, after=NEW.reference, organisation=None, today=DAY, now=NOW)
    assert [next(steps), next(steps)] == [(0, 4), (2, 4)]
    steps.close()  # type: ignore[attr-defined]
    assert len(_moved()) == 2
    assert _move() == [(0, 2), (2, 2)]
    assert _moved() == ["Latest", "Wave", "Wave", "Wave"]


def test_one_that_fails_takes_its_part_back_and_no_other(council: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "_AT_ONCE", 2)
    opened: list[object] = []

    def fails_at_last(*given: object) -> object:
        opened.append(given)
        if len(opened) == 4:
            raise OSError
        return open_in(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(editions, "open_in", fails_at_last)
    with pytest.raises(OSError):
        _move()
    assert len(_moved()) == 2
    monkeypatch.setattr(editions, "open_in", open_in)
    _move()
    assert len(_moved()) == 4


def test_one_organisation_moves_alone(council: UUID) -> None:
    other = somebody("Other")
    a_round(other, OLD, name="Theirs")
    assert _move(council) == [(0, 4), (4, 4)]
    assert "Theirs" not in _moved()


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("svmi-public@1", NEW.reference, "FROM"),
        (OLD.reference, "nothing@1", "TO"),
        (NEW.reference, OLD.reference, "TO"),
        (OLD.reference, "lga-nps-2018@2018.1", "TO"),
    ],
)
def test_versions_that_are_none_or_not_later_are_refused(before: str, after: str, place: str) -> None:
    with pytest.raises(BadInput) as bad:
        list(move_many(before=before, after=after, organisation=None, today=DAY, now=NOW))
    assert bad.value.problems[0].place == place


def test_the_rounds_of_all_departments_move_at_once(council: UUID, lead: Person) -> None:
    one = rows(Assessment).get(department__name="Estates")
    made = move_rounds_alike(assessment_id=one.pk, today=DAY, by=lead, now=NOW)
    assert sorted(rows(Assessment).filter(pk__in=made).values_list("department__name", flat=True)) == [
        "Adults",
        "Estates",
        "Highways",
    ]
    reader = somebody("Reader")
    Membership.objects.create(organisation_id=council, person=reader, role=Role.OFFICER, created_at=NOW)
    with pytest.raises(Forbidden):
        move_rounds_alike(assessment_id=one.pk, today=DAY, by=reader, now=NOW)


def test_those_that_moved_already_stay_out(council: UUID, lead: Person) -> None:
    first = rows(Assessment).get(department__name="Adults")
    move_round(assessment_id=first.pk, today=DAY, by=lead, now=NOW)
    other = rows(Assessment).get(department__name="Estates")
    made = move_rounds_alike(assessment_id=other.pk, today=DAY, by=lead, now=NOW)
    names = rows(Assessment).filter(pk__in=made).values_list("department__name", flat=True)
    assert sorted(names) == ["Estates", "Highways"]


def test_estimates_of_the_short_form_go_over(lead: Person) -> None:
    id_ = a_round(lead, OLD)
    code = OLD.themes[1].code
    save_estimate(assessment_id=id_, code=code, present=1, future=3, seen=None, by=lead, now=NOW)
    made = move_round(assessment_id=id_, today=DAY, by=lead, now=NOW)
    assert assessment_round(made, by=lead).estimates == {code: Estimate(1, 3)}


def test_a_round_moves_once(council: UUID, lead: Person) -> None:
    one = rows(Assessment).get(department__name="Estates")
    move_round(assessment_id=one.pk, today=DAY, by=lead, now=NOW)
    for move in (move_round, move_rounds_alike):
        with pytest.raises(Closed, match="moved to a later version already"):
            move(assessment_id=one.pk, today=DAY, by=lead, now=NOW)
    assert len(_moved()) == 1


def test_two_that_move_at_once_move_each_round_once(council: UUID) -> None:
    named = {"before": OLD.reference, "after": NEW.reference, "organisation": None, "today": DAY, "now": NOW}
    one, other = (move_many(**named) for _ in range(2))  # type: ignore[arg-type]
    assert [next(one), next(other)] == [(0, 4), (0, 4)]
    list(one)
    list(other)
    assert len(_moved()) == 4


def test_who_may_not_answer_the_later_version_and_who_is_no_more_stay_where_they_are(council: UUID) -> None:
    keeper = somebody("Keeper")
    home = an_organisation(keeper, "Keeper Council")
    content = template_content() | {"id": "shared"}
    versions = []
    for number in ("1.0", "1.1"):
        file = as_yaml(content | {"version": number})
        made = import_index(organisation_id=home, content=file, file_name="x.yaml", by=keeper, now=NOW)
        publish = {"own_index_id": made, "version": 0, "reach": IndexReach.ORGANISATION, "today": DAY}
        publish_index(**publish, by=keeper, now=NOW)  # type: ignore[arg-type]
        versions.append(held_index(f"{rows(OwnIndex).get(pk=made).index}@{number}"))
    rows(OwnIndex).filter(number="1.0").update(reach=IndexReach.EVERYBODY.value)
    a_round(keeper, versions[0], organisation=home, name="Own")
    a_round(somebody("Guest"), versions[0], name="Guest's")
    gone = somebody("Gone")
    old = an_organisation(gone, "Gone Council")
    a_round(gone, OLD, organisation=old, name="Gone's")
    rows(Organisation).filter(pk=old).update(ends_on=DAY.replace(year=2020))
    before, after = (one.reference for one in versions)
    list(move_many(before=before, after=after, organisation=None, today=DAY, now=NOW))
    assert _moved() == ["Own"]
    _move()
    assert "Gone's" not in _moved()
