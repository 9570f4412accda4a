"""Organisations."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.core.organisations import Kind, Size
from commonweal.services.errors import NotFound
from commonweal.services.writing import reading
from commonweal.store.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation as a list has it."""

    id: UUID
    name: str
    kind: Kind
    size: Size | None


def _line(row: Organisation) -> OrganisationLine:
    return OrganisationLine(row.id, row.name, Kind(row.kind), Size(row.size) if row.size else None)


@reading
def organisations(*, by: Person) -> list[OrganisationLine]:
    """The organisations that this person belongs to, by name."""
    return [_line(row) for row in Organisation.objects.for_actor(by)]


@reading
def organisation(organisation_id: UUID, *, by: Person) -> OrganisationLine:
    """One organisation. Raises NotFound."""
    row = Organisation.objects.for_actor(by).filter(pk=organisation_id).first()
    if row is None:
        raise NotFound
    return _line(row)
