"""The one bridge from a form's fields to the parameters of upstream's components."""

from typing import Any

from django.forms import BoundField, Form

Parameters = dict[str, Any]


def text_field(field: BoundField, *, classes: str = "", hint: str = "", kind: str = "text") -> Parameters:
    """Parameters of `govukInput` or `govukTextarea`."""
    return {
        **_common(field, hint),
        "label": {"text": field.label, "classes": "govuk-label--s"},
        "value": "" if field.value() is None else str(field.value()),
        "classes": classes,
        "type": kind,
    }


def choice_field(field: BoundField, *, classes: str = "", hint: str = "", small: bool = False) -> Parameters:
    """Parameters of `govukRadios`, from a field with choices."""
    chosen = field.value()
    items = [{"value": value, "text": label} for value, label in getattr(field.field, "choices", ()) if value != ""]
    return {
        **_common(field, hint),
        "idPrefix": field.html_name,
        "classes": classes + (" govuk-radios--small" if small else ""),
        "value": str(chosen) if chosen is not None else "",
        "fieldset": {"legend": {"text": field.label, "classes": "govuk-fieldset__legend--s"}},
        "items": items,
    }


def select_field(field: BoundField, *, hint: str = "") -> Parameters:
    """Parameters of `govukSelect`, from a field with choices."""
    chosen = str(field.value() or "")
    items = [{"value": value, "text": label} for value, label in getattr(field.field, "choices", ())]
    return {
        **_common(field, hint),
        "label": {"text": field.label, "classes": "govuk-label--s"},
        "items": items,
        "value": chosen,
    }


def _common(field: BoundField, hint: str) -> Parameters:
    parameters: Parameters = {"id": field.html_name, "name": field.html_name}
    if hint:
        parameters["hint"] = {"text": hint}
    if field.errors:
        parameters["errorMessage"] = {"text": " ".join(map(str, field.errors))}
    return parameters


def form_errors(form: Form) -> list[dict[str, str]]:
    """A form's errors as the list of `govukErrorSummary`: each links to its field."""
    return [
        {"text": str(error), "href": f"#{form[name].html_name}"}
        for name, errors in form.errors.items()
        for error in errors
    ]
