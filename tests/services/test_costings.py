"""What actions are estimated to cost and take: kept, used by routes and plans, and said of the work adopted."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

import pytest
from tests.cases import everywhere
from tests.service import NOW, a_round, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.programme.costings import Costing, Costings
from commonweal.core.programme.means import Aim, Means
from commonweal.core.programme.within_means import WithinMeans
from commonweal.services.actions.costings import set_costings
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.services.errors import Forbidden, Stale
from commonweal.services.people import Person
from commonweal.services.queries.costings import costings_of, departments_of
from commonweal.services.queries.within_means import Question, best_within, known_on, running_on
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Assessment, Change, Membership, OrganisationPart, Work

pytestmark = pytest.mark.django_db
PUBLIC = load_index("svmi-public")
DAY = datetime.date(2027, 4, 1)
FIRST, SECOND = (step.id for step in PUBLIC.questions[0].steps[:2])


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def round_(lead: Person) -> UUID:
    return a_round(lead, PUBLIC, everywhere(PUBLIC, 0, 2))


def _home(round_: UUID) -> UUID:
    return rows(Assessment).get(pk=round_).organisation_id  # type: ignore[no-any-return]


def _department(round_: UUID, name: str = "Procurement") -> int:
    made = rows(OrganisationPart).create(organisation_id=_home(round_), kind="department", name=name)
    return made.pk  # type: ignore[no-any-return]


def _set(
    round_: UUID,
    by: Person,
    given: Mapping[str, Costing],
    seen: Mapping[str, Costing] | None = None,
    price_year: int | None = 2027,
) -> None:
    set_costings(assessment_id=round_, given=given, seen=seen or {}, price_year=price_year, by=by, now=NOW)


def test_what_is_estimated_is_kept_and_the_rest_stays(round_: UUID, lead: Person) -> None:
    department = _department(round_)
    first = Costing(Decimal("1200.50"), Decimal("2.5"), department)
    assert costings_of(round_, by=lead) == Costings()
    _set(round_, lead, {FIRST: first, SECOND: Costing()})
    assert costings_of(round_, by=lead) == Costings({FIRST: first}, 2027)
    entries = rows(Change).count()
    _set(round_, lead, {FIRST: first})  # the same again is no conflict
    assert rows(Change).count() == entries
    _set(round_, lead, {SECOND: Costing(days=Decimal(4))}, price_year=None)  # others' figures stay as they are
    assert costings_of(round_, by=lead) == Costings({FIRST: first, SECOND: Costing(days=Decimal(4))}, 2027)
    with pytest.raises(Stale):
        _set(round_, lead, {FIRST: Costing(Decimal(1))})
    _set(round_, lead, {FIRST: Costing()}, {FIRST: first}, None)
    assert costings_of(round_, by=lead) == Costings({SECOND: Costing(days=Decimal(4))}, None)


@pytest.mark.parametrize(
    ("one", "year", "place"),
    [
        (Costing(Decimal(-1)), 2027, f"cost-{FIRST}"),
        (Costing(Decimal("NaN")), 2027, f"cost-{FIRST}"),
        (Costing(Decimal("1.005")), 2027, f"cost-{FIRST}"),
        (Costing(Decimal(10_000_000_000)), 2027, f"cost-{FIRST}"),
        (Costing(days=Decimal("-0.5")), None, f"days-{FIRST}"),
        (Costing(days=Decimal("0.25")), None, f"days-{FIRST}"),
        (Costing(department=-1), None, f"department-{FIRST}"),
        (Costing(Decimal(1)), None, "price_year"),
        (Costing(Decimal(1)), 1999, "price_year"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    one: Costing, year: int | None, place: str, round_: UUID, lead: Person
) -> None:
    with pytest.raises(BadInput) as bad:
        _set(round_, lead, {FIRST: one}, price_year=year)
    assert [problem.place for problem in bad.value.problems] == [place]
    assert costings_of(round_, by=lead) == Costings()


def test_no_action_of_another_index_and_no_department_of_another_body(round_: UUID, lead: Person) -> None:
    theirs = _department(a_round(somebody("Another"), PUBLIC, everywhere(PUBLIC, 0, 1)))
    for given in ({"ACT-X": Costing(Decimal(1))}, {FIRST: Costing(department=theirs)}):
        with pytest.raises(BadInput):
            _set(round_, lead, given)


def test_only_who_plans_may_costing(round_: UUID, lead: Person) -> None:
    officer = somebody("Officer")
    Membership.objects.create(
        organisation_id=_home(round_), person=officer, role=Role.OFFICER, created_at=NOW, given_by=lead
    )
    with pytest.raises(Forbidden):
        _set(round_, officer, {FIRST: Costing(Decimal(1))})


def test_adopted_work_says_what_was_estimated_and_is_spread_by_its_days(round_: UUID, lead: Person) -> None:
    department = _department(round_)
    third = PUBLIC.questions[1].steps[0].id
    _set(round_, lead, {
        FIRST: Costing(Decimal(900), Decimal(18), department),
        third: Costing(days=Decimal(6), department=department),
    })  # fmt: skip
    frame = Frame("P", "scotland", DAY, 2)
    made = adopt_plan(assessment_id=round_, frame=frame, chosen={FIRST, third}, by=lead, now=NOW)
    one, other = (rows(Work).get(programme=made, step=step) for step in (FIRST, third))
    assert (one.cost, one.price_year, one.effort_days, one.department_id) == (900, 2027, 18, department)
    assert (other.cost, other.price_year, other.effort_days) == (None, None, 6)
    months = [(work.due - work.start).days for work in sorted((one, other), key=lambda work: work.start)]
    assert max(months) > 2.5 * min(months)  # three quarters of the days take three quarters of the time
    running = running_on(round_, by=lead)
    rows(Work).filter(pk=one.pk).update(cost=1000)
    known = known_on(round_, _home(round_), running_on(round_, by=lead), by=lead)
    assert running is not None
    assert known.costs == {FIRST: 1000}  # work has the last word
    assert known.labour.department[third] == "Procurement"
    rows(Work).update(department=None)  # a costing says it where the work does not
    known = known_on(round_, _home(round_), running_on(round_, by=lead), by=lead)
    assert known.labour.department == {FIRST: "Procurement", third: "Procurement"}


def test_a_department_that_is_gone_is_left_out(round_: UUID, lead: Person) -> None:
    department = _department(round_)
    _set(round_, lead, {FIRST: Costing(Decimal(900), None, department)})
    rows(OrganisationPart).filter(pk=department).delete()
    assert departments_of(_home(round_), by=lead) == {}
    assert known_on(round_, _home(round_), None, by=lead).labour.department == {}
    made = adopt_plan(assessment_id=round_, frame=Frame("P", "scotland", DAY, 2), chosen={FIRST}, by=lead, now=NOW)
    assert rows(Work).get(programme=made).department_id is None


def test_the_best_programme_counts_with_estimates_before_there_is_a_programme(round_: UUID, lead: Person) -> None:
    department = _department(round_)
    asked = Question(Aim.CHEAPEST, 1, Means(DAY, 24), Decimal(10), Decimal(1), legal_first=False)
    plain, _, _ = best_within(round_, asked, by=lead, today=DAY)
    assert isinstance(plain, WithinMeans)
    dear = plain.actions[0].dated.step.id
    _set(round_, lead, {dear: Costing(Decimal(500), Decimal(3), department)})
    costed, _, _ = best_within(round_, asked, by=lead, today=DAY)
    assert isinstance(costed, WithinMeans)
    assert plain.cost <= costed.cost
    fixed = Question(Aim.CHEAPEST, 1, Means(DAY, 24), Decimal(10), Decimal(1), False, frozenset({dear}))
    needed, _, _ = best_within(round_, fixed, by=lead, today=DAY)
    assert isinstance(needed, WithinMeans)
    assert next(one.cost for one in needed.actions if one.dated.step.id == dear) == 500
    none_there = Means(DAY, 24, days={"Procurement": Decimal(0)})
    barred = Question(Aim.CHEAPEST, 1, none_there, Decimal(10), Decimal(1), False, frozenset({dear}))
    assert not isinstance(best_within(round_, barred, by=lead, today=DAY)[0], WithinMeans)
