"""How long a session lasts, and that nobody goes on without a second step (ASVS 6.3.3, 7.3.1, 7.3.2)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from commonweal.services.actions.unsent import forget_unsent, keep_unsent
from commonweal.services.people import Person
from commonweal.web.components.requests import SIGNED_IN_AT, identifier, is_from_script
from commonweal.web.components.unsent import SENT_AGAIN, sent_fields

Next = Callable[[HttpRequest], HttpResponseBase]
_SEEN, _SECOND = "seen_at", "has_second_step"
_ENDED = "session_ended"
_REFUSED = 400
_CLOCKS_DIFFER = 60
"""Seconds, between one server and another."""
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
    """With accounts, a session ends when nothing was done in it for a while, and after half a day in any case.

    What is sent after that is kept for whoever had the session, and for nobody else: they find it once they have signed
    in again. Which of their requests finds the session ended does not matter: the next session remembers whose it was.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """End the session if its time is over; what is sent once more, and taken, is kept no longer."""
        if not settings.ACCOUNTS:
            return self.get_response(request)
        if request.user.is_authenticated:
            self._count(request)
        response = self.get_response(request)
        if request.method == "POST" and isinstance(request.user, Person) and response.status_code < _REFUSED:
            id_ = identifier(request.POST.get(SENT_AGAIN, ""))
            if id_:
                forget_unsent(id_=id_, by=request.user)
        return response

    def process_view(
        self, request: HttpRequest, view: object, _arguments: object, _named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Keep what comes too late (of forms of ours: CSRF was checked)."""
        if not settings.ACCOUNTS or request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if is_from_script(request):  # it knows better than to follow us to the sign-in
            return HttpResponse(status=401)
        ended, now = request.session.get(_ENDED), timezone.now()
        if not ended or now.timestamp() - ended["at"] > settings.SESSION_HOURS * 3600:
            return None
        kept = keep_unsent(
            person_id=UUID(ended["by"]), path=request.get_full_path(), fields=sent_fields(request), now=now
        )
        return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': reverse('unsent')})}") if kept else None

    def _count(self, request: HttpRequest) -> None:
        now = int(timezone.now().timestamp())
        since, seen = request.session.get(SIGNED_IN_AT), request.session.get(_SEEN)
        if since is None or seen is None:
            request.session.pop(_ENDED, None)
            request.session[SIGNED_IN_AT] = request.session[_SEEN] = now
        elif _is_over(now - seen, _idle()) or _is_over(now - since, settings.SESSION_HOURS * 3600):
            by = str(request.user.pk)
            logout(request)
            request.session[_ENDED] = {"by": by, "at": now}
        elif now - seen > _NOTED_EVERY:
            request.session[_SEEN] = now


def _idle() -> int:
    return int(settings.SESSION_IDLE_MINUTES) * 60


def _is_over(passed: int, limit: int) -> bool:
    """Whether so many seconds are too many. Time that runs backwards, beyond what clocks differ by, is no time."""
    return not -_CLOCKS_DIFFER <= passed <= limit


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
