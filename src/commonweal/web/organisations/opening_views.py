"""Rounds are opened: for the organisation, for a department, or for each of them at once."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action
from commonweal.core.maturity.answers import Answers, answers_for
from commonweal.core.maturity.edition import carry_through, edition
from commonweal.core.maturity.measuring import months_after
from commonweal.core.maturity.models import Index
from commonweal.core.words import long_date
from commonweal.services.actions.assessments import Opening, open_assessments
from commonweal.services.allowed import require
from commonweal.services.indexes import held_index
from commonweal.services.people import Person
from commonweal.services.queries.assessments import Round
from commonweal.services.queries.editions import editions_between
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.own_indexes import offered_indexes
from commonweal.services.queries.position import answers_now
from commonweal.services.queries.round_heads import departments_to_open
from commonweal.web.components.fields import choice_field, form_errors, select_field, text_field
from commonweal.web.components.place import organisation_trail
from commonweal.web.components.requests import person
from commonweal.web.organisations.forms import EACH, OWN_BEFORE, WHOLE, AssessmentForm
from commonweal.web.organisations.views import rounds_to_show


@require_http_methods(["GET", "POST"])
def new_assessment(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Open a round: index, name, horizon, whose answers, when to measure again."""
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    require(by, Action.OPEN, organisation_id)
    today = timezone.localdate()
    earlier = rounds_to_show(organisation_id, by)
    departments = departments_to_open(organisation_id, by=by)
    usual = next((one.index.id for one in earlier), line.kind.edition)
    form = AssessmentForm(
        today,
        request.GET.get("index", usual),
        _beginnings(earlier),
        offered_indexes(organisation_id, by=by),
        departments,
        request.GET.get("whose", WHOLE),
        request.POST if request.method == "POST" else None,
    )
    if form.is_valid():
        _refuse_what_does_not_fit(form, earlier)
    if request.method == "POST" and form.is_valid():
        opened = _open(organisation_id, form, earlier, departments, by, today)
        return redirect("task-list", opened[0]) if len(opened) == 1 else redirect("departments", organisation_id)
    page = {
        "organisation": line,
        "may_manage_settings": by.access.may(Action.MANAGE_SETTINGS, organisation_id),
        "may_write_indexes": by.access.may(Action.WRITE_INDEX, organisation_id),
        **_fields(form, has_departments=bool(departments), has_rounds=bool(earlier)),
        "errors": form_errors(form) if request.method == "POST" else [],
        "trail": organisation_trail(line),
    }
    return render(request, "organisations/new_assessment.html", page, status=422 if page["errors"] else 200)


def _fields(form: AssessmentForm, *, has_departments: bool, has_rounds: bool) -> dict[str, Any]:
    return {
        "index": choice_field(form["index"], small=True),
        "name": text_field(form["name"], classes="govuk-input--width-20", hint="It stands on every page and document."),
        "horizon_years": choice_field(
            form["horizon_years"],
            small=True,
            hint="Your target is where you want to be by then. Two or three years is usual.",
        ),
        "whose": select_field(form["whose"], hint=_WHOSE) if has_departments else None,
        "again": select_field(form["again"], hint="Whoever leads here gets a reminder by e-mail. You can change it."),
        "start_from": choice_field(form["start_from"], small=True) if has_rounds else None,
    }


_WHOSE = "Departments that answer the same index can be seen side by side."


def _beginnings(earlier: list[Round]) -> list[tuple[str, str]]:
    """What a round may begin with: the answers of an earlier one, or of the one before of whoever answers."""
    several = len({one.index.id for one in earlier}) > 1
    own = [(OWN_BEFORE, "Those of the department's round before, as they stand now")]
    return [
        *(own if any(one.department for one in earlier) else []),
        *(
            (str(one.id), f"Those of {one.name}{f' ({one.index.title})' if several else ''}, as they stand now")
            for one in earlier
            if not one.department
        ),
    ]


def _refuse_what_does_not_fit(form: AssessmentForm, earlier: list[Round]) -> None:
    begin, whose = form.cleaned_data["start_from"], form.cleaned_data["whose"]
    chosen = next((one for one in earlier if str(one.id) == begin), None)
    if chosen and chosen.index.id != form.cleaned_data["index"].partition("@")[0]:
        form.add_error("start_from", f"{chosen.name} answers another index. Choose a round of the same one, or none.")
    elif chosen and whose == EACH:
        form.add_error("start_from", "Each department begins with its own answers. Choose the round before, or none.")
    elif begin == OWN_BEFORE and whose == WHOLE:
        form.add_error("start_from", "This is for departments. Choose one of the rounds, or none.")


def _open(
    organisation_id: UUID,
    form: AssessmentForm,
    earlier: list[Round],
    departments: dict[int, str],
    by: Person,
    today: datetime.date,
) -> list[UUID]:
    given = form.cleaned_data
    index, whose = held_index(given["index"]), given["whose"]
    openings = []
    for department in _answering(whose, departments):
        before = _before(given["start_from"], earlier, index, department)
        openings.append(
            Opening(
                index=index,
                name=given["name"],
                date=today,
                horizon_years=given["horizon_years"],
                department=department,
                again_on=months_after(today, given["again"]) if given["again"] else None,
                answers=answers_for(index, _as_answered(before, index, by)) if before else {},
                source=f"Begun with the answers of {before.name} as they stood on {long_date(today)}" if before else "",
                moved_from=before.id if before and before.index.reference != index.reference else None,
            )
        )
    return open_assessments(organisation_id=organisation_id, openings=openings, by=by, now=timezone.now())


def _answering(whose: str, departments: dict[int, str]) -> list[int | None]:
    if whose == EACH:
        return list(departments)
    return [None if whose == WHOLE else int(whose)]


def _before(begin: str, earlier: list[Round], index: Index, department: int | None) -> Round | None:
    """The round whose answers another begins with; `earlier` has the latest first."""
    if begin == OWN_BEFORE:
        return next((one for one in earlier if one.series == (index.id, department)), None)
    return next((one for one in earlier if str(one.id) == begin), None)


def _as_answered(chosen: Round, index: Index, by: Person) -> Answers:
    """The answers of a round as they stand now; those that go over, where it answers another version of the index."""
    answers = answers_now(chosen.id, by=by)
    if chosen.index.reference == index.reference:
        return answers
    editions = editions_between(chosen.index, index) or [edition(chosen.index.as_published, index)]
    return carry_through(editions, answers).answers
