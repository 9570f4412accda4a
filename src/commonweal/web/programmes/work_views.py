"""One piece of work: how it stands, what it does to the levels, what may be done with it."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.governance.registers import TIES
from commonweal.core.problems import Problem
from commonweal.core.programme.models import LinkKind, WorkItem
from commonweal.core.programme.work import TABLE, ProgrammeState, WorkState, WorkStep, steps
from commonweal.core.words import days, long_date, pounds
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.errors import Closed, Stale
from commonweal.services.people import Person
from commonweal.services.queries.assessments import index_of
from commonweal.services.queries.position import Confirming, MoveLine, confirming, position_moves
from commonweal.services.queries.programmes import WorkView, one_work
from commonweal.services.queries.registers import label_of, may_serve, served_in
from commonweal.web.components.addresses import address
from commonweal.web.components.requests import DAY_FORMATS, day, person, sent_version, typed
from commonweal.web.programmes.presenters import NO_PARTS, Parts, answer_texts, work_row
from commonweal.web.programmes.views import programme_trail

_DAY = DAY_FORMATS[0]


@require_http_methods(["GET", "POST"])
def work(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """A piece of work, and the step that is taken with it."""
    problems: list[Problem] = []
    is_stale, closed = False, ""
    if request.method == "POST":
        try:
            _take(request, work_id)
        except BadInput as bad:
            problems = list(bad.problems)
        except Stale:
            is_stale = True
        except Closed as refused:
            closed = str(refused)
        else:
            return redirect("work", work_id)
    return work_page(request, work_id, problems, is_stale=is_stale, closed=closed)


def _take(request: HttpRequest, work_id: UUID) -> None:
    chosen = request.POST.get("step", "")
    if chosen not in {step.value for step in WorkStep}:
        raise BadInput([Problem("step", "Nothing is chosen.", "Choose what is to be recorded.")])
    step = WorkStep(chosen)
    said = typed(request, "until") if step in {WorkStep.CLAIM, WorkStep.CONFIRM} else ""
    until = day(said)
    if said and until is None:
        raise BadInput([Problem("until", "This is not a date.", "Write it like 31/03/2027.")])
    take_work_step(
        work_id=work_id,
        step=step,
        until=until,
        version=sent_version(request),
        words=typed(request, "words"),
        link=typed(request, "link") if step is WorkStep.CLAIM else "",
        today=timezone.localdate(),
        by=person(request),
        now=timezone.now(),
    )


def work_page(
    request: HttpRequest, work_id: UUID, problems: list[Problem], *, is_stale: bool = False, closed: str = ""
) -> HttpResponse:
    """The page of a piece of work, with what is wrong with what was sent."""
    by = person(request)
    found = one_work(work_id, by=by)
    item, view = found.item, found.view
    today = timezone.localdate()
    open_ = [step for step in steps(item.state) if found.may(TABLE[item.state, step].action)]
    is_open = view.programme.state is ProgrammeState.OPEN
    work = {one.id: one for one in view.programme.work}
    does = confirming(view.assessment_id, item, by=by, today=today) if view.assessment_id and item.step else None
    errors = {problem.place: problem.sentence for problem in problems}
    page = {
        "found": found,
        "item": item,
        "row": work_row(item, _parts(found), today),
        "group": next(group for group in view.programme.groups if group.number == item.group),
        "facts": _facts(item),
        "success": _success(item),
        "does": does,
        "moved": _moved(found, by),
        "parent": work.get(item.parent) if item.parent else None,
        "parts": [work_row(one, NO_PARTS, today) for one in view.programme.work if one.parent == item.id],
        "needs": [work_row(work[id_], NO_PARTS, today) for id_ in item.waits_for],
        "needed_by": [work_row(one, NO_PARTS, today) for one in view.programme.work if item.id in one.waits_for],
        "may_plan": found.view.may(Action.PLAN_WORK) and is_open,
        "fields": _step_fields(request, open_, errors) | _until_field(request, open_, found, does, errors)
        if is_open
        else {},
        "link_fields": _link_fields(request, errors) if found.may(Action.DO_WORK) and is_open else {},
        "file_fields": _file_fields(request, errors)
        if found.may(Action.DO_WORK) and is_open and not item.state.is_over
        else {},
        "files_stay": item.state in {WorkState.CLAIMED, WorkState.CONFIRMED, WorkState.DROPPED},
        **_served(found, by, today, errors),
        "is_stale": is_stale,
        "closed": closed,
        "errors": [{"text": one.sentence, "href": f"#{one.place}"} for one in problems],
        "trail": programme_trail(view, inside=True),
    }
    status = 422 if problems else 409 if is_stale or closed else 200
    return render(request, "programmes/work.html", page, status=status)


def _served(found: WorkView, by: Person, today: datetime.date, errors: dict[str, str]) -> dict[str, Any]:
    """What it is tied to in the registers: groups, meetings, priorities and so on; and what it may be tied to."""
    view = found.view
    served = served_in(view.id, by=by).get(found.item.id, ())
    sees_registers = by.access.may(Action.SEE_WORK, view.organisation_id)
    offered = may_serve(view.organisation_id, by=by, today=today) if view.may(Action.PLAN_WORK) else []
    items = {
        register: {str(one.id): label_of(one) for one in offered if one.register.id == register} for register in TIES
    }
    for register, id_, name in served:
        items[register].setdefault(str(id_), name)  # what is past, or was taken away, may stay
    fields = [
        {
            "name": "serves",
            "idPrefix": f"serves-{register}",
            "classes": "govuk-checkboxes--small",
            "fieldset": {"legend": {"text": f"It {head[0].lower()}{head[1:]}", "classes": "govuk-fieldset__legend--s"}},
            "items": [{"value": value, "text": text} for value, text in items[register].items()],
            "values": [str(id_) for _, id_, _ in served],
        }
        for register, head in TIES.items()
        if items[register]
    ]
    if fields:
        fields[0] |= {"idPrefix": "serves"} | (
            {"errorMessage": {"text": errors["serves"]}} if "serves" in errors else {}
        )
    return {
        "serves": [
            (TIES[register], name, address("entry", id_) if sees_registers else "")
            for register, id_, name in sorted(served, key=lambda one: list(TIES).index(one[0]))
        ],
        "serve_fields": fields if offered else [],
        "serves_wrong": "serves" in errors,
    }


def _file_fields(request: HttpRequest, errors: dict[str, str]) -> dict[str, Any]:
    """The fields for a file."""

    def wrong(name: str) -> dict[str, Any]:
        return {"errorMessage": {"text": errors[name]}} if name in errors else {}

    title = {"id": "file_title", "name": "file_title", "label": {"text": "What is it called?"}}
    hint = "Leave out names and personal details of the public and of staff."
    file = {"id": "file", "name": "file", "label": {"text": "File"}, "hint": {"text": hint}}
    return {
        "title": title | {"value": typed(request, "file_title")} | wrong("file_title"),
        "file": file | wrong("file"),
        "is_open": bool(errors.keys() & {"file", "file_title"}),
    }


def _moved(found: WorkView, by: Person) -> list[tuple[MoveLine, str, str]]:
    """What this work did to the position, with the answers before and after in words."""
    view = found.view
    if view.assessment_id is None or not found.item.step:
        return []
    questions = {question.id: question for question in index_of(view.assessment_id, by=by).questions}
    return [
        (line, *answer_texts(questions[line.move.question], line.move))
        for line in position_moves(view.assessment_id, by=by)
        if line.work == found.item.id
    ]


def _parts(found: WorkView) -> Parts:
    own = [one for one in found.view.programme.work if one.parent == found.item.id]
    return {found.item.id: (sum(one.state.is_over for one in own), len(own))} if own else NO_PARTS


def _success(item: WorkItem) -> list[tuple[str, str]]:
    heads = (
        ("Done when", item.measurable),
        ("Achievable because", item.achievable),
        ("It matters because", item.relevant),
    )
    return [(head, text) for head, text in heads if text]


def _due(item: WorkItem) -> str:
    """The due day, and the planned one where it has moved."""
    if not item.due:
        return "Not set yet"
    moved = item.planned_due and item.planned_due != item.due
    return f"{long_date(item.due)}{f' (planned: {long_date(item.planned_due)})' if moved and item.planned_due else ''}"


def _facts(item: WorkItem) -> list[tuple[str, str]]:
    """What is known of it, heading by heading; what is not said stands as that where somebody should say it."""
    prices = f" at {item.price_year} prices" if item.price_year else ""
    return [
        ("Owner", item.owner or (f"{item.role} (no person yet)" if item.role else "Nobody yet")),
        *([("Role", item.role)] if item.role and item.owner else []),
        *([("Department", item.department)] if item.department else []),
        *([("Start", long_date(item.start))] if item.start else []),
        ("Due", _due(item)),
        ("Year of the programme", str(item.year) if item.year else "Not set yet"),
        ("Priority", item.priority.label),
        ("Cost", f"{pounds(item.cost)}{prices}" if item.cost is not None else "Not known yet"),
        *([("Spent so far", pounds(item.spent))] if item.spent is not None else []),
        *([("Effort", days(item.effort_days))] if item.effort_days is not None else []),
        *([("Paid from", item.funding)] if item.funding else []),
    ]


def _step_fields(request: HttpRequest, open_: list[WorkStep], errors: dict[str, str]) -> dict[str, Any]:
    """The fields for the next step; none where whoever asks may take no step from here."""
    if not open_:
        return {}
    chosen = request.POST.get("step", "")
    asks = "; ".join(f"to {step.label[0].lower()}{step.label[1:]}: {step.needs}" for step in open_ if step.needs)

    def wrong(name: str) -> dict[str, Any]:
        return {"errorMessage": {"text": errors[name]}} if name in errors else {}

    return {
        "step": {
            "name": "step",
            "idPrefix": "step",
            "classes": "govuk-radios--small",
            "fieldset": {"legend": {"text": "What happens next?", "classes": "govuk-fieldset__legend--m"}},
            "items": [{"value": step.value, "text": step.label, "checked": step.value == chosen} for step in open_],
            **wrong("step"),
        },
        "words": {
            "id": "words",
            "name": "words",
            "rows": 3,
            "value": typed(request, "words"),
            "label": {"text": "Your comment", "classes": "govuk-label--s"},
            "hint": {"text": f"Needed {asks}" if asks else "It is kept in the history. You may leave it empty."},
            **wrong("words"),
        },
        "link": {
            "id": "link",
            "name": "link",
            "value": typed(request, "link"),
            "label": {"text": "Link to what shows it (optional)", "classes": "govuk-label--s"},
            "hint": {"text": "Such as https://example.org/minutes."},
            "classes": "govuk-input--width-30",
            **wrong("link"),
        }
        if WorkStep.CLAIM in open_
        else None,
    }


def _until_field(
    request: HttpRequest, open_: list[WorkStep], found: WorkView, does: Confirming | None, errors: dict[str, str]
) -> dict[str, Any]:
    """The day until which it holds, where it has to be kept up; what was claimed stands in it already."""
    if does is None or does.holds_until is None or not {WorkStep.CLAIM, WorkStep.CONFIRM} & set(open_):
        return {}
    claimed = next((move.until for move in reversed(found.moves) if move.until), None)
    index_says = f"The index asks for this regularly. Leave it empty and it holds until {long_date(does.holds_until)}."
    return {
        "until": {
            "id": "until",
            "name": "until",
            "value": typed(request, "until") or (claimed.strftime(_DAY) if claimed else ""),
            "label": {"text": "What was done holds until (optional)", "classes": "govuk-label--s"},
            "hint": {"text": index_says},
            "classes": "govuk-input--width-10",
            **({"errorMessage": {"text": errors["until"]}} if "until" in errors else {}),
        }
    }


def _link_fields(request: HttpRequest, errors: dict[str, str]) -> dict[str, Any]:
    """The fields for another link."""

    def wrong(name: str) -> dict[str, Any]:
        return {"errorMessage": {"text": errors[name]}} if name in errors else {}

    chosen = request.POST.get("kind", LinkKind.DOCUMENT.value)
    return {
        "kind": {
            "id": "kind",
            "name": "kind",
            "label": {"text": "What does it lead to?", "classes": "govuk-label--s"},
            "items": [{"value": one.value, "text": one.label, "selected": one.value == chosen} for one in LinkKind],
            **wrong("kind"),
        },
        "title": {
            "id": "title",
            "name": "title",
            "label": {"text": "Name", "classes": "govuk-label--s"},
            "value": typed(request, "title"),
            "classes": "govuk-input--width-30",
            **wrong("title"),
        },
        "address": {
            "id": "address",
            "name": "address",
            "label": {"text": "Web address (optional)", "classes": "govuk-label--s"},
            "value": typed(request, "address"),
            "classes": "govuk-input--width-30",
            **wrong("address"),
        },
        "is_open": any(name in errors for name in ("kind", "title", "address")),
    }
