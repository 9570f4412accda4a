"""Registers: entries, what they name, conflicts, what work serves, and the calendar."""

import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.service import NOW, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.services.actions import registers as actions
from commonweal.services.actions.programmes import Frame, start_programme
from commonweal.services.actions.registers import add_entry, change_entry, set_served, take_entry_away
from commonweal.services.errors import Closed, Forbidden, NotFound, Stale
from commonweal.services.people import Person
from commonweal.services.queries.registers import (
    LATELY,
    choices_for,
    diary,
    entries,
    late_entries,
    may_serve,
    one_entry,
    register_lines,
    register_of,
    served_in,
)
from commonweal.store.models import Change, Membership, RegisterEntry, Work

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2027, 5, 1)


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def council(lead: Person) -> UUID:
    return an_organisation(lead)


def _add(council: UUID, lead: Person, register: str, **values: str) -> UUID:
    return add_entry(organisation_id=council, register_id=register, values=values, by=lead, now=NOW)


def _cabinet(council: UUID, lead: Person) -> UUID:
    return _add(council, lead, "groups", name="Cabinet", kind="Cabinet or executive", papers="5")


def _change(entry: UUID, lead: Person, version: int, **values: str) -> None:
    change_entry(entry_id=entry, version=version, values=values, by=lead, now=NOW)


def test_an_entry_is_read_with_what_names_it(council: UUID, lead: Person) -> None:
    cabinet = _cabinet(council, lead)
    meeting = _add(council, lead, "meetings", title="October", group=str(cabinet), on="2027-10-18")
    _add(council, lead, "decisions", decision="Adopt", meeting=str(meeting), minute="45/27")
    found = one_entry(meeting, by=lead)
    assert (found.entry.name, found.entry.shown("group")) == ("October", "Cabinet")
    below = {register.id: [one.name for one in below] for register, _, below in found.beneath}
    assert below == {"decisions": ["Adopt"]}
    assert [one.name for one in entries(council, "meetings", by=lead)] == ["October"]
    offered = choices_for(council, register_of("decisions"), by=lead)
    assert offered == {"meeting": [(str(meeting), "October (18 October 2027)")]}
    count = {line.register.id: line.count for line in register_lines(council, by=lead, today=TODAY)}
    assert (count["groups"], count["meetings"], count["roles"]) == (1, 1, 0)


def test_what_is_wrong_is_refused_at_its_field(council: UUID, lead: Person) -> None:
    for register, values, place in (
        ("roles", {"role": "Lead"}, "holder"),
        ("meetings", {"title": "T", "group": str(uuid4()), "on": "2027-10-18"}, "group"),
        ("meetings", {"title": "T", "group": "x", "on": "2027-10-18"}, "group"),
        ("policies", {"title": "T", "state": "Draft", "link": "javascript:alert(1)"}, "link"),
        ("roles", {"role": "L\u202eead", "holder": "A"}, "role"),
    ):
        with pytest.raises(BadInput) as refused:
            _add(council, lead, register, **values)
        assert [problem.place for problem in refused.value.problems] == [place]
    assert not rows(RegisterEntry).filter(organisation_id=council).exists()
    with pytest.raises(NotFound):
        _add(council, lead, "secrets", name="x")


def test_an_entry_of_others_cannot_be_named(council: UUID, lead: Person) -> None:
    stranger = somebody("Stranger")
    theirs = _cabinet(an_organisation(stranger, "Other Council"), stranger)
    with pytest.raises(BadInput):
        _add(council, lead, "meetings", title="T", group=str(theirs), on="2027-10-18")
    for act in (
        lambda: one_entry(theirs, by=lead),
        lambda: _change(theirs, lead, 0, name="x", kind="Committee"),
        lambda: take_entry_away(entry_id=theirs, version=0, by=lead, now=NOW),
    ):
        with pytest.raises(NotFound):
            act()


def test_changes_are_kept_by_version_and_in_the_trail(council: UUID, lead: Person) -> None:
    cabinet = _cabinet(council, lead)
    meeting = _add(council, lead, "meetings", title="October", group=str(cabinet), on="2027-10-18")
    count = rows(Change).count()
    _change(meeting, lead, 7, title="October", group=str(cabinet), on="2027-10-18")  # nothing changes
    assert rows(Change).count() == count
    _change(meeting, lead, 0, title="October", group=str(cabinet), on="2027-10-25")
    said = rows(Change).order_by("-id")[0].said
    assert (said["before"], said["after"]["Day"]) == ({"Day": "2027-10-18"}, "2027-10-25")
    with pytest.raises(Stale):
        _change(meeting, lead, 0, title="November", group=str(cabinet), on="2027-10-25")
    with pytest.raises(Closed, match="One entry of meetings belongs to it"):
        take_entry_away(entry_id=cabinet, version=0, by=lead, now=NOW)
    take_entry_away(entry_id=meeting, version=1, by=lead, now=NOW)
    take_entry_away(entry_id=cabinet, version=0, by=lead, now=NOW)
    for gone in (cabinet, meeting):
        with pytest.raises(NotFound):
            one_entry(gone, by=lead)
    with pytest.raises(BadInput):
        _add(council, lead, "meetings", title="T", group=str(cabinet), on="2027-10-18")


def test_members_read_and_leads_write(council: UUID, lead: Person) -> None:
    cabinet = _cabinet(council, lead)
    member = somebody("Member")
    rows(Membership).create(organisation_id=council, person=member, role=Role.ELECTED_MEMBER, created_at=NOW)
    assert one_entry(cabinet, by=member).entry.name == "Cabinet"
    for act in (
        lambda: _add(council, member, "roles", role="L", holder="A"),
        lambda: _change(cabinet, member, 0, name="x", kind="Committee"),
        lambda: take_entry_away(entry_id=cabinet, version=0, by=member, now=NOW),
    ):
        with pytest.raises(Forbidden):
            act()
    supplier = somebody("Supplier")
    rows(Membership).create(organisation_id=council, person=supplier, role=Role.CONTRACT_MANAGER, created_at=NOW)
    for read in (
        lambda: entries(council, "groups", by=supplier),
        lambda: register_lines(council, by=supplier, today=TODAY),
        lambda: diary(council, by=supplier),
        lambda: may_serve(council, by=supplier, today=TODAY),
    ):
        with pytest.raises(Forbidden):
            read()


def test_a_register_has_its_limit(council: UUID, lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_ENTRIES", 1)
    _cabinet(council, lead)
    with pytest.raises(BadInput):
        _cabinet(council, lead)


def _programme(council: UUID, lead: Person) -> UUID:
    frame = Frame("P", "scotland", None, None)
    return start_programme(
        organisation_id=council, reference="guiding-principles@1", frame=frame, anchors={"start": TODAY}, by=lead,
        now=NOW,
    )  # fmt: skip


def test_work_goes_to_groups_and_comes_from_priorities(council: UUID, lead: Person) -> None:
    cabinet = _cabinet(council, lead)
    strategy = _add(council, lead, "strategies", title="Corporate plan")
    priority = _add(council, lead, "priorities", priority="Good jobs", strategy=str(strategy))
    holder = _add(council, lead, "roles", role="Champion", holder="A member")
    made = _programme(council, lead)
    work = rows(Work).filter(programme=made).order_by("number")[0].pk
    set_served(work_id=work, entries=[cabinet, priority], by=lead, now=NOW)
    assert {name for _, _, name in served_in(made, by=lead)[work]} == {"Cabinet", "Good jobs"}
    assert [one.id for one in one_entry(priority, by=lead).work] == [work]
    assert [one.name for one in may_serve(council, by=lead, today=TODAY)] == ["Cabinet", "Good jobs", "Corporate plan"]
    count = rows(Change).count()
    set_served(work_id=work, entries=[priority, cabinet], by=lead, now=NOW)
    assert rows(Change).count() == count
    for bad in (holder, uuid4()):
        with pytest.raises(BadInput):
            set_served(work_id=work, entries=[bad], by=lead, now=NOW)
    take_entry_away(entry_id=cabinet, version=0, by=lead, now=NOW)
    set_served(work_id=work, entries=[cabinet], by=lead, now=NOW)  # what was taken away may stay where it is
    set_served(work_id=work, entries=[], by=lead, now=NOW)
    with pytest.raises(BadInput):
        set_served(work_id=work, entries=[cabinet], by=lead, now=NOW)


def test_work_that_is_taken_to_a_meeting_goes_to_its_group(council: UUID, lead: Person) -> None:
    cabinet = _cabinet(council, lead)
    days = {"long ago": TODAY - LATELY - datetime.timedelta(days=1), "lately": TODAY - LATELY, "to come": TODAY}
    meetings = {
        title: _add(council, lead, "meetings", title=title, group=str(cabinet), on=str(on))
        for title, on in days.items()
    }
    offered = may_serve(council, by=lead, today=TODAY)
    assert [one.name for one in offered] == ["Cabinet", "lately", "to come"]
    work = rows(Work).filter(programme=_programme(council, lead)).order_by("number")[0]
    set_served(work_id=work.pk, entries=[meetings["to come"]], by=lead, now=NOW)
    tied = {register: name for register, _, name in served_in(work.programme_id, by=lead)[work.pk]}
    assert tied == {"meetings": "to come", "groups": "Cabinet"}
    assert [one.id for one in one_entry(meetings["to come"], by=lead).work] == [work.pk]


def test_the_calendar_has_meetings_and_what_waits(council: UUID, lead: Person) -> None:
    cabinet = _cabinet(council, lead)
    meeting = _add(council, lead, "meetings", title="October", group=str(cabinet), on="2027-10-18")
    for done in ("", "2027-06-01"):
        _add(council, lead, "decisions", decision=f"D{done}", meeting=str(meeting), by="2027-06-30", done=done)
    _add(council, lead, "closed", title="Recess", kind="Recess", since="2027-08-01", until="2027-08-31")
    made = _programme(council, lead)
    book = diary(council, by=lead)
    assert [(one.name, group["papers"]) for one, group in book.meetings] == [("October", "5")]
    assert [(one.name, what, str(on)) for one, what, on in book.waiting] == [("D", "By when", "2027-06-30")]
    late = {day: late_entries(council, by=lead, today=day) for day in (TODAY, datetime.date(2027, 7, 1))}
    assert [list(found.values()) for found in late.values()] == [[], ["By when"]]
    assert [one.title for one in book.closed] == ["Recess"]
    dated: list[Any] = list(rows(Work).filter(programme=made, due__isnull=False))
    assert len(book.work) == len(dated) > 0
