"""From the session to the person, once a request, and everything further in behind their fence."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase

from commonweal.services.people import Person, arriving, take_back

Next = Callable[[HttpRequest], HttpResponseBase]
_FAILED = 500
_arrived: ContextVar[Person | None] = ContextVar("arrived", default=None)


class Accounts(AuthenticationBackend):
    """allauth's, which looks nobody up a second time."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, unless they may no longer sign in."""
        person = _arrived.get()
        if person is None or person.pk != user_id:
            found: Person | None = super().get_user(user_id)
            return found
        return person if self.user_can_authenticate(person) else None


class BehindTheFence:
    """One transaction a request on PostgreSQL, in which the database shows what is the person's (store/fence.py)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of everything further in; a session that names nobody any more stays outside."""
        named = _named(request)
        if named is None:
            return self.get_response(request)
        with arriving(named) as person:
            token = _arrived.set(person)
            try:
                if request.user.is_authenticated:
                    answer = self.get_response(request)
                    if answer.status_code >= _FAILED:  # it was an exception further in, and nothing of it may stay
                        take_back()
                    return answer
            finally:
                _arrived.reset(token)
        return self.get_response(request)


def _named(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.session.get(SESSION_KEY) or "")
    except ValueError:
        return None
