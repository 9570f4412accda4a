"""A programme against its plan; what is agreed for its years; what its paper says."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from markupsafe import Markup

from commonweal.core.access import Action, refusal
from commonweal.core.errors import BadInput
from commonweal.core.programme.paper import PAPER_FIELDS
from commonweal.core.programme.progress import LevelMark, Progress
from commonweal.core.words import counted, long_date, number, pounds
from commonweal.reports.figures.progress import burn_description, burn_svg, progress_description, progress_svg
from commonweal.services.actions.programme_years import AgreedYear, agree_years, write_paper
from commonweal.services.errors import Forbidden, Stale
from commonweal.services.indexes import held_index
from commonweal.services.queries.programme_report import level_rows
from commonweal.services.queries.programmes import ProgrammeView
from commonweal.services.queries.programmes import programme as one_programme
from commonweal.services.queries.progress import ProgressView, agreed_years, paper_of, progress_of
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import form_errors, text_field
from commonweal.web.components.requests import person, sent_version, typed
from commonweal.web.programmes.forms import amount_field
from commonweal.web.programmes.views import programme_trail
from commonweal.web.programmes.what_if_rows import theme_stands


@require_GET
def progress(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Planned and done by month, slippage, forecast, money and levels."""
    found = progress_of(programme_id, by=person(request), today=timezone.localdate())
    told = found.progress
    page = {
        "view": found.view,
        "summary": progress_description(told.months, told.today),
        "forecast": forecast_sentence(told, found.view),
        "figure": Markup(progress_svg(told.months, told.today)),  # noqa: S704  our own SVG
        "months": [(long_date(one.on), one.planned, "" if one.done is None else one.done) for one in told.months],
        **_burn(told),
        **_theme_levels(found),
        "slips": [
            (slip.item, address("work", slip.item.id), long_date(slip.planned), long_date(slip.expected), slip.days)
            for slip in told.slips
        ],
        "money": [
            (
                f"Year {one.year}",
                "Not agreed" if one.agreed is None else pounds(one.agreed),
                pounds(one.planned),
                pounds(one.spent),
                "" if one.left is None else pounds(one.left),
            )
            for one in told.money
        ],
        "may_plan": found.view.may(Action.PLAN_WORK) and found.view.programme.state == "open",
        "levels": level_rows(found.view.index, found.levels),
        "trail": programme_trail(found.view, inside=True),
    }
    return render(request, "programmes/progress.html", page)


def _burn(told: Progress) -> dict[str, Any]:
    """Money month by month; nothing where no work costs anything and nothing was spent."""
    if not any(one.planned or one.spent for one in told.burn):
        return {}
    return {
        "burn": [
            (long_date(one.on), pounds(one.planned), "" if one.spent is None else pounds(one.spent))
            for one in told.burn
        ],
        "burn_summary": burn_description(told.burn, told.today.on),
        "burn_figure": Markup(burn_svg(told.burn, told.today.on)),  # noqa: S704  our own SVG
    }


def _theme_levels(found: ProgressView) -> dict[str, Any]:
    """For each theme the level reached on each day, and the one planned where it differs or is still to come."""
    if not found.levels:
        return {}
    index = held_index(found.view.index)

    def cell(mark: LevelMark, place: int) -> tuple[str, str]:
        planned = theme_stands(index, mark.planned_themes[place])
        reached = theme_stands(index, mark.reached_themes[place]) if mark.reached_themes else ""
        return reached, "" if reached == planned else f"planned {planned}"

    return {
        "level_days": [long_date(mark.on) for mark in found.levels],
        "theme_levels": [
            (f"{theme.code} {theme.plan_label}", [cell(mark, place) for mark in found.levels])
            for place, theme in enumerate(index.themes)
        ],
    }


def forecast_sentence(told: Progress, view: ProgrammeView) -> str:
    """When everything is expected to be done, and by what that is told."""
    if told.forecast is None:
        return "No work has a day yet, so nothing can be forecast."
    late = told.lateness or 0
    pace = f" What is done so far was {counted(late, 'day')} late on average." if late > 0 else ""
    ends = view.programme.ends_on
    over = f", {number((told.forecast - ends).days)} days after the programme ends" if told.forecast > ends else ""
    pace_words = "At this pace everything is done" if told.today.done else "Nothing is done yet; open work is due"
    return f"{pace_words} by {long_date(told.forecast)}{over}.{pace}"


def plannable(request: HttpRequest, programme_id: UUID) -> ProgrammeView:
    """The programme, for whoever may plan its work. Raises NotFound or Forbidden."""
    view = one_programme(programme_id, by=person(request))
    if not view.may(Action.PLAN_WORK):
        raise Forbidden(refusal(Action.PLAN_WORK))
    return view


@require_http_methods(["GET", "POST"])
def years(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """What is agreed for each year: money, and in words what is worked on."""
    view = plannable(request, programme_id)
    lines = agreed_years(programme_id, by=person(request))
    form = _YearsForm(request.POST if request.method == "POST" else None, initial=_written(lines), count=len(lines))
    is_stale = False
    if request.method == "POST" and form.is_valid():
        given = {
            one.year: AgreedYear(form.cleaned_data[f"money-{one.year}"], typed(request, f"words-{one.year}"))
            for one in lines
        }
        try:
            agree_years(
                programme_id=programme_id,
                version=sent_version(request),
                years=given,
                by=person(request),
                now=timezone.now(),
            )
            return redirect("progress", programme_id)
        except BadInput as bad:
            for problem in bad.problems:
                form.add_error(problem.place, problem.sentence)
        except Stale:
            is_stale = True
            view = one_programme(programme_id, by=person(request))
            lines = agreed_years(programme_id, by=person(request))
    page = {
        "view": view,
        "version": sent_version(request) if request.method == "POST" and not is_stale else view.version,
        "theirs": [
            (f"Year {one.year}", "no amount" if one.money is None else pounds(one.money), one.words) for one in lines
        ]
        if is_stale
        else [],
        "years": [
            (
                one.year,
                text_field(form[f"money-{one.year}"], classes="govuk-input--width-10"),
                text_field(form[f"words-{one.year}"], hint="Like: priorities, and what each of them takes.")
                | {"rows": 4},
            )
            for one in lines
        ],
        "errors": form_errors(form) if request.method == "POST" else [],
        "trail": programme_trail(view, inside=True),
    }
    status = 422 if page["errors"] else 409 if is_stale else 200
    return render(request, "programmes/years.html", page, status=status)


def _written(lines: Any) -> dict[str, Any]:
    return {f"money-{one.year}": "" if one.money is None else f"{one.money:f}" for one in lines} | {
        f"words-{one.year}": one.words for one in lines
    }


class _YearsForm(forms.Form):
    def __init__(self, *arguments: Any, count: int, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for year in range(1, count + 1):
            self.fields[f"money-{year}"] = amount_field("Money agreed, in pounds", 2, "30000")
            self.fields[f"words-{year}"] = forms.CharField(label="What is agreed for the year", required=False)


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """What a paper for a committee says beside the work."""
    view = plannable(request, programme_id)
    now = paper_of(programme_id, by=person(request))
    errors: dict[str, str] = {}
    is_stale = False
    said = {one.name: typed(request, one.name) for one in PAPER_FIELDS} if request.method == "POST" else now.fields
    if request.method == "POST":
        try:
            write_paper(
                programme_id=programme_id,
                version=sent_version(request),
                fields=said,
                by=person(request),
                now=timezone.now(),
            )
            return redirect("programme", programme_id)
        except BadInput as bad:
            errors = {problem.place: problem.sentence for problem in bad.problems}
        except Stale:
            is_stale = True
    page = {
        "view": view,
        "version": sent_version(request) if errors else now.version,
        "theirs": [(one.label, now.fields.get(one.name, "") or "(empty)") for one in PAPER_FIELDS
                   if now.fields.get(one.name, "") != said.get(one.name, "")] if is_stale else [],
        "fields": [
            {
                "id": one.name,
                "name": one.name,
                "label": {"text": one.label, "classes": "govuk-label--s"},
                "hint": {"text": one.hint},
                "value": said.get(one.name, ""),
                "rows": 4,
            }
            | ({"errorMessage": {"text": errors[one.name]}} if one.name in errors else {})
            for one in PAPER_FIELDS
        ],
        "errors": [{"text": text, "href": f"#{name}"} for name, text in errors.items()],
        "trail": programme_trail(view, inside=True),
    }  # fmt: skip
    return render(request, "programmes/paper.html", page, status=422 if errors else 409 if is_stale else 200)
