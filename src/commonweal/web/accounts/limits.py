"""How long a session lasts, and that nobody goes on without a second step (ASVS 6.3.3, 7.3.1, 7.3.2)."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from commonweal.web.components.unsent import forget_unsent, keep_unsent

Next = Callable[[HttpRequest], HttpResponseBase]
SIGNED_IN_AT = "signed_in_at"
_SEEN, _SECOND = "seen_at", "has_second_step"
_ENDED = "commonweal.session_ended"
_NOTED_EVERY = 60
"""Seconds between two notes of when somebody was seen last: a page that is only read writes nothing in between."""
_OPEN = {
    "sign-out",
    "sign-in",
    "about",
    "accessibility",
    "cookies",
    "account_logout",
    "mfa_view_recovery_codes",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
"""What somebody without a second step may open: what leads to having one, and the way out."""


class SessionLimits:
    """With accounts, a session ends when nothing was done in it for a while, and after half a day in any case."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """End the session if its time is over."""
        if settings.ACCOUNTS and request.user.is_authenticated:
            self._count(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _arguments: object, _named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """What is sent after the end comes back once they have signed in again (a form of ours: CSRF was checked)."""
        by = request.META.get(_ENDED)
        if by and request.method == "POST" and keep_unsent(request, by):
            return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': reverse('unsent')})}")
        if request.user.is_authenticated:
            forget_unsent(request)
        return None

    def _count(self, request: HttpRequest) -> None:
        now = int(timezone.now().timestamp())
        since, seen = request.session.get(SIGNED_IN_AT), request.session.get(_SEEN)
        if since is None or seen is None:
            request.session[SIGNED_IN_AT] = request.session[_SEEN] = now
        elif now - seen > settings.SESSION_IDLE_MINUTES * 60 or now - since > settings.SESSION_HOURS * 3600:
            request.META[_ENDED] = request.user.pk
            logout(request)
        elif now - seen > _NOTED_EVERY:
            request.session[_SEEN] = now


def _by_sign_on(request: HttpRequest) -> bool:
    """Whether the organisation's own sign-in vouched for them, whose second step is its own matter."""
    records = request.session.get("account_authentication_methods", [])
    return bool(records) and records[0].get("method") == "socialaccount"


class SecondFactor:
    """With accounts, everybody sets up one-time codes or a passkey before anything else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of everything further in."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _arguments: object, _named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Lead to the setting up, unless this is it."""
        if not settings.ACCOUNTS or not request.user.is_authenticated:
            return None
        if request.resolver_match and request.resolver_match.url_name in _OPEN:
            return None
        if not request.session.get(_SECOND):
            vouched_for = _by_sign_on(request) and not request.user.is_operator  # an operator's step is our own matter
            if not is_mfa_enabled(request.user) and not vouched_for:
                return redirect("mfa_activate_totp")
            request.session[_SECOND] = True
        token = request.session.pop("invitation", None)  # what somebody made the account for
        return redirect("invitation", token) if token else None
