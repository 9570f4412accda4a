"""What is written on a piece of evidence, and what it serves, changed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import BadInput
from commonweal.core.problems import Refused
from commonweal.services.actions.evidence_change import Label, change_evidence
from commonweal.services.errors import Closed, Stale
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.evidence import EvidenceLine, one_evidence
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import form_errors
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import DAY_FORMATS, person, sent_version
from commonweal.web.questions.evidence_views import label_fields, questions_to_add_to
from commonweal.web.questions.forms import LabelForm
from commonweal.web.questions.presenters import criterion_choices, evidence_rows, served_rows


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """Name, days, criteria and questions of a piece; `question` in the address is chosen beside those it serves."""
    by = person(request)
    line = one_evidence(evidence_id, by=by)
    round_ = assessment_round(line.assessment_id, by=by)
    own = questions_to_add_to(round_)
    if line.withdrawn_at:
        raise Closed(Refused("This evidence was withdrawn.", "Add it again if it is needed."))
    ids = {id_ for id_, _ in own}
    offered = ids.intersection([*line.questions, *request.GET.getlist("question")])
    choices = own, criterion_choices(round_.index, offered)
    is_sent, is_stale = request.method == "POST", False
    form = LabelForm(*choices, request.POST) if is_sent else LabelForm(*choices, initial=_written(line, ids, offered))
    may_label = line.owner_id == by.pk or ids.issuperset(line.questions)
    if not ids.issuperset(line.questions):
        form.fields["questions"].required = False
    if is_sent and form.is_valid():
        try:
            change_evidence(
                evidence_id=evidence_id,
                version=sent_version(request),
                label=_label(form, line, ids, may_label=may_label),
                by=by,
                now=timezone.now(),
            )
            return redirect("evidence", evidence_id)
        except BadInput as bad:
            for problem in bad.problems:
                form.add_error(problem.place, problem.sentence)
        except Stale:
            is_stale = True
            line = one_evidence(evidence_id, by=by)
    page = {
        "round": round_,
        "caption": caption(round_),
        "line": line,
        "version": sent_version(request) if form.errors and is_sent else line.version,
        "row": evidence_rows([line], timezone.localdate())[0],
        "serves": served_rows(round_, line),
        "others": [one for one in served_rows(round_, line) if one.question.id not in ids],
        "may_label": may_label,
        **label_fields(form),
        "is_stale": is_stale,
        "errors": form_errors(form) if is_sent else [],
        "trail": [*trail(round_), (line.title, address("evidence", line.id))],
    }
    status = 422 if page["errors"] else 409 if is_stale else 200
    return render(request, "questions/change_evidence.html", page, status=status)


def _written(line: EvidenceLine, own: set[str], offered: set[str]) -> dict[str, Any]:
    """What stands in the fields at first."""
    return {
        "title": line.title,
        "dated": line.dated.strftime(DAY_FORMATS[0]) if line.dated else "",
        "valid_until": line.valid_until.strftime(DAY_FORMATS[0]) if line.valid_until else "",
        "questions": sorted(offered),
        "criteria": [" ".join(pair) for pair in line.criteria if pair[0] in own],
    }


def _label(form: LabelForm, line: EvidenceLine, own: set[str], *, may_label: bool) -> Label:
    """What is to stand there: of questions of others, what stands there now."""
    given = form.cleaned_data
    return Label(
        title=" ".join(given["title"].split()) if may_label else line.title,
        dated=given["dated"] if may_label else line.dated,
        valid_until=given["valid_until"] if may_label else line.valid_until,
        questions=form.served.union(id_ for id_ in line.questions if id_ not in own),
        criteria=form.shown.union(pair for pair in line.criteria if pair[0] not in own),
    )
