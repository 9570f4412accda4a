"""Several pieces of work changed at once: all of them or none."""

import datetime
from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest
from tests.service import NOW, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.programme.models import Priority
from commonweal.services.actions.programmes import Frame, start_programme
from commonweal.services.actions.work import add_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.actions.work_together import Together, change_together
from commonweal.services.errors import Closed, Forbidden, NotFound, Stale
from commonweal.services.people import Person
from commonweal.store.models import Change, Membership, OrganisationPart, Work, WorkNeed

pytestmark = pytest.mark.django_db
DAY = datetime.date(2027, 4, 1)


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def made(lead: Person) -> UUID:
    council = an_organisation(lead)
    frame = Frame("P", "scotland", None, None)
    return start_programme(
        organisation_id=council, reference="guiding-principles@1", frame=frame, anchors={"start": DAY}, by=lead, now=NOW
    )


def _first(made: UUID, count: int = 3) -> list[Work]:
    return list(rows(Work).filter(programme=made).order_by("number")[:count])


def _change(made: UUID, change: Together, by: Person, chosen: Mapping[UUID, int] | None = None) -> None:
    versions = {work.pk: work.version for work in _first(made)} if chosen is None else chosen
    change_together(programme_id=made, chosen=versions, change=change, today=DAY, by=by, now=NOW)


def test_everything_is_set_and_the_rest_stays(made: UUID, lead: Person) -> None:
    council = _first(made)[0].organisation_id
    department = rows(OrganisationPart).create(organisation_id=council, kind="department", name="Estates").pk
    before = _first(made, 4)
    rows(Work).filter(pk=before[0].pk).update(start=DAY, cost=7, price_year=2027, measurable="A list")
    rows(WorkNeed).create(organisation_id=council, work=before[0], needed=before[1])
    change = Together(lead.pk, department, Priority.HIGH, later=-10, agree=True)
    _change(made, change, lead)
    after = _first(made, 4)
    for was, is_ in zip(before[:3], after[:3], strict=True):
        assert (is_.owner_id, is_.department_id, is_.priority, is_.state) == (lead.pk, department, 1, "agreed")
        assert is_.due == (was.due - datetime.timedelta(days=10) if was.due else None)
        assert (is_.title, is_.group_id, is_.topic, is_.role) == (was.title, was.group_id, was.topic, was.role)
    assert after[3].version == before[3].version
    assert (after[0].start, str(after[0].cost)) == (DAY - datetime.timedelta(days=10), "7.00")
    assert after[0].measurable == "A list"
    assert rows(WorkNeed).get(work=before[0]).needed_id == before[1].pk
    acts = list(rows(Change).filter(subject=str(before[0].pk)).values_list("act", flat=True))
    assert set(acts) == {"work changed", "work agreed"}
    _change(made, Together(owner=None, department=None), lead)
    assert {(work.owner_id, work.department_id, work.priority) for work in _first(made)} == {(None, None, 1)}


def test_agreeing_again_changes_nothing(made: UUID, lead: Person) -> None:
    _change(made, Together(agree=True), lead)
    versions = [work.version for work in _first(made)]
    _change(made, Together(agree=True), lead)
    assert [work.version for work in _first(made)] == versions


def test_one_that_cannot_be_changed_keeps_all_as_they_were(made: UUID, lead: Person) -> None:
    works = _first(made)
    versions = {work.pk: work.version for work in works}
    for chosen in (versions | {works[1].pk: 7}, versions | {uuid4(): 0}):
        with pytest.raises(Stale):
            _change(made, Together(priority=Priority.HIGH), lead, chosen)
    rows(Work).filter(pk=works[2].pk).update(state="confirmed")
    with pytest.raises(Closed):
        _change(made, Together(priority=Priority.HIGH), lead)
    assert {work.priority for work in _first(made)} == {2}


def test_what_is_missing_or_too_much_is_told(made: UUID, lead: Person) -> None:
    for change, chosen in (
        (Together(priority=Priority.LOW), {}),
        (Together(), None),
        (Together(later=9_999), None),
        (Together(later=800), None),  # after the programme's last day
        (Together(owner=somebody("No seat here").pk), None),
    ):
        with pytest.raises(BadInput):
            _change(made, change, lead, chosen)
    assert {work.version for work in _first(made)} == {0}


def test_work_of_another_programme_is_not_touched(made: UUID, lead: Person) -> None:
    council = _first(made)[0].organisation_id
    other = start_programme(
        organisation_id=council, reference="guiding-principles@1", frame=Frame("Q", "scotland", None, None),
        anchors={"start": DAY}, by=lead, now=NOW,
    )  # fmt: skip
    theirs = add_work(programme_id=other, details=WorkDetails("Theirs", 1), parent=None, by=lead, now=NOW)
    with pytest.raises(Stale):
        _change(made, Together(priority=Priority.HIGH), lead, {theirs: 0})
    officer, stranger = somebody("Officer"), somebody("Stranger")
    rows(Membership).create(organisation_id=council, person=officer, role=Role.OFFICER, created_at=NOW, given_by=lead)
    for person, error in ((Person.objects.get(pk=officer.pk), Forbidden), (stranger, NotFound)):
        with pytest.raises(error):
            _change(made, Together(agree=True), person)
