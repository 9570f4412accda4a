"""What a register is made of: fields of a few kinds, and the rules that each kind puts to what is entered."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from commonweal.core.problems import Problem

LONGEST_LINE, LONGEST_TEXT = 200, 5_000
_WHOLE = re.compile(r"[0-9]{1,3}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class FieldKind(StrEnum):
    """What a field holds; everything is kept as text, days like 2027-04-01."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    LINK = "link"
    CHOICE = "choice"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a register. `choices` are what may be chosen; `register` is the one whose entries may be named."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    hint: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    register: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """A register. `one` is an entry of it as a sentence calls it, like "a meeting".

    `columns` are the fields that its list shows; the first of them names an entry.

    `since` and `until` are fields of days between which an entry holds. `by` is the field of a day by which something
    has to be done, and `done`, where there is one, the field that says when it was.
    """

    id: str
    title: str
    one: str
    purpose: str
    fields: tuple[Field, ...]
    columns: tuple[str, ...]
    until: str = ""
    by: str = ""
    done: str = ""
    rests_in: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """The field of a name that the register has."""
        return next(field for field in self.fields if field.name == name)

    def rests(self, values: Mapping[str, str]) -> bool:
        """Whether an entry is in a state (field `state`) in which nothing has to be done about it any more."""
        return values.get("state", "") in self.rests_in

    def is_past(self, values: Mapping[str, str], today: datetime.date) -> bool:
        """Whether an entry holds no more."""
        return bool(self.until) and bool(values.get(self.until)) and values[self.until] < today.isoformat()


def field_problems(register: Register, values: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the fields of an entry; places are names of fields. What is named is not looked up here."""
    problems = []
    for field in register.fields:
        text = values.get(field.name, "")
        if not text.strip():
            if field.required:
                problems.append(Problem(field.name, f"“{field.label}” is not filled in.", _remedy(field)))
            continue
        what = _fault(field, text)
        if what:
            problems.append(Problem(field.name, what, _remedy(field, too_long=True)))
    until = register.until
    since = next((field.name for field in register.fields if field.name == "since"), "")
    first, last = (values.get(name, "") if name else "" for name in (since, until))
    if first and last and last < first and not problems:
        problems.append(Problem(until, "It ends before it begins.", "Enter a later day."))
    return problems


def _fault(field: Field, text: str) -> str:
    if field.kind is FieldKind.DAY:
        return "" if _is_day(text) else f"“{field.label}” is not a date."
    if field.kind is FieldKind.NUMBER:
        return "" if _WHOLE.fullmatch(text) else f"“{field.label}” is no number of days or months."
    if field.kind is FieldKind.CHOICE:
        return "" if text in field.choices else f"{field.label}: this cannot be chosen."
    most = LONGEST_TEXT if field.kind is FieldKind.TEXT else LONGEST_LINE
    return f"“{field.label}” is too long." if len(text) > most else ""


_CHOSEN = {FieldKind.DAY, FieldKind.NUMBER, FieldKind.CHOICE, FieldKind.ENTRY}


def _remedy(field: Field, *, too_long: bool = False) -> str:
    if field.kind not in _CHOSEN and not too_long:
        return "Enter it."
    return {
        FieldKind.DAY: "Write it like 01/04/2027.",
        FieldKind.NUMBER: "Write it in figures, like 5.",
        FieldKind.CHOICE: "Choose from the list.",
        FieldKind.ENTRY: "Choose from the list.",
        FieldKind.LINK: f"Enter an address that begins with https://, of at most {LONGEST_LINE} characters.",
        FieldKind.TEXT: f"Write at most {LONGEST_TEXT:,} characters.",
    }.get(field.kind, f"Write at most {LONGEST_LINE} characters.")


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        return _FIRST_YEAR <= datetime.date.fromisoformat(text).year <= _LAST_YEAR
    except ValueError:
        return False
