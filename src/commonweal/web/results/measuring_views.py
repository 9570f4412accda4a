"""By which round later ones are measured, and when to measure again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.services.actions.measuring import Measuring, set_measuring
from commonweal.services.allowed import require_with
from commonweal.services.errors import Stale
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import DAY_FORMATS, day, person, typed

_NO_DAY = Problem("again_on", "This is not a date.", "Enter it like 01/04/2028, or leave it empty.")


@require_http_methods(["GET", "POST"])
def measuring(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """The day on which to measure again, and whether later rounds are measured by this one."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    require_with(by, Action.OPEN, round_.organisation_id, round_.id)
    problems: list[Problem] = []
    is_stale = False
    if request.method == "POST":
        try:
            said, seen = _said(request, ""), _said(request, "seen_")
            set_measuring(assessment_id=assessment_id, said=said, seen=seen, by=by, now=timezone.now())
            return redirect("task-list", assessment_id)
        except BadInput as bad:
            problems = list(bad.problems)
        except Stale:
            is_stale = True
            round_ = assessment_round(assessment_id, by=by)
    page = {
        "round": round_,
        "caption": caption(round_),
        "typed": typed(request, "again_on") if problems else _field(round_),
        "stands": _field(round_),
        "is_baseline": "is_baseline" in request.POST if problems else round_.is_baseline,
        "is_stale": is_stale,
        "wrong": problems[0].sentence if problems else "",
        "errors": [{"text": one.sentence, "href": f"#{one.place}"} for one in problems],
        "trail": trail(round_),
    }
    return render(request, "results/measuring.html", page, status=422 if problems else 409 if is_stale else 200)


def _field(round_: Round) -> str:
    return round_.again_on.strftime(DAY_FORMATS[0]) if round_.again_on else ""


def _said(request: HttpRequest, prefix: str) -> Measuring:
    """What was typed, or what the form was made from. Raises BadInput."""
    written = typed(request, f"{prefix}again_on")
    found = day(written)
    if written and found is None:
        raise BadInput([_NO_DAY])
    return Measuring(bool(typed(request, f"{prefix}is_baseline")), found)
