"""Organisations."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from commonweal.core.access import Action, Role
from commonweal.core.organisations import Kind, Part, Size, Takeover
from commonweal.services.errors import NotFound
from commonweal.services.writing import reading
from commonweal.store.fence import unfenced
from commonweal.store.models import (
    Identifier,
    Membership,
    Organisation,
    OrganisationPart,
    Person,
    Succession,
)
from commonweal.store.models.organisation import held


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


@dataclass(frozen=True, slots=True)
class Described:
    """What an organisation says of itself, and the version of it."""

    version: int
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    identifiers: Mapping[str, str]
    departments: tuple[str, ...]
    partners: tuple[str, ...]
    predecessors: tuple[tuple[UUID, str, Takeover, datetime.date], ...]
    successors: tuple[tuple[UUID, str, datetime.date], ...]
    """Organisations that follow this one, and whose people read what it keeps."""

    def is_shadow(self, today: datetime.date) -> bool:
        """Whether it is still to begin."""
        return self.starts_on is not None and today < self.starts_on


@reading
def described(organisation_id: UUID, *, by: Person) -> Described:
    """What an organisation says of itself. Raises NotFound."""
    row = Organisation.objects.for_actor(by).filter(pk=organisation_id).first()
    if row is None:
        raise NotFound
    identifiers, parts = Identifier.objects.within(organisation_id), OrganisationPart.objects.within(organisation_id)
    names: dict[str, list[str]] = {kind.value: [] for kind in Part}
    for kind, name in parts.order_by("name").values_list("kind", "name"):
        names[kind].append(name)
    readable = Organisation.objects.for_actor(by)
    predecessors = Succession.objects.filter(successor_id=organisation_id, predecessor__in=readable).order_by("on")
    found = predecessors.values_list("predecessor_id", "predecessor__name", "kind", "on")
    return Described(
        version=row.version,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        identifiers=dict(identifiers.order_by("scheme").values_list("scheme", "value")),
        departments=tuple(names[Part.DEPARTMENT]),
        partners=tuple(names[Part.PARTNER]),
        successors=_successors(organisation_id),
        predecessors=tuple((id_, name, Takeover(kind), on) for id_, name, kind, on in found),
    )


def _successors(organisation_id: UUID) -> tuple[tuple[UUID, str, datetime.date], ...]:
    """Their names are no secret from those whose things they read."""
    with unfenced("an organisation sees who follows it"):
        rows = Succession.objects.filter(predecessor_id=organisation_id).order_by("on")
        return tuple(rows.values_list("successor_id", "successor__name", "on"))


@dataclass(frozen=True, slots=True)
class LetIn:
    """An operator who was let in: who, why, until when."""

    person: str
    reason: str
    since: datetime.datetime
    until: datetime.datetime


@reading
def let_in(organisation_id: UUID, *, by: Person, now: datetime.datetime) -> list[LetIn]:
    """The operators who are in now, for those who see the organisation."""
    rows = (
        Membership.objects.for_actor(by, Action.SEE)
        .filter(organisation_id=organisation_id, role=Role.GLASS_BREAKER, ended_at=None, ends_at__gt=now)
        .order_by("created_at")
        .values_list("person__name", "reason", "created_at", "ends_at")
    )
    return [LetIn(person, reason, since, until) for person, reason, since, until in rows if until]


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """An organisation as the platform's operator sees it: that it is there, and how large; nothing of its content."""

    id: UUID
    name: str
    kind: Kind
    people: int
    created_at: datetime.datetime
    publishes_to_everybody: bool
    """Whether its index keepers may publish indexes to all organisations."""


def all_organisations(*, by: Person) -> list[PlatformLine]:
    """Every organisation, for an operator. Raises NotFound for anybody else."""
    if not by.access.runs_the_platform:
        raise NotFound
    with unfenced("the operator sees which organisations there are"):
        rows = Organisation.objects.across("the operator sees which organisations there are").annotate(
            people=Count("memberships__person", filter=held(timezone.now(), "memberships__"), distinct=True)
        )
        found = rows.order_by("name").values_list(
            "id", "name", "kind", "people", "created_at", "publishes_to_everybody"
        )
        return [PlatformLine(id_, name, Kind(kind), people, at, let) for id_, name, kind, people, at, let in found]
