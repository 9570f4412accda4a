"""The audit trail of an organisation."""

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonweal.core.words import slug
from commonweal.services.queries.organisations import organisation
from commonweal.services.queries.trail import trail_page, whole_trail
from commonweal.web.components.downloads import download
from commonweal.web.components.place import organisation_trail
from commonweal.web.components.requests import person
from commonweal.web.trail.presenters import file_of, trail_rows


@require_GET
def trail(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Entries, the latest first, fifty a page; the head."""
    by = person(request)
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < len("1000000000") else None
    line = organisation(organisation_id, by=by)
    found = trail_page(organisation_id, by=by, before=number)
    page = {
        "organisation": line,
        "rows": trail_rows(found.lines),
        "head": found.head,
        "before": found.before,
        "is_later": number is not None,
        "trail": organisation_trail(line),
    }
    return render(request, "trail/trail.html", page)


@require_GET
def trail_file(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The whole trail as JSON, with all that is needed to check its chain: `commonweal check-trail` does."""
    by = person(request)
    line = organisation(organisation_id, by=by)
    content = json.dumps(file_of(line.name, whole_trail(organisation_id, by=by)), ensure_ascii=False, indent=1)
    day = timezone.localdate().isoformat()
    return download(content.encode(), f"{slug(line.name, 'organisation')}-trail-{day}.json")
