"""Organisations are made, described, and follow one another."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from commonweal.core.access import Action, Role
from commonweal.core.errors import BadInput
from commonweal.core.identifiers import BY_CODE, refused_identifier
from commonweal.core.maturity.answers import LONGEST_NAME
from commonweal.core.organisations import Kind, Part, Size, Takeover
from commonweal.core.problems import Problem
from commonweal.core.programme.work import WorkState
from commonweal.core.words import counted, long_date
from commonweal.formats.characters import forbidden_character
from commonweal.services.allowed import organisation_for
from commonweal.services.errors import NotFound, Stale
from commonweal.services.record import record
from commonweal.services.writing import writing, writing_for_all
from commonweal.store.fence import admit
from commonweal.store.models import (
    Assessment,
    Identifier,
    Membership,
    Organisation,
    OrganisationPart,
    Person,
    Succession,
    Work,
)

MOST_PARTS = 100
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


@dataclass(frozen=True, slots=True)
class Description:
    """What an organisation says of itself. Identifiers by scheme; departments and partners by name."""

    name: str
    kind: Kind
    size: Size | None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    departments: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()


def _problems(said: Description) -> list[Problem]:
    problems = [
        Problem.at(scheme, refused)
        for scheme, value in said.identifiers.items()
        if (refused := refused_identifier(BY_CODE[scheme], value))
    ]
    for place, names in (("departments", said.departments), ("partners", said.partners)):
        if any(len(name) > LONGEST_NAME or forbidden_character(name) for name in names):
            problems.append(Problem(place, "A name is too long or cannot be shown.", "Shorten it to 120 characters."))
        if len(names) > MOST_PARTS:
            problems.append(Problem(place, f"These are more than {MOST_PARTS}.", "Name the larger ones."))
    if said.starts_on and said.ends_on and said.ends_on < said.starts_on:
        problems.append(Problem("ends_on", "It ends before it begins.", "Check both days."))
    return problems


@writing
def describe_organisation(
    *, organisation_id: UUID, version: int, said: Description, by: Person, now: datetime.datetime
) -> None:
    """Save what an organisation says of itself, made from a version of it.

    Raises NotFound, Forbidden, BadInput (places are fields or schemes), or Stale.
    """
    organisation = organisation_for(by, Action.MANAGE_SETTINGS, organisation_id)
    problems = _problems(said)
    if problems:
        raise BadInput(problems)
    before = _as_said(organisation)
    moved = Organisation.objects.within(organisation).filter(version=version)
    changed = moved.update(
        version=F("version") + 1,
        name=said.name,
        kind=said.kind,
        size=said.size or "",
        starts_on=said.starts_on,
        ends_on=said.ends_on,
    )
    if not changed:
        raise Stale
    Identifier.objects.within(organisation).delete()
    Identifier.objects.bulk_create(
        Identifier(organisation=organisation, scheme=scheme, value=value) for scheme, value in said.identifiers.items()
    )
    _set_parts(organisation, Part.DEPARTMENT, said.departments)
    _set_parts(organisation, Part.PARTNER, said.partners)
    organisation.refresh_from_db()
    after = _as_said(organisation)
    different = [key for key in after if after[key] != before[key]]
    if different:
        record(
            "settings changed",
            organisation_id=organisation_id,
            by=by,
            now=now,
            before={key: before[key] for key in different},
            after={key: after[key] for key in different},
        )


def _set_parts(organisation: Organisation, kind: Part, names: Sequence[str]) -> None:
    """The parts of a kind by name. One that stays, or has another name in its line, keeps its row: work lies with it.

    Raises BadInput where one would go that work lies with.
    """
    names = list(dict.fromkeys(names))
    there = OrganisationPart.objects.within(organisation).filter(kind=kind).order_by("name")
    for old, new in renamed(list(there.values_list("name", flat=True)), names).items():
        there.filter(name=old).update(name=new)
    gone = there.exclude(name__in=names)
    if kind is Part.DEPARTMENT:
        _keep_departments_in_use(gone)
    gone.delete()
    kept = set(there.values_list("name", flat=True))
    OrganisationPart.objects.bulk_create(
        OrganisationPart(organisation=organisation, kind=kind, name=name) for name in names if name not in kept
    )


def renamed(before: Sequence[str], after: Sequence[str]) -> dict[str, str]:
    """Which names became which: as many new ones as old ones between the same names that stayed, in order.

    >>> renamed(["Estates", "Health"], ["Estates", "Health and care"]), renamed(["Estates", "Health"], ["Estates"])
    ({'Health': 'Health and care'}, {})
    """
    found: dict[str, str] = {}
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        pairs = list(zip(before[a:b], after[c:d], strict=False))
        if tag == "replace" and b - a == d - c:
            found |= {old: new for old, new in pairs if new not in before and old not in after}
    return found


def _keep_departments_in_use(gone: QuerySet[OrganisationPart]) -> None:
    """Go on only where departments that would go have no round, and no work that is not over. Raises BadInput."""
    over = [state.value for state in WorkState if state.is_over]
    for part in gone:
        rounds = Assessment.objects.within(part.organisation_id).filter(department=part).count()
        if rounds:
            what = f"{part.name} has {counted(rounds, 'round')} of its own, which would belong to nobody."
            remedy = "Leave it in the list. To rename it, change its name in its own line."
            raise BadInput([Problem("departments", what, remedy)])
        count = Work.objects.within(part.organisation_id).filter(department=part).exclude(state__in=over).count()
        if count:
            what = f"{counted(count, 'piece').capitalize()} of work {'lies' if count == 1 else 'lie'} with {part.name}."
            remedy = "Give that work another department first. To rename one, change its name in its own line."
            raise BadInput([Problem("departments", what, remedy)])


def _as_said(organisation: Organisation) -> dict[str, Any]:
    identifiers = Identifier.objects.within(organisation).order_by("scheme")
    parts = OrganisationPart.objects.within(organisation).order_by("kind", "name")
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "size": organisation.size,
        "starts_on": organisation.starts_on.isoformat() if organisation.starts_on else "",
        "ends_on": organisation.ends_on.isoformat() if organisation.ends_on else "",
        "identifiers": [f"{one.scheme}-{one.value}" for one in identifiers],
        "parts": [f"{one.kind}: {one.name}" for one in parts],
    }


@writing
def follow(
    *,
    successor_id: UUID,
    predecessor_id: UUID,
    kind: Takeover,
    on: datetime.date,
    by: Person,
    now: datetime.datetime,
) -> None:
    """Record that one organisation follows another; whoever does has to own both. Raises NotFound, Forbidden, or
    BadInput where it does so already on another day or in another way; the same once more changes nothing.

    From then on, whoever reads everything of the successor reads what the predecessor left.
    """
    successor = organisation_for(by, Action.MANAGE_SETTINGS, successor_id)
    predecessor = organisation_for(by, Action.MANAGE_SETTINGS, predecessor_id)
    if successor.pk == predecessor.pk:
        raise BadInput([Problem("predecessor", "An organisation does not follow itself.", "Choose another one.")])
    known, is_new = Succession.objects.get_or_create(
        successor=successor,
        predecessor=predecessor,
        defaults={"kind": kind, "on": on, "recorded_at": now, "recorded_by": by},
    )
    if (known.kind, known.on) != (kind, on):
        what = f"It follows {predecessor.name} already: {Takeover(known.kind).label}, on {long_date(known.on)}."
        raise BadInput([Problem("predecessor", what, "Take that back first.")])
    if is_new:
        says = {successor.pk: f"after {predecessor.name}", predecessor.pk: f"before {successor.name}"}
        for id_ in sorted(says):
            record("succession recorded", organisation_id=id_, by=by, now=now, after={"kind": kind, "is": says[id_]})


@writing_for_all("both trails say it, whichever of the two is the actor's own")
def end_succession(*, successor_id: UUID, predecessor_id: UUID, by: Person, now: datetime.datetime) -> None:
    """Take a succession back: whoever owns either of the two may. Raises NotFound."""
    own = by.access.scope(Action.MANAGE_SETTINGS).everything_of
    found = Succession.objects.filter(successor_id=successor_id, predecessor_id=predecessor_id).first()
    if found is None or not {successor_id, predecessor_id} & own:
        raise NotFound
    before = {"kind": found.kind, "on": found.on.isoformat()}
    found.delete()
    for id_ in sorted({successor_id, predecessor_id}):
        record("succession taken back", organisation_id=id_, by=by, now=now, before=before)
