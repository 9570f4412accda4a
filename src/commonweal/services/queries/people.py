"""The people of an organisation, their invitations, and where they are placed."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from commonweal.core.access import TABLE, Action, Reach, Role
from commonweal.services.allowed import assessment_for, organisation_for
from commonweal.services.errors import NotFound
from commonweal.services.tokens import digest
from commonweal.services.writing import reading
from commonweal.store.fence import unfenced
from commonweal.store.models import Invitation, Membership, Person, Placement
from commonweal.store.models.organisation import held


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat as a list has it."""

    id: int
    person: str
    email: str
    role: Role
    on_behalf_of: str
    ends_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation that waits."""

    id: UUID
    email: str
    role: Role
    on_behalf_of: str
    expires_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """Where somebody was placed: a theme's code, or "" for the whole assessment."""

    id: int
    person: str
    role: Role
    theme: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation offers, to whoever holds its link."""

    organisation: str
    role: Role
    email: str
    invited_by: str


@reading
def seats(organisation_id: UUID, *, by: Person, now: datetime.datetime) -> list[SeatLine]:
    """The seats held now, by name. Raises NotFound or Forbidden."""
    organisation_for(by, Action.MANAGE_PEOPLE, organisation_id)
    return _seats(organisation_id, now)


def _seats(organisation_id: UUID, now: datetime.datetime) -> list[SeatLine]:
    rows = (
        Membership.objects.within(organisation_id)
        .filter(held(now))
        .order_by("person__name", "id")
        .values_list("id", "person__name", "person__email", "role", "on_behalf_of", "ends_at")
    )
    return [SeatLine(id_, name, email or "", Role(role), other, end) for id_, name, email, role, other, end in rows]


@reading
def invitations(organisation_id: UUID, *, by: Person, now: datetime.datetime) -> list[InvitationLine]:
    """The invitations that wait, the latest first. Raises NotFound or Forbidden."""
    organisation_for(by, Action.MANAGE_PEOPLE, organisation_id)
    rows = (
        Invitation.objects.within(organisation_id)
        .filter(accepted_at=None, revoked_at=None, expires_at__gt=now)
        .order_by("-created_at")
        .values_list("id", "email", "role", "on_behalf_of", "expires_at")
    )
    return [InvitationLine(id_, email, Role(role), other, end) for id_, email, role, other, end in rows]


@reading
def placements(assessment_id: UUID, *, by: Person) -> list[PlacementLine]:
    """Who is placed on an assessment, by name. Raises NotFound or Forbidden."""
    assessment = assessment_for(by, Action.PLACE, assessment_id, lock=False)
    rows = (
        Placement.objects.of(assessment)
        .filter(held(timezone.now(), "membership__"))
        .order_by("membership__person__name", "theme")
        .values_list("id", "membership__person__name", "membership__role", "theme")
    )
    return [PlacementLine(id_, name, Role(role), theme) for id_, name, role, theme in rows]


@reading
def placeable(assessment_id: UUID, *, by: Person, now: datetime.datetime) -> list[SeatLine]:
    """The seats for which being placed makes a difference. Raises NotFound or Forbidden."""
    assessment = assessment_for(by, Action.PLACE, assessment_id, lock=False)
    needs = {role for role, action in TABLE if TABLE[role, action] is Reach.PLACED}
    found = _seats(assessment.organisation_id, now)
    return [seat for seat in found if seat.role in needs]


def offer(token: str, *, now: datetime.datetime) -> Offer:
    """What an invitation offers. Raises NotFound where it was used, taken back, is too old, or never was."""
    with unfenced("whoever opens the link has no seat there yet"):
        found = (
            Invitation.objects.across("whoever opens the link has no seat there yet")
            .filter(digest=digest(token), accepted_at=None, revoked_at=None, expires_at__gt=now)
            .values_list("organisation__name", "role", "email", "created_by__name")
            .first()
        )
    if found is None:
        raise NotFound
    organisation, role, email, invited_by = found
    return Offer(organisation, Role(role), email, invited_by)
