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


def checkbox_field(field: BoundField, *, hint: str = "") -> Parameters:
    """Parameters of `govukCheckboxes`, from a field with choices of which many may be taken."""
    parameters = choice_field(field, hint=hint)
    parameters |= {"classes": "govuk-checkboxes--small", "values": [str(one) for one in field.value() or []]}
    parameters.pop("value")
    return parameters


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


_LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "password": "Password",
    "password1": "New password",
    "password2": "New password again",
    "oldpassword": "Current password",
    "code": "Code",
}
_HINTS = {
    "password1": "At least 12 characters. Three or four words that only you would put together are good.",
}


def fields_of(form: Form) -> list[Parameters]:
    """The fields of a form that a library made, each as parameters of `govukInput`, in our words.

    A hidden field has the type "hidden" and its value; a box to tick has the type "checkbox".
    """
    found = []
    for field in form:
        attributes = field.field.widget.attrs
        kind = "checkbox" if field.widget_type == "checkbox" else getattr(field.field.widget, "input_type", "text")
        parameters = text_field(field, kind=kind, classes="govuk-input--width-20", hint=_HINTS.get(field.name, ""))
        parameters["label"]["text"] = _LABELS.get(field.name, field.label)
        if kind == "password":
            parameters.pop("value")
        if field.errors:
            parameters["errorMessage"] = {"text": " ".join(_in_our_words(field.name, str(one)) for one in field.errors)}
        if "autocomplete" in attributes:
            parameters["autocomplete"] = attributes["autocomplete"]
        if field.name == "code":
            parameters |= {"inputmode": "numeric", "spellcheck": False}
        found.append(parameters)
    return found


def errors_of(form: Form | None) -> list[dict[str, str]]:
    """A library's form's errors as the list of `govukErrorSummary`; those of the whole link to the first field."""
    if form is None or not form.is_bound:
        return []
    first = next((field.html_name for field in form if not field.is_hidden), "main-content")
    return [
        {
            "text": _in_our_words(name, str(error)),
            "href": f"#{form[name].html_name if name in form.fields else first}",
        }
        for name, errors in form.errors.items()
        for error in errors
    ]


_MISSING = {
    "login": "Enter your e-mail address.",
    "email": "Enter your e-mail address.",
    "password": "Enter your password.",
    "password1": "Enter a new password.",
    "password2": "Enter the new password again.",
    "oldpassword": "Enter your current password.",
    "code": "Enter a code.",
}


def _in_our_words(name: str, error: str) -> str:
    return _MISSING.get(name, error) if error == "This field is required." else error


def form_errors(form: Form) -> list[dict[str, str]]:
    """A form's errors as the list of `govukErrorSummary`: each links to its field, or to the page where it has none."""
    return [
        {"text": str(error), "href": f"#{form[name].html_name if name in form.fields else 'main-content'}"}
        for name, errors in form.errors.items()
        for error in errors
    ]
