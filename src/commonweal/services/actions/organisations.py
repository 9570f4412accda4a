"""Organisations are made."""

import datetime
from uuid import UUID

from commonweal.core.organisations import Kind, Size
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Membership, Organisation, Person


@writing
def create_organisation(*, name: str, kind: Kind, size: Size | None, by: Person, now: datetime.datetime) -> UUID:
    """Make an organisation, with its maker as its first member. Gives its id."""
    organisation = Organisation.objects.create(name=name, kind=kind, size=size or "", created_at=now, created_by=by)
    Membership.objects.create(organisation=organisation, person=by, created_at=now)
    after = {"name": name, "kind": kind, "size": size or ""}
    record("organisation created", organisation_id=organisation.id, by=by, now=now, after=after)
    return organisation.id
