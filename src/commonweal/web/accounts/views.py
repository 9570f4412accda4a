"""The pages of an account that are not django-allauth's: one's own name, and what was sent after a session's end."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.core.errors import BadInput
from commonweal.services.actions.people import change_own_name
from commonweal.web.components.requests import person, typed
from commonweal.web.components.unsent import unsent as kept_unsent


@require_GET
def unsent(request: HttpRequest) -> HttpResponse:
    """What they sent after their session had ended, to be sent once more."""
    kept = kept_unsent(request, person(request).pk)
    if kept is None:
        return redirect("start")
    to, fields = kept
    texts = [value for _, value in fields if any(sign.isspace() for sign in value.strip())]
    return render(
        request, "accounts/unsent.html", {"to": to, "sent": fields, "texts": texts, "hours": settings.SESSION_HOURS}
    )


@require_http_methods(["GET", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Put one's own name right."""
    by = person(request)
    given, error = by.name, ""
    if request.method == "POST":
        given = " ".join(typed(request, "name").split())
        try:
            change_own_name(name=given, by=by, now=timezone.now())
            return redirect("mfa_index")
        except BadInput as bad:
            error = bad.problems[0].sentence
    page = {"given": given, "error": error, "errors": [{"text": error, "href": "#name"}] if error else []}
    return render(request, "accounts/name.html", page, status=422 if error else 200)
