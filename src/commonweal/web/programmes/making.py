"""A programme is made: of a plan's actions, or from a template."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Step
from commonweal.core.maturity.plan import ahead
from commonweal.services.actions.programmes import Frame, adopt_plan, start_programme
from commonweal.services.allowed import require, require_with
from commonweal.services.errors import NotFound
from commonweal.services.people import Person
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.own_templates import template_for
from commonweal.services.queries.position import answers_now
from commonweal.services.queries.programmes import open_programme
from commonweal.services.queries.registers import entries
from commonweal.standards.plan_spreading import usual_spreading
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import choice_field, form_errors, select_field, text_field
from commonweal.web.components.kinds import has_levels
from commonweal.web.components.place import caption, organisation_trail, trail
from commonweal.web.components.requests import DAY_FORMATS, person
from commonweal.web.programmes.forms import AdoptForm, NamedForm, StartForm, set_choices

_APRIL = 4


def next_april(today: datetime.date) -> datetime.date:
    """The first day of the next financial year."""
    return datetime.date(today.year + (today.month >= _APRIL), _APRIL, 1)


@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Choose what is taken on of a plan, and when it begins; `action` in the address chooses beforehand."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    require_with(by, Action.PLAN_WORK, round_.organisation_id, round_.id)
    actions = _offered(request, round_, by)
    form = AdoptForm(request.POST if request.method == "POST" else None, initial=_proposed(request, round_))
    set_choices(form, "actions", [(step.id, step.text) for step in actions])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        frame = Frame(" ".join(given["title"].split()), given["nation"], given["starts_on"], given["years"])
        try:
            made = adopt_plan(
                assessment_id=assessment_id, frame=frame, chosen=set(given["actions"]), by=by, now=timezone.now()
            )
            return redirect("programme", made)
        except BadInput as bad:
            _complain(form, bad)
    chosen = set(form["actions"].value() or [])
    page = {
        "round": round_,
        "caption": caption(round_),
        "fields": _frame_fields(form),
        "starts_on": text_field(form["starts_on"], classes="govuk-input--width-10", hint="Like 01/04/2027."),
        "years": choice_field(form["years"], small=True),
        "themes": [
            (theme, [(step, step.id in chosen) for step in actions if step.theme == theme.code])
            for theme in round_.index.themes
        ],
        "levels": [level.label for level in round_.index.levels],
        "chosen": len(chosen),
        "spreading": usual_spreading(),
        "actions_error": " ".join(map(str, form.errors.get("actions", []))),
        "already": open_programme(assessment_id, by=by),
        "has_levels": has_levels(round_.index),
        "errors": form_errors(form) if request.method == "POST" else [],
        "trail": [*trail(round_), ("Action plan", address("plan", assessment_id))],
    }
    return render(request, "programmes/adopt.html", page, status=422 if page["errors"] else 200)


def _offered(request: HttpRequest, round_: Round, by: Person) -> list[Step]:
    """The plan's actions, and what else the address or the form names above where one stands now."""
    planned = {step.id for step in round_.results().actions}
    named = {*request.GET.getlist("action"), *request.POST.getlist("actions")}
    steps = ahead(round_.index, answers_now(round_.id, by=by))
    return [step for step in steps if step.id in planned | named]


def _proposed(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """What stands in the form at first: every action, or those that the address names."""
    named = request.GET.getlist("action")
    starts_on = next_april(timezone.localdate())
    return {
        "title": f"{round_.name}: programme"[:200],
        "starts_on": starts_on.strftime(DAY_FORMATS[0]),
        "years": str(round_.given.horizon_years or usual_spreading().years),
        "nation": "england-and-wales",
        "actions": named or [step.id for step in round_.results().actions],
    }


def _frame_fields(form: NamedForm) -> dict[str, Any]:
    return {
        "title": text_field(form["title"], classes="govuk-input--width-30"),
        "nation": choice_field(form["nation"], small=True),
    }


def _complain(form: NamedForm, bad: BadInput) -> None:
    for problem in bad.problems:
        form.add_error(problem.place if problem.place in form.fields else None, problem.sentence)


_DECIDES = "Its own lead times for papers, notice, clearance and call-in count then, and not the usual ones."


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, organisation_id: UUID, template: str) -> HttpResponse:
    """Start a programme from a template (`id@version`): its title and the dates that it hangs on."""
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    require(by, Action.PLAN_WORK, organisation_id)
    chosen = template_for(organisation_id, template, by=by)
    if chosen is None:
        raise NotFound
    initial = {"title": chosen.title, "nation": "england-and-wales"}
    groups = [(str(one.id), one.name) for one in entries(organisation_id, "groups", by=by)]
    form = StartForm(chosen, groups, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        frame = Frame(" ".join(form.cleaned_data["title"].split()), form.cleaned_data["nation"], None, None)
        try:
            made = start_programme(
                organisation_id=organisation_id,
                reference=chosen.reference,
                frame=frame,
                anchors=form.given,
                decided_by=form.chosen_group,
                by=by,
                now=timezone.now(),
            )
            return redirect("programme", made)
        except BadInput as bad:
            _complain(form, bad)
    page = {
        "organisation": line,
        "template": chosen,
        "fields": _frame_fields(form),
        "anchors": [
            text_field(form[one.id], classes="govuk-input--width-10", hint=f"{one.hint} Like 18/10/2027.")
            for one in form.anchors
        ],
        "decides": select_field(form["decided_by"], hint=_DECIDES) if form.asks_who_decides and groups else None,
        "no_groups": form.asks_who_decides and not groups,
        "errors": form_errors(form) if request.method == "POST" else [],
        "trail": [*organisation_trail(line), ("Programmes", address("programmes", organisation_id))],
    }
    return render(request, "programmes/start.html", page, status=422 if page["errors"] else 200)
