"""What the registers wait for: days by which something has to be done, and training that has to be taken again."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from commonweal.core.governance.registers import ATTENDANCE, COURSES, find_register
from commonweal.core.programme.working_days import months_from

Id = TypeVar("Id")
AGAIN = "To be taken again"


@dataclass(frozen=True, slots=True)
class Held(Generic[Id]):
    """An entry of a register as it is kept: its fields are texts, days like 2027-04-01."""

    id: Id
    register: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Waiting(Generic[Id]):
    """That something has to be done about an entry by a day; `what` says what, in words of its register."""

    entry: Held[Id]
    what: str
    on: datetime.date


def waiting(entries: Iterable[Held[Id]]) -> list[Waiting[Id]]:
    """What waits among the entries of an organisation, the soonest first; also of entries that hold no more."""
    held = list(entries)
    found = [*_open(held), *_again(held)]
    return sorted(found, key=lambda one: one.on)


def _open(held: Iterable[Held[Id]]) -> Iterable[Waiting[Id]]:
    """Entries with a day by which something has to be done, where nobody says that it was."""
    for one in held:
        register = find_register(one.register)
        if register is None or not one.values.get(register.by) or register.rests(one.values):
            continue
        if not (register.done and one.values.get(register.done)):
            label = register.field(register.by).label
            yield Waiting(one, label, datetime.date.fromisoformat(one.values[register.by]))


def _again(held: Iterable[Held[Id]]) -> Iterable[Waiting[Id]]:
    """The last time that somebody took a course which has to be taken again, with the day by which."""
    months = {
        str(one.id): int(one.values["months"])
        for one in held
        if one.register == COURSES.id and int(one.values.get("months") or 0)
    }
    last: dict[tuple[str, str], Held[Id]] = {}
    waits: set[tuple[str, str]] = set()
    for one in held:
        if one.register != ATTENDANCE.id or one.values.get("course") not in months:
            continue
        key = one.values["who"].casefold(), one.values["course"]
        day = one.values.get("attended", "")
        if not day and one.values.get("must_by"):
            waits.add(key)  # there is an entry for the next time already, with a day of its own
        elif not day:
            continue
        elif key not in last or last[key].values["attended"] < day:
            last[key] = one
    for key, one in last.items():
        if key not in waits:
            attended = datetime.date.fromisoformat(one.values["attended"])
            yield Waiting(one, AGAIN, months_from(attended, months[key[1]]))
