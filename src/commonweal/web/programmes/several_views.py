"""Several pieces of work changed at once: owner, department, priority, days, and agreed."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action, refusal
from commonweal.core.errors import BadInput
from commonweal.core.programme.models import Priority, WorkItem
from commonweal.core.programme.work import WorkState
from commonweal.services.actions.work_together import KEPT, Together, change_together
from commonweal.services.errors import Closed, Forbidden, Stale
from commonweal.services.queries.programme_page import WorkPage, work_page
from commonweal.services.queries.programmes import Hands, hands
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import form_errors, select_field, text_field
from commonweal.web.components.requests import identifier, person
from commonweal.web.programmes.forms import Choices, set_choices
from commonweal.web.programmes.presenters import work_row
from commonweal.web.programmes.views import SHOWN, chosen_work, programme_trail

_MOST = 300
"""More rows than anybody goes through; of a larger programme one theme or step is shown at a time."""
_KEEP, _NONE = KEPT.value, "none"


class _SeveralForm(forms.Form):
    """What is set on every piece of work that is chosen."""

    which = forms.ChoiceField(
        choices=[("ticked", "Only what I tick below"), ("all", "All of it")],
        label="Which work?",
        error_messages={"required": "Choose which work is changed.", "invalid_choice": "Choose from the list."},
    )
    owner = forms.ChoiceField(label="Owner", error_messages={"invalid_choice": "Choose from the list."})
    department = forms.ChoiceField(label="Department", error_messages={"invalid_choice": "Choose from the list."})
    priority = forms.ChoiceField(label="Priority", error_messages={"invalid_choice": "Choose from the list."})
    later = forms.IntegerField(
        label="Move start and due by so many days",
        required=False,
        error_messages={"invalid": "This is not a whole number of days. Write it like 14, or -7 for a week earlier."},
    )
    agree = forms.BooleanField(label="Agree what is only proposed", required=False)

    def __init__(self, offered: Hands, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        keep: Choices = [(_KEEP, "Leave as it is")]
        people = [(str(id_), name) for id_, name in offered.people]
        departments = [(str(id_), name) for id_, name in offered.departments]
        set_choices(self, "owner", [*keep, (_NONE, "Nobody"), *people])
        set_choices(self, "department", [*keep, (_NONE, "None"), *departments])
        set_choices(self, "priority", [*keep, *((str(one.value), one.label) for one in Priority)])

    @property
    def change(self) -> Together:
        """What is set."""
        given = self.cleaned_data
        owner, department, priority = given["owner"], given["department"], given["priority"]
        return Together(
            owner=KEPT if owner == _KEEP else None if owner == _NONE else UUID(owner),
            department=KEPT if department == _KEEP else None if department == _NONE else int(department),
            priority=KEPT if priority == _KEEP else Priority(int(priority)),
            later=given["later"] or 0,
            agree=given["agree"],
        )


@require_http_methods(["GET", "POST"])
def several(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """What is not over of the work that the address asks for, each with a box, and what to set on it."""
    by = person(request)
    today = timezone.localdate()
    asked = chosen_work(request, usual="open")
    found = work_page(programme_id, asked, arranged="all", number=1, most=_MOST, by=by, today=today)
    view = found.view
    if not view.may(Action.PLAN_WORK):
        raise Forbidden(refusal(Action.PLAN_WORK))
    items = [item for item in found.items if not item.state.is_over]
    usual = {"which": "ticked", "owner": _KEEP, "department": _KEEP, "priority": _KEEP}
    form = _SeveralForm(
        hands(view.organisation_id, by=by, now=timezone.now()),
        request.POST if request.method == "POST" else None,
        initial=usual,
    )
    is_stale, closed = False, ""
    if request.method == "POST" and form.is_valid():
        try:
            change_together(
                programme_id=programme_id,
                chosen=_chosen(request, "shown" if form.cleaned_data["which"] == "all" else "work"),
                change=form.change,
                today=today,
                by=by,
                now=timezone.now(),
            )
            return redirect(f"{address('programme', programme_id)}?view=list")
        except BadInput as bad:
            for problem in bad.problems:
                form.add_error(problem.place if problem.place in form.fields else "which", problem.sentence)
        except Stale:
            is_stale = True
        except Closed as refused:
            closed = str(refused)
    page = _page(request, found, items, form, today, is_stale=is_stale) | {
        "asked": asked,
        "closed": closed,
    }
    status = 422 if page["errors"] else 409 if is_stale or closed else 200
    return render(request, "programmes/several.html", page, status=status)


def _page(
    request: HttpRequest,
    found: WorkPage,
    items: list[WorkItem],
    form: _SeveralForm,
    today: datetime.date,
    *,
    is_stale: bool,
) -> dict[str, Any]:
    view = found.view
    titles = {group.number: group.title for group in view.programme.groups}
    return {
        "view": view,
        "shows": {name: words for name, words in SHOWN.items() if name != "all"},
        "rows": [(item, work_row(item, found.parts, today), titles[item.group]) for item in items],
        "shown": " ".join(f"{item.id}.{item.version}" for item in items),
        "ticked": set() if is_stale else set(request.POST.getlist("work")),
        "is_all": form["which"].value() == "all",
        "which_error": " ".join(map(str, form["which"].errors)),
        "too_many": found.count > _MOST,
        "fields": [select_field(form[name]) for name in ("owner", "department", "priority")],
        "later": text_field(form["later"], classes="govuk-input--width-4", hint="Like 14, or -7 for a week earlier."),
        "agree": bool(form["agree"].value()),
        "proposed": sum(item.state is WorkState.PROPOSED for item in items),
        "is_stale": is_stale,
        "errors": form_errors(form) if request.method == "POST" else [],
        "trail": programme_trail(view, inside=True),
    }


def _chosen(request: HttpRequest, name: str) -> Mapping[UUID, int]:
    """The work that is meant, with its versions as they were shown: what was ticked, or all that stood there."""
    values = request.POST.get("shown", "").split() if name == "shown" else request.POST.getlist(name)
    found = {}
    for value in values[:_MOST]:
        text, _, version = value.partition(".")
        id_ = identifier(text)
        if id_ is not None:
            found[id_] = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else -1
    return found
