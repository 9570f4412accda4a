"""All that is said of a piece of work, as one form: work of one's own, a part, or what is there already."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import BadInput
from commonweal.core.programme.models import WorkItem
from commonweal.services.actions.work import add_work, change_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.errors import NotFound, Stale
from commonweal.services.queries.programmes import ProgrammeView, WorkView, hands, one_work
from commonweal.services.queries.programmes import programme as one_programme
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import checkbox_field, choice_field, form_errors, select_field, text_field
from commonweal.web.components.requests import DAY_FORMATS, identifier, person, sent_version
from commonweal.web.programmes.forms import WorkForm, set_choices
from commonweal.web.programmes.views import programme_trail

_DAY = DAY_FORMATS[0]


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """All that is said of a piece of work."""
    by = person(request)
    found = one_work(work_id, by=by)
    whole = one_programme(found.view.id, by=by)  # all of its work, to choose from
    form = _form(request, whole, found.item, initial=_written(found))
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
    others = _that_may_be_needed(view.programme.work, item, str(initial["group"]))
    set_choices(form, "owner", [("", "Nobody yet"), *people])
    set_choices(form, "department", [("", "None"), *((str(id_), name) for id_, name in offered.departments)])
    set_choices(form, "group", [("", "Choose"), *((str(one.number), one.title) for one in view.programme.groups)])
    years = [(str(year), f"Year {year}") for year in range(1, view.programme.years + 1)]
    set_choices(form, "year", [("", "No year"), *years])
    set_choices(form, "needs", [(str(one.id), f"{one.number} {one.title}") for one in others])
    return form


_MOST_NEEDS = 200
"""More boxes than anybody looks through: of a larger programme only the work of the same group is offered."""


def _that_may_be_needed(work: Sequence[WorkItem], item: WorkItem | None, group: str) -> list[WorkItem]:
    """What a piece of work may wait for, with what it waits for already."""
    others = [one for one in work if item is None or one.id != item.id]
    if len(others) <= _MOST_NEEDS:
        return others
    there = set(item.needs) if item else set()
    return [one for one in others if str(one.group) == group or one.id in there]


def _written(found: WorkView) -> dict[str, Any]:
    """What stands in the fields at first."""
    item = found.item
    same = ("title", "detail", "role", "is_milestone", "cost", "price_year", "spent", "effort_days", "funding")
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
    same = ("group", "start", "due", "year", "is_milestone", "cost", "price_year", "spent", "effort_days", "priority")
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
            for name in ("start", "due", "cost", "price_year", "spent", "effort_days")
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
