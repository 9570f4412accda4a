"""The pages for what went wrong: each says what happened, what became of the work, and what to do."""

import errno
import sys

from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonweal.core.problems import Refused
from commonweal.web.components.unsent import sent_fields, to_read


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
    what = f"{refused.what} Nothing was saved." if request.method == "POST" else refused.what
    return _failure(request, 409, "This is closed", what, refused.remedy)


def files_out_of_reach(request: HttpRequest) -> HttpResponse:
    """The store of files does not answer; everything else does."""
    return _failure(
        request,
        503,
        "This file cannot be fetched at the moment",
        "The store of files does not answer. Nothing is lost.",
        "Try again in a few minutes. If it does not pass, tell whoever runs this installation.",
    )


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
    """Our own fault, or that of what keeps the records."""
    request.user = AnonymousUser()  # who asks may be what could not be found out
    failed = sys.exc_info()[1]
    if isinstance(failed, OperationalError | InterfaceError):
        return records_out_of_reach(request)
    if isinstance(failed, OSError) and failed.errno in _FULL:
        return no_room(request)
    return _failure(
        request,
        500,
        "Something went wrong on our side",
        "What you sent may not have been saved; everything saved before is safe.",
        "Go back and try again. If it happens again, tell whoever runs this installation; the log has the details.",
    )


_FULL = {errno.ENOSPC, errno.EDQUOT}


def no_room(request: HttpRequest) -> HttpResponse:
    """What was sent is too large for the room that is left on the disk, where it is put aside on its way in."""
    request.user = AnonymousUser()  # what is asked of the request for that may be what was lost
    return _failure(
        request,
        507,
        "There is no room for this at the moment",
        "What you sent could not be received, because the disk of this installation is full. Nothing was saved.",
        "Try again later, or send a smaller file. Tell whoever runs this installation.",
    )


def records_out_of_reach(request: HttpRequest) -> HttpResponse:
    """The database is down or cannot write. What was typed comes back in the page, to be sent once more from there."""
    sent = sent_fields(request) if not request.FILES else []
    page = {"sent": sent, "is_post": request.method == "POST"}
    answer = render(request, "components/out_of_reach.html", page, status=503)
    answer.headers["Retry-After"] = "30"
    return answer


def _failure(request: HttpRequest, status: int, heading: str, what: str, remedy: str) -> HttpResponse:
    page = {"heading": heading, "what": what, "remedy": remedy, "typed": to_read(sent_fields(request))}
    return render(request, "components/failure.html", page, status=status)
