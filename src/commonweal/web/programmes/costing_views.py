"""What each action is estimated to cost and take, before there is a programme or beside it."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index, Step, Theme
from commonweal.core.maturity.plan import ahead
from commonweal.core.programme.costings import NOTHING, Costing, Costings
from commonweal.core.words import days, pounds
from commonweal.services.actions.costings import set_costings
from commonweal.services.allowed import require_with
from commonweal.services.errors import Stale
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.queries.costings import costings_of, departments_of
from commonweal.services.queries.position import answers_now
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import form_errors, text_field
from commonweal.web.components.kinds import has_levels
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person
from commonweal.web.programmes.forms import amount_field, set_choices


class _CostingsForm(forms.Form):
    """A cost, days of work and a department for each action."""

    price_year = forms.IntegerField(
        label="At the prices of which year?",
        required=False,
        error_messages={"invalid": "This is not a year. Write it like 2027."},
    )

    def __init__(self, steps: Sequence[Step], departments: dict[int, str], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.steps = steps
        offered = [("", "None"), *((str(id_), name) for id_, name in departments.items())]
        for step in steps:
            self.fields[f"cost-{step.id}"] = amount_field(f"{step.question}, cost", 2, "2500")
            self.fields[f"days-{step.id}"] = amount_field(f"{step.question}, days", 1, "12.5")
            self.fields[f"department-{step.id}"] = forms.TypedChoiceField(
                label="Department",
                required=False,
                coerce=int,
                empty_value=None,
                error_messages={
                    "invalid_choice": f"{step.question}, department: this department is gone. Choose another one."
                },
            )
            set_choices(self, f"department-{step.id}", offered)

    @property
    def given(self) -> dict[str, Costing]:
        """What was entered, by action; nothing of actions that the page did not have when it was made."""
        said = self.cleaned_data
        return {
            step.id: Costing(said[f"cost-{step.id}"], said[f"days-{step.id}"], said[f"department-{step.id}"])
            for step in self.steps
            if f"cost-{step.id}" in self.data
        }


@require_http_methods(["GET", "POST"])
def costings(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """The actions above where an assessment stands now, each with its cost, its days of work and its department."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    require_with(by, Action.PLAN_WORK, round_.organisation_id, round_.id)
    steps = ahead(round_.index, answers_now(assessment_id, by=by))
    now = costings_of(assessment_id, by=by)
    departments = departments_of(round_.organisation_id, by=by)
    sent = request.POST if request.method == "POST" else None
    year = now.price_year or timezone.localdate().year
    form = _CostingsForm(steps, departments, sent, initial=_written(now, year))
    theirs: list[tuple[str, str, str]] = []
    leads = has_levels(round_.index)
    if request.method == "POST" and form.is_valid():
        seen = _seen(request)
        given = {id_: one for id_, one in form.given.items() if one != seen.get(id_, NOTHING)}
        said_year = form.cleaned_data["price_year"]
        try:
            set_costings(
                assessment_id=assessment_id,
                given=given,
                seen=seen,
                price_year=None if str(said_year) == request.POST.get("seen_year") and now.price_year else said_year,
                by=by,
                now=timezone.now(),
            )
            return redirect("within-means" if leads else "plan", assessment_id)
        except BadInput as bad:
            for problem in bad.problems:
                form.add_error(problem.place if problem.place in form.fields else None, problem.sentence)
        except Stale:
            theirs = _differ(steps, given, seen, now, departments)
            form = _CostingsForm(steps, departments, None, initial=_written(Costings({**now.of, **given}), said_year))
    page = {
        "round": round_,
        "caption": caption(round_),
        "seen": request.POST.get("seen", "") if form.errors else _shown(now),
        "seen_year": request.POST.get("seen_year", "") if form.errors else year,
        "theirs": theirs,
        "is_stale": bool(theirs),
        "departments": departments,
        "price_year": text_field(form["price_year"], classes="govuk-input--width-5", hint="Like 2027."),
        "themes": _themes(round_.index, steps, form),
        "total": _total(now),
        "errors": form_errors(form) if request.method == "POST" else [],
        "has_levels": leads,
        "trail": [*trail(round_), _from(round_)],
    }
    status = 422 if page["errors"] else 409 if theirs else 200
    return render(request, "programmes/costings.html", page, status=status)


def _from(round_: Round) -> tuple[str, str]:
    """The page that leads here."""
    name, route = ("Cheapest route", "route") if has_levels(round_.index) else ("Action plan", "plan")
    return name, address(route, round_.id)


def _shown(now: Costings) -> str:
    """What is stored, as the page carries it, so that only what somebody changes of it is saved."""
    return json.dumps({id_: _plain(one) for id_, one in now.of.items()}, separators=(",", ":"))


def _plain(one: Costing) -> list[str]:
    texts = [
        None if one.cost is None else f"{one.cost:f}",
        None if one.days is None else f"{one.days:f}",
        one.department,
    ]
    return ["" if text is None else str(text) for text in texts]


def _seen(request: HttpRequest) -> dict[str, Costing]:
    """What the page carried; nothing of what cannot be read."""
    try:
        return {
            id_: Costing(Decimal(cost) if cost else None, Decimal(days) if days else None, int(part) if part else None)
            for id_, (cost, days, part) in json.loads(request.POST.get("seen", "{}")).items()
        }
    except (ValueError, TypeError, ArithmeticError, AttributeError, RecursionError):
        return {}


def _written(now: Costings, year: int) -> dict[str, Any]:
    found: dict[str, Any] = {"price_year": now.price_year or year}
    for id_, one in now.of.items():
        found[f"cost-{id_}"] = "" if one.cost is None else f"{one.cost:f}"
        found[f"days-{id_}"] = "" if one.days is None else f"{one.days:f}"
        found[f"department-{id_}"] = one.department
    return found


def _themes(index: Index, steps: Sequence[Step], form: _CostingsForm) -> list[tuple[Theme, list[tuple[Any, ...]]]]:
    """Each theme with its actions, and the three fields of each."""
    return [
        (theme, [(step, *_fields(form, step)) for step in steps if step.theme == theme.code]) for theme in index.themes
    ]


def _fields(form: _CostingsForm, step: Step) -> list[dict[str, Any]]:
    """The three fields of an action; their labels are read and not seen, since the columns have heads."""
    found = []
    for name, head in (("cost", "Cost in pounds"), ("days", "Days of work"), ("department", "Department")):
        bound = form[f"{name}-{step.id}"]
        chosen = bound.value()
        found.append(
            {
                "name": bound.html_name,
                "label": f"{head}: {step.text}",
                "value": "" if chosen is None else str(chosen),
                "error": " ".join(map(str, bound.errors)),
            }
        )
    return found


def _differ(
    steps: Sequence[Step],
    mine: Mapping[str, Costing],
    seen: Mapping[str, Costing],
    theirs: Costings,
    departments: dict[int, str],
) -> list[tuple[str, str, str]]:
    """Actions of which others said something else than this person in the meantime: the field, the action, and what."""
    return [
        (f"cost-{step.id}", f"{step.question} {step.text.removesuffix('.')}", _words(now, departments))
        for step in steps
        for now in [theirs.of.get(step.id, NOTHING)]
        if step.id in mine and now not in (seen.get(step.id, NOTHING), mine[step.id])
    ]


def _words(one: Costing, departments: dict[int, str]) -> str:
    parts = [
        *([pounds(one.cost)] if one.cost is not None else []),
        *([days(one.days)] if one.days is not None else []),
        *([departments.get(one.department, "")] if one.department is not None else []),
    ]
    return ", ".join(filter(None, parts)) or "nothing"


def _total(now: Costings) -> str:
    costs, taken = list(now.costs.values()), list(now.days.values())
    if not costs and not taken:
        return ""
    parts = [
        *([pounds(sum(costs, Decimal()))] if costs else []),
        *([f"{days(sum(taken, Decimal()))} of work"] if taken else []),
    ]
    return " and ".join(parts)
