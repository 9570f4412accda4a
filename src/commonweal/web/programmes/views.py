"""The programmes of an organisation, and one of them: grid, list, board, departments."""

import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET
from markupsafe import Markup

from commonweal.core.access import Action
from commonweal.core.programme.models import WorkItem, last_day
from commonweal.core.programme.tally_words import tally_sentence
from commonweal.core.programme.templates import Template
from commonweal.core.programme.timeline import gates, timeline
from commonweal.core.programme.work import WorkState
from commonweal.core.words import long_date
from commonweal.reports.figures.timeline import GateMark, timeline_svg
from commonweal.services.people import Person
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.own_templates import own_templates
from commonweal.services.queries.position import Standing, standing
from commonweal.services.queries.programme_page import Chosen, WorkPage, own_work, steps_of, work_page
from commonweal.services.queries.programmes import ProgrammeView, programmes_of
from commonweal.services.queries.stamp import stamp_of_programme
from commonweal.standards.plan_spreading import usual_spreading
from commonweal.standards.programme_templates import find_template, templates
from commonweal.web.components.addresses import address
from commonweal.web.components.kept import Part, kept
from commonweal.web.components.place import Trail, organisation_trail
from commonweal.web.components.requests import identifier, person
from commonweal.web.programmes.presenters import (
    grid,
    money_sentence,
    overall_lines,
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
        "own_work": [
            (one, address("work", one.id), long_date(one.due) if one.due else "")
            for one in own_work(organisation_id, by=by)
        ],
        "templates": templates(),
        "spreading": usual_spreading(),
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
    """How it goes, then its work; `view`, `show`, `group` and `page` stand in the address, and what narrows it down."""
    by = person(request)
    today = timezone.localdate()
    stamp = stamp_of_programme(programme_id, by=by)
    asked = chosen_work(request)
    about = ("programme", programme_id, request.GET.urlencode(), today, by.pk if asked.is_personal else None)
    part = kept(about, stamp, lambda: _programme(request, programme_id, asked, today))
    return render(request, "programmes/programme.html", {"part": part, "trail": part.trail})


def _programme(request: HttpRequest, programme_id: UUID, asked: Chosen, today: datetime.date) -> Part:
    by = person(request)
    arranged = request.GET.get("view", "grid")
    arranged = arranged if arranged in VIEWS else "grid"
    found = work_page(
        programme_id, asked, arranged=arranged, number=_number(request), most=_MOST_BARS, by=by, today=today
    )
    view = found.view
    stands = standing(view.assessment_id, by=by, today=today) if view.assessment_id else None
    page = {
        "view": view,
        "programme": view.programme,
        "chosen": arranged,
        "views": VIEWS,
        "shows": SHOWN,
        "asked": asked,
        "only": _only(asked, found),
        "count": found.count,
        "pages": _pages(request, found),
        "progress": tally_sentence(found.tally),
        "money": money_sentence(found.tally),
        "standing": stands,
        "may_plan": view.may(Action.PLAN_WORK) and view.programme.state == "open",
        "may_open_again": view.may(Action.PLAN_WORK),
        "overall": overall_lines(stands) if stands else [],
        "template": _template(view),
        "footnotes": list(dict.fromkeys(item.footnote for item in found.items if item.footnote)),
        **_arranged(found, arranged, today),
    }
    if arranged == "timeline":
        page |= _timeline(found, stands, by, today)
    names = {item.owner_id: item.owner for item in _shown(found) if item.owner_id}
    content = Markup(render_to_string("programmes/programme_work.html", page))  # noqa: S704  our own page
    return Part(view.programme.title, programme_trail(view), content, names)


def _shown(found: WorkPage) -> list[WorkItem]:
    return [*found.items, *(item for column in found.columns for item in column.items)]


def chosen_work(request: HttpRequest, usual: str = "all") -> Chosen:
    """Which work the address asks for; what is not there counts for the usual."""
    show, group, state = (request.GET.get(name, "") for name in ("show", "group", "state"))
    return Chosen(
        show=show if show in SHOWN else usual,
        group=int(group) if group.isascii() and group.isdigit() and len(group) < 5 else 0,
        state=state if state in {one.value for one in WorkState} else "",
        department=request.GET.get("department", "").replace("\0", "")[:200],
        entry=identifier(request.GET.get("entry", "")),
    )


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _only(asked: Chosen, found: WorkPage) -> str:
    """What a list was narrowed down to, in words."""
    if asked.state:
        return WorkState(asked.state).label
    return asked.department or ("what serves one entry of a register" if asked.entry else "")


def _pages(request: HttpRequest, found: WorkPage) -> dict[str, Any]:
    """The pages of a long list, with the addresses of the ones beside this one."""
    if found.pages == 1:
        return {}

    def to(number: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"

    last = found.number == found.pages
    return {
        "number": found.number,
        "of": found.pages,
        "before": to(found.number - 1) if found.number > 1 else "",
        "after": "" if last else to(found.number + 1),
    }


def _arranged(found: WorkPage, arranged: str, today: datetime.date) -> dict[str, Any]:
    value, parts = found.view.programme, found.parts
    if arranged == "grid":
        ids = {item.id for item in found.items}
        return {"grid": grid(value, [item for item in found.items if item.parent not in ids], parts, today)}
    if arranged == "list":
        titles = {group.number: group.title for group in value.groups}
        return {"rows": [(work_row(item, parts, today), titles[item.group]) for item in found.items]}
    key = {"board": "state", "departments": "department"}.get(arranged, "entry")
    return {
        "columns": [
            (
                column.head,
                [work_row(item, parts, today) for item in column.items],
                column.count,
                f"?{urlencode({'view': 'list', key: column.key})}"
                if column.count > len(column.items) and column.key
                else "",
            )
            for column in found.columns
        ]
    }


def _timeline(found: WorkPage, stands: Standing | None, by: Person, today: datetime.date) -> dict[str, Any]:
    """The figure with its table, or where it would be too long, that a group has to be chosen."""
    bars = timeline(found.items)
    if not bars:
        return {"bars": [], "too_many": found.count > _MOST_BARS}
    marks = []
    if stands:
        index, answers = stands.round.index, stands.current.assessment.answers
        work = steps_of(found.view.id, by=by)
        marks = [GateMark(gate.on, index.levels[gate.level].label) for gate in gates(index, answers, work)]
    titles = {item.id: item.title for item in found.items}
    rows = [
        (
            work_row(bar.item, found.parts, today),
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
