"""Documents of a programme, and its work as a workbook that goes out and comes back."""

import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.core.access import Action, refusal
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.working_days import months_from
from commonweal.core.words import slug
from commonweal.reports.programme_formats import LISTS, PAPERS, render_highlights, render_list, render_paper
from commonweal.services.actions.work_uploads import apply_work_upload, receive_work_sheet, sheet_code
from commonweal.services.errors import Forbidden, NotFound, Stale
from commonweal.services.queries.programme_report import programme_report
from commonweal.services.queries.programmes import programme as one_programme
from commonweal.services.queries.work_uploads import waiting_work_upload
from commonweal.web.components.addresses import address
from commonweal.web.components.downloads import download
from commonweal.web.components.requests import day, person
from commonweal.web.components.sent_files import sent_workbook
from commonweal.web.programmes.views import programme_trail

_MOST_PROBLEMS, _IN_THE_SUMMARY = 200, 12


@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """What can be taken out, and the workbook that comes back."""
    by = person(request)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            content, name = sent_workbook(request.FILES.get("workbook"))
            return redirect(
                "work-upload",
                receive_work_sheet(
                    programme_id=programme_id, content=content, file_name=name, by=by, now=timezone.now()
                ),
            )
        except BadInput as bad:
            problems = list(bad.problems)
    view = one_programme(programme_id, by=by)
    today = timezone.localdate()
    shown = problems[:_MOST_PROBLEMS]
    page = {
        "view": view,
        "since": months_from(today, -1).strftime("%d/%m/%Y"),
        "months": [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in _months(view.programme.starts_on, today)],
        "may_plan": view.may(Action.PLAN_WORK) and view.programme.state == "open",
        "problems": [(problem.place, problem.sentence) for problem in shown],
        "more": len(problems) - len(shown),
        "errors": [{"text": one.sentence, "href": "#workbook"} for one in problems[:_IN_THE_SUMMARY]],
        "trail": programme_trail(view, inside=True),
    }
    return render(request, "programmes/documents.html", page, status=422 if problems else 200)


def _months(starts_on: datetime.date, today: datetime.date) -> list[datetime.date]:
    """The months that can be told of, the latest first: from the first one of the programme to this one."""
    first, month = starts_on.replace(day=1), today.replace(day=1)
    found = [month]
    while found[-1] > first and len(found) < 72:
        found.append(months_from(month, -len(found)))
    return found


@require_GET
def paper(request: HttpRequest, programme_id: UUID, format_name: str) -> HttpResponse:
    """The committee paper; `since` in the address is the day from which changes are told."""
    report = programme_report(programme_id, by=person(request), today=timezone.localdate())
    if format_name not in PAPERS:
        raise NotFound
    since = day(request.GET.get("since", "").strip()) or months_from(timezone.localdate(), -1)
    name = f"{slug(report.programme.title, 'programme')}.{format_name}"
    return download(render_paper(report, format_name, since), name)


@require_GET
def highlights(request: HttpRequest, programme_id: UUID, format_name: str) -> HttpResponse:
    """The highlights of a month (`month`, like 2027-05), of this one where none is named."""
    report = programme_report(programme_id, by=person(request), today=timezone.localdate())
    if format_name not in PAPERS:
        raise NotFound
    asked = day(f"{request.GET.get('month', '')}-01")
    month = asked if asked and 2000 <= asked.year <= 2100 else timezone.localdate().replace(day=1)
    name = f"{slug(report.programme.title, 'programme')}-{month:%Y-%m}.{format_name}"
    return download(render_highlights(report, format_name, month), name)


@require_GET
def work_list(request: HttpRequest, programme_id: UUID, format_name: str) -> HttpResponse:
    """The work as a list."""
    report = programme_report(programme_id, by=person(request), today=timezone.localdate())
    if format_name not in LISTS:
        raise NotFound
    name = f"{slug(report.programme.title, 'programme')}-work.{format_name}"
    return download(render_list(report, format_name, sheet_code(programme_id)), name)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, work_upload_id: UUID) -> HttpResponse:
    """What a workbook would change; sent, it changes all of that."""
    by = person(request)
    waiting = waiting_work_upload(work_upload_id, by=by)
    view = one_programme(waiting.programme_id, by=by)
    if not view.may(Action.PLAN_WORK):
        raise Forbidden(refusal(Action.PLAN_WORK))
    is_stale = False
    if request.method == "POST":
        try:
            return redirect("programme", apply_work_upload(upload_id=work_upload_id, by=by, now=timezone.now()))
        except Stale:
            is_stale = True
    page = {
        "view": view,
        "upload": waiting,
        "is_stale": is_stale,
        "trail": [*programme_trail(view, inside=True), ("Documents", address("programme-documents", view.id))],
    }
    return render(request, "programmes/work_upload.html", page, status=409 if is_stale else 200)
