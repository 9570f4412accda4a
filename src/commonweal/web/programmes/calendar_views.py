"""A calendar of a programme, under an address of one's own that can be taken back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonweal.reports.as_calendar import calendar_of
from commonweal.services.actions.calendar_feeds import fed, make_feed, take_feed_back
from commonweal.services.queries.programmes import feed_since
from commonweal.services.queries.programmes import programme as one_programme
from commonweal.web.components.addresses import address
from commonweal.web.components.requests import person
from commonweal.web.programmes.views import programme_trail


@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def feed(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Make an address, which is shown this once; or see that there is one."""
    by = person(request)
    view = one_programme(programme_id, by=by)
    link = ""
    if request.method == "POST":
        token = make_feed(programme_id=programme_id, by=by, now=timezone.now())
        link = request.build_absolute_uri(address("calendar", token))
    page = {
        "view": view,
        "link": link,
        "since": feed_since(programme_id, by=by),
        "trail": programme_trail(view, inside=True),
    }
    return render(request, "programmes/calendar.html", page)


@require_POST
def take_back(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """The address stops working."""
    take_feed_back(programme_id=programme_id, by=person(request), now=timezone.now())
    return redirect("calendar-feed", programme_id)


@login_not_required
@sensitive_variables("feed")
@require_GET
def calendar(request: HttpRequest, feed: str) -> HttpResponse:
    """What a calendar program reads."""
    found = fed(feed)

    def to(name: str) -> Callable[[UUID], str]:
        return lambda id_: request.build_absolute_uri(address(name, id_))

    content = calendar_of(found.view.programme, timezone.now(), to("work"), found.meetings, to("entry"))
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="programme.ics"', "X-Robots-Tag": "noindex"},
    )
