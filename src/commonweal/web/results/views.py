"""Results, and rounds side by side."""

import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET
from markupsafe import Markup

from commonweal.reports.compose import summary
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.round_heads import round_heads, rounds_of_heads
from commonweal.services.queries.stamp import stamp_of_assessment
from commonweal.standards.crosswalks import has_crosswalk
from commonweal.web.components.figures import lanes_figure
from commonweal.web.components.kept import Part, kept
from commonweal.web.components.place import caption, organisation_trail, trail
from commonweal.web.components.requests import person
from commonweal.web.components.standing import NOW, shown
from commonweal.web.results.presenters import comparisons, result_rows


@require_GET
def results(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Overall, legal minimum, lanes with their table, what holds each theme, where attention is needed."""
    stamp = stamp_of_assessment(assessment_id, by=person(request))
    today = timezone.localdate()
    about = ("results", assessment_id, request.GET.urlencode(), today)
    part = kept(about, stamp, lambda: _results(request, assessment_id, today))
    return render(request, "results/results.html", {"part": part, "trail": part.trail})


def _results(request: HttpRequest, assessment_id: UUID, today: datetime.date) -> Part:
    round_ = assessment_round(assessment_id, by=person(request))
    found = shown(request, round_, today=today, unless_asked=NOW)
    page = {
        "round": round_,
        "caption": caption(round_),
        "content": summary(found.results, today, found.baseline),
        "lanes": lanes_figure(found.results, baseline=found.baseline),
        "rows": result_rows(round_, found.results),
        "shown": found,
        "has_crosswalk": has_crosswalk(round_.index.reference),
        "is_empty": not round_.given.answers and not round_.estimates,
    }
    content = Markup(render_to_string("results/results_content.html", page))  # noqa: S704  our own page
    return Part("Results", trail(round_), content, {})


@require_GET
def rounds(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The rounds of an organisation, or of the department that the address names, side by side, for each index."""
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    heads = round_heads(by=by, organisation_id=organisation_id)
    departments = {str(one.department_id): one.department for one in heads if one.department}
    asked = request.GET.get("department", "")
    if asked not in departments and all(one.department for one in heads):
        asked = min(departments, key=lambda id_: departments[id_], default="")
    chosen = [one for one in heads if one.department == departments.get(asked, "")]
    page = {
        "organisation": line,
        "departments": sorted(departments.items(), key=lambda item: item[1]),
        "department": departments.get(asked, ""),
        "comparisons": comparisons(rounds_of_heads(chosen, by=by)),
        "trail": organisation_trail(line),
    }
    return render(request, "results/rounds.html", page)
