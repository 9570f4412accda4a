"""The forms of programmes and work."""

import datetime
import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from commonweal.core.programme.models import Priority
from commonweal.core.programme.templates import Template
from commonweal.core.programme.work import ProgrammeState
from commonweal.standards.bank_holidays import nations
from commonweal.web.components.requests import DAY_FORMATS

Choices = Iterable[tuple[str, str]]
_YEARS = [(str(years), f"{years} year{'s' if years > 1 else ''}") for years in range(1, 6)]


def day_field(label: str, what: str, *, required: bool = False) -> forms.DateField:
    """A field for a day; `what` is how messages call it."""
    return forms.DateField(
        label=label,
        required=required,
        input_formats=DAY_FORMATS,
        error_messages={
            "required": f"{what} is missing. Enter it, like 01/04/2027.",
            "invalid": f"{what} is not a date. Write it like 01/04/2027.",
        },
    )


def set_choices(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field of choices what may be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared as one
    field.choices = list(choices)


class NamedForm(forms.Form):
    """What a programme is called, and whose bank holidays count."""

    title = forms.CharField(
        label="What do you call the programme?",
        max_length=200,
        error_messages={
            "required": "Enter a name for the programme.",
            "max_length": "The name is too long. Shorten it to 200 characters.",
        },
    )
    nation = forms.ChoiceField(
        label="Whose bank holidays count?",
        choices=[(one.id, one.title) for one in nations()],
        error_messages={"required": "Choose a nation.", "invalid_choice": "Choose a nation from the list."},
    )


class AdoptForm(NamedForm):
    """Which actions of a plan are taken on, and over which years."""

    starts_on = day_field("First day", "The first day", required=True)
    years = forms.TypedChoiceField(
        label="How long does it run?",
        choices=_YEARS,
        coerce=int,
        error_messages={"required": "Choose how long it runs.", "invalid_choice": "Choose 1 to 5 years."},
    )
    actions = forms.MultipleChoiceField(
        label="Which actions do you take on?",
        error_messages={"required": "Choose at least one action.", "invalid_choice": "Choose from the list."},
    )
    field_order = ("title", "starts_on", "years", "nation", "actions")


class ChangeForm(forms.Form):
    """A programme's name, first day and state."""

    title = forms.CharField(
        label="Name",
        max_length=200,
        error_messages={
            "required": "Enter a name for the programme.",
            "max_length": "The name is too long. Shorten it to 200 characters.",
        },
    )
    starts_on = day_field("First day", "The first day", required=True)
    state = forms.ChoiceField(
        label="Is it worked in?",
        choices=[
            (ProgrammeState.OPEN.value, "Open: people work in it"),
            (ProgrammeState.CLOSED.value, "Closed: it is over, and can be read"),
            (ProgrammeState.ARCHIVED.value, "Archived: it is kept, and stands last in lists"),
        ],
        error_messages={"required": "Choose one.", "invalid_choice": "Choose from the list."},
    )
    why = forms.CharField(label="Why?", required=False)


class StartForm(NamedForm):
    """A programme from a template: a date for each anchor that is asked for, and the body that decides."""

    decided_by = forms.ChoiceField(
        label="Which body decides? (optional)",
        required=False,
        error_messages={"invalid_choice": "This group is not there any more. Choose from the list."},
    )

    def __init__(self, template: Template, groups: Choices, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.asks_who_decides = any(one.lead for anchor in template.anchors for one in anchor.follows)
        set_choices(self, "decided_by", [("", "None of them"), *groups])
        self.anchors = [anchor for anchor in template.anchors if anchor.asked]
        for anchor in self.anchors:
            self.fields[anchor.id] = day_field(anchor.title, anchor.title)

    @property
    def given(self) -> dict[str, datetime.date]:
        """The dates that were entered."""
        return {one.id: self.cleaned_data[one.id] for one in self.anchors if self.cleaned_data.get(one.id)}

    @property
    def chosen_group(self) -> UUID | None:
        """The body that decides, if one was chosen."""
        chosen = self.cleaned_data.get("decided_by")
        return UUID(chosen) if chosen else None


def _text(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False)


_WRITTEN = re.compile(r"-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?", re.ASCII)


class _Amount(forms.DecimalField):
    """A number as people write it: with a pound sign, with commas between thousands."""

    def clean(self, value: Any) -> Any:
        """The number, or a ValidationError. A comma stands between thousands alone: `12,50` is not 1250."""
        if not isinstance(value, str) or not value.strip():
            return super().clean(value)
        plain = "".join(value.replace("£", "", 1).split())
        if not _WRITTEN.fullmatch(plain):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().clean(plain.replace(",", ""))


def amount_field(label: str, places: int, example: str) -> forms.DecimalField:
    """A field for a number with so many decimal places, that may be left empty."""
    called = label.rstrip("?")
    return _Amount(
        label=label,
        required=False,
        max_digits=12,
        decimal_places=places,
        error_messages={
            "invalid": f"{called}: this is not a number. Write it like {example}.",
            "max_decimal_places": f"{called}: these are too many decimal places. Write it like {example}.",
            "max_digits": f"{called}: this number is too long. Write it like {example}.",
            "max_whole_digits": f"{called}: this number is too long. Write it like {example}.",
        },
    )


class WorkForm(forms.Form):
    """All that is said of a piece of work. What is refused beside this, the action refuses."""

    title = forms.CharField(
        label="What is to be done?", error_messages={"required": "Write what is to be done, in one sentence."}
    )
    group = forms.TypedChoiceField(
        label="Where does it belong?",
        coerce=int,
        error_messages={"required": "Choose where it belongs.", "invalid_choice": "Choose from the list."},
    )
    detail = _text("Details")
    owner = forms.ChoiceField(
        label="Who owns it?", required=False, error_messages={"invalid_choice": "Choose from the list."}
    )
    role = _text("Role, where no person is named")
    department = forms.ChoiceField(
        label="Department", required=False, error_messages={"invalid_choice": "Choose from the list."}
    )
    start = day_field("Start", "The start")
    due = day_field("Due", "The due date")
    year = forms.TypedChoiceField(
        label="Year of the programme, where there is no due date",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose from the list."},
    )
    is_milestone = forms.BooleanField(label="It is a milestone", required=False)
    priority = forms.TypedChoiceField(
        label="Priority",
        choices=[(str(one.value), one.label) for one in Priority],
        coerce=lambda value: Priority(int(value)),
        error_messages={"required": "Choose a priority.", "invalid_choice": "Choose a priority."},
    )
    cost = amount_field("Cost in pounds", 2, "2500 or 2500.50")
    price_year = forms.IntegerField(
        label="At the prices of which year?",
        required=False,
        min_value=2000,
        max_value=2100,
        error_messages={
            "invalid": "This is not a year. Write it like 2027.",
            "min_value": "This is not a year. Write it like 2027.",
            "max_value": "This is not a year. Write it like 2027.",
        },
    )
    spent = amount_field("Spent on it so far, in pounds", 2, "1800 or 1800.50")
    effort_days = amount_field("Days of work", 1, "12 or 12.5")
    funding = _text("Where does the money come from?")
    measurable = _text("How will you know that it is done?")
    achievable = _text("What makes it achievable?")
    relevant = _text("Why does it matter?")
    needs = forms.MultipleChoiceField(
        label="What has to be done first?", required=False, error_messages={"invalid_choice": "Choose from the list."}
    )
