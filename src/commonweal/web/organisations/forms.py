"""The forms at the start of a journey."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from commonweal.core.maturity.answers import LONGEST_NAME
from commonweal.core.organisations import Kind, Size
from commonweal.core.words import counted
from commonweal.formats.characters import forbidden_character
from commonweal.services.queries.own_indexes import OfferedIndex


def clean_line(value: str) -> str:
    """A line of text without what cannot be seen."""
    if forbidden_character(value):
        raise forms.ValidationError("This has a character that cannot be shown. Type it again.")
    return value


class OrganisationForm(forms.Form):
    """Which organisation."""

    name = forms.CharField(
        label="What is your organisation called?",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter the name of your organisation.",
            "max_length": "The name is too long. Shorten it to 120 characters.",
        },
    )
    kind = forms.ChoiceField(
        label="What kind of organisation is it?",
        choices=[(kind.value, kind.label) for kind in Kind],
        error_messages={
            "required": "Choose what kind of organisation it is.",
            "invalid_choice": "Choose a kind from the list.",
        },
    )
    size = forms.ChoiceField(
        label="How many people work for it? (optional)",
        choices=[("", "Prefer not to say"), *((size.value, size.label) for size in Size)],
        required=False,
        error_messages={"invalid_choice": "Choose a size from the list."},
    )

    def clean_name(self) -> str:
        """The name on one line."""
        return clean_line(" ".join(self.cleaned_data["name"].split()))


NO_ROUND = "none"
"""What is chosen where a round begins without answers."""
OWN_BEFORE = "own"
"""And where each begins with the answers of its department's round before."""
WHOLE, EACH = "", "each"
"""Whose answers a round has: those of the whole organisation, or one for each department. Else a department's id."""


class AssessmentForm(forms.Form):
    """Which round."""

    index = forms.ChoiceField(
        label="Which index?", error_messages={"required": "Choose an index.", "invalid_choice": "Choose an index."}
    )
    name = forms.CharField(
        label="What do you call this round?",
        max_length=100,
        error_messages={
            "required": "Enter a name for this round, for example 2026 assessment.",
            "max_length": "The name is too long. Shorten it to 100 characters.",
        },
    )
    horizon_years = forms.TypedChoiceField(
        label="How far ahead do you look?",
        choices=[(str(years), f"{years} year{'s' if years > 1 else ''}") for years in (1, 2, 3, 4, 5)],
        coerce=int,
        error_messages={
            "required": "Choose how many years ahead your target lies.",
            "invalid_choice": "Choose 1 to 5 years.",
        },
    )

    start_from = forms.ChoiceField(
        label="Which answers does it begin with?",
        required=False,
        error_messages={"invalid_choice": "Choose from the list."},
    )

    whose = forms.ChoiceField(
        label="Whose answers are these?",
        required=False,
        error_messages={"invalid_choice": "Choose a department from the list."},
    )
    again = forms.TypedChoiceField(
        label="When do you want to measure again?",
        choices=[
            ("6", "In six months"),
            ("12", "In a year"),
            ("24", "In two years"),
            ("36", "In three years"),
            ("", "No reminder"),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Choose from the list."},
    )

    def __init__(
        self,
        today: datetime.date,
        usual: str,
        beginnings: list[tuple[str, str]],
        offered: list[OfferedIndex],
        departments: Mapping[int, str],
        whose: str,
        data: Any = None,
    ) -> None:
        choices = [(index.reference, index.label) for index in offered]
        made_for = (index.reference for index in offered if usual in {index.reference, index.id, index.edition})
        initial = {
            "name": f"{today.year} assessment",
            "horizon_years": "2",
            "index": next(made_for, choices[0][0]),
            "start_from": NO_ROUND,
            "whose": whose,
            "again": "12",
        }
        super().__init__(data, initial=initial)
        field = self.fields["index"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = choices
        begins = self.fields["start_from"]
        assert isinstance(begins, forms.ChoiceField)  # noqa: S101  declared above
        begins.choices = [(NO_ROUND, "None: every question is open"), *beginnings]
        answering = self.fields["whose"]
        assert isinstance(answering, forms.ChoiceField)  # noqa: S101  declared above
        each = [(EACH, f"Each department: {counted(len(departments), 'round')}")] if len(departments) > 1 else []
        answering.choices = [
            (WHOLE, "The whole organisation"),
            *each,
            *((str(id_), name) for id_, name in departments.items()),
        ]

    def clean_name(self) -> str:
        """The name on one line."""
        return clean_line(" ".join(self.cleaned_data["name"].split()))
