"""The plan, its notes, and the documents made from what is on screen."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index
from commonweal.core.words import slug
from commonweal.reports.child import render_apart
from commonweal.reports.compose import plan_content
from commonweal.reports.extract import Extract, extracted, with_notes
from commonweal.reports.formats import FORMATS
from commonweal.services.actions.answers import keep_plan_note
from commonweal.services.allowed import require_open
from commonweal.services.errors import NotFound, Stale
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.lifecycle import frozen_document
from commonweal.services.queries.programmes import open_programme
from commonweal.web.components.addresses import address
from commonweal.web.components.downloads import download
from commonweal.web.components.kinds import has_levels
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person, sent_version, typed
from commonweal.web.components.standing import BASELINE, NOW, shown
from commonweal.web.plans.presenters import DOCUMENTS, actions_by_theme, filters, query_of

_VIEWS = {"grid", "list"}


@require_GET
def plan(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """The grid of themes by level, or the same as a list; `theme`, `level` and `view` stand in the address."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    today = timezone.localdate()
    found = shown(request, round_, today=today, unless_asked=NOW)
    extract = _extract(request, round_.index)
    content = with_notes(plan_content(found.results, today, found.baseline), round_.plan_notes)
    part = extracted(content, round_.index, extract)
    view = request.GET.get("view", "grid")
    page = {
        "round": round_,
        "caption": caption(round_),
        "content": part,
        "groups": actions_by_theme(round_.index, part),
        "view": view if view in _VIEWS else "grid",
        "filters": filters(round_.index, extract),
        "query": query_of(extract, found.part),
        "shown": found,
        "extract": extract.words(round_.index),
        "documents": [(name, words) for name, words in DOCUMENTS.items() if name in FORMATS],
        "programme": open_programme(assessment_id, by=by),
        "may_plan": round_.may(Action.PLAN_WORK),
        "has_levels": has_levels(round_.index),
        "is_empty": not round_.given.answers and not round_.estimates,
        "trail": trail(round_),
    }
    return render(request, "plans/plan.html", page)


def _extract(request: HttpRequest, index: Index) -> Extract:
    """What the address asks for; what the index does not have is left out."""
    codes = [theme.code for theme in index.themes if theme.code in request.GET.getlist("theme")]
    levels = [level.position for level in index.levels[1:] if str(level.position) in request.GET.getlist("level")]
    return Extract(tuple(codes), tuple(levels))


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """The note beside a theme's row of the plan."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    theme = round_.index.theme(code)
    if theme is None:
        raise NotFound
    require_open(by, Action.ANSWER, round_.organisation_id, round_.id, round_.state, code)
    state = round_.themes[code]
    text, version = state.plan_note, state.plan_note_version
    error, saved_meanwhile = "", None
    if request.method == "POST":
        text = typed(request, "note")
        try:
            keep_plan_note(
                assessment_id=assessment_id,
                code=code,
                version=sent_version(request),
                text=text,
                by=by,
                now=timezone.now(),
            )
        except BadInput as bad:
            error = bad.problems[0].sentence
        except Stale:
            saved_meanwhile = state.plan_note
        else:
            return redirect(f"{address('plan', assessment_id)}#theme-{code}")
    page = {
        "caption": caption(round_),
        "theme": theme,
        "text": text,
        "version": version,
        "error": error,
        "saved_meanwhile": saved_meanwhile,
        "errors": [{"text": error, "href": "#note"}] if error else [],
        "trail": [*trail(round_), ("Action plan", address("plan", assessment_id))],
    }
    return render(
        request, "plans/note.html", page, status=422 if error else 409 if saved_meanwhile is not None else 200
    )


@require_GET
def document(request: HttpRequest, assessment_id: UUID, format_name: str) -> HttpResponse:
    """The plan as a document, cut down as the page is; as it was decided on, or where it stands now."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    if format_name not in DOCUMENTS:
        raise NotFound
    extract = _extract(request, round_.index)
    is_whole = not extract.words(round_.index)
    today = timezone.localdate()
    found = shown(request, round_, today=today, unless_asked=BASELINE)
    may_be_frozen = round_.state.is_frozen and is_whole and not found.baseline
    content = frozen_document(assessment_id, format_name, by=by) if may_be_frozen else None
    if content is None:
        was = found.baseline.assessment if found.baseline else None
        content = render_apart(format_name, found.results.assessment, today, extract, round_.plan_notes, was)
    part = f"{f'-{today}' if found.baseline else ''}{'' if is_whole else '-extract'}"
    return download(content, f"{slug(round_.given.organisation, 'organisation')}-plan{part}.{format_name}")
