"""What a password must not contain, beside what Django looks for."""

import re

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

_OUR_WORDS = ("commonweal", "socialvalue", "council")


class NotOurOwnWords:
    """No password that is mostly a word of this service (ASVS 6.2.11)."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError for a word of ours with a few signs around it."""
        letters = re.sub(r"[^a-z]", "", password.lower())
        if any(word in letters and len(letters) - len(word) < 4 for word in _OUR_WORDS):
            raise ValidationError("This password is too close to a word of this service. Choose other words.")

    def get_help_text(self) -> str:
        """Shown beside the field."""
        return "Do not use the name of this service."
