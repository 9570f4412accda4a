"""The indexes of an organisation's own, and the ways to begin one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.fates import Fate
from commonweal.core.maturity.own_index import IndexReach, IndexState
from commonweal.core.problems import Problem
from commonweal.core.words import long_date
from commonweal.reports.index_file import FORMATS as FILES
from commonweal.services.actions.own_indexes import begin_index, copy_index, import_index
from commonweal.services.allowed import require
from commonweal.services.errors import NotFound
from commonweal.services.people import Person
from commonweal.services.queries.editions import edition_before
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.own_indexes import OwnIndexLine, own_indexes, readable_index, readable_indexes
from commonweal.standards.index_template import template_content
from commonweal.web.components.addresses import address
from commonweal.web.components.downloads import download
from commonweal.web.components.editions import edition_changes, text_changes
from commonweal.web.components.place import organisation_trail
from commonweal.web.components.requests import person, typed
from commonweal.web.components.sent_files import sent_file
from commonweal.web.indexes.presenters import one_line, state_tag

_MOST_PROBLEMS = 100
_IN_THE_SUMMARY = 3


@require_http_methods(["GET", "POST"])
def indexes(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Those there are; sent with `do`, one more: begin, upload or copy."""
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    require(by, Action.SEE_INDEX, organisation_id)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return redirect("own-index", _begun(request, organisation_id, by))
        except BadInput as bad:
            problems = list(bad.problems)
    is_upload = request.POST.get("do") == "upload"
    shown = problems[:_MOST_PROBLEMS]
    page = {
        "organisation": line,
        "lines": [_row(one) for one in own_indexes(organisation_id, by=by)],
        "may_write": by.access.may(Action.WRITE_INDEX, organisation_id),
        "problems": [(problem.place, problem.sentence) for problem in shown] if is_upload else [],
        "more": len(problems) - len(shown),
        "errors": _summary(problems, is_upload=is_upload),
        "fields": _fields(request, {} if is_upload else {one.place: one.sentence for one in problems}),
        "copies": [(one.reference, one.label) for one in readable_indexes(by=by)],
        "trail": organisation_trail(line),
    }
    return render(request, "indexes/indexes.html", page, status=422 if problems else 200)


def _begun(request: HttpRequest, organisation_id: UUID, by: Person) -> UUID:
    """The new draft. Raises BadInput."""
    now, today = timezone.now(), timezone.localdate()
    if request.POST.get("do") == "upload":
        content, name = sent_file(request.FILES.get("file"))
        return import_index(
            organisation_id=organisation_id,
            content=content,
            file_name=name,
            by=by,
            now=now,
            replaces_draft=request.POST.get("replaces") == "yes",
        )
    if request.POST.get("do") == "copy":
        reference = typed(request, "reference")
        return copy_index(organisation_id=organisation_id, reference=reference, today=today, by=by, now=now)
    return begin_index(
        organisation_id=organisation_id,
        title=" ".join(typed(request, "title").split()),
        edition=" ".join(typed(request, "edition").split()),
        is_counted=request.POST.get("kind") == "statements",
        today=today,
        by=by,
        now=now,
    )


def _row(line: OwnIndexLine) -> dict[str, Any]:
    everybody = line.reach is IndexReach.EVERYBODY
    return {
        "line": line,
        "tag": state_tag(line.state),
        "reach": "" if line.state is IndexState.DRAFT else "Everybody" if everybody else "Your organisation",
        "changed": long_date(timezone.localdate(line.changed_at)),
    }


def _summary(problems: list[Problem], *, is_upload: bool) -> list[dict[str, str]]:
    return [
        {
            "text": f"{one.place}: {one.sentence}" if is_upload else one.sentence,
            "href": "#file" if is_upload else f"#{one.place}",
        }
        for one in problems[:_IN_THE_SUMMARY]
    ]


def _fields(request: HttpRequest, errors: dict[str, str]) -> dict[str, Any]:
    return {
        "title": one_line("title", "What is it called?", typed(request, "title"), errors),
        "edition": one_line(
            "edition", "Who is it for?", typed(request, "edition"), errors, hint="For example: suppliers of goods"
        ),
        "kind": {
            "name": "kind",
            "idPrefix": "kind",
            "classes": "govuk-radios--small",
            "fieldset": {"legend": {"text": "How is it answered?", "classes": "govuk-fieldset__legend--s"}},
            "value": request.POST.get("kind", "ladders"),
            "items": [
                {
                    "value": "ladders",
                    "text": "Each question has answers of its own, one after the other",
                    "hint": {"text": "A theme is as far as the question that holds it back."},
                },
                {
                    "value": "statements",
                    "text": "Each statement is rated with a level",
                    "hint": {
                        "text": "How many stand at each level is counted. Statements have no actions of their own:"
                        " a plan only says from which level to which."
                    },
                },
            ],
        },
    }


@require_GET
def template_file(request: HttpRequest, index_format: str) -> HttpResponse:
    """A small index to write over, as YAML or as a workbook."""
    if index_format not in FILES:
        raise NotFound
    return download(FILES[index_format](template_content(), timezone.localdate()), f"index-template.{index_format}")


@require_GET
def changes(request: HttpRequest, reference: str) -> HttpResponse:
    """What changed in a version of an index since the one before: every question with what became of it."""
    by = person(request)
    index = readable_index(reference, by=by)
    between = edition_before(reference, by=by)
    page = {
        "index": index,
        "before": between.before if between else None,
        "changes": edition_changes(between) if between else [],
        "same": sum(one.fate is Fate.SAME for one in between.became) if between else 0,
        "texts": text_changes(between) if between else [],
        "trail": [("Organisations", address("start")), ("Workbooks", address("blank-workbooks"))],
    }
    return render(request, "indexes/changes.html", page)
