"""The best programme for the means there are: counted from what is known, and taken into work."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.cases import PUBLISHED, example
from tests.service import NOW, a_round, rows, somebody

from commonweal.core.errors import BadInput
from commonweal.core.programme.means import EVERYBODY, Aim, Means
from commonweal.core.programme.within_means import WithinMeans
from commonweal.core.programme.work import WorkStep
from commonweal.services.actions.dating import date_work
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.services.actions.work import add_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.errors import Forbidden, NotFound
from commonweal.services.people import Person
from commonweal.services.queries.within_means import NOT_SURE, Question, best_within
from commonweal.solving import highs
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Change, Membership, Work

pytestmark = pytest.mark.django_db
PUBLIC = load_index("svmi-public")
DAY = datetime.date(2027, 4, 1)
MATURE = 2
QUESTION = Question(Aim.CHEAPEST, MATURE, Means(DAY, 24), Decimal(1000), Decimal(10))


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def walsall(lead: Person) -> UUID:
    return a_round(lead, PUBLIC, dict(example(PUBLISHED).assessment.answers))


def _best(walsall: UUID, lead: Person, question: Question = QUESTION) -> WithinMeans:
    best, _, _ = best_within(walsall, question, by=lead, today=DAY)
    assert isinstance(best, WithinMeans), str(best)
    return best


def _ids(best: WithinMeans) -> set[str]:
    return {one.dated.step.id for one in best.actions}


def _adopted(walsall: UUID, lead: Person, best: WithinMeans) -> UUID:
    frame = Frame("P", "scotland", DAY, 2)
    dated = [one.dated for one in best.actions]
    return adopt_plan(assessment_id=walsall, frame=frame, chosen=_ids(best), by=lead, now=NOW, dated=dated)


def _dates(programme: UUID) -> dict[str, list[Any]]:
    found = rows(Work).filter(programme=programme).exclude(step="").values_list("step", "start", "due", "year")
    return {step: rest for step, *rest in found}


def _wanted(best: WithinMeans) -> dict[str, list[Any]]:
    return {one.dated.step.id: [one.dated.start, one.dated.due, one.dated.year] for one in best.actions}


def test_what_is_adopted_has_the_days_that_were_worked_out(walsall: UUID, lead: Person) -> None:
    limited = replace(QUESTION, means=Means(DAY, 24, (Decimal(5000), Decimal(5000))))
    best = _best(walsall, lead, limited)
    assert [str(one) for one in best.money] == ["5000", "3000"]
    assert _dates(_adopted(walsall, lead, best)) == _wanted(best)


def test_costs_days_and_departments_come_from_the_work(walsall: UUID, lead: Person) -> None:
    plain = _best(walsall, lead)
    made = _adopted(walsall, lead, plain)
    dear = rows(Work).filter(programme=made).exclude(step="").order_by("-number")[0]
    rows(Work).filter(pk=dear.pk).update(cost=Decimal(90_000), effort_days=Decimal(200))
    part = add_work(
        programme_id=made,
        details=WorkDetails("Part", dear.group.number, cost=Decimal(500), price_year=2027),
        parent=dear.pk,
        by=lead,
        now=NOW,
    )
    anyway = _best(walsall, lead, replace(QUESTION, needed=frozenset({dear.step})))
    assert anyway.cost == plain.cost - 1000 + 90_500
    assert anyway.effort == plain.effort - 10 + 200
    assert dear.step not in _ids(_best(walsall, lead))
    take_work_step(
        work_id=part, step=WorkStep.DROP, version=0, words="No", link="", today=DAY, by=lead, now=NOW
    )  # what is over costs nothing more
    anyway = _best(walsall, lead, replace(QUESTION, needed=frozenset({dear.step})))
    assert anyway.cost == plain.cost - 1000 + 90_000


def test_work_gets_its_days_and_what_is_lacking_is_added(walsall: UUID, lead: Person) -> None:
    made = _adopted(walsall, lead, _best(walsall, lead))
    first = rows(Work).filter(programme=made).order_by("number")[0]
    take_work_step(work_id=first.pk, step=WorkStep.DROP, version=0, words="No", link="", today=DAY, by=lead, now=NOW)
    agreed = rows(Work).filter(programme=made).order_by("number")[1]
    take_work_step(work_id=agreed.pk, step=WorkStep.AGREE, version=0, words="", link="", today=DAY, by=lead, now=NOW)
    means = Means(DAY, 24, (Decimal(4000), None), {EVERYBODY: Decimal(30)})
    best = _best(walsall, lead, replace(QUESTION, aim=Aim.MOST, means=means))
    before, entries = _dates(made), rows(Change).count()

    def date() -> tuple[int, int]:
        dated = [one.dated for one in best.actions]
        return date_work(programme_id=made, index=PUBLIC, dated=dated, by=lead, now=NOW)

    moved, added = date()
    assert added == len(_ids(best) - before.keys()) > 0
    assert moved > 0
    wanted = {step: days for step, days in _wanted(best).items() if step != first.step}
    assert {step: days for step, days in _dates(made).items() if step in wanted} == wanted
    assert _dates(made)[first.step] == before[first.step]
    again = rows(Work).get(pk=agreed.pk)
    assert (again.planned_due, again.due) == (agreed.due, wanted[agreed.step][1])  # agreed, so it has slipped
    assert rows(Change).count() == entries + 1
    assert date() == (0, 0)
    assert rows(Change).count() == entries + 1
    with pytest.raises(BadInput):
        date_work(programme_id=made, index=PUBLIC, dated=[], by=lead, now=NOW)


def test_only_who_plans_dates_work(walsall: UUID, lead: Person) -> None:
    best = _best(walsall, lead)
    made = _adopted(walsall, lead, best)
    reader = somebody("Member")
    council = rows(Work).filter(programme=made)[0].organisation_id
    rows(Membership).create(organisation_id=council, person=reader, role="elected-member", created_at=NOW)
    for who, refused in ((reader, Forbidden), (somebody("Stranger"), NotFound)):
        with pytest.raises(refused):
            date_work(programme_id=made, index=PUBLIC, dated=[one.dated for one in best.actions], by=who, now=NOW)


def test_what_takes_too_long_is_told(walsall: UUID, lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highs, "SECONDS", 0.0)
    limited = replace(QUESTION, aim=Aim.MOST, means=Means(DAY, 24, (Decimal(9000),)))
    assert best_within(walsall, limited, by=lead, today=DAY)[:2] == (NOT_SURE, None)


def test_no_day_lies_outside_the_programme(walsall: UUID, lead: Person) -> None:
    made = _adopted(walsall, lead, _best(walsall, lead))
    for means in (Means(datetime.date(2026, 4, 1), 24), Means(DAY, 60)):
        best = _best(walsall, lead, replace(QUESTION, aim=Aim.MOST, means=means))
        with pytest.raises(BadInput, match="outside the programme"):
            date_work(programme_id=made, index=PUBLIC, dated=[one.dated for one in best.actions], by=lead, now=NOW)
