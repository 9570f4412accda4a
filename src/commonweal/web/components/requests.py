"""What views ask of a request."""

import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from commonweal.services.people import Person

SIGNED_IN_AT = "signed_in_at"
"""Where a session says when it began, in seconds."""


def person(request: HttpRequest) -> Person:
    """Who is signed in. Every page but the entrance asks for a sign-in first."""
    if not isinstance(request.user, Person):
        raise PermissionError
    return request.user


def renew_session(request: HttpRequest) -> None:
    """Give the session another name, now that it opens more than before (ASVS 7.2.4)."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def typed(request: HttpRequest, name: str) -> str:
    """A text field as it was typed: line ends as everywhere, without the space around it."""
    value = request.POST.get(name, "")
    return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else ""


def identifier(text: object) -> UUID | None:
    """An id as it was sent, or none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def sent_version(request: HttpRequest) -> int:
    """The version that a form was made from; one that was tampered with is as good as stale."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < len("1000000000") else -1


def is_from_script(request: HttpRequest) -> bool:
    """Whether a script of ours asks, and wants only the part of the page that changes."""
    return request.headers.get("X-Requested-With") == "commonweal"


DAY_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y")
"""How a day may be typed, and first how it is shown in a field."""


def day(text: str) -> datetime.date | None:
    """A day as it was typed, like 31/03/2027; what is no day is none, which the rules refuse where one is needed."""
    for pattern in DAY_FORMATS:
        try:
            return datetime.datetime.strptime(text, pattern).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None
