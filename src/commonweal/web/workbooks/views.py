"""Workbooks to download, and filled-in ones to take back: a preview, then all or nothing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import Assessment
from commonweal.core.problems import Problem
from commonweal.core.words import slug
from commonweal.reports.workbook import write_workbook
from commonweal.services.actions.uploads import apply_upload, receive_workbook, workbook_code
from commonweal.services.allowed import require_with
from commonweal.services.errors import Stale
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.own_indexes import readable_index, readable_indexes
from commonweal.services.queries.uploads import waiting_upload
from commonweal.web.components.addresses import address
from commonweal.web.components.downloads import download
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person
from commonweal.web.components.sent_files import sent_workbook
from commonweal.web.workbooks.presenters import change_rows

_MOST_PROBLEMS = 100
_IN_THE_SUMMARY = 3


@require_GET
def blank_workbooks(request: HttpRequest) -> HttpResponse:
    """A workbook of every index, to fill in without this service."""
    indexes = readable_indexes(by=person(request))
    return render(request, "workbooks/blank.html", {"indexes": indexes, "trail": [("Organisations", address("start"))]})


@require_GET
def blank_workbook(request: HttpRequest, reference: str) -> HttpResponse:
    """An index as a workbook."""
    index = readable_index(reference, by=person(request))
    content = write_workbook(Assessment("", index, {}), timezone.localdate())
    return download(content, f"{slug(index.id, 'index')}-{index.version}.xlsx")


@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """The workbook of an assessment: download, and upload when it is filled in."""
    by = person(request)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            content, name = sent_workbook(request.FILES.get("workbook"))
            id_ = receive_workbook(
                assessment_id=assessment_id, content=content, file_name=name, by=by, now=timezone.now()
            )
            return redirect("upload", id_)
        except BadInput as bad:
            problems = list(bad.problems)
    round_ = assessment_round(assessment_id, by=by)
    require_with(by, Action.EXPORT, round_.organisation_id, round_.id)
    shown = problems[:_MOST_PROBLEMS]
    page = {
        "round": round_,
        "caption": caption(round_),
        "problems": [(problem.place, problem.sentence) for problem in shown],
        "more": len(problems) - len(shown),
        "errors": [{"text": one.sentence, "href": "#workbook"} for one in problems[:_IN_THE_SUMMARY]],
        "trail": trail(round_),
    }
    return render(request, "workbooks/workbook.html", page, status=422 if problems else 200)


@require_GET
def filled_workbook(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """The workbook with what is answered filled in."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    require_with(by, Action.EXPORT, round_.organisation_id, round_.id)
    content = write_workbook(round_.given, timezone.localdate(), code=workbook_code(round_))
    return download(content, f"{slug(round_.given.organisation, 'organisation')}-workbook.xlsx")


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What a workbook would change; sent, it changes all of that."""
    by = person(request)
    waiting = waiting_upload(upload_id, by=by)
    is_stale = False
    if request.method == "POST":
        try:
            apply_upload(upload_id=upload_id, by=by, now=timezone.now())
            return redirect("check", waiting.assessment_id)
        except Stale:
            is_stale = True
    round_ = assessment_round(waiting.assessment_id, by=by)
    page = {
        "round": round_,
        "caption": caption(round_),
        "upload": waiting,
        "rows": change_rows(round_, waiting),
        "is_stale": is_stale,
        "trail": [*trail(round_), ("Workbook", address("workbook", round_.id))],
    }
    return render(request, "workbooks/upload.html", page, status=409 if is_stale else 200)
