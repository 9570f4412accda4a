"""Links of a piece of work are added and taken away, on its own page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.models import LinkKind
from commonweal.services.actions.work_links import add_link, take_link_away
from commonweal.services.queries.programmes import one_work
from commonweal.web.components.requests import person, typed
from commonweal.web.programmes.work_views import work_page


@require_POST
def add(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """Add one."""
    one_work(work_id, by=person(request))
    try:
        kind = request.POST.get("kind", "")
        if kind not in {one.value for one in LinkKind}:
            raise BadInput([Problem("kind", "Nothing is chosen.", "Choose what the link leads to.")])
        add_link(
            work_id=work_id,
            kind=LinkKind(kind),
            title=" ".join(typed(request, "title").split()),
            address=typed(request, "address"),
            by=person(request),
            now=timezone.now(),
        )
    except BadInput as bad:
        return work_page(request, work_id, list(bad.problems))
    return redirect("work", work_id)


@require_POST
def take_away(request: HttpRequest, work_id: UUID, link_id: int) -> HttpResponse:
    """Take one away."""
    take_link_away(work_id=work_id, link_id=link_id, by=person(request), now=timezone.now())
    return redirect("work", work_id)
