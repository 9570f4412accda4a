"""What holds for every answer of the service: nothing of it is kept by others, and what is absent or refused is said in
one way."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from commonweal.services.errors import Closed, Forbidden, NotFound, OutOfReach
from commonweal.web.components.failures import closed, files_out_of_reach, forbidden, no_room, not_found

Next = Callable[[HttpRequest], HttpResponseBase]


class Safeguards:
    """Headers for every page, and the page for what is not there or belongs to others."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of everything further in, with the headers."""
        if request.encoding is not None:  # what a request says of its letters: one address means one thing to everybody
            request.encoding = "utf-8"
        lost = getattr(request.META.get("wsgi.input"), "is_lost", False)
        response = no_room(request) if lost else self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Foreign and absent look the same."""
        if isinstance(exception, NotFound):
            return not_found(request, Http404())
        if isinstance(exception, Forbidden):
            return forbidden(request, exception.refused)
        if isinstance(exception, Closed):
            return closed(request, exception.refused)
        if isinstance(exception, OutOfReach):
            return files_out_of_reach(request)
        return None
