"""The one page of an account that is not django-allauth's: one's own name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import BadInput
from commonweal.services.actions.people import change_own_name
from commonweal.web.components.requests import person, typed


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
