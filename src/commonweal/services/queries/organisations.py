"""Organisations and their rounds."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.organisations import Kind, Size
from commonweal.services.errors import NotFound
from commonweal.store.models import Assessment, Organisation, Person


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation as a list has it."""

    id: UUID
    name: str
    kind: Kind
    size: Size | None


@dataclass(frozen=True, slots=True)
class RoundLine:
    """An assessment as a list has it."""

    id: UUID
    organisation: OrganisationLine
    name: str
    date: datetime.date
    index: str


def _line(row: Organisation) -> OrganisationLine:
    return OrganisationLine(row.id, row.name, Kind(row.kind), Size(row.size) if row.size else None)


def organisations(*, by: Person) -> list[OrganisationLine]:
    """The organisations that this person belongs to, by name."""
    return [_line(row) for row in Organisation.objects.for_actor(by)]


def organisation(organisation_id: UUID, *, by: Person) -> OrganisationLine:
    """One organisation. Raises NotFound."""
    row = Organisation.objects.for_actor(by).filter(pk=organisation_id).first()
    if row is None:
        raise NotFound
    return _line(row)


def rounds(*, by: Person, organisation_id: UUID | None = None) -> list[RoundLine]:
    """The assessments that this person may see, of all organisations or of one, the latest first."""
    rows = Assessment.objects.for_actor(by).select_related("organisation")
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return [RoundLine(row.id, _line(row.organisation), row.name, row.date, row.index) for row in rows]
