"""A page of a long programme: counted by the database as the rule counts, ordered, narrowed down, in pages."""

import datetime
import itertools
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.service import NOW, an_organisation, rows, somebody

from commonweal.core.programme.models import tally
from commonweal.core.programme.work import WorkState
from commonweal.services.actions.programmes import Frame, start_programme
from commonweal.services.actions.registers import add_entry, set_served
from commonweal.services.people import Person
from commonweal.services.queries import programme_page
from commonweal.services.queries.programme_page import Chosen, WorkPage, work_page
from commonweal.services.queries.programmes import programme
from commonweal.store.models import OrganisationPart, Work

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2027, 9, 1)
LATE, LATER = datetime.date(2027, 8, 1), datetime.date(2027, 10, 1)


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def made(lead: Person) -> UUID:
    """Every state with and without a cost, late and not, alone and with a part that is late and has a cost."""
    made = start_programme(
        organisation_id=an_organisation(lead), reference="guiding-principles@1",
        frame=Frame("P", "scotland", None, None), anchors={"start": datetime.date(2027, 4, 1)}, by=lead, now=NOW,
    )  # fmt: skip
    first = rows(Work).filter(programme=made).order_by("number")[0]
    own: dict[str, Any] = {"organisation_id": first.organisation_id, "programme_id": made, "created_at": NOW}
    own |= {"created_by": lead, "group": first.group}
    numbers = itertools.count(1000)
    housing = OrganisationPart.objects.create(organisation_id=first.organisation_id, kind="department", name="Housing")
    cases = itertools.product(WorkState, (None, Decimal("5.50")), (LATE, LATER, None), (None, *WorkState))
    for state, cost, due, part in cases:
        said = {"state": state.value, "cost": cost, "effort_days": cost, "due": due, "price_year": 2027}
        whole = Work.objects.create(number=next(numbers), title="Whole", department=housing, **said, **own)
        if part:
            said = {"state": part.value, "cost": Decimal(3), "due": LATE, "price_year": 2027}
            Work.objects.create(number=next(numbers), title="Part", parent=whole, role="Clerk", **said, **own)
    return made


def _page(made: UUID, by: Person, chosen: Chosen = Chosen(), **more: Any) -> WorkPage:  # noqa: B008  a value
    asked: dict[str, Any] = {"arranged": "list", "number": 1, "most": 9, "by": by, "today": TODAY} | more
    return work_page(made, chosen, **asked)


def test_the_database_counts_as_the_rule_does(made: UUID, lead: Person) -> None:
    assert _page(made, lead).tally == tally(programme(made, by=lead).programme.work, TODAY)


def test_pages_hold_everything_once_and_in_order(made: UUID, lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programme_page, "A_PAGE", 40)
    first = _page(made, lead)
    pages = [_page(made, lead, number=number) for number in range(1, first.pages + 1)]
    found = [item for page in pages for item in page.items]
    assert len(found) == first.count == len({item.id for item in found})
    assert found == sorted(found, key=lambda item: (item.due or datetime.date.max, item.number))
    assert _page(made, lead, number=999).number == first.pages
    whole = next(item for item in found if item.id in _page(made, lead, number=1).parts)
    assert first.parts[whole.id][1] == 1


def test_work_is_narrowed_down(made: UUID, lead: Person) -> None:
    everything = programme(made, by=lead).programme.work
    for chosen, expected in (
        (Chosen(show="overdue"), [item for item in everything if item.is_overdue(TODAY)]),
        (Chosen(show="open"), [item for item in everything if not item.state.is_over]),
        (Chosen(show="mine"), []),
        (Chosen(group=2), [item for item in everything if item.group == 2]),
        (Chosen(state="blocked"), [item for item in everything if item.state == "blocked"]),
        (Chosen(department="Housing"), [item for item in everything if item.department == "Housing"]),
        (Chosen(department="Clerk"), [item for item in everything if item.role == "Clerk"]),
    ):
        assert _page(made, lead, chosen).count == len(expected), chosen


def test_columns_show_the_soonest_and_count_all(made: UUID, lead: Person) -> None:
    everything = programme(made, by=lead).programme.work
    board = _page(made, lead, arranged="board").columns
    assert [column.head for column in board] == [state.label for state in WorkState]
    for column, state in zip(board, WorkState, strict=True):
        own = sorted(
            (item for item in everything if item.state is state),
            key=lambda item: (item.due or datetime.date.max, item.number),
        )
        assert column.count == len(own)
        assert [item.id for item in column.items] == [item.id for item in own[: programme_page.IN_A_COLUMN]]
    departments = {column.head: column.count for column in _page(made, lead, arranged="departments").columns}
    assert departments["Housing"] == sum(item.department == "Housing" for item in everything)
    assert sum(departments.values()) == len(everything)


def test_columns_of_what_work_serves(made: UUID, lead: Person) -> None:
    home = rows(Work).filter(programme=made)[0].organisation_id
    ids = [
        add_entry(organisation_id=home, register_id="groups", values={"name": name, "kind": "Committee"}, by=lead,
                  now=NOW)
        for name in ("Scrutiny", "Cabinet")
    ]  # fmt: skip
    first, second = list(rows(Work).filter(programme=made, state="agreed").order_by("number"))[:2]
    set_served(work_id=first.pk, entries=ids, by=lead, now=NOW)
    set_served(work_id=second.pk, entries=ids[:1], by=lead, now=NOW)
    page = _page(made, lead, arranged="groups")
    assert [(column.head, column.count) for column in page.columns][:2] == [("Cabinet", 1), ("Scrutiny", 2)]
    assert page.columns[2].count == page.count - 2
    assert _page(made, lead, Chosen(entry=ids[0])).count == 2


def test_a_timeline_has_all_or_nothing(made: UUID, lead: Person) -> None:
    assert _page(made, lead, arranged="timeline").items == ()
    assert len(_page(made, lead, arranged="timeline", most=9_999).items) == _page(made, lead).count
