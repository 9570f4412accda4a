"""One piece of work: how it stands, what it does to the levels, what may be done with it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.models import WorkItem
from commonweal.core.programme.work import TABLE, ProgrammeState, WorkStep, steps
from commonweal.core.words import long_date
from commonweal.services.actions.work import add_work, change_work, take_work_step
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.errors import Closed, NotFound, Stale
from commonweal.services.people import Person
from commonweal.services.queries.position import MoveLine, confirming, position_moves
from commonweal.services.queries.programmes import ProgrammeView, WorkView, hands, one_work
from commonweal.services.queries.programmes import programme as one_programme
from commonweal.standards.catalogue import load_index
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import checkbox_field, choice_field, form_errors, select_field, text_field
from commonweal.web.components.requests import DAY_FORMATS, identifier, person, sent_version, typed
from commonweal.web.programmes.forms import WorkForm, set_choices
from commonweal.web.programmes.presenters import answer_texts, days, pounds, work_row
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
    return _page(request, work_id, problems, is_stale=is_stale, closed=closed)


def _take(request: HttpRequest, work_id: UUID) -> None:
    chosen = request.POST.get("step", "")
    if chosen not in {step.value for step in WorkStep}:
        raise BadInput([Problem("step", "Nothing is chosen.", "Choose what is to be recorded.")])
    step = WorkStep(chosen)
    take_work_step(
        work_id=work_id,
        step=step,
        version=sent_version(request),
        words=typed(request, "words"),
        link=typed(request, "link") if step is WorkStep.CLAIM else "",
        today=timezone.localdate(),
        by=person(request),
        now=timezone.now(),
    )


def _page(request: HttpRequest, work_id: UUID, problems: list[Problem], *, is_stale: bool, closed: str) -> HttpResponse:
    by = person(request)
    found = one_work(work_id, by=by)
    item, view = found.item, found.view
    today = timezone.localdate()
    open_ = [step for step in steps(item.state) if found.may(TABLE[item.state, step].action)]
    is_open = view.programme.state is ProgrammeState.OPEN
    work = {one.id: one for one in view.programme.work}
    page = {
        "found": found,
        "item": item,
        "row": work_row(item, view.programme.work, today),
        "group": next(group for group in view.programme.groups if group.number == item.group),
        "facts": _facts(item),
        "success": [
            (head, text)
            for head, text in (
                ("Done when", item.measurable),
                ("Achievable because", item.achievable),
                ("It matters because", item.relevant),
            )
            if text
        ],
        "does": confirming(view.assessment_id, item, by=by, today=today) if view.assessment_id and item.step else None,
        "moved": _moved(found, by),
        "parent": work.get(item.parent) if item.parent else None,
        "parts": [work_row(one, (), today) for one in view.programme.work if one.parent == item.id],
        "needs": [work_row(work[id_], (), today) for id_ in item.waits_for],
        "needed_by": [work_row(one, (), today) for one in view.programme.work if item.id in one.waits_for],
        "may_plan": found.view.may(Action.PLAN_WORK) and is_open,
        "fields": _step_fields(request, open_, {problem.place: problem.sentence for problem in problems})
        if is_open
        else {},
        "is_stale": is_stale,
        "closed": closed,
        "errors": [{"text": one.sentence, "href": f"#{one.place}"} for one in problems],
        "trail": programme_trail(view, inside=True),
    }
    status = 422 if problems else 409 if is_stale or closed else 200
    return render(request, "programmes/work.html", page, status=status)


def _moved(found: WorkView, by: Person) -> list[tuple[MoveLine, str, str]]:
    """What this work did to the position, with the answers before and after in words."""
    view = found.view
    if view.assessment_id is None or not found.item.step:
        return []
    questions = {question.id: question for question in load_index(view.index).questions}
    return [
        (line, *answer_texts(questions[line.move.question], line.move))
        for line in position_moves(view.assessment_id, by=by)
        if line.work == found.item.id
    ]


def _facts(item: WorkItem) -> list[tuple[str, str]]:
    """What is known of it, heading by heading; what is not said stands as that where somebody should say it."""
    prices = f" at {item.price_year} prices" if item.price_year else ""
    return [
        ("Owner", item.owner or (f"{item.role} (no person yet)" if item.role else "Nobody yet")),
        *([("Role", item.role)] if item.role and item.owner else []),
        *([("Department", item.department)] if item.department else []),
        *([("Start", long_date(item.start))] if item.start else []),
        ("Due", long_date(item.due) if item.due else "Not set yet"),
        ("Year of the programme", str(item.year) if item.year else "Not set yet"),
        ("Priority", item.priority.label),
        ("Cost", f"{pounds(item.cost)}{prices}" if item.cost is not None else "Not known yet"),
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


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """All that is said of a piece of work."""
    by = person(request)
    found = one_work(work_id, by=by)
    form = _form(request, found.view, found.item, initial=_written(found))
    meanwhile: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            change_work(
                work_id=work_id,
                version=sent_version(request),
                details=_details(form, found.item.topic),
                by=by,
                now=timezone.now(),
            )
            return redirect("work", work_id)
        except BadInput as bad:
            _complain(form, bad)
        except Stale:
            meanwhile = _meanwhile(form, found)
    version = sent_version(request) if request.method == "POST" and not meanwhile else found.item.version
    return _form_page(request, found.view, form, version=version, item=found.item, meanwhile=meanwhile)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Work of one's own beside what was generated; `part-of` in the address makes it a part of another."""
    by = person(request)
    view = one_programme(programme_id, by=by)
    whole = _whole(request, view)
    asked = request.GET.get("group", "")
    initial = {"group": str(whole.group) if whole else asked, "priority": "2"}
    if whole:
        initial |= {"owner": str(whole.owner_id or ""), "due": whole.due.strftime(_DAY) if whole.due else ""}
        initial |= {"year": str(whole.year or "")}
    form = _form(request, view, None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_work(
                programme_id=programme_id,
                details=_details(form),
                parent=whole.id if whole else None,
                by=by,
                now=timezone.now(),
            )
            return redirect("work", made)
        except BadInput as bad:
            _complain(form, bad)
    return _form_page(request, view, form, version=0, whole=whole)


def _whole(request: HttpRequest, view: ProgrammeView) -> WorkItem | None:
    asked = request.GET.get("part-of", "")
    if not asked:
        return None
    found = next((item for item in view.programme.work if item.id == identifier(asked) and item.parent is None), None)
    if found is None:
        raise NotFound
    return found


def _form(request: HttpRequest, view: ProgrammeView, item: WorkItem | None, *, initial: dict[str, Any]) -> WorkForm:
    """The form with what may be chosen. Raises Forbidden for whoever may not plan work."""
    offered = hands(view.organisation_id, by=person(request), now=timezone.now())
    form = WorkForm(request.POST if request.method == "POST" else None, initial=initial)
    people = [(str(id_), name) for id_, name in offered.people]
    if item and item.owner_id and str(item.owner_id) not in dict(people):
        people.append((str(item.owner_id), f"{item.owner} (no seat any more)"))
    others = [one for one in view.programme.work if item is None or one.id != item.id]
    set_choices(form, "owner", [("", "Nobody yet"), *people])
    set_choices(form, "department", [("", "None"), *((str(id_), name) for id_, name in offered.departments)])
    set_choices(form, "group", [("", "Choose"), *((str(one.number), one.title) for one in view.programme.groups)])
    years = [(str(year), f"Year {year}") for year in range(1, view.programme.years + 1)]
    set_choices(form, "year", [("", "No year"), *years])
    set_choices(form, "needs", [(str(one.id), f"{one.number} {one.title}") for one in others])
    return form


def _written(found: WorkView) -> dict[str, Any]:
    """What stands in the fields at first."""
    item = found.item
    same = ("title", "detail", "role", "is_milestone", "cost", "price_year", "effort_days", "funding")
    return {
        **{name: getattr(item, name) for name in (*same, "measurable", "achievable", "relevant")},
        "group": str(item.group),
        "owner": str(item.owner_id or ""),
        "department": str(found.department_id or ""),
        "start": item.start.strftime(_DAY) if item.start else "",
        "due": item.due.strftime(_DAY) if item.due else "",
        "year": str(item.year or ""),
        "priority": str(item.priority.value),
        "needs": [str(id_) for id_ in item.needs],
    }


def _details(form: WorkForm, topic: str = "") -> WorkDetails:
    """What the form says; a topic comes from a template, and stays."""
    given = form.cleaned_data
    same = ("group", "start", "due", "year", "is_milestone", "cost", "price_year", "effort_days", "priority")
    texts = ("detail", "measurable", "achievable", "relevant")
    said: dict[str, Any] = {name: given[name] for name in same}
    said |= {name: given[name].replace("\r\n", "\n").strip() for name in texts}
    said |= {name: " ".join(given[name].split()) for name in ("title", "role", "funding")}
    return WorkDetails(
        **said,
        topic=topic,
        owner=identifier(given["owner"]),
        department=int(given["department"]) if given["department"] else None,
        needs=frozenset(id_ for one in given["needs"] if (id_ := identifier(one))),
    )


def _meanwhile(form: WorkForm, found: WorkView) -> list[tuple[str, str]]:
    """What stands there now, field by field and in words, where it is not what was typed."""
    stored = WorkForm(_written(found) | {"is_milestone": "on" if found.item.is_milestone else ""})
    for name, field in form.fields.items():
        if isinstance(field, forms.ChoiceField):
            set_choices(stored, name, field.choices)  # type: ignore[arg-type]
    stored.is_valid()
    return [
        (str(form[name].label), _shown(stored, name))
        for name in form.fields
        if stored.cleaned_data.get(name) != form.cleaned_data.get(name)
    ]


def _shown(form: WorkForm, name: str) -> str:
    """What a field holds, in the words of its choices."""
    value, field = form[name].value(), form.fields[name]
    if isinstance(field, forms.ChoiceField):
        words = {str(key): str(label) for key, label in field.choices}  # type: ignore[misc,union-attr]
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(words.get(str(one), "") for one in chosen) or "(empty)"
    return str(value or "") or "(empty)"


def _complain(form: WorkForm, bad: BadInput) -> None:
    for problem in bad.problems:
        form.add_error(problem.place if problem.place in form.fields else None, problem.sentence)


def _form_page(
    request: HttpRequest,
    view: ProgrammeView,
    form: WorkForm,
    *,
    version: int,
    item: WorkItem | None = None,
    whole: WorkItem | None = None,
    meanwhile: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    wide, short = "govuk-input--width-30", "govuk-input--width-10"
    page = {
        "view": view,
        "item": item,
        "whole": whole,
        "version": version,
        "meanwhile": meanwhile or [],
        "text": {name: text_field(form[name], classes=wide) for name in ("role", "funding")}
        | {
            name: text_field(form[name], classes=short)
            for name in ("start", "due", "cost", "price_year", "effort_days")
        }
        | {name: text_field(form[name]) | {"rows": 3} for name in ("detail", "measurable", "achievable", "relevant")}
        | {"title": text_field(form["title"]) | {"rows": 2}},
        "select": {name: select_field(form[name]) for name in ("group", "owner", "department", "year")},
        "priority": choice_field(form["priority"], small=True),
        "is_milestone": bool(form["is_milestone"].value()),
        "needs": checkbox_field(form["needs"]),
        "errors": form_errors(form) if request.method == "POST" else [],
        "trail": [*programme_trail(view, inside=True), *([(item.title, address("work", item.id))] if item else [])],
    }
    status = 422 if page["errors"] else 409 if meanwhile else 200
    return render(request, "programmes/work_form.html", page, status=status)
