"""The fields of an entry, as a form shows them and as they come back from it."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from commonweal.core.governance.fields import Field, FieldKind, Register
from commonweal.core.words import long_date
from commonweal.web.components.requests import DAY_FORMATS, day, typed

Choices = Mapping[str, Sequence[tuple[str, str]]]


def sent(request: HttpRequest, register: Register) -> dict[str, str]:
    """What was entered, as it is kept: days like 2027-04-01; a day that is none stays as it was typed."""
    return {field.name: _kept(field, typed(request, field.name)) for field in register.fields}


def _kept(field: Field, text: str) -> str:
    if field.kind is FieldKind.DAY and text:
        found = day(text)
        return found.isoformat() if found else text
    return text if field.kind is FieldKind.TEXT else " ".join(text.split())


def in_words(field: Field, text: str) -> str:
    """A kept field as pages show it; a day as people write it."""
    if field.kind is FieldKind.DAY and text:
        return long_date(datetime.date.fromisoformat(text))
    return text


def form_fields(
    register: Register, values: Mapping[str, str], choices: Choices, errors: Mapping[str, str]
) -> list[tuple[str, dict[str, Any]]]:
    """Each field with the macro that shows it: input, textarea, select."""
    return [_form_field(field, values.get(field.name, ""), choices, errors) for field in register.fields]


def _form_field(field: Field, value: str, choices: Choices, errors: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    label = field.label if field.required else f"{field.label} (optional)"
    shown: dict[str, Any] = {
        "id": field.name,
        "name": field.name,
        "label": {"text": label, "classes": "govuk-label--s"},
    }
    if field.hint:
        shown["hint"] = {"text": field.hint}
    if field.name in errors:
        shown["errorMessage"] = {"text": errors[field.name]}
    if field.kind in {FieldKind.CHOICE, FieldKind.ENTRY}:
        offered = [(one, one) for one in field.choices] or list(choices.get(field.name, ()))
        first = "Choose" if offered else "There is nothing to choose from yet"
        return "select", shown | {
            "items": [{"value": key, "text": text, "selected": key == value} for key, text in [("", first), *offered]]
        }
    if field.kind is FieldKind.TEXT:
        return "textarea", shown | {"value": value, "rows": 4}
    return "input", shown | {"value": _typed(field, value), "classes": _WIDTHS.get(field.kind, "govuk-input--width-30")}


_WIDTHS = {FieldKind.DAY: "govuk-input--width-10", FieldKind.NUMBER: "govuk-input--width-4"}


def _typed(field: Field, value: str) -> str:
    if field.kind is not FieldKind.DAY or not value:
        return value
    try:
        return datetime.date.fromisoformat(value).strftime(DAY_FORMATS[0])
    except ValueError:
        return value
