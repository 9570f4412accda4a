"""Who is placed on an assessment, or on a theme of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.seats import WHOLE
from commonweal.services.actions import people as actions
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.queries.people import SeatLine, placeable, placements
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person

_EVERYTHING = "all"


@require_http_methods(["GET", "POST"])
def placed(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Who is placed where, and a form to place one more."""
    by, now = person(request), timezone.now()
    round_ = assessment_round(assessment_id, by=by)
    seats = placeable(assessment_id, by=by, now=now)
    error = ""
    if request.method == "POST":
        chosen, theme = request.POST.get("seat", ""), request.POST.get("theme", "")
        if chosen in {str(seat.id) for seat in seats}:
            try:
                actions.place(
                    assessment_id=assessment_id,
                    membership_id=int(chosen),
                    theme=WHOLE if theme == _EVERYTHING else theme,
                    by=by,
                    now=now,
                )
                return redirect("placed", assessment_id)
            except BadInput as bad:
                error = bad.problems[0].sentence
        else:
            error = "Choose a person."
    titles = {theme.code: f"{theme.code} {theme.title}" for theme in round_.index.themes}
    page = {
        "round": round_,
        "caption": caption(round_),
        "placed": [(line, titles.get(line.theme, "All themes")) for line in placements(assessment_id, by=by)],
        "seat": _seat_field(seats, error),
        "theme": _theme_field(round_),
        "nobody": not seats,
        "may_manage_people": by.access.may(Action.MANAGE_PEOPLE, round_.organisation_id),
        "errors": [{"text": error, "href": "#seat"}] if error else [],
        "trail": trail(round_),
    }
    return render(request, "people/placed.html", page, status=422 if error else 200)


def _seat_field(seats: list[SeatLine], error: str) -> dict[str, object]:
    items = [{"value": str(seat.id), "text": f"{seat.person}, {seat.role.label}"} for seat in seats]
    field: dict[str, object] = {
        "id": "seat",
        "name": "seat",
        "label": {"text": "Who", "classes": "govuk-label--s"},
        "items": [{"value": "", "text": "Choose a person"}, *items],
    }
    return field | ({"errorMessage": {"text": error}} if error else {})


def _theme_field(round_: Round) -> dict[str, object]:
    items = [{"value": theme.code, "text": f"{theme.code} {theme.title}"} for theme in round_.index.themes]
    return {
        "id": "theme",
        "name": "theme",
        "label": {"text": "On what", "classes": "govuk-label--s"},
        "items": [{"value": _EVERYTHING, "text": "All themes"}, *items],
    }


@require_POST
def unplace(request: HttpRequest, placement_id: int) -> HttpResponse:
    """Take a placement back."""
    return redirect("placed", actions.unplace(placement_id=placement_id, by=person(request), now=timezone.now()))
