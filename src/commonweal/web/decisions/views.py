"""Agree, endorse, refer back, call in; and what was decided so far."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.lifecycle import FOLLOWS, TABLE, Step, steps
from commonweal.core.maturity.progress import progress
from commonweal.core.problems import Problem
from commonweal.services.actions.assurance import sign as sign_assurance
from commonweal.services.actions.lifecycle import Meeting, take_step
from commonweal.services.errors import Stale
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.queries.lifecycle import assurances, changed_since
from commonweal.services.queries.lifecycle import decisions as decided
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import day, person, sent_version, typed


@require_http_methods(["GET", "POST"])
def decisions(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Where it stands, what may be done, what was done."""
    problems: list[Problem] = []
    is_stale = False
    if request.method == "POST":
        try:
            _take(request, assessment_id)
        except BadInput as bad:
            problems = list(bad.problems)
        except Stale:
            is_stale = True
        else:
            return redirect("decisions", assessment_id)
    return _page(request, assessment_id, problems, is_stale)


@require_POST
def sign(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """An assurer signs."""
    try:
        sign_assurance(
            assessment_id=assessment_id,
            state_version=sent_version(request),
            statement=typed(request, "statement"),
            by=person(request),
            now=timezone.now(),
        )
    except BadInput as bad:
        return _page(request, assessment_id, list(bad.problems), is_stale=False)
    except Stale:
        return _page(request, assessment_id, [], is_stale=True)
    return redirect("decisions", assessment_id)


def _page(request: HttpRequest, assessment_id: UUID, problems: list[Problem], is_stale: bool) -> HttpResponse:
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    page = {
        "round": round_,
        "caption": caption(round_),
        "unanswered": sum(item.questions - item.answered for item in progress(round_.index, round_.given.answers)),
        "follows": FOLLOWS,
        "decided": decided(assessment_id, by=by),
        "assurances": assurances(assessment_id, by=by),
        "may_sign": round_.may(Action.SIGN) and not round_.state.is_open,
        "statement": typed(request, "statement"),
        "wrong_statement": next((one.sentence for one in problems if one.place == "statement"), ""),
        "since": changed_since(assessment_id, by=by),
        "fields": _fields(request, round_, {problem.place: problem.sentence for problem in problems}),
        "is_stale": is_stale,
        "errors": [{"text": one.sentence, "href": f"#{one.place}"} for one in problems],
        "trail": trail(round_),
    }
    return render(request, "decisions/decisions.html", page, status=422 if problems else 409 if is_stale else 200)


def _take(request: HttpRequest, assessment_id: UUID) -> None:
    chosen = request.POST.get("step", "")
    if chosen not in {step.value for step in Step if step not in FOLLOWS}:
        raise BadInput([Problem("step", "Nothing is chosen.", "Choose what was decided.")])
    take_step(
        assessment_id=assessment_id,
        step=Step(chosen),
        state_version=sent_version(request),
        meeting=Meeting(
            " ".join(typed(request, "body").split()), day(typed(request, "met_on")), typed(request, "minute")
        ),
        words=typed(request, "words"),
        today=timezone.localdate(),
        by=person(request),
        now=timezone.now(),
    )


def _fields(request: HttpRequest, round_: Round, errors: dict[str, str]) -> dict[str, Any]:
    """The form's fields; none where whoever asks may take no step from here."""
    open_ = [step for step in steps(round_.state) if round_.may(TABLE[round_.state, step].action)]
    if not open_:
        return {}

    def field(name: str, label: str, hint: str, classes: str = "govuk-input--width-20") -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": name,
            "name": name,
            "label": {"text": label, "classes": "govuk-label--s"},
            "hint": {"text": hint},
            "value": typed(request, name),
            "classes": classes,
        }
        return found | ({"errorMessage": {"text": errors[name]}} if name in errors else {})

    chosen = request.POST.get("step", "")
    step_field: dict[str, Any] = {
        "name": "step",
        "idPrefix": "step",
        "classes": "govuk-radios--small",
        "fieldset": {"legend": {"text": "What was decided?", "classes": "govuk-fieldset__legend--m"}},
        "items": [{"value": step.value, "text": step.label, "checked": step.value == chosen} for step in open_],
    }
    if "step" in errors:
        step_field["errorMessage"] = {"text": errors["step"]}
    return {
        "step": step_field,
        "meets": any(step.needs_a_meeting for step in open_),
        "body": field("body", "Which body decided?", "Such as Cabinet, Fire Authority, Board."),
        "met_on": field("met_on", "When did it meet?", "Like 31/03/2027.", "govuk-input--width-10"),
        "minute": field("minute", "Minute reference", "Such as CAB 47/26."),
        "words": field("words", "Amendments, reasons or conditions", "These are kept with the decision.", ""),
    }
