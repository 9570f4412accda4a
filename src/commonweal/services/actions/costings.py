"""What actions are estimated to cost and take is written down."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index
from commonweal.core.problems import Problem
from commonweal.core.programme.costings import NOTHING, Costing, Costings
from commonweal.services.actions.work_details import MOST_DAYS, MOST_POUNDS, PRICE_YEARS
from commonweal.services.allowed import assessment_for
from commonweal.services.errors import Stale
from commonweal.services.indexes import held_index
from commonweal.services.queries.costings import to_costings
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import ActionCostings, OrganisationPart, Person


@writing
def set_costings(
    *,
    assessment_id: UUID,
    given: Mapping[str, Costing],
    seen: Mapping[str, Costing],
    price_year: int | None,
    by: Person,
    now: datetime.datetime,
) -> None:
    """Write what somebody changed of some actions (ids); the rest stays, also what others have changed meanwhile.

    `seen` is what was there when they began; `price_year` None leaves the year. Saving the same changes nothing. Raises
    NotFound, Forbidden, BadInput (places are `cost-<id>` and the like), or Stale where others changed the same actions.
    """
    assessment = assessment_for(by, Action.PLAN_WORK, assessment_id)
    row = ActionCostings.objects.within(assessment.organisation_id).filter(assessment=assessment).first()
    stored = to_costings(row) if row else Costings()
    year = price_year if price_year is not None else stored.price_year
    problems = _problems(assessment.organisation_id, held_index(assessment.index), given, year)
    if problems:
        raise BadInput(problems)
    before = dict(stored.of)
    if any(before.get(id_, NOTHING) not in (seen.get(id_, NOTHING), one) for id_, one in given.items()):
        raise Stale
    after = {id_: one for id_, one in {**before, **given}.items() if not one.says_nothing}
    year = year if any(one.cost is not None for one in after.values()) else None
    if after == before and year == stored.price_year:
        return
    if row is None:
        row = ActionCostings(organisation_id=assessment.organisation_id, assessment=assessment)
    row.fields, row.price_year = {id_: _kept(one) for id_, one in after.items()}, year
    row.changed_at, row.changed_by = now, by
    row.save()
    moved = [id_ for id_ in {**before, **after} if before.get(id_) != after.get(id_)]
    record(
        "costs and days of actions estimated",
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.pk,
        by=by,
        now=now,
        before={id_: _in_words(before[id_]) for id_ in moved if id_ in before},
        after={id_: _in_words(after[id_]) for id_ in moved if id_ in after} | {"prices of": year},
    )


def _kept(one: Costing) -> dict[str, Any]:
    said = {"cost": one.cost, "days": one.days}
    figures = {name: f"{abs(amount):f}" for name, amount in said.items() if amount is not None}
    return figures | ({"department": one.department} if one.department is not None else {})


def _in_words(one: Costing) -> str:
    return ", ".join(f"{name} {value}" for name, value in _kept(one).items())


def _problems(
    organisation_id: UUID, index: Index, given: Mapping[str, Costing], price_year: int | None
) -> list[Problem]:
    known = {step.id for question in index.questions for step in question.steps}
    departments = set(
        OrganisationPart.objects.within(organisation_id).filter(kind="department").values_list("pk", flat=True)
    )
    problems = []
    for id_, one in given.items():
        if id_ not in known:
            problems.append(Problem("actions", "The index has no such action.", "Choose from the list."))
        if not _is_amount(one.cost, MOST_POUNDS, places=2):
            problems.append(Problem(f"cost-{id_}", "This is no amount in pounds.", "Enter a number from 0 on."))
        if not _is_amount(one.days, MOST_DAYS, places=1):
            problems.append(Problem(f"days-{id_}", "This is no number of days.", "Enter a number from 0 on."))
        if one.department is not None and one.department not in departments:
            problems.append(Problem(f"department-{id_}", "This department is gone.", "Choose another one."))
    if price_year is not None and price_year not in PRICE_YEARS:
        problems.append(Problem("price_year", "This is not a year.", "Write it like 2027."))
    if price_year is None and any(one.cost is not None for one in given.values()):
        problems.append(Problem("price_year", "It is not said at which prices.", "Enter the year, like 2027."))
    return problems


def _is_amount(amount: Decimal | None, most: Decimal, places: int) -> bool:
    if amount is None:
        return True
    return amount.is_finite() and 0 <= amount <= most and amount == round(amount, places)
