"""The best programme for the time, money and people there are; and the work gets its days from it."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.plan import ahead
from commonweal.core.maturity.rules import overall_words
from commonweal.core.problems import Problem, Refused
from commonweal.core.programme.means import EVERYBODY, Aim
from commonweal.core.programme.within_means import Further, WithinMeans
from commonweal.core.words import counted, days, long_date, pounds, sentence_case
from commonweal.reports.figures.frontier import frontier_svg
from commonweal.services.actions.dating import date_work
from commonweal.services.actions.programme_years import AgreedYear, agree_years
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.services.people import Person
from commonweal.services.queries.position import Standing, standing
from commonweal.services.queries.within_means import Known, Question, Running, best_within, known_on, running_on
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import choice_field, form_errors, select_field, text_field
from commonweal.web.components.kinds import require_levels
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import DAY_FORMATS, person
from commonweal.web.programmes.forms import NamedForm
from commonweal.web.programmes.making import next_april
from commonweal.web.programmes.means_form import MeansForm
from commonweal.web.programmes.what_if_rows import fixed_actions, frontier_money, moved_rows

_SHORT = "govuk-input--width-10"


@require_http_methods(["GET", "POST"])
def within_means(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """What is asked stands in the address; sending it takes the days into the programme, or makes one of them."""
    asked = request.POST if request.method == "POST" else request.GET
    by = person(request)
    today = timezone.localdate()
    found = standing(assessment_id, by=by, today=today)
    require_levels(found.round.index)
    running = running_on(assessment_id, by=by)
    is_asked = "aim" in asked or request.method == "POST"
    initial = _usual(found, running, today)
    known = known_on(assessment_id, found.round.organisation_id, running, by=by)
    form = MeansForm(found.round.index.levels, _departments(known, found), asked if is_asked else None, initial=initial)
    named = NamedForm(request.POST if request.method == "POST" and not running else None, initial=initial)
    page = _page(found, form, named) | {
        "programme": running,
        "ahead": ahead(found.round.index, found.current.assessment.answers),
        "fixed": {name: fixed_actions(asked, found.round.index, name) for name in ("needed", "barred")},
        "costed": len(known.costs),
        "any_order": "any-order" in asked,
        "may_plan": found.round.may(Action.PLAN_WORK),
        "asked": [(name, value) for name, values in request.GET.lists() for value in values],
    }
    if is_asked and form.is_valid():
        question = form.question(
            fixed_actions(asked, found.round.index, "needed"),
            fixed_actions(asked, found.round.index, "barred"),
            legal_first="any-order" not in asked,
        )
        best, more, points = best_within(assessment_id, question, by=by, today=today)
        if request.method == "POST" and isinstance(best, WithinMeans):
            made = _taken(assessment_id, running.id if running else None, named, question, best, found, by)
            if not isinstance(made, list):
                return redirect("programme", made)
            page["errors"] = [{"text": one.sentence, "href": f"#{one.place}"} for one in made] or form_errors(named)
        page |= _told(found, question, best, more)
        page |= {
            "assumed": f"{pounds(question.cost_each)} and {days(question.days_each) or 'no days'}",
            "frontier": frontier_money(found.round.index, points),
            "figure": Markup(frontier_svg(found.round.index, points, in_pounds=True)),  # noqa: S704  our own SVG
        }
    elif is_asked:
        page["errors"] = form_errors(form)
    return render(request, "programmes/within_means.html", page, status=422 if page["errors"] else 200)


def _taken(
    assessment_id: UUID,
    programme_id: UUID | None,
    named: NamedForm,
    question: Question,
    best: WithinMeans,
    found: Standing,
    by: Person,
) -> UUID | list[Problem]:
    """The programme that has the days now; or what is wrong."""
    dated = [one.dated for one in best.actions]
    try:
        if programme_id is not None:
            date_work(programme_id=programme_id, index=found.round.index, dated=dated, by=by, now=timezone.now())
            return programme_id
        if not named.is_valid():
            return []
        title, nation = " ".join(named.cleaned_data["title"].split()), named.cleaned_data["nation"]
        frame = Frame(title, nation, question.means.starts_on, question.means.years)
        chosen = {one.step.id for one in dated}
        made = adopt_plan(
            assessment_id=assessment_id, frame=frame, chosen=chosen, by=by, now=timezone.now(), dated=dated
        )
    except BadInput as bad:
        return list(bad.problems)
    years = {year: AgreedYear(money) for year, money in enumerate(question.means.money, 1) if money is not None}
    agree_years(programme_id=made, version=0, years=years, by=by, now=timezone.now())
    return made


def _departments(known: Known, found: Standing) -> list[str]:
    """The departments that an action still ahead lies with."""
    steps = ahead(found.round.index, found.current.assessment.answers)
    return sorted({known.labour.department.get(step.id, EVERYBODY) for step in steps} - {EVERYBODY})


def _usual(found: Standing, running: Running | None, today: datetime.date) -> dict[str, Any]:
    """What stands in the form at first."""
    starts_on = max(running.starts_on, today) if running else next_april(today)
    until = running.ends_on if running else _years_on(starts_on, found.round.given.horizon_years or 2)
    now = found.current.present.overall.level or 0
    return {
        "title": f"{found.round.name}: programme"[:200],
        "nation": "england-and-wales",
        "aim": Aim.CHEAPEST.value,
        "reach": str(min(now + 1, found.round.index.top_level)),
        "starts_on": starts_on.strftime(DAY_FORMATS[0]),
        "until": until.strftime(DAY_FORMATS[0]),
        "cost_each": "1000",
        "days_each": "10",
    }


def _years_on(day: datetime.date, years: int) -> datetime.date:
    return day.replace(year=day.year + years) - datetime.timedelta(days=1)


def _page(found: Standing, form: MeansForm, named: NamedForm) -> dict[str, Any]:
    of_all = "Whole-time; someone who gives it one day a week counts 0.2. Leave empty for no limit."
    return {
        "round": found.round,
        "caption": caption(found.round),
        "aim": choice_field(form["aim"], small=True),
        "reach": select_field(form["reach"], hint="Not asked for where you want as much as possible."),
        "starts_on": text_field(form["starts_on"], classes=_SHORT, hint="Like 01/04/2027."),
        "until": text_field(form["until"], classes=_SHORT, hint="At most five years later."),
        "money": [text_field(form[name], classes="govuk-input--width-5") for name in form.years],
        "people": text_field(form["people"], classes=_SHORT, hint=of_all),
        "departments": [text_field(form[name], classes=_SHORT) for name in form.departments],
        "cost_each": text_field(form["cost_each"], classes=_SHORT),
        "days_each": text_field(form["days_each"], classes=_SHORT),
        "title": text_field(named["title"], classes="govuk-input--width-30"),
        "nation": choice_field(named["nation"], small=True),
        "moved": len(found.moves),
        "errors": [],
        "trail": [*trail(found.round), ("Cheapest route", address("route", found.round.id))],
    }


def _told(found: Standing, question: Question, best: WithinMeans | Refused, more: Further | None) -> dict[str, Any]:
    if isinstance(best, Refused):
        return {"refused": str(best)}
    index, means = found.round.index, question.means
    money = [*means.money, *([None] * means.years)]
    return {
        "best": best,
        "sentence": _sentence(found, question, best),
        "further": _further(more),
        "by_year": [
            (f"Year {year}", pounds(cost), "No limit" if money[year - 1] is None else pounds(money[year - 1]))
            for year, cost in enumerate(best.money, 1)
        ],
        "actions": [
            (long_date(one.dated.due), one.dated.step, one.chosen.reason, pounds(one.cost), days(one.effort))
            for one in best.actions
        ],
        "rows": moved_rows(index, found.current.present, best.reached),
    }


def _sentence(found: Standing, question: Question, best: WithinMeans) -> str:
    now = overall_words(found.round.index, found.current.present.overall)
    if not best.actions:
        return f"You are at {now} already, and nothing more can be reached or has to be done for it."
    then = overall_words(found.round.index, best.reached.overall)
    count = sentence_case(counted(len(best.actions), "action"))
    last = long_date(max(one.dated.due for one in best.actions))
    verb = "brings" if len(best.actions) == 1 else "bring"
    why = {
        Aim.CHEAPEST: "No set of actions does it for less.",
        Aim.SOONEST: f"It cannot be done sooner than in {counted(best.months, 'month')}.",
        Aim.MOST: "No set of actions reaches more.",
    }[question.aim]
    takes = f"{pounds(best.cost)} and {days(best.effort)} of work" if best.effort else pounds(best.cost)
    return f"{count} {verb} you from {now} to {then} by {last}, for {takes}. {why}"


def _further(more: Further | None) -> str:
    if more is None:
        return ""
    parts = [pounds(max(more.cost, Decimal()))]
    if more.effort > 0:
        parts.append(f"{days(more.effort)} of work")
    allowed = "which your means allow for" if more.is_within else "which is more than there is"
    return f"One more level of one theme would take {' and '.join(parts)} more, {allowed}."
