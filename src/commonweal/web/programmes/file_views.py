"""Files of a piece of work, and what it serves: added and taken away on its own page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from commonweal.core.errors import BadInput
from commonweal.formats.evidence_file import LARGEST
from commonweal.services.actions.registers import set_served
from commonweal.services.actions.work_files import add_work_file, take_file_away
from commonweal.services.queries.programmes import one_work, work_file
from commonweal.web.components.downloads import attachment
from commonweal.web.components.requests import identifier, person, typed
from commonweal.web.programmes.work_views import work_page


@require_POST
def add(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """Add a file."""
    by = person(request)
    one_work(work_id, by=by)
    sent = request.FILES.get("file")
    try:
        add_work_file(
            work_id=work_id,
            title=" ".join(typed(request, "file_title").split()),
            file_name=(sent.name or "") if sent else "",
            content=sent.read(LARGEST + 1) if sent else b"",
            by=by,
            now=timezone.now(),
        )
    except BadInput as bad:
        return work_page(request, work_id, list(bad.problems))
    return redirect("work", work_id)


@require_GET
def file(request: HttpRequest, work_id: UUID, file_id: int) -> HttpResponse:
    """The file, as it came in."""
    name, content = work_file(work_id, file_id, by=person(request))
    return attachment(content, name)


@require_POST
def take_away(request: HttpRequest, work_id: UUID, file_id: int) -> HttpResponse:
    """Take one away."""
    take_file_away(work_id=work_id, file_id=file_id, by=person(request), now=timezone.now())
    return redirect("work", work_id)


@require_POST
def serve(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """Say which groups it goes to, and which priorities it comes from."""
    by = person(request)
    one_work(work_id, by=by)
    chosen = [identifier(one) for one in request.POST.getlist("serves")]
    try:
        set_served(work_id=work_id, entries={one for one in chosen if one}, by=by, now=timezone.now())
    except BadInput as bad:
        return work_page(request, work_id, list(bad.problems))
    return redirect("work", work_id)
