"""Organisations are made."""

import datetime
from uuid import UUID

from commonweal.core.access import Role
from commonweal.core.organisations import Kind, Size
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.fence import admit
from commonweal.store.models import Membership, Organisation, Person

_MAKER_IS = (Role.OWNER, Role.LEAD_OFFICER)


@writing
def create_organisation(*, name: str, kind: Kind, size: Size | None, by: Person, now: datetime.datetime) -> UUID:
    """Make an organisation, with its maker as its first owner and lead officer. Gives its id."""
    organisation = Organisation(name=name, kind=kind, size=size or "", created_at=now, created_by=by)
    admit(organisation.pk)
    organisation.save(force_insert=True)
    for role in _MAKER_IS:
        Membership.objects.create(organisation=organisation, person=by, role=role, created_at=now, given_by=by)
    by.forget_access()
    after = {"name": name, "kind": kind, "size": size or ""}
    record("organisation created", organisation_id=organisation.id, by=by, now=now, after=after)
    return organisation.id
