"""Entries of registers are added, changed and taken away; work is tied to what it serves."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.governance.fields import Field, FieldKind, Register, field_problems
from commonweal.core.governance.registers import TIES, beneath
from commonweal.core.problems import Problem, Refused
from commonweal.core.words import counted, listed
from commonweal.formats.characters import forbidden_character
from commonweal.services.actions.work import is_web_address, keep_open
from commonweal.services.allowed import organisation_for, require, work_for
from commonweal.services.errors import Closed, NotFound, Stale
from commonweal.services.queries.registers import names_of, register_of
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Person, RegisterEntry, WorkServes

MOST_TIES = 50
MOST_ENTRIES = 5_000
"""More than any body keeps in one register; a list of them is still read in a moment."""


@writing
def add_entry(
    *, organisation_id: UUID, register_id: str, values: Mapping[str, str], by: Person, now: datetime.datetime
) -> UUID:
    """Add an entry to a register of an organisation. Gives its id.

    Raises NotFound, Forbidden or BadInput (places are names of fields).
    """
    organisation_for(by, Action.PLAN_WORK, organisation_id)
    register = register_of(register_id)
    there = RegisterEntry.objects.within(organisation_id).filter(register=register.id, taken_away_at=None).count()
    if there >= MOST_ENTRIES:
        what = f"There are {MOST_ENTRIES:,} entries in this register."
        raise BadInput([Problem(register.columns[0], what, "Take away those that nobody needs.")])
    said = _said(organisation_id, register, values)
    entry = RegisterEntry.objects.create(
        organisation_id=organisation_id, register=register.id, fields=said, created_at=now, created_by=by
    )
    _recorded(entry, register, "entry added to a register", by, now, after=_in_words(organisation_id, register, said))
    return entry.pk


@writing
def change_entry(
    *, entry_id: UUID, version: int, values: Mapping[str, str], by: Person, now: datetime.datetime
) -> None:
    """Change an entry, made from a version of it. Saving the same changes nothing.

    Raises NotFound, Forbidden, BadInput (places are names of fields) or Stale.
    """
    entry, register = _entry_for(by, entry_id)
    said = _said(entry.organisation_id, register, values, entry)
    before = {field.name: entry.fields.get(field.name, "") for field in register.fields}
    changed = [name for name in before if before[name] != said[name]]
    if not changed:
        return
    if entry.version != version:
        raise Stale
    entry.fields, entry.version = said, entry.version + 1
    entry.save(update_fields=["fields", "version"])
    old, new = (_in_words(entry.organisation_id, register, one) for one in (before, said))
    labels = [register.field(name).label for name in changed]
    _recorded(
        entry,
        register,
        "entry of a register changed",
        by,
        now,
        before={label: old.get(label, "") for label in labels},
        after={"register": register.title, "entry": said[register.columns[0]]}
        | {label: new.get(label, "") for label in labels},
    )


@writing
def take_entry_away(*, entry_id: UUID, version: int, by: Person, now: datetime.datetime) -> None:
    """Take an entry out of its register. Raises NotFound, Forbidden, Stale, or Closed where other entries name it."""
    entry, register = _entry_for(by, entry_id)
    if entry.version != version:
        raise Stale
    _keep_named(entry, register)
    entry.taken_away_at, entry.version = now, entry.version + 1
    entry.save(update_fields=["taken_away_at", "version"])
    before = _in_words(entry.organisation_id, register, entry.fields)
    _recorded(entry, register, "entry taken from a register", by, now, before=before)


@writing
def set_served(*, work_id: UUID, entries: Collection[UUID], by: Person, now: datetime.datetime) -> None:
    """Say which entries of registers (TIES) a piece of work is tied to. The same again changes nothing.

    What is taken to a meeting goes to its group as well. Raises NotFound, Forbidden, Closed or BadInput.
    """
    work = work_for(by, Action.PLAN_WORK, work_id)
    keep_open(work.programme)
    rows = RegisterEntry.objects.within(work.organisation_id).filter(register__in=TIES)
    there = set(WorkServes.objects.within(work.organisation_id).filter(work=work).values_list("entry_id", flat=True))
    known = set(rows.filter(pk__in=entries, taken_away_at=None).values_list("pk", flat=True)) | (there & set(entries))
    if len(known) > MOST_TIES:
        raise BadInput([Problem("serves", f"These are more than {MOST_TIES}.", "Tie it to what matters most.")])
    if len(known) != len(set(entries)):
        raise BadInput([Problem("serves", "Something of this is not there any more.", "Choose from the list.")])
    known |= _groups_of(work.organisation_id, known)
    if known == there:
        return
    WorkServes.objects.within(work.organisation_id).filter(work=work).exclude(entry_id__in=known).delete()
    WorkServes.objects.bulk_create(
        WorkServes(organisation_id=work.organisation_id, work=work, entry_id=id_) for id_ in known - there
    )
    names = names_of(work.organisation_id, known | there)
    record(
        "what work serves was said",
        organisation_id=work.organisation_id,
        assessment_id=work.programme.assessment_id,
        subject=str(work.pk),
        by=by,
        now=now,
        before={"serves": sorted(names[id_] for id_ in there)},
        after={"work": work.title, "serves": sorted(names[id_] for id_ in known)},
    )


def _groups_of(organisation_id: UUID, entries: Collection[UUID]) -> set[UUID]:
    """The groups, as far as they are there, of the meetings among some entries."""
    rows = RegisterEntry.objects.within(organisation_id)
    meetings = rows.filter(pk__in=entries, register="meetings").values_list("fields", flat=True)
    groups = {UUID(fields["group"]) for fields in meetings if fields.get("group")}
    return set(rows.filter(pk__in=groups, register="groups", taken_away_at=None).values_list("pk", flat=True))


def _keep_named(entry: RegisterEntry, register: Register) -> None:
    """Go on only where no entry that is there names this one. Raises Closed."""
    below = {one.id: field.name for one, field in beneath(register)}
    rows = RegisterEntry.objects.within(entry.organisation_id).filter(register__in=below, taken_away_at=None)
    named = [one for one, fields in rows.values_list("register", "fields") if fields.get(below[one]) == str(entry.pk)]
    if named:
        kinds = listed(sorted({register_of(one).title.lower() for one in named}))
        verb = "belongs" if len(named) == 1 else "belong"
        what = f"{counted(len(named), 'entry', 'entries').capitalize()} of {kinds} {verb} to it."
        raise Closed(Refused(what, "Change these or take them out first."))


def _entry_for(by: Person, entry_id: UUID) -> tuple[RegisterEntry, Register]:
    """An entry that is there, locked, for whoever may change it. Raises NotFound or Forbidden."""
    rows = RegisterEntry.objects.for_actor(by, Action.SEE_WORK, pk=entry_id, taken_away_at=None)
    entry = rows.select_for_update(of=("self",)).first()
    if entry is None:
        raise NotFound
    require(by, Action.PLAN_WORK, entry.organisation_id)
    return entry, register_of(entry.register)


def _said(
    organisation_id: UUID, register: Register, values: Mapping[str, str], entry: RegisterEntry | None = None
) -> dict[str, str]:
    """What is kept of what was entered. Raises BadInput."""
    said = {field.name: _spelled(field, values.get(field.name, "")) for field in register.fields}
    problems = field_problems(register, said)
    for field in register.fields:
        text = said[field.name]
        if forbidden_character(text.replace("\n", "")):
            what = f"{field.label} has a character that cannot be shown."
            problems.append(Problem(field.name, what, "Type it again."))
        elif text and field.kind is FieldKind.LINK and not is_web_address(text):
            what = f"{field.label}: this is not one."
            problems.append(Problem(field.name, what, "Enter an address that begins with https://."))
        elif text and field.kind is FieldKind.ENTRY:
            stays = entry is not None and entry.fields.get(field.name) == text
            if not stays and not _is_there(organisation_id, field.register, text):
                what = f"{field.label}: this is not there any more."
                problems.append(Problem(field.name, what, "Choose from the list."))
    if problems:
        raise BadInput(problems)
    return said


def _spelled(field: Field, text: str) -> str:
    """An id of an entry in the one spelling in which ids are kept."""
    if field.kind is not FieldKind.ENTRY:
        return text
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return text


def _is_there(organisation_id: UUID, register: str, text: str) -> bool:
    try:
        id_ = UUID(text)
    except ValueError:
        return False
    rows = RegisterEntry.objects.within(organisation_id)
    return rows.filter(register=register, pk=id_, taken_away_at=None).exists()


def _in_words(organisation_id: UUID, register: Register, said: Mapping[str, str]) -> dict[str, str]:
    """What an entry says, by the labels of its fields; names instead of ids."""
    ids = {UUID(said[field.name]) for field in register.fields if field.kind is FieldKind.ENTRY and said[field.name]}
    names = {str(id_): name for id_, name in names_of(organisation_id, ids).items()} if ids else {}
    return {"register": register.title} | {
        field.label: names.get(said[field.name], said[field.name]) for field in register.fields if said.get(field.name)
    }


def _recorded(
    entry: RegisterEntry, register: Register, act: str, by: Person, now: datetime.datetime, **said: Any
) -> None:
    record(act, organisation_id=entry.organisation_id, subject=f"{register.id} {entry.pk}", by=by, now=now, **said)
