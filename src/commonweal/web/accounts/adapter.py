"""How django-allauth is bent to this service: invitations only, our words, secrets encrypted."""

import base64
import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from commonweal.services.errors import NotFound
from commonweal.services.queries.people import offer
from commonweal.web.components.mail import Later
from commonweal.web.components.requests import SIGNED_IN_AT

logger = logging.getLogger("commonweal.security")


class Accounts(DefaultAccountAdapter):
    """Accounts of people who were invited."""

    error_messages = {  # noqa: RUF012  as upstream declares it
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask an owner of your organisation.",
        "email_password_mismatch": "The e-mail address or the password is not right. Check both and try again.",
        "email_taken": "There is an account with this e-mail address already. Sign in instead.",
        "enter_current_password": "This is not your current password. Type it again.",
        "incorrect_code": "This code is not right, or its time is over. Enter the one shown now.",
        "incorrect_password": "This is not your password. Type it again.",
        "invalid_password_reset": "This link was used or is too old. Ask for a new one.",
        "too_many_login_attempts": "That were too many tries. Wait five minutes and try again.",
        "same_as_current": "This is the same as now. Enter a new one.",
        "rate_limited": "That were too many tries. Wait five minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only those who came through an invitation make an account."""
        token = request.session.get("invitation")
        return bool(settings.ACCOUNTS and token and request.session.get("invited") and is_open(token))

    def clean_email(self, email: str) -> str:
        """An account is made for the address that was invited, and for no other; the link came there."""
        cleaned: str = super().clean_email(email)
        invited = self.request.session.get("invited") if self.request else None
        signing_up = self.request and self.request.resolver_match and not self.request.user.is_authenticated
        is_new = signing_up and self.request.resolver_match.url_name == "account_signup"
        if is_new and invited:
            if cleaned.casefold() != str(invited).casefold() or not cleaned.isascii():
                raise self.validation_error("invitation_is_for_another")
            # somebody else's unconfirmed wish for the same address must not stand in the way
            EmailAddress.objects.filter(email__iexact=cleaned, verified=False).delete()
        return cleaned

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Opening the invitation showed that the address is theirs."""
        return bool(email) and str(request.session.get("invited", "")).casefold() == email.casefold()

    def render_mail(self, *about: Any, **other: Any) -> Later:
        """The letter, which leaves beside the request."""
        return Later(super().render_mail(*about, **other))

    def is_reauthentication_required(self, *, app: str, **other: Any) -> bool:
        """Whoever has signed in only just now has shown who they are; upstream would ask again at once."""
        if self.request and self.request.user.is_authenticated:
            since = self.request.session.get(SIGNED_IN_AT)
            if since and time.time() - since < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
                return False
        return bool(super().is_reauthentication_required(app=app, **other))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A try that failed is written to the log, without what was typed."""
        super().authentication_failed(request, **credentials)
        logger.warning("sign-in failed from %s", self.get_client_ip(request))


Accounts.error_messages["invitation_is_for_another"] = (
    "The invitation is for another e-mail address. Enter the one that it was sent to."
)


class SecondFactors(DefaultMFAAdapter):
    """One-time codes and passkeys, with their secrets encrypted under the key of the installation."""

    error_messages = {  # noqa: RUF012  as upstream declares it
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "One second step has to stay. Add another one first.",
        "cannot_generate_recovery_codes": "Set up one-time codes or a passkey first.",
        "incorrect_code": "This code is not right, or its time is over. Enter the one shown now.",
        "unverified_email": "Confirm your e-mail address first.",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """One second step stays as long as there are accounts."""
        steps = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user=authenticator.user, type__in=steps).exclude(pk=authenticator.pk)
        return authenticator.type not in steps or others.exists()

    def encrypt(self, text: str) -> str:
        """A secret as it is kept."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret as it is used."""
        return _box().decrypt(encrypted_text.encode()).decode()


def is_open(token: str) -> bool:
    """Whether an invitation still stands."""
    try:
        offer(token, now=timezone.now())
    except NotFound:
        return False
    return True


def _box() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"commonweal second factors")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
