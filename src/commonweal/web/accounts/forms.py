"""What is asked of somebody who makes an account, beside what django-allauth asks."""

from django import forms
from django.http import HttpRequest

from commonweal.core.maturity.answers import LONGEST_NAME
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.services.people import Person


class Named(forms.Form):
    """The name that stands beside everything a person does."""

    name = forms.CharField(label="Your name", max_length=LONGEST_NAME, error_messages={"required": "Enter your name."})
    field_order = ("name", "email", "password1")

    def clean_name(self) -> str:
        """The name on one line, without what cannot be seen."""
        name = " ".join(self.cleaned_data["name"].split())
        if is_blank(name) or forbidden_character(name):
            raise forms.ValidationError("This has a character that cannot be shown. Type it again.")
        return name

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Called by django-allauth once the account is made."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
