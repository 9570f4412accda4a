"""From the session to the person, once a request, and everything further in behind their fence."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase

from commonweal.services.people import Person, arriving

Next = Callable[[HttpRequest], HttpResponseBase]
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
        named = request.session.get(SESSION_KEY)
        if named is None:
            return self.get_response(request)
        with arriving(Person._meta.pk.to_python(named)) as person:
            token = _arrived.set(person)
            try:
                if request.user.is_authenticated:
                    return self.get_response(request)
            finally:
                _arrived.reset(token)
        return self.get_response(request)
