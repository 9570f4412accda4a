"""The forms about people."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from commonweal.core.access import GIVEN_BY_OWNERS, Role
from commonweal.core.maturity.answers import LONGEST_NAME
from commonweal.web.components.requests import DAY_FORMATS


class InvitationForm(forms.Form):
    """Whom, to which role, for whom they act, until when."""

    email = forms.EmailField(
        label="Their e-mail address",
        max_length=200,
        error_messages={
            "required": "Enter their e-mail address.",
            "invalid": "This is not an e-mail address. Check it, for example name@council.gov.uk.",
        },
    )
    role = forms.ChoiceField(
        label="What is their role here?",
        choices=[(role.value, role.label) for role in GIVEN_BY_OWNERS],
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role from the list."},
    )
    on_behalf_of = forms.CharField(
        label="Do they act for another organisation?",
        max_length=LONGEST_NAME,
        required=False,
        error_messages={"max_length": "The name is too long. Shorten it to 120 characters."},
    )
    ends_on = forms.DateField(
        label="Until when?",
        required=False,
        input_formats=DAY_FORMATS,
        error_messages={"invalid": "This is not a date. Enter it like 31/03/2027, or leave it empty."},
    )

    def clean_on_behalf_of(self) -> str:
        """The name on one line."""
        return " ".join(self.cleaned_data["on_behalf_of"].split())

    @property
    def chosen_role(self) -> Role:
        """The role that was chosen."""
        return Role(self.cleaned_data["role"])

    @property
    def ends_at(self) -> datetime.datetime | None:
        """The end of the last day, in London."""
        day: Any = self.cleaned_data["ends_on"]
        if day is None:
            return None
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time.max))
