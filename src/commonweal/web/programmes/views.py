"""The programmes of an organisation, and one of them: grid, list, board, departments."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from markupsafe import Markup

from commonweal.core.access import Action
from commonweal.core.governance.registers import SERVED
from commonweal.core.programme.models import WorkItem, last_day, tally
from commonweal.core.programme.tally_words import tally_sentence
from commonweal.core.programme.templates import Template
from commonweal.core.programme.timeline import gates, timeline
from commonweal.core.words import long_date
from commonweal.reports.figures.timeline import GateMark, timeline_svg
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.own_templates import own_templates
from commonweal.services.queries.position import Standing, standing
from commonweal.services.queries.programmes import ProgrammeView, programmes_of
from commonweal.services.queries.programmes import programme as one_programme
from commonweal.services.queries.registers import served_in
from commonweal.standards.programme_templates import find_template, templates
from commonweal.web.components.addresses import address
from commonweal.web.components.place import Trail, organisation_trail
from commonweal.web.components.requests import person
from commonweal.web.programmes.presenters import (
    board,
    by_department,
    by_served,
    grid,
    money_sentence,
    parts_of,
    programme_row,
    work_row,
)

VIEWS = {
    "grid": "Grid by year",
    "list": "List",
    "board": "Board",
    "departments": "By department",
    "groups": "By committee",
    "priorities": "By priority",
    "timeline": "Timeline",
}
_MOST_BARS = 250
"""More bars than anybody reads; of a larger programme the timeline shows one group at a time."""
SHOWN = {"all": "All work", "mine": "My work", "open": "Not done yet", "overdue": "Overdue", "milestones": "Milestones"}


@require_GET
def programmes(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """What runs, and what can be started from."""
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    rows = [
        programme_row(
            one.id,
            one.title,
            one.starts_on,
            last_day(one.starts_on, one.years),
            one.state,
            one.tally,
        )
        for one in programmes_of(organisation_id, by=by, today=timezone.localdate())
    ]
    page = {
        "organisation": line,
        "programmes": rows,
        "templates": templates(),
        "own": (own := own_templates(organisation_id, by=by)),
        "may_take": {one.id for one in own if by.access.may(Action.PLAN_WORK, one.organisation_id)},
        "may_plan": by.access.may(Action.PLAN_WORK, organisation_id),
        "trail": organisation_trail(line),
    }
    return render(request, "programmes/programmes.html", page)


def programme_trail(view: ProgrammeView, *, inside: bool = False) -> Trail:
    """The breadcrumbs of a programme, or of a page under it."""
    steps = [
        ("Organisations", address("start")),
        (view.organisation, address("organisation", view.organisation_id)),
        ("Programmes", address("programmes", view.organisation_id)),
    ]
    return [*steps, (view.programme.title, address("programme", view.id))] if inside else steps


@require_GET
def programme(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """How it goes, then its work; `view`, `show` and `group` stand in the address."""
    by = person(request)
    view = one_programme(programme_id, by=by)
    today = timezone.localdate()
    chosen = request.GET.get("view", "grid")
    chosen = chosen if chosen in VIEWS else "grid"
    show, group = _filters(request, view)
    shown = [item for item in view.programme.work if _is_shown(item, show, group, by.pk, today)]
    count = tally(view.programme.work, today)
    page = {
        "view": view,
        "programme": view.programme,
        "chosen": chosen,
        "views": VIEWS,
        "shows": SHOWN,
        "show": show,
        "group": group,
        "count": len(shown),
        "progress": tally_sentence(count),
        "money": money_sentence(count),
        "standing": standing(view.assessment_id, by=by, today=today) if view.assessment_id else None,
        "may_plan": view.may(Action.PLAN_WORK) and view.programme.state == "open",
        "may_open_again": view.may(Action.PLAN_WORK),
        "template": _template(view),
        "footnotes": list(dict.fromkeys(item.footnote for item in shown if item.footnote)),
        "trail": programme_trail(view),
        **_arranged(view, shown, chosen, today),
    }
    if chosen in SERVED:
        page |= {"columns": by_served(shown, view.programme.work, served_in(view.id, by=by), chosen, today)}
    if chosen == "timeline":
        page |= _timeline(view, shown, page["standing"], today)
    return render(request, "programmes/programme.html", page)


def _filters(request: HttpRequest, view: ProgrammeView) -> tuple[str, int]:
    """Which work is asked for, and of which group, 0 for all; what is not there counts for all."""
    show = request.GET.get("show", "all")
    asked = request.GET.get("group", "")
    group = next((one.number for one in view.programme.groups if str(one.number) == asked), 0)
    return (show if show in SHOWN else "all"), group


def _is_shown(item: WorkItem, show: str, group: int, person_id: UUID, today: datetime.date) -> bool:
    if group and item.group != group:
        return False
    return {
        "all": True,
        "mine": item.owner_id == person_id,
        "open": not item.state.is_over,
        "overdue": item.is_overdue(today),
        "milestones": item.is_milestone,
    }[show]


def _arranged(view: ProgrammeView, shown: list[WorkItem], chosen: str, today: datetime.date) -> dict[str, Any]:
    work = view.programme.work
    if chosen == "grid":
        ids = {item.id for item in shown}
        return {"grid": grid(view.programme, [item for item in shown if item.parent not in ids], today)}
    if chosen in {"timeline", *SERVED}:
        return {}
    if chosen == "board":
        return {"columns": board(shown, work, today)}
    if chosen == "departments":
        return {"columns": by_department(shown, work, today)}
    ordered = sorted(shown, key=lambda item: (item.due or datetime.date.max, item.number))
    titles, parts = {group.number: group.title for group in view.programme.groups}, parts_of(work)
    return {"rows": [(work_row(item, parts, today), titles[item.group]) for item in ordered]}


def _timeline(
    view: ProgrammeView, shown: list[WorkItem], stands: Standing | None, today: datetime.date
) -> dict[str, Any]:
    """The figure with its table, or where it would be too long, that a group has to be chosen."""
    bars = timeline(shown)
    if not bars or len(bars) > _MOST_BARS:
        return {"bars": [], "too_many": len(bars) > _MOST_BARS}
    marks = []
    if stands:
        index, answers = stands.round.index, stands.current.assessment.answers
        marks = [
            GateMark(gate.on, index.levels[gate.level].label) for gate in gates(index, answers, view.programme.work)
        ]
    titles = {item.id: item.title for item in view.programme.work}
    parts = parts_of(view.programme.work)
    rows = [
        (
            work_row(bar.item, parts, today),
            long_date(bar.start),
            long_date(bar.due),
            bar.slack,
            [titles[id_] for id_ in bar.clashes],
        )
        for bar in bars
    ]
    return {"bars": rows, "figure": Markup(timeline_svg(bars, marks, today)), "marks": marks}  # noqa: S704  our own SVG


def _template(view: ProgrammeView) -> Template | None:
    return find_template(view.made_from) if view.made_from else None
