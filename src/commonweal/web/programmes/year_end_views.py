"""What is left of a year is carried over: into the next one, or into a new programme."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import BadInput
from commonweal.core.programme.models import WorkItem, last_day
from commonweal.core.programme.work import WorkState
from commonweal.core.programme.working_days import year_of
from commonweal.core.words import long_date
from commonweal.services.actions.year_end import Period, carry_over, new_period
from commonweal.services.queries.programmes import ProgrammeView
from commonweal.web.components.requests import identifier, person, typed
from commonweal.web.programmes.progress_views import plannable
from commonweal.web.programmes.views import programme_trail

_OPEN = {WorkState.PROPOSED, WorkState.AGREED, WorkState.UNDER_WAY, WorkState.BLOCKED}


@require_http_methods(["GET", "POST"])
def year_end(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Choose what goes on; `year` in the address, else the year that ends next."""
    view = plannable(request, programme_id)
    year = _year(request, view)
    is_last = year == view.programme.years
    left = _left(view, year)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _carried(request, view, year, is_last)
        except BadInput as bad:
            errors = {problem.place: problem.sentence for problem in bad.problems}
    today = timezone.localdate()
    late = {str(item.id) for item in left if is_last or (item.due and item.due < today)}
    chosen = set(request.POST.getlist("work")) if request.method == "POST" else late
    page = {
        "view": view,
        "year": year,
        "years": list(range(1, view.programme.years + 1)),
        "is_last": is_last,
        "ends_on": long_date(last_day(view.programme.starts_on, year)),
        "is_early": today < last_day(view.programme.starts_on, year),
        "left": [(item, str(item.id) in chosen, long_date(item.due) if item.due else "") for item in left],
        "claimed": [item.title for item in view.programme.work if item.state is WorkState.CLAIMED],
        "title": {
            "id": "title",
            "name": "title",
            "label": {"text": "What do you call the new programme?", "classes": "govuk-label--s"},
            "value": typed(request, "title") or f"{view.programme.title}, next period"[:200],
        }
        | ({"errorMessage": {"text": errors["title"]}} if "title" in errors else {}),
        "length": {
            "id": "years",
            "name": "years",
            "label": {"text": "How many years does it run?", "classes": "govuk-label--s"},
            "classes": "govuk-input--width-2",
            "value": typed(request, "years") or str(view.programme.years),
        }
        | ({"errorMessage": {"text": errors["years"]}} if "years" in errors else {}),
        "work_error": errors.get("work", ""),
        "errors": [{"text": text, "href": f"#{name}"} for name, text in errors.items()],
        "trail": programme_trail(view, inside=True),
    }
    return render(request, "programmes/year_end.html", page, status=422 if errors else 200)


def _carried(request: HttpRequest, view: ProgrammeView, year: int, is_last: bool) -> HttpResponse:
    chosen = {id_ for one in request.POST.getlist("work") if (id_ := identifier(one))}
    by, now = person(request), timezone.now()
    if not is_last:
        carry_over(programme_id=view.id, year=year, chosen=chosen, by=by, now=now)
        return redirect("programme", view.id)
    length = typed(request, "years")
    period = Period(
        " ".join(typed(request, "title").split()),
        int(length) if length.isascii() and length.isdigit() and len(length) < 3 else 0,
    )
    today = timezone.localdate()
    return redirect(
        "programme",
        new_period(programme_id=view.id, period=period, chosen=chosen, today=today, by=by, now=now),
    )


def _year(request: HttpRequest, view: ProgrammeView) -> int:
    """The year that is asked for; else the one that today lies in, or the last one."""
    asked = request.POST.get("year") or request.GET.get("year", "")
    usual = min(year_of(timezone.localdate(), view.programme.starts_on), view.programme.years)
    return next((year for year in range(1, view.programme.years + 1) if str(year) == asked), usual)


def _left(view: ProgrammeView, year: int) -> list[WorkItem]:
    """Open work of a year; at the end of the last one, all open work. Parts go with what they are parts of."""
    is_last = year == view.programme.years
    return [
        item
        for item in view.programme.work
        if item.state in _OPEN and item.parent is None and (is_last or item.year == year)
    ]
