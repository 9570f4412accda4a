"""A programme's work as a workbook: out, changed, and back in wholly or not at all."""

import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from tests.service import NOW, an_organisation, rows, somebody

from commonweal.core.errors import BadInput
from commonweal.core.programme.models import LinkKind
from commonweal.core.programme.work import WorkStep
from commonweal.formats.work_sheet import HEAD_ROW, NAMES, SHEET
from commonweal.reports.programme_list import as_csv, as_xlsx
from commonweal.services.actions.programmes import Frame, start_programme
from commonweal.services.actions.work import change_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.actions.work_links import add_link
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.actions.work_uploads import apply_work_upload, receive_work_sheet, sheet_code
from commonweal.services.errors import Closed, Forbidden, NotFound, Stale
from commonweal.services.people import Person
from commonweal.services.queries.programme_report import programme_report
from commonweal.services.queries.programmes import one_work, programme
from commonweal.services.queries.work_uploads import waiting_work_upload
from commonweal.store.models import Change, Membership, OrganisationPart, Programme, Work, WorkNeed

pytestmark = pytest.mark.django_db
DAY = datetime.date(2027, 4, 1)
FIRST = HEAD_ROW + 2
"""The row of the first piece of work, as spreadsheets count."""


@pytest.fixture
def lead() -> Person:
    return somebody("Ada Lead")


@pytest.fixture
def made(lead: Person) -> UUID:
    frame = Frame("P", "scotland", None, None)
    return start_programme(
        organisation_id=an_organisation(lead), reference="guiding-principles@1", frame=frame, anchors={"start": DAY},
        by=lead, now=NOW,
    )  # fmt: skip


def _out(made: UUID, lead: Person) -> bytes:
    return as_xlsx(programme_report(made, by=lead, today=DAY), sheet_code(made))


def _changed(content: bytes, change: Callable[[Any], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book[SHEET])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, row: int, name: str) -> Any:
    return sheet.cell(row, NAMES.index(name) + 1)


def _set(row: int, **cells: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for name, value in cells.items():
            _cell(sheet, row, name).value = value

    return change


def _receive(made: UUID, content: bytes, lead: Person) -> UUID:
    return receive_work_sheet(programme_id=made, content=content, file_name="work.xlsx", by=lead, now=NOW)


def _apply(upload: UUID, lead: Person) -> UUID:
    return apply_work_upload(upload_id=upload, by=lead, now=NOW)


def _work(made: UUID) -> list[Work]:
    return list(rows(Work).filter(programme=made).order_by("number"))


def test_what_comes_back_unchanged_changes_nothing(made: UUID, lead: Person) -> None:
    add_link(work_id=_work(made)[0].pk, kind=LinkKind.DOCUMENT, title="=Guide", address="https://a.example/x", by=lead,
             now=NOW)  # fmt: skip
    upload = _receive(made, _out(made, lead), lead)
    assert waiting_work_upload(upload, by=lead).changes == ()


def test_every_field_goes_in_and_is_seen_before(made: UUID, lead: Person) -> None:
    rows(OrganisationPart).create(organisation_id=_work(made)[0].organisation_id, kind="department", name="Housing")
    said = {
        "title": "A new title", "owner": "ada lead", "department": "housing", "start": datetime.date(2027, 5, 1),
        "due": "30/06/2027", "is_milestone": "yes", "priority": "High", "cost": "£1,200.50", "price_year": 2027,
        "spent": 300, "effort_days": 12.5, "funding": "Reserve", "needs": "3, 2", "detail": "More\nlines",
        "measurable": "M", "achievable": "A", "relevant": "R", "role": "Champion", "topic": "Topic",
        "group": "Do more than the Act asks", "links": "Document: Plan https://council.example/plan\nMeeting: Cabinet",
    }  # fmt: skip
    before = _work(made)
    upload = _receive(made, _changed(_out(made, lead), _set(FIRST, **said)), lead)
    (change,) = waiting_work_upload(upload, by=lead).changes
    lines = {head: (was, will) for head, was, will in change.lines}
    assert lines["Due"] == (before[0].due.isoformat() if before[0].due else "", "2027-06-30")
    assert lines["Cost in pounds"] == ("", "1200.5")
    assert [work.title for work in _work(made)] == [work.title for work in before]
    count = rows(Change).count()
    assert _apply(upload, lead) == made
    found = one_work(before[0].pk, by=lead)
    item = found.item
    assert (item.title, item.owner_id, item.department, item.start) == (
        "A new title", lead.pk, "Housing", datetime.date(2027, 5, 1)
    )  # fmt: skip
    assert (item.due, item.year, item.is_milestone, item.priority) == (datetime.date(2027, 6, 30), 1, True, 1)
    assert (item.cost, item.price_year, item.spent, item.effort_days) == (
        Decimal("1200.50"), 2027, Decimal(300), Decimal("12.5")
    )  # fmt: skip
    assert (item.detail, item.group, item.topic, item.version) == ("More\nlines", 2, "Topic", before[0].version + 1)
    assert set(item.needs) == {before[1].pk, before[2].pk}
    assert [(link.kind, link.title, link.address) for link in found.links] == [
        ("document", "Plan", "https://council.example/plan"),
        ("meeting", "Cabinet", ""),
    ]
    assert rows(Change).count() == count + 1
    assert _apply(upload, lead) == made  # once more changes nothing
    assert rows(Change).count() == count + 1


def test_new_rows_are_added_also_as_parts(made: UUID, lead: Person) -> None:
    last = len(_work(made)) + FIRST

    def change(sheet: Any) -> None:
        _set(last, title="New", group="Do more than the Act asks", due="01/10/2027")(sheet)
        _set(last + 2, title="Part", group="Do more than the Act asks", part_of=1)(sheet)

    _apply(_receive(made, _changed(_out(made, lead), change), lead), lead)
    new, part = _work(made)[-2:]
    assert (new.title, new.state, new.due, new.planned_due) == ("New", "agreed", new.planned_due, new.due)
    assert (part.title, part.parent_id) == ("Part", _work(made)[0].pk)


def test_new_rows_name_each_other(made: UUID, lead: Person) -> None:
    last, home = len(_work(made)) + FIRST, {"group": "Do more than the Act asks"}

    def change(sheet: Any) -> None:
        _set(last, number="N1", title="Whole", needs="2", **home)(sheet)
        _set(last + 1, number="n 02", title="Part", part_of="N1", **home)(sheet)
        _set(last + 2, title="After", needs="N2, 1", **home)(sheet)
        _set(FIRST, needs="N1")(sheet)

    _apply(_receive(made, _changed(_out(made, lead), change), lead), lead)
    first, second, *_, whole, part, after = _work(made)
    assert part.parent_id == whole.pk
    needs = {
        work.pk: set(rows(WorkNeed).filter(work=work).values_list("needed_id", flat=True))
        for work in (first, whole, part, after)
    }
    assert needs == {first.pk: {whole.pk}, whole.pk: {second.pk}, part.pk: set(), after.pk: {part.pk, first.pk}}


def test_a_row_that_is_called_as_work_that_is_there_is_marked(made: UUID, lead: Person) -> None:
    count, there = len(_work(made)), _work(made)[0]

    def change(sheet: Any) -> None:
        _set(count + FIRST, title=there.title.upper(), topic=there.topic, group="Do more than the Act asks")(sheet)
        _set(count + FIRST + 1, title="Of its own", group="Do more than the Act asks")(sheet)

    upload = _receive(made, _changed(_out(made, lead), change), lead)
    twins = {one.title: one.twin for one in waiting_work_upload(upload, by=lead).changes}
    assert twins == {there.title.upper(): there.number if there.group.title == "Do more than the Act asks" else None,
                     "Of its own": None}  # fmt: skip


def test_parts_and_needs_cannot_wait_for_each_other(made: UUID, lead: Person) -> None:
    """A whole is done after its parts: a part may not need what needs its whole."""
    count, home = len(_work(made)), {"group": "Do more than the Act asks"}

    def change(sheet: Any) -> None:
        _set(count + FIRST, number="N1", title="Whole", **home)(sheet)
        _set(count + FIRST + 1, number="N2", title="Part", part_of="N1", needs="N3", **home)(sheet)
        _set(count + FIRST + 2, number="N3", title="Other", needs="N1", **home)(sheet)

    with pytest.raises(BadInput) as refused:
        _receive(made, _changed(_out(made, lead), change), lead)
    assert refused.value.problems[0].what == "Work would need itself: see No. N1, N2, N3."


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ([{"number": "N1", "needs": "N2"}, {"number": "N2", "needs": "N1"}], "Work would need itself: see No. N1, N2."),
        ([{"number": "N1", "needs": "N1"}], "It cannot need No. N1."),
        ([{"number": "N1", "part_of": "N1"}], "Work cannot be a part of No. N1."),
        ([{"number": "N1", "part_of": "1"}, {"part_of": "N1"}], "Work cannot be a part of No. N1."),
        ([{"number": "N1"}, {"number": "n 01"}], "No. N1 stands in more than one row."),
        ([{"number": "N1", "needs": ", ".join(map(str, range(1, 60)))}], "It would need more than 50 pieces of work."),
        ([{"number": "N1", "part_of": "N2", "needs": "N2"}, {"number": "N2"}], "It cannot need No. N2."),
    ],
)
def test_new_rows_that_name_each_other_wrongly_are_refused(
    new: list[dict[str, Any]], words: str, made: UUID, lead: Person
) -> None:
    count = len(_work(made))

    def change(sheet: Any) -> None:
        for row, cells in enumerate(new, count + FIRST):
            _set(row, title="New", group="Do more than the Act asks", **cells)(sheet)

    with pytest.raises(BadInput) as refused:
        _receive(made, _changed(_out(made, lead), change), lead)
    assert refused.value.problems[0].what == words
    assert len(_work(made)) == count


@pytest.mark.parametrize(
    ("cells", "name", "words"),
    [
        ({"title": ""}, "title", "It is not said what is to be done."),
        ({"owner": "Nobody Known"}, "owner", "Nobody of this name may own work here."),
        ({"department": "Moon"}, "department", "There is no department of this name."),
        ({"group": "Moon"}, "group", "There is nothing of this name"),
        ({"due": "soon"}, "due", "This is not a date."),
        ({"due": "01/01/1990"}, "due", "This is no year to plan for."),
        ({"start": "01/05/2028", "due": "01/04/2028"}, "due", "It would be due before it starts."),
        ({"cost": "-5"}, "cost", "This is no cost in pounds."),
        ({"cost": "lots"}, "cost", "This is not a number."),
        ({"effort_days": "1e3"}, "effort_days", "This is not a number."),
        ({"year": 9, "due": ""}, "year", "The programme has no such year."),
        ({"priority": "Urgent"}, "priority", "This is not a priority."),
        ({"is_milestone": "maybe"}, "is_milestone", "This is neither yes nor no."),
        ({"needs": "1"}, "needs", "It cannot need No. 1."),
        ({"needs": "99"}, "needs", "It cannot need No. 99."),
        ({"part_of": 2}, "part_of", "What work is a part of cannot be changed here."),
        ({"number": 99}, "number", "There is no work with No. 99."),
        ({"number": 2}, "number", "No. 2 stands in more than one row."),
        ({"links": "Plan https://council.example/"}, "links", "This is not a link"),
        ({"links": "Document: Plan javascript:alert(1)://"}, "", ""),
        ({"title": "x" * 1_201}, "title", "This is too long."),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(
    made: UUID, lead: Person, cells: dict[str, Any], name: str, words: str
) -> None:
    content = _changed(_out(made, lead), _set(FIRST, **cells))
    if not name:
        _apply(_receive(made, content, lead), lead)
        assert [link.address for link in one_work(_work(made)[0].pk, by=lead).links] == [""]
        return
    with pytest.raises(BadInput) as refused:
        _receive(made, content, lead)
    problem = refused.value.problems[0]
    column = openpyxl.utils.get_column_letter(NAMES.index(name) + 1)
    assert (problem.place, problem.what.startswith(words)) == (
        f"work.xlsx, sheet Work, cell {column}{FIRST}", True
    ), problem  # fmt: skip


def test_work_that_would_go_round_is_refused(made: UUID, lead: Person) -> None:
    def change(sheet: Any) -> None:
        _set(FIRST, needs="2")(sheet)
        _set(FIRST + 1, needs="3")(sheet)
        _set(FIRST + 2, needs="1")(sheet)

    with pytest.raises(BadInput) as refused:
        _receive(made, _changed(_out(made, lead), change), lead)
    assert refused.value.problems[0].what == "Work would need itself: see No. 1, 2, 3."
    assert not rows(WorkNeed).filter(work__programme=made).exists()


def test_formulas_foreign_files_and_missing_columns_are_refused(made: UUID, lead: Person) -> None:
    content = _out(made, lead)
    other = start_programme(
        organisation_id=an_organisation(lead, "Other"), reference="guiding-principles@1",
        frame=Frame("Q", "scotland", None, None), anchors={"start": DAY}, by=lead, now=NOW,
    )  # fmt: skip
    for programme_id, sent, words in (
        (made, _changed(content, _set(FIRST, cost="=1+1")), "This cell holds a formula."),
        (made, _changed(content, lambda sheet: sheet.delete_cols(NAMES.index("owner") + 1)), "The column Owner is"),
        (other, content, "This workbook was made for another programme."),
        (made, b"nothing", "This is not an Excel workbook."),
    ):
        with pytest.raises(BadInput) as refused:
            _receive(programme_id, sent, lead)
        assert refused.value.problems[0].what.startswith(words), refused.value


def test_what_was_changed_since_makes_it_stale(made: UUID, lead: Person) -> None:
    content = _changed(_out(made, lead), _set(FIRST, title="Mine"))
    upload = _receive(made, content, lead)
    item = programme(made, by=lead).programme.work[0]
    details = WorkDetails(title="Theirs", group=1)
    change_work(work_id=item.id, version=item.version, details=details, by=lead, now=NOW)
    with pytest.raises(Stale):
        _apply(upload, lead)
    assert _work(made)[0].title == "Theirs"


def test_what_is_over_and_what_is_closed_stays(made: UUID, lead: Person) -> None:
    work = _work(made)[0].pk
    said = {"words": "No", "link": "", "today": DAY, "by": lead, "now": NOW}
    take_work_step(work_id=work, step=WorkStep.DROP, version=0, **said)  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        _receive(made, _changed(_out(made, lead), _set(FIRST, title="Mine")), lead)
    upload = _receive(made, _changed(_out(made, lead), _set(FIRST + 1, title="Mine")), lead)
    rows(Programme).filter(pk=made).update(state="closed")
    with pytest.raises(Closed):
        _apply(upload, lead)


def test_only_who_plans_takes_work_in(made: UUID, lead: Person) -> None:
    content = _changed(_out(made, lead), _set(FIRST, title="Mine"))
    upload = _receive(made, content, lead)
    member = somebody("Member")
    home = _work(made)[0].organisation_id
    rows(Membership).create(organisation_id=home, person=member, role="elected-member", created_at=NOW)
    for who, refused in ((member, Forbidden), (somebody("Stranger"), NotFound)):
        with pytest.raises(refused):
            _receive(made, content, who)
        with pytest.raises(refused):
            _apply(upload, who)


def test_the_list_as_csv_has_every_piece(made: UUID, lead: Person) -> None:
    lines = as_csv(programme_report(made, by=lead, today=DAY)).decode("utf-8-sig").splitlines()
    assert len(lines) == len(_work(made)) + 1


def test_what_was_sound_when_it_was_read_is_asked_again(made: UUID, lead: Person) -> None:
    """Two workbooks that make a circle together; a department, a seat and open work that are gone by then."""
    one, two, three = _work(made)[:3]
    home = one.organisation_id
    parts = OrganisationPart.objects.create(organisation_id=home, kind="department", name="Housing")
    jane = somebody("Jane Officer")
    seat = rows(Membership).create(organisation_id=home, person=jane, role="officer", created_at=NOW)
    out = _out(made, lead)
    first, second, housed, owned, part = (
        _receive(made, _changed(out, change), lead)
        for change in (
            _set(FIRST, needs="2"),
            _set(FIRST + 1, needs="1"),
            _set(FIRST + 2, department="Housing"),
            _set(FIRST + 2, owner="Jane Officer"),
            _set(len(_work(made)) + FIRST, title="Part", group="Do more than the Act asks", part_of=4),
        )
    )
    _apply(first, lead)
    parts.delete()
    rows(Membership).filter(pk=seat.pk).update(ended_at=NOW)
    fourth = _work(made)[3]
    said = {"words": "No", "link": "", "today": DAY, "by": lead, "now": NOW}
    take_work_step(work_id=fourth.pk, step=WorkStep.DROP, version=0, **said)  # type: ignore[arg-type]
    count = len(_work(made))
    for upload in (second, housed, owned, part):
        with pytest.raises(Stale):
            _apply(upload, lead)
    assert list(rows(WorkNeed).filter(work__programme=made).values_list("work_id", "needed_id")) == [(one.pk, two.pk)]
    assert (len(_work(made)), _work(made)[2].owner_id, three.owner_id) == (count, None, None)


def test_links_that_came_meanwhile_are_not_lost(made: UUID, lead: Person) -> None:
    work = _work(made)[0].pk
    upload = _receive(made, _changed(_out(made, lead), _set(FIRST, links="Document: Mine")), lead)
    add_link(work_id=work, kind=LinkKind.DOCUMENT, title="Theirs", address="", by=lead, now=NOW)
    with pytest.raises(Stale):
        _apply(upload, lead)
    assert [link.title for link in one_work(work, by=lead).links] == ["Theirs"]


def test_an_older_workbook_is_marked(made: UUID, lead: Person) -> None:
    old = _out(made, lead)
    item = programme(made, by=lead).programme.work[0]
    details = WorkDetails(title=item.title, group=item.group, topic=item.topic, role=item.role, cost=Decimal(5))
    change_work(work_id=item.id, version=item.version, details=details, by=lead, now=NOW)
    upload = _receive(made, _changed(old, _set(FIRST, detail="More")), lead)
    assert [change.is_overtaken for change in waiting_work_upload(upload, by=lead).changes] == [True]


def test_the_trail_has_every_row_and_nobody_by_name(made: UUID, lead: Person) -> None:
    last = len(_work(made)) + FIRST

    def change(sheet: Any) -> None:
        for row in (last, last + 1):
            _set(row, title="Twice", group="Do more than the Act asks", owner="Ada Lead")(sheet)

    _apply(_receive(made, _changed(_out(made, lead), change), lead), lead)
    said = rows(Change).order_by("-id")[0].said["after"]["changes"]
    assert [line for line in said if "What is to be done" in line] == ["new: Twice: What is to be done: Twice"] * 2
    assert "Ada Lead" not in str(said)
    assert str(lead.pk) in str(said)


@pytest.mark.parametrize("links", ["Document: a\u202eb https://a.example/", "Document: \u200b https://a.example/"])
def test_link_titles_are_looked_at(made: UUID, lead: Person, links: str) -> None:
    with pytest.raises(BadInput):
        _receive(made, _changed(_out(made, lead), _set(FIRST, links=links)), lead)
