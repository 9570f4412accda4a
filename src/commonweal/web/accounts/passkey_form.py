"""Signing in with a passkey, where what a browser sends may be made up."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import LoginWebAuthnForm


class SignInWithPasskey(LoginWebAuthnForm):
    """Upstream's, which takes what a browser makes; anything else is refused in the same words."""

    def clean_credential(self) -> Any:
        """The passkey's answer."""
        try:
            return super().clean_credential()
        except (KeyError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error
