"""What is locked, and in which order, so that of two acts at once one comes after the other and none waits for ever."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import ON_POSTGRESQL
from tests.service import DAY, NOW, a_round, an_organisation, rows, somebody

from commonweal.services.actions.editions import move_many, move_round
from commonweal.services.actions.measuring import Measuring, set_measuring
from commonweal.services.actions.sides import agree_to_side, ask_for_side, end_side, withdraw_side
from commonweal.services.people import Person
from commonweal.standards.catalogue import load_index
from commonweal.store.models import SideAgreement, SideRequest

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer at a time"),
]
OLD, PRIVATE = load_index("svmi-public@2016.1"), load_index("svmi-private")
ORGANISATION = 'FROM "store_organisation"'


def _statements(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        act()
    return [one["sql"] for one in queries]


def _place(statements: list[str], *parts: str) -> int:
    """Where the first statement with all these parts stands."""
    return next(place for place, sql in enumerate(statements) if all(part in sql for part in parts))


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def round_(lead: Person) -> UUID:
    return a_round(lead, OLD)


@pytest.mark.parametrize("how", ["in the pages", "at the command line"])
def test_an_organisation_is_taken_before_it_is_looked_what_was_moved(how: str, lead: Person, round_: UUID) -> None:
    named = {"before": OLD.reference, "after": "svmi-public@2026.1", "organisation": None}
    steps = move_many(**named, today=DAY, now=NOW)  # type: ignore[arg-type]
    next(steps)  # what waits is looked up without a lock, and looked at again
    acts: dict[str, Callable[[], object]] = {
        "in the pages": lambda: move_round(assessment_id=round_, today=DAY, by=lead, now=NOW),
        "at the command line": lambda: list(steps),
    }
    statements = _statements(acts[how])
    looked = [place for place, sql in enumerate(statements) if re.search(r'"moved_from_id" (=|IN)', sql)]
    assert looked
    assert _place(statements, ORGANISATION, "FOR UPDATE") < min(looked)


def test_an_organisation_is_taken_before_it_is_looked_which_round_is_the_baseline(lead: Person, round_: UUID) -> None:
    said = {"said": Measuring(is_baseline=True, again_on=None), "seen": Measuring(is_baseline=False, again_on=None)}
    statements = _statements(lambda: set_measuring(assessment_id=round_, **said, by=lead, now=NOW))
    assert _place(statements, ORGANISATION, "FOR UPDATE") < _place(statements, "NOT (", '"is_baseline")')


@pytest.mark.parametrize("who", ["buyer", "supplier"])
def test_either_side_takes_the_request_first_and_then_both_trails_in_one_order(who: str, lead: Person) -> None:
    firm = somebody("Firm")
    token = ask_for_side(organisation_id=an_organisation(lead), label="Firm", by=lead, now=NOW)
    shown = a_round(firm, PRIVATE)
    agree_to_side(token=token, assessment_id=shown, by=firm, now=NOW)
    request, agreement = rows(SideRequest).get().pk, rows(SideAgreement).get().pk
    statements = _statements(
        (lambda: end_side(request_id=request, by=lead, now=NOW))
        if who == "buyer"
        else (lambda: withdraw_side(agreement_id=agreement, by=firm, now=NOW))
    )
    locks = [sql for sql in statements if "FOR UPDATE" in sql]
    assert 'FROM "store_siderequest"' in locks[0]
    heads = next(sql for sql in locks if ORGANISATION in sql)
    assert "ORDER BY 1 ASC" in heads
    assert " IN (" in heads
