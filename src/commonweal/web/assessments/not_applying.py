"""What cannot apply to an organisation, asked once a reason."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action
from commonweal.core.maturity.not_applying import why_not
from commonweal.services.actions.not_applying import mark_not_applying
from commonweal.services.allowed import require_open
from commonweal.services.queries.assessments import assessment_round
from commonweal.web.components.kinds import names_of
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person


@require_http_methods(["GET", "POST"])
def not_applying(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Each reason that the index knows, with its questions; what is ticked is marked."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    require_open(by, Action.ANSWER, round_.organisation_id, round_.id, round_.state)
    reasons = why_not(round_.index, round_.given.answers)
    if request.method == "POST":
        chosen = {one.reason for number, one in enumerate(reasons, 1) if str(number) in request.POST.getlist("reason")}
        mark_not_applying(assessment_id=assessment_id, reasons=chosen, by=by, now=timezone.now())
        return redirect("task-list", assessment_id)
    page = {"round": round_, "caption": caption(round_), "reasons": reasons, "trail": trail(round_)}
    page["question"] = names_of(round_.index).question
    return render(request, "assessments/not_applying.html", page)
