"""What the actions above an assessment are estimated to cost and take."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.programme.costings import Costing, Costings
from commonweal.services.writing import reading
from commonweal.store.models import ActionCostings, OrganisationPart, Person


@reading
def costings_of(assessment_id: UUID, *, by: Person) -> Costings:
    """What was estimated; nothing where nobody did, or where it is not to be seen."""
    row = ActionCostings.objects.for_actor(by, Action.SEE_WORK, assessment=assessment_id).first()
    return to_costings(row) if row else Costings()


def to_costings(row: ActionCostings) -> Costings:
    """A row as a value."""
    return Costings({id_: _costing(said) for id_, said in row.fields.items()}, row.price_year)


def _costing(said: dict[str, Any]) -> Costing:
    cost, days = (Decimal(said[name]) if name in said else None for name in ("cost", "days"))
    return Costing(cost, days, said.get("department"))


@reading
def departments_of(organisation_id: UUID, *, by: Person) -> dict[int, str]:
    """The departments of an organisation by their ids, in the order of their names."""
    parts = OrganisationPart.objects.for_actor(by, Action.SEE_WORK).filter(organisation_id=organisation_id)
    return dict(parts.filter(kind="department").order_by("name").values_list("pk", "name"))
