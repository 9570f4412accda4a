"""The pages of an account that are not django-allauth's: one's own name, and what was sent after a session's end."""

import datetime
import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import BadInput
from commonweal.services.actions.people import change_own_name
from commonweal.services.actions.unsent import forget_unsent
from commonweal.services.errors import Stale
from commonweal.services.queries.unsent import KEPT_FOR, unsent_of
from commonweal.web.components.requests import identifier, person, typed
from commonweal.web.components.unsent import SENT_AGAIN, to_read


@require_http_methods(["GET", "POST"])
def unsent(request: HttpRequest) -> HttpResponse:
    """What they sent after their session had ended, to be sent once more or thrown away."""
    by = person(request)
    thrown = identifier(request.POST.get("throw-away"))
    if thrown:
        forget_unsent(id_=thrown, by=by)
    waiting = unsent_of(by=by, now=timezone.now())
    if thrown or not waiting:
        return redirect("unsent" if waiting else "start")
    page = {
        "waiting": [(one, to_read(list(one.fields)), _about(one.path)) for one in waiting],
        "mark": SENT_AGAIN,
        "hours": KEPT_FOR // datetime.timedelta(hours=1),
    }
    return render(request, "accounts/unsent.html", page)


def _about(path: str) -> str:
    """The page of the assessment, organisation or evidence that something was sent for: not every address is a page."""
    found = re.match(r"/(assessments|organisations|evidence)/[0-9a-f-]{36}/", path)
    return found[0] if found else ""


@require_http_methods(["GET", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Put one's own name right."""
    by = person(request)
    given, error = by.name, ""
    if request.method == "POST":
        given = " ".join(typed(request, "name").split())
        try:
            change_own_name(was=typed(request, "was"), name=given, by=by, now=timezone.now())
            return redirect("mfa_index")
        except BadInput as bad:
            error = bad.problems[0].sentence
        except Stale:
            error = f"Your name was changed meanwhile, to {by.name}. Save again if it is to be what stands here."
    page = {
        "given": given,
        "was": by.name,
        "error": error,
        "errors": [{"text": error, "href": "#name"}] if error else [],
    }
    return render(request, "accounts/name.html", page, status=422 if error else 200)
