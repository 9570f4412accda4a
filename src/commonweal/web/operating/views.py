"""The platform's organisations; breaking the glass."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonweal.core.errors import BadInput
from commonweal.core.organisations import Kind
from commonweal.services.actions.platform import break_glass, let_publish
from commonweal.services.errors import NotFound
from commonweal.services.queries.organisations import all_organisations
from commonweal.web.components.addresses import address
from commonweal.web.components.requests import person, renew_session, typed


@require_GET
def platform(request: HttpRequest) -> HttpResponse:
    """Which organisations there are, and nothing of what they keep."""
    page = {"organisations": all_organisations(by=person(request)), "publisher": Kind.INDEX_KEEPER}
    return render(request, "operating/platform.html", page)


@require_POST
def let_it_publish(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Let the index keepers of an organisation publish indexes to everybody, or no longer."""
    is_let = request.POST.get("is_let") == "yes"
    let_publish(organisation_id=organisation_id, is_let=is_let, by=person(request), now=timezone.now())
    return redirect("platform")


@require_http_methods(["GET", "POST"])
def let_me_in(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Say why; then read for four hours, in sight of the organisation."""
    by = person(request)
    line = next((one for one in all_organisations(by=by) if one.id == organisation_id), None)
    if line is None:
        raise NotFound
    error = ""
    if request.method == "POST":
        try:
            break_glass(organisation_id=organisation_id, reason=typed(request, "reason"), by=by, now=timezone.now())
        except BadInput as bad:
            error = bad.problems[0].sentence
        else:
            renew_session(request)
            return redirect("organisation", organisation_id)
    page = {
        "line": line,
        "reason": typed(request, "reason"),
        "error": error,
        "errors": [{"text": error, "href": "#reason"}] if error else [],
        "trail": [("Platform", address("platform"))],
    }
    return render(request, "operating/let_me_in.html", page, status=422 if error else 200)
