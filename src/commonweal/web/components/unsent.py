"""What somebody sent and what could not be taken: it is shown to them, or comes back to be sent once more."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

SENT_AGAIN = "unsent"
"""The field that says which kept piece is being sent once more."""
_OURS = {"csrfmiddlewaretoken", SENT_AGAIN}
_SECRET = ("password", "token", "code", "credential")
"""What is in the name of a field that is not sent back."""
_NOT_TYPED = {"do", "version"}

Fields = list[tuple[str, str]]


def _refused(*_: object) -> HttpResponse:
    return HttpResponse()


class _Mark(CsrfViewMiddleware):
    """Looks whether a form carries the mark that shows it is ours, and makes no page of it where it does not."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return _refused()


def sent_fields(request: HttpRequest) -> Fields:
    """The fields of a form of ours; what another site has sent here gets no page with a button that sends it again."""
    if request.method != "POST" or request.path.startswith("/account/"):
        return []
    if _Mark(_refused).process_view(request, _refused, (), {}):
        return []
    sent = [(name, value) for name, values in request.POST.lists() for value in values if isinstance(value, str)]
    sent = [(name, value) for name, value in sent if name not in _OURS]
    return [] if any(secret in name.lower() for name, _ in sent for secret in _SECRET) else sent


def to_read(fields: Fields) -> Fields:
    """What of them somebody typed or chose, to be shown: each with the name of its field in words."""
    return [
        (name.replace("-", " ").replace("_", " "), value) for name, value in fields if value and name not in _NOT_TYPED
    ]
