"""What the actions above an assessment are estimated to cost and take."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.programme.estimates import Estimate, Estimates
from commonweal.services.writing import reading
from commonweal.store.models import ActionEstimates, OrganisationPart, Person


@reading
def estimates_of(assessment_id: UUID, *, by: Person) -> Estimates:
    """What was estimated; nothing where nobody did, or where it is not to be seen."""
    row = ActionEstimates.objects.for_actor(by, Action.SEE_WORK, assessment=assessment_id).first()
    return to_estimates(row) if row else Estimates()


def to_estimates(row: ActionEstimates) -> Estimates:
    """A row as a value."""
    return Estimates({id_: _estimate(said) for id_, said in row.fields.items()}, row.price_year, row.version)


def _estimate(said: dict[str, Any]) -> Estimate:
    cost, days = (Decimal(said[name]) if name in said else None for name in ("cost", "days"))
    return Estimate(cost, days, said.get("department"))


@reading
def departments_of(organisation_id: UUID, *, by: Person) -> dict[int, str]:
    """The departments of an organisation by their ids, in the order of their names."""
    parts = OrganisationPart.objects.for_actor(by, Action.SEE_WORK).filter(organisation_id=organisation_id)
    return dict(parts.filter(kind="department").order_by("name").values_list("pk", "name"))
