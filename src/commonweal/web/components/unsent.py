"""What somebody typed and sent, and what could not be taken: it comes back to them, to be sent once more."""

import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone

Fields = list[tuple[str, str]]
_KEPT = "unsent"
_SECRET = ("password", "token", "code", "credential")
"""What is in the name of a field that is not sent back."""


def _refused(*_: object) -> HttpResponse:
    return HttpResponse()


def typed_fields(request: HttpRequest) -> Fields:
    """The fields of a form of ours; what another site has sent here gets no page with a button that sends it again."""
    if request.path.startswith("/account/"):
        return []
    if CsrfViewMiddleware(_refused).process_view(request, _refused, (), {}):
        return []
    sent = [(name, value) for name, values in request.POST.lists() for value in values if isinstance(value, str)]
    if any(secret in name.lower() for name, _ in sent for secret in _SECRET if name != "csrfmiddlewaretoken"):
        return []
    return [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]


def keep_unsent(request: HttpRequest, by: UUID) -> bool:
    """Keep what was sent after the session's end, in the session that follows, for nobody but whoever sent it.

    Says whether there was something to keep.
    """
    fields = typed_fields(request)
    if fields:
        now = timezone.now().timestamp()
        request.session[_KEPT] = {"by": str(by), "to": request.get_full_path(), "at": now, "fields": fields}
    return bool(fields)


def unsent(request: HttpRequest, by: UUID) -> tuple[str, Fields] | None:
    """The address and the fields of what they sent too late, if there is such a thing."""
    kept: dict[str, Any] = request.session.get(_KEPT, {})
    oldest = timezone.now() - datetime.timedelta(hours=settings.SESSION_HOURS)
    if kept.get("by") != str(by) or kept["at"] < oldest.timestamp():
        return None
    return kept["to"], [(name, value) for name, value in kept["fields"]]


def forget_unsent(request: HttpRequest) -> None:
    """It is being sent again."""
    kept = request.session.get(_KEPT)
    if kept and request.method == "POST" and kept["to"] == request.get_full_path():
        del request.session[_KEPT]
