"""Registers as data, and the days that go with a meeting."""

import datetime

import pytest

from commonweal.core.governance.fields import FieldKind, field_problems
from commonweal.core.governance.meetings import Closed, deadlines
from commonweal.core.governance.registers import REGISTERS, SERVED, beneath, find_register
from commonweal.core.governance.waiting import Held, waiting
from commonweal.standards.bank_holidays import nation

ENGLAND = nation("england-and-wales").days
TODAY = datetime.date(2027, 5, 1)


def test_registers_refer_to_what_is_there() -> None:
    ids = [register.id for register in REGISTERS]
    assert len(set(ids)) == len(ids)
    for register in REGISTERS:
        names = [field.name for field in register.fields]
        assert len(set(names)) == len(names), register.id
        assert set(register.columns) <= set(names), register.id
        assert {name for name in (register.until, register.by, register.done) if name} <= set(names), register.id
        first = register.field(register.columns[0])
        assert (first.required, first.kind in {FieldKind.LINE, FieldKind.TEXT}) == (True, True), register.id
        for field in register.fields:
            assert (field.kind is FieldKind.ENTRY) == bool(field.register), (register.id, field.name)
            assert not field.register or find_register(field.register), (register.id, field.name)
            assert (field.kind is FieldKind.CHOICE) == bool(field.choices), (register.id, field.name)
    assert all(find_register(id_) for id_ in SERVED)


def test_what_stands_beneath() -> None:
    groups = find_register("groups")
    assert groups is not None
    assert {(register.id, field.name) for register, field in beneath(groups)} == {
        ("members", "group"),
        ("meetings", "group"),
    }


@pytest.mark.parametrize(
    ("register", "values", "places"),
    [
        ("roles", {"role": "Lead", "holder": "A"}, []),
        ("roles", {"role": " ", "holder": ""}, ["role", "holder"]),
        ("roles", {"role": "Lead", "holder": "A", "since": "2027-04-01", "until": "2027-03-31"}, ["until"]),
        ("roles", {"role": "Lead", "holder": "A", "since": "01/04/2027"}, ["since"]),
        ("roles", {"role": "Lead", "holder": "A", "since": "0001-01-01"}, ["since"]),
        ("groups", {"name": "Cabinet", "kind": "Cabinet or executive", "papers": "5"}, []),
        ("groups", {"name": "Cabinet", "kind": "Club", "papers": "-5"}, ["kind", "papers"]),
        ("groups", {"name": "C" * 201, "kind": "Committee", "purpose": "P" * 5_001}, ["name", "purpose"]),
    ],
)
def test_fields_are_checked(register: str, values: dict[str, str], places: list[str]) -> None:
    found = find_register(register)
    assert found is not None
    assert [problem.place for problem in field_problems(found, values)] == places


def test_what_holds_no_more() -> None:
    roles = find_register("roles")
    assert roles is not None
    assert roles.is_past({"until": "2027-04-30"}, TODAY)
    assert not roles.is_past({"until": "2027-05-01"}, TODAY)
    assert not roles.is_past({}, TODAY)


def test_what_waits_to_be_done_and_what_does_not() -> None:
    found = waiting([
        Held(1, "decisions", {"by": "2027-04-30"}),
        Held(2, "decisions", {"by": "2027-04-30", "done": "2027-04-29"}),
        Held(3, "policies", {"review": "2027-01-31", "state": "Adopted"}),
        Held(4, "policies", {"review": "2027-01-31", "state": "Archived"}),
        Held(5, "roles", {"role": "Champion"}),
        Held(6, "attendance", {"who": "A", "course": "gone", "must_by": "2027-02-01"}),
    ])  # fmt: skip
    assert [(one.entry.id, one.what, one.on.month) for one in found] == [
        (3, "To be reviewed by", 1), (6, "Must attend by", 2), (1, "By when", 4),
    ]  # fmt: skip


def test_training_is_taken_again_after_its_months() -> None:
    again = {"course": "1", "attended": "2026-05-31"}
    once = {"course": "2", "attended": "2020-01-01"}
    found = waiting([
        Held(1, "courses", {"title": "Yearly", "months": "12"}),
        Held(2, "courses", {"title": "Once", "months": ""}),
        Held(3, "attendance", {"who": "Cllr A", **again}),
        Held(4, "attendance", {"who": "cllr a", **again, "attended": "2026-02-28"}),
        Held(5, "attendance", {"who": "B", **again}),
        Held(6, "attendance", {"who": "B", "course": "1", "must_by": "2027-03-01"}),
        Held(7, "attendance", {"who": "C", **once}),
    ])  # fmt: skip
    assert [(one.entry.id, one.what, str(one.on)) for one in found] == [
        (6, "Must attend by", "2027-03-01"), (3, "To be taken again", "2027-05-31"),
    ]  # fmt: skip


def test_days_of_the_meeting_of_the_seed() -> None:
    """The Cabinet of 18 October 2023 had its clearance seven working days before, on the 9th (seed 003)."""
    lead = {"papers": "5", "clearance": "7", "notice": "28", "published": "2", "call_in": "5"}
    found = deadlines(datetime.date(2023, 10, 18), lead, ENGLAND)
    assert [(one.what, one.on.isoformat()) for one in found] == [
        ("Notice of key decisions", "2023-09-19"),
        ("Clearance", "2023-10-09"),
        ("Papers go out", "2023-10-10"),
        ("The meeting", "2023-10-18"),
        ("Decisions are published", "2023-10-20"),
        ("Call-in ends", "2023-10-27"),
    ]


def test_bank_holidays_and_closed_periods() -> None:
    easter = datetime.date(2027, 3, 31)  # Good Friday is 26 March, Easter Monday 29 March
    period = Closed("Local elections", "Pre-election period", datetime.date(2027, 3, 23), datetime.date(2027, 5, 6))
    found = {one.what: one for one in deadlines(easter, {"papers": "5", "published": "1"}, ENGLAND, [period])}
    assert found["Papers go out"].on == datetime.date(2027, 3, 19)
    assert found["Papers go out"].warning == ""
    assert found["The meeting"].warning == "Pre-election period: Local elections"
    assert [one.what for one in deadlines(easter, {}, ENGLAND)] == ["The meeting"]
