"""Registers, their entries, and what is tied to them."""

import datetime
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.governance.fields import FieldKind, Register
from commonweal.core.governance.meetings import Closed
from commonweal.core.governance.registers import REGISTERS, TIES, beneath, find_register
from commonweal.core.governance.waiting import Held, waiting
from commonweal.core.programme.work import ProgrammeState, WorkState
from commonweal.core.words import long_date
from commonweal.services.allowed import require
from commonweal.services.errors import NotFound
from commonweal.services.writing import reading
from commonweal.store.models import Person, Programme, RegisterEntry, Work, WorkServes


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its fields as they are kept, and the names of the entries that it names, by their ids."""

    id: UUID
    organisation_id: UUID
    register: Register
    values: Mapping[str, str]
    names: Mapping[str, str]
    version: int

    @property
    def name(self) -> str:
        """What the entry is called."""
        return self.values.get(self.register.columns[0], "")

    def shown(self, name: str) -> str:
        """A field in words: an entry that it names by its name."""
        text = self.values.get(name, "")
        return self.names.get(text, "") if self.register.field(name).kind is FieldKind.ENTRY else text


@dataclass(frozen=True, slots=True)
class ServingWork:
    """A piece of work that serves an entry."""

    id: UUID
    title: str
    programme: str
    state: WorkState
    due: datetime.date | None


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with what stands beneath it: entries of other registers that name it, and work that serves it."""

    entry: Entry
    beneath: tuple[tuple[Register, str, tuple[Entry, ...]], ...]
    work: tuple[ServingWork, ...]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A register in the list of all: how many entries hold, and how many wait for something that is overdue."""

    register: Register
    count: int
    late: int


def register_of(id_: str) -> Register:
    """The register with an id. Raises NotFound."""
    found = find_register(id_)
    if found is None:
        raise NotFound
    return found


def names_of(organisation_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """What entries of an organisation that was let in are called, by their ids; also of those that were taken away."""
    rows = RegisterEntry.objects.within(organisation_id).filter(pk__in=ids)
    return {id_: fields.get(register_of(one).columns[0], "") for id_, one, fields in rows.values_list(
        "id", "register", "fields"
    )}  # fmt: skip


@reading
def register_lines(organisation_id: UUID, *, by: Person, today: datetime.date) -> list[RegisterLine]:
    """Every register of an organisation. Raises NotFound or Forbidden."""
    require(by, Action.SEE_WORK, organisation_id)
    rows = RegisterEntry.objects.for_actor(by, Action.SEE_WORK).filter(
        organisation_id=organisation_id, taken_away_at=None
    )
    count: Counter[str] = Counter()
    late: Counter[str] = Counter()
    held = [Held(*row) for row in rows.values_list("id", "register", "fields")]
    in_force = {one.id for one in held if not register_of(one.register).is_past(one.values, today)}
    for one in held:
        count[one.register] += one.id in in_force
    for wait in waiting(held):
        late[wait.entry.register] += wait.on < today and wait.entry.id in in_force
    return [RegisterLine(one, count[one.id], late[one.id]) for one in REGISTERS]


@reading
def entries(organisation_id: UUID, register_id: str, *, by: Person) -> list[Entry]:
    """The entries of a register, by their names. Raises NotFound or Forbidden."""
    require(by, Action.SEE_WORK, organisation_id)
    register = register_of(register_id)
    rows = RegisterEntry.objects.for_actor(by, Action.SEE_WORK).filter(
        organisation_id=organisation_id, register=register.id, taken_away_at=None
    )
    return sorted(_entries(organisation_id, rows.values_list(*_FIELDS)), key=lambda one: one.name.casefold())


_FIELDS = ("id", "register", "fields", "version")


@reading
def late_entries(organisation_id: UUID, *, by: Person, today: datetime.date) -> dict[UUID, str]:
    """The entries of all registers about which something was to be done before a day, and what. Raises as `entries`."""
    require(by, Action.SEE_WORK, organisation_id)
    rows = RegisterEntry.objects.for_actor(by, Action.SEE_WORK).filter(
        organisation_id=organisation_id, taken_away_at=None
    )
    found = waiting(Held(*row) for row in rows.values_list("id", "register", "fields"))
    return {one.entry.id: one.what for one in found if one.on < today}


def _entries(organisation_id: UUID, rows: Collection[tuple[UUID, str, dict[str, str], int]]) -> list[Entry]:
    found = [(id_, register_of(register), fields, version) for id_, register, fields, version in rows]
    named = {
        UUID(fields[field.name])
        for _, register, fields, _ in found
        for field in register.fields
        if field.kind is FieldKind.ENTRY and fields.get(field.name)
    }
    names = {str(id_): name for id_, name in names_of(organisation_id, named).items()}
    return [Entry(id_, organisation_id, register, fields, names, version) for id_, register, fields, version in found]


@reading
def one_entry(entry_id: UUID, *, by: Person) -> EntryView:
    """An entry with what stands beneath it. Raises NotFound."""
    row = RegisterEntry.objects.for_actor(by, Action.SEE_WORK, pk=entry_id, taken_away_at=None).first()
    if row is None:
        raise NotFound
    home = row.organisation_id
    register = register_of(row.register)
    below = beneath(register)
    rows = RegisterEntry.objects.within(home).filter(register__in=[one.id for one, _ in below], taken_away_at=None)
    own, *others = _entries(home, [(row.pk, row.register, row.fields, row.version), *rows.values_list(*_FIELDS)])
    groups = tuple(
        (one, field.name, tuple(other for other in others
                                if other.register is one and other.values.get(field.name) == str(entry_id)))
        for one, field in below
    )  # fmt: skip
    work: tuple[ServingWork, ...] = ()
    if register.id in TIES:
        ids = WorkServes.objects.within(home).filter(entry_id=entry_id).values("work_id")
        about = Work.objects.for_actor(by, Action.SEE_WORK).filter(pk__in=ids).order_by("due", "number")
        work = tuple(
            ServingWork(id_, title, programme, WorkState(state), due)
            for id_, title, programme, state, due in about.values_list(
                "id", "title", "programme__title", "state", "due"
            )
        )
    return EntryView(own, groups, work)


@reading
def choices_for(organisation_id: UUID, register: Register, *, by: Person) -> dict[str, list[tuple[str, str]]]:
    """For each field of a register that names entries, the ids and names of those there are. Raises as `entries`."""
    require(by, Action.SEE_WORK, organisation_id)
    wanted = {field.register for field in register.fields if field.kind is FieldKind.ENTRY}
    if not wanted:
        return {}
    rows = RegisterEntry.objects.for_actor(by, Action.SEE_WORK).filter(
        organisation_id=organisation_id, register__in=wanted, taken_away_at=None
    )
    found = sorted(_entries(organisation_id, rows.values_list(*_FIELDS)), key=lambda one: one.name.casefold())
    return {
        field.name: [(str(one.id), label_of(one)) for one in found if one.register.id == field.register]
        for field in register.fields
        if field.kind is FieldKind.ENTRY
    }


def label_of(entry: Entry) -> str:
    """An entry as lists to choose from call it: its name, with its day where it has one."""
    on = entry.values.get("on", "")
    return f"{entry.name} ({long_date(datetime.date.fromisoformat(on))})" if on else entry.name


@reading
def may_serve(organisation_id: UUID, *, by: Person, today: datetime.date) -> list[Entry]:
    """The entries that work may be tied to, register by register; without what is past. Raises NotFound or Forbidden.

    A meeting is offered until LATELY after its day, since papers are often filed after it. Of each register there are
    MOST_OFFERED at the most: the first by their names, of meetings by their days.
    """
    require(by, Action.SEE_WORK, organisation_id)
    rows = RegisterEntry.objects.for_actor(by, Action.SEE_WORK).filter(
        organisation_id=organisation_id, register__in=TIES, taken_away_at=None
    )
    entries_ = _entries(organisation_id, rows.values_list(*_FIELDS))
    first = (today - LATELY).isoformat()
    offered = [one for one in entries_ if not _is_over(one, today, first)]
    order = list(TIES)
    offered.sort(key=lambda one: (order.index(one.register.id), one.values.get("on", ""), one.name.casefold()))
    by_register = groupby(offered, key=lambda one: one.register.id)
    return [one for _, each in by_register for one in islice(each, MOST_OFFERED)]


LATELY = datetime.timedelta(days=60)
MOST_OFFERED = 100


def _is_over(entry: Entry, today: datetime.date, first: str) -> bool:
    if entry.register.id == "meetings":
        return entry.values.get("on", "") < first
    return entry.register.is_past(entry.values, today)


@reading
def served_in(programme_id: UUID, *, by: Person) -> dict[UUID, tuple[tuple[str, UUID, str], ...]]:
    """What the work of a programme serves: by its id, the register, the id and the name of each entry."""
    rows = WorkServes.objects.for_actor(by, Action.SEE_WORK, work__programme_id=programme_id).order_by("id")
    found: dict[UUID, tuple[tuple[str, UUID, str], ...]] = {}
    for work, entry, register, fields in rows.values_list("work_id", "entry_id", "entry__register", "entry__fields"):
        name = fields.get(register_of(register).columns[0], "")
        found[work] = (*found.get(work, ()), (register, entry, name))
    return found


@dataclass(frozen=True, slots=True)
class DueWork:
    """A piece of open work with its day, as the calendar shows it."""

    id: UUID
    title: str
    programme: str
    due: datetime.date
    is_milestone: bool


@dataclass(frozen=True, slots=True)
class Diary:
    """What the calendar of a body is made of."""

    meetings: tuple[tuple[Entry, Mapping[str, str]], ...]
    """Each meeting with the fields of its group."""
    waiting: tuple[tuple[Entry, str, datetime.date], ...]
    """Entries about which something has to be done: what, and by which day."""
    closed: tuple[Closed, ...]
    work: tuple[DueWork, ...]
    nation: str
    """Whose bank holidays the newest programme counts; empty where there is none."""


@reading
def diary(organisation_id: UUID, *, by: Person) -> Diary:
    """Meetings, days by which something is due, closed periods, and open work with a day. Raises as `entries`."""
    require(by, Action.SEE_WORK, organisation_id)
    rows = RegisterEntry.objects.for_actor(by, Action.SEE_WORK).filter(
        organisation_id=organisation_id, taken_away_at=None
    )
    found = _entries(organisation_id, rows.values_list(*_FIELDS))
    by_id = {one.id: one for one in found}
    groups = {str(one.id): one.values for one in found if one.register.id == "groups"}
    over = [state.value for state in WorkState if state.is_over]
    open_ = Work.objects.for_actor(by, Action.SEE_WORK).filter(
        organisation_id=organisation_id, programme__state=ProgrammeState.OPEN.value, due__isnull=False
    )
    work = open_.exclude(state__in=over).order_by("due", "number")
    newest = Programme.objects.for_actor(by, Action.SEE_WORK).filter(organisation_id=organisation_id)
    return Diary(
        nation=newest.order_by("-created_at").values_list("nation", flat=True).first() or "",
        meetings=tuple((one, groups.get(one.values["group"], {})) for one in found if one.register.id == "meetings"),
        waiting=tuple(
            (by_id[wait.entry.id], wait.what, wait.on)
            for wait in waiting(Held(one.id, one.register.id, one.values) for one in found)
        ),
        closed=tuple(_closed(one.values) for one in found if one.register.id == "closed"),
        work=tuple(
            DueWork(id_, title, programme, due, is_milestone)
            for id_, title, programme, due, is_milestone in work.values_list(
                "id", "title", "programme__title", "due", "is_milestone"
            )
            if due
        ),
    )


def _closed(values: Mapping[str, str]) -> Closed:
    day = datetime.date.fromisoformat
    return Closed(values["title"], values["kind"], day(values["since"]), day(values["until"]))
