"""What each action is estimated to cost and take, before there is a programme or beside it."""

from collections.abc import Sequence
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
from commonweal.core.maturity.models import Step
from commonweal.core.maturity.plan import ahead
from commonweal.core.programme.costings import NOTHING, Costing, Costings
from commonweal.core.words import days, pounds
from commonweal.services.actions.costings import set_costings
from commonweal.services.allowed import require_with
from commonweal.services.errors import Stale
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.costings import costings_of, departments_of
from commonweal.services.queries.position import answers_now
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import form_errors, text_field
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person, sent_version
from commonweal.web.programmes.forms import amount_field, set_choices

_NAMES = "cost", "days", "department"


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
            self.fields[f"cost-{step.id}"] = amount_field("Cost in pounds", 2, "2500")
            self.fields[f"days-{step.id}"] = amount_field("Days of work", 1, "12.5")
            self.fields[f"department-{step.id}"] = forms.TypedChoiceField(
                label="Department",
                required=False,
                coerce=int,
                empty_value=None,
                error_messages={"invalid_choice": "This department is gone. Choose another one."},
            )
            set_choices(self, f"department-{step.id}", offered)

    @property
    def given(self) -> dict[str, Costing]:
        """What was entered, by action."""
        said = self.cleaned_data
        return {
            step.id: Costing(said[f"cost-{step.id}"], said[f"days-{step.id}"], said[f"department-{step.id}"])
            for step in self.steps
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
    form = _CostingsForm(steps, departments, sent, initial=_written(now, timezone.localdate().year))
    theirs: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            set_costings(
                assessment_id=assessment_id,
                version=sent_version(request),
                given=form.given,
                price_year=form.cleaned_data["price_year"],
                by=by,
                now=timezone.now(),
            )
            return redirect("within-means", assessment_id)
        except BadInput as bad:
            for problem in bad.problems:
                form.add_error(problem.place if problem.place in form.fields else None, problem.sentence)
        except Stale:
            theirs = _differ(steps, form.given, now, departments)
    page = {
        "round": round_,
        "caption": caption(round_),
        "version": sent_version(request) if form.errors else now.version,
        "theirs": theirs,
        "is_stale": bool(theirs),
        "departments": departments,
        "price_year": text_field(form["price_year"], classes="govuk-input--width-5", hint="Like 2027."),
        "themes": [
            (theme, [(step, *_fields(form, step)) for step in steps if step.theme == theme.code])
            for theme in round_.index.themes
        ],
        "total": _total(now),
        "errors": _errors(form) if request.method == "POST" else [],
        "trail": [*trail(round_), ("Cheapest route", address("route", round_.id))],
    }
    status = 422 if page["errors"] else 409 if theirs else 200
    return render(request, "programmes/costings.html", page, status=status)


def _errors(form: _CostingsForm) -> list[dict[str, str]]:
    """The errors of the form; each says of which action it is, since their fields are alike."""
    named = {f"{name}-{step.id}": f"{step.question}, {name}" for step in form.steps for name in _NAMES}
    return [
        {"text": f"{named[place]}: {one['text']}" if place in named else one["text"], "href": one["href"]}
        for one in form_errors(form)
        for place in [one["href"].removeprefix("#")]
    ]


def _written(now: Costings, year: int) -> dict[str, Any]:
    found: dict[str, Any] = {"price_year": now.price_year or year}
    for id_, one in now.of.items():
        found[f"cost-{id_}"] = "" if one.cost is None else f"{one.cost:f}"
        found[f"days-{id_}"] = "" if one.days is None else f"{one.days:f}"
        found[f"department-{id_}"] = one.department
    return found


def _fields(form: _CostingsForm, step: Step) -> list[dict[str, Any]]:
    """The three fields of an action; their labels are read and not seen, since the columns have heads."""
    found = []
    for name in _NAMES:
        bound = form[f"{name}-{step.id}"]
        chosen = bound.value()
        found.append(
            {
                "name": bound.html_name,
                "label": f"{bound.label}: {step.text}",
                "value": "" if chosen is None else str(chosen),
                "error": " ".join(map(str, bound.errors)),
            }
        )
    return found


def _differ(
    steps: Sequence[Step], mine: dict[str, Costing], theirs: Costings, departments: dict[int, str]
) -> list[tuple[str, str]]:
    """Actions of which others said something else in the meantime, and what; or that nothing differs."""
    found = [
        (f"{step.question} {step.text}", _words(theirs.of.get(step.id, NOTHING), departments))
        for step in steps
        if mine[step.id] != theirs.of.get(step.id, NOTHING)
    ]
    return found or [("The year of the prices", str(theirs.price_year or "not said"))]


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
