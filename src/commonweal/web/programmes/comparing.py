"""A programme beside the plan of an assessment, and what is taken up of it."""

import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.changes import Differs
from commonweal.services.actions.plan_changes import compared, take_up_changes
from commonweal.services.allowed import require_with
from commonweal.services.errors import NotFound
from commonweal.services.queries.assessments import organisation_rounds
from commonweal.services.queries.programmes import ProgrammeView
from commonweal.services.queries.programmes import programme as one_programme
from commonweal.web.components.requests import identifier, person
from commonweal.web.programmes.presenters import NO_PARTS, WorkRow, work_row
from commonweal.web.programmes.views import programme_trail


@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """What is new, no longer needed, changed and kept; `with` in the address names the assessment."""
    by = person(request)
    view = one_programme(programme_id, by=by)
    if view.assessment_id is None:
        raise NotFound
    require_with(by, Action.PLAN_WORK, view.organisation_id, view.assessment_id)
    every = organisation_rounds(view.organisation_id, by=by)
    baseline = next(one for one in every if one.id == view.assessment_id)
    alike = [one for one in every if one.series == baseline.series]  # steps of another index would say nothing
    since = baseline.given.date or datetime.date.min
    rounds = [(one.id, one.name) for one in alike if (one.given.date or datetime.date.max) >= since]
    asked = identifier(request.GET.get("with", "")) or (rounds[0][0] if rounds else view.assessment_id)
    if asked not in dict(rounds):
        raise NotFound
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            take_up_changes(
                programme_id=programme_id,
                assessment_id=asked,
                add=request.POST.getlist("add"),
                drop=[id_ for one in request.POST.getlist("drop") if (id_ := identifier(one))],
                becomes_baseline="baseline" in request.POST,
                today=timezone.localdate(),
                by=by,
                now=timezone.now(),
            )
            return redirect("programme", programme_id)
        except BadInput as bad:
            problems = list(bad.problems)
    return _page(request, view, asked, rounds, problems)


def _page(
    request: HttpRequest, view: ProgrammeView, asked: UUID, rounds: list[tuple[UUID, str]], problems: list[Problem]
) -> HttpResponse:
    round_, differs = compared(view.id, asked, by=person(request))
    today = timezone.localdate()

    def rows(found: tuple[Differs, ...]) -> list[tuple[WorkRow, str, str]]:
        return [(work_row(one.item, NO_PARTS, today), one.why, str(one.item.id)) for one in found]

    page = {
        "view": view,
        "round": round_,
        "rounds": [(str(id_), name, id_ == asked) for id_, name in rounds],
        "asked": str(asked),
        "is_baseline": asked == view.assessment_id,
        "differs": differs,
        "levels": [level.label for level in round_.index.levels],
        "gone": rows(differs.gone),
        "changed": rows(differs.changed),
        "kept": rows(differs.kept),
        "errors": [{"text": one.sentence, "href": "#main-content"} for one in problems],
        "trail": programme_trail(view, inside=True),
    }
    return render(request, "programmes/compare.html", page, status=422 if problems else 200)
