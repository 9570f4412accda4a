"""The pages for what went wrong: each says what happened, what became of the work, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonweal.core.problems import Refused


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or it belongs to others."""
    return _failure(
        request,
        404,
        "Page not found",
        "There is no page at this address, or it belongs to an organisation that you are not a member of.",
        "Check the address, or go to your organisations and find it from there.",
    )


def forbidden(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The person sees the thing and may not do this with it."""
    return _failure(request, 403, "You cannot do this", refused.what, refused.remedy)


def closed(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The thing is not open for this any more."""
    return _failure(request, 409, "This is closed", f"{refused.what} Nothing was saved.", refused.remedy)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark that shows it is ours: mostly one that was open since before a sign-in."""
    return _failure(
        request,
        403,
        "This form is out of date",
        "Nothing was saved. You have signed in again since the form was opened, or your browser blocks cookies.",
        "Go back, reload the page and send it again. What you typed is still there if you go back first.",
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no form of ours makes, or one that is too large."""
    return _failure(
        request,
        400,
        "This could not be read",
        "What was sent is too large or was damaged on the way. Nothing was saved.",
        "Go back, shorten what you typed or choose a smaller file, and send it again.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own fault."""
    return _failure(
        request,
        500,
        "Something went wrong on our side",
        "What you sent may not have been saved; everything saved before is safe.",
        "Go back and try again. If it happens again, tell whoever runs this installation; the log has the details.",
    )


def _failure(request: HttpRequest, status: int, heading: str, what: str, remedy: str) -> HttpResponse:
    page = {"heading": heading, "what": what, "remedy": remedy}
    return render(request, "components/failure.html", page, status=status)
