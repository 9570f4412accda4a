"""What was asked of suppliers and what they show, and what one shows to others."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.maturity.mirror import Levels
from commonweal.services.errors import NotFound
from commonweal.services.queries.organisations import organisations
from commonweal.services.queries.round_heads import RoundHead, round_heads
from commonweal.services.tokens import digest
from commonweal.services.writing import reading
from commonweal.standards.mirrors import mirrors
from commonweal.store.fence import unfenced
from commonweal.store.models import Person, SideAgreement, SideRequest


@dataclass(frozen=True, slots=True)
class ShownSide:
    """What a supplier shows: its own name, the round, its day, and the levels of its themes."""

    organisation: str
    index: str
    round: str
    date: datetime.date | None
    is_estimated: bool
    now: Levels
    target: Levels


@dataclass(frozen=True, slots=True)
class SideLine:
    """A supplier who was asked, by the name it has here; `shown` where it agreed."""

    id: UUID
    label: str
    asked_at: datetime.datetime
    expires_at: datetime.datetime
    shown: ShownSide | None
    shown_at: datetime.datetime | None


@reading
def sides_of(organisation_id: UUID, *, by: Person) -> list[SideLine]:
    """The suppliers who were asked and have not ended it, by name."""
    rows = SideRequest.objects.for_actor(by).filter(organisation_id=organisation_id, ended_at=None)
    names = ("id", "label", "created_at", "expires_at", "shown", "shown_at")
    return [
        SideLine(id_, label, asked, expires, _shown(shown) if shown else None, at)
        for id_, label, asked, expires, shown, at in rows.values_list(*names)
    ]


def _shown(said: Mapping[str, Any]) -> ShownSide:
    date = datetime.date.fromisoformat(said["date"]) if said["date"] else None
    return ShownSide(
        organisation=said["organisation"],
        index=said["index"],
        round=said["round"],
        date=date,
        is_estimated=said["is_estimated"],
        now=said["now"],
        target=said["target"],
    )


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A round that is shown to somebody."""

    id: UUID
    assessment_id: UUID
    round: str
    asked_by: str
    agreed_at: datetime.datetime


@reading
def agreements_of(organisation_id: UUID, *, by: Person) -> list[AgreementLine]:
    """What an organisation shows to others, the latest first."""
    rows = SideAgreement.objects.for_actor(by).filter(organisation_id=organisation_id, ended_at=None)
    names = ("id", "assessment_id", "assessment__name", "asked_by", "agreed_at")
    return [AgreementLine(*row) for row in rows.values_list(*names)]


def who_asks(token: str, *, now: datetime.datetime) -> str:
    """The name of the organisation that gave out a link. Raises NotFound where it ended, is too old, or never was."""
    with unfenced(_WHY):
        found = SideRequest.objects.across(_WHY).filter(digest=digest(token), ended_at=None, expires_at__gt=now)
        name = found.values_list("organisation__name", flat=True).first()
    if name is None:
        raise NotFound
    return name


_WHY = "whoever has the link was asked, and learns by whom"


@reading
def rounds_to_show(*, by: Person) -> list[tuple[RoundHead, str]]:
    """The rounds that this person may show to another side, each with the name of its organisation."""
    names = {one.id: one.name for one in organisations(by=by)}
    sides = {one.second for one in mirrors()}
    return [
        (one, names[one.organisation_id])
        for one in round_heads(by=by)
        if one.index_id in sides and by.access.may_with(Action.OPEN, one.organisation_id, one.id)
    ]
