"""One index of one's own: what it holds and what is left, its order, its preview, its files, publishing it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.core.access import Action, refusal
from commonweal.core.errors import BadInput
from commonweal.core.maturity.edition import edition
from commonweal.core.maturity.own_index import IndexReach, IndexState, refused_writing
from commonweal.reports.index_file import FORMATS as FILES
from commonweal.services.actions.own_indexes import (
    change_index,
    delete_draft,
    publish_index,
    start_new_version,
    withdraw_index,
)
from commonweal.services.errors import Closed, Forbidden, NotFound, Stale
from commonweal.services.indexes import held_index
from commonweal.services.people import Person
from commonweal.services.queries.own_indexes import OwnIndexView, ids_used, own_index
from commonweal.standards.authoring import Content
from commonweal.standards.authoring_themes import moved, with_new_theme, without
from commonweal.standards.preview import preview_index
from commonweal.web.components.addresses import address
from commonweal.web.components.downloads import download
from commonweal.web.components.editions import edition_changes
from commonweal.web.components.kinds import names_of
from commonweal.web.components.question_markup import FilledQuestion, rendered
from commonweal.web.components.requests import person, sent_version, typed
from commonweal.web.indexes.presenters import index_trail, left_to_do, noun_of, one_line, state_tag, theme_size

_LEFT_SHOWN = 12


def writable(request: HttpRequest, own_index_id: UUID) -> OwnIndexView:
    """A draft that this person may write. Raises NotFound, Forbidden or Closed."""
    view = own_index(own_index_id, by=person(request))
    if not view.may_write:
        raise Forbidden(refusal(Action.WRITE_INDEX))
    refused = refused_writing(view.line.state)
    if refused:
        raise Closed(refused)
    return view


@require_http_methods(["GET", "POST"])
def own_index_page(request: HttpRequest, own_index_id: UUID) -> HttpResponse:
    """What it holds and what is left. Sent with `do`: add-theme, up, down, remove, new-version, withdraw, delete."""
    by = person(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return redirect(_done(request, own_index_id, by))
        except BadInput as bad:
            errors = {problem.place: problem.sentence for problem in bad.problems}
    view = own_index(own_index_id, by=by)
    left = left_to_do(view) if view.line.state is IndexState.DRAFT else []
    page = {
        "view": view,
        "line": view.line,
        "tag": state_tag(view.line.state),
        "is_draft": view.line.state is IndexState.DRAFT,
        "is_published": view.line.state is IndexState.PUBLISHED,
        "for_everybody": view.line.reach is IndexReach.EVERYBODY,
        "left": left[:_LEFT_SHOWN],
        "more": len(left) - len(left[:_LEFT_SHOWN]),
        "themes": [(theme, theme_size(view.content, theme)) for theme in view.content["themes"]],
        "levels": [level["label"] for level in view.content["levels"]],
        "before": f"version {view.earlier.rpartition('@')[2]}",
        "changes": _changes(view),
        "files": list(FILES),
        "noun": noun_of(view.content),
        "nouns": f"{noun_of(view.content)}s",
        "may_open": by.access.may(Action.OPEN, view.line.organisation_id),
        "title": one_line("title", "Title of the theme", typed(request, "title"), errors),
        "lead_question": one_line(
            "lead_question",
            "What does it ask?",
            typed(request, "lead_question"),
            errors,
            hint="The one question behind the theme, such as: How do you know what your suppliers emit?",
        ),
        "errors": [{"text": text, "href": f"#{name}"} for name, text in errors.items()],
        "trail": index_trail(view),
    }
    return render(request, "indexes/own_index.html", page, status=422 if errors else 200)


def _changes(view: OwnIndexView) -> list[tuple[str, str, str]] | None:
    """What changed since the version before; nothing for the first one. Of a draft, as far as it is finished."""
    if not view.earlier:
        return None
    shown, _ = preview_index(view.content)
    return edition_changes(edition(held_index(view.earlier), shown)) if shown else []


def _done(request: HttpRequest, own_index_id: UUID, by: Person) -> str:
    """Do what was asked, and give the address to go on at. Raises NotFound, Forbidden, Closed or BadInput."""
    now, today = timezone.now(), timezone.localdate()
    do, _, rest = typed(request, "do").partition(":")
    if do == "new-version":
        return address("own-index", start_new_version(own_index_id=own_index_id, today=today, by=by, now=now))
    if do == "delete":
        return address("indexes", delete_draft(own_index_id=own_index_id, by=by, now=now))
    if do == "withdraw":
        withdraw_index(own_index_id=own_index_id, by=by, now=now)
    elif do == "add-theme":
        return _with_theme(request, own_index_id, by)
    elif do in {"up", "down", "remove"}:
        return _arranged(own_index_id, do, *rest.partition(":")[::2], by)
    return address("own-index", own_index_id)


def _with_theme(request: HttpRequest, own_index_id: UUID, by: Person) -> str:
    title, asks = (" ".join(typed(request, name).split()) for name in ("title", "lead_question"))
    codes, _ = ids_used(own_index(own_index_id, by=by).line.index, by=by)
    made: list[str] = []

    def add(content: Content) -> Content:
        changed, code = with_new_theme(content, title, asks, codes)
        made.append(code)
        return changed

    change_index(own_index_id=own_index_id, change=add, what=f"theme added: {title}", by=by, now=timezone.now())
    return address("own-theme", own_index_id, made[0])


def _arranged(own_index_id: UUID, do: str, kind: str, name: str, by: Person) -> str:
    """Move or remove a theme or a question, and go on where its fellows are."""
    if kind not in {"theme", "question"}:
        raise NotFound
    view = own_index(own_index_id, by=by)
    theme = next((one["code"] for one in view.content["themes"] if any(q["id"] == name for q in one["questions"])), "")

    def arrange(content: Content) -> Content:
        if do == "remove":
            return without(content, kind, name)
        return moved(content, kind, name, -1 if do == "up" else 1)

    what = f"{kind} {name} {'removed' if do == 'remove' else f'moved {do}'}"
    change_index(own_index_id=own_index_id, change=arrange, what=what, by=by, now=timezone.now())
    if kind == "question" and theme:
        return f"{address('own-theme', own_index_id, theme)}#questions"
    return f"{address('own-index', own_index_id)}#themes"


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, own_index_id: UUID) -> HttpResponse:
    """Say for whom, and what it means; then it never changes."""
    view = writable(request, own_index_id)
    is_stale, left = False, left_to_do(view)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        reach = IndexReach.EVERYBODY if request.POST.get("reach") == "everybody" else IndexReach.ORGANISATION
        try:
            publish_index(
                own_index_id=own_index_id,
                version=sent_version(request),
                reach=reach,
                today=timezone.localdate(),
                by=person(request),
                now=timezone.now(),
            )
            return redirect("own-index", own_index_id)
        except Stale:
            is_stale, view = True, writable(request, own_index_id)
        except BadInput as bad:
            errors = [{"text": one.sentence, "href": "#main-content"} for one in bad.problems[:3]]
    page = {
        "view": view,
        "line": view.line,
        "left": left,
        "is_stale": is_stale,
        "errors": errors,
        "trail": index_trail(view, inside=True),
    }
    return render(request, "indexes/publish.html", page, status=409 if is_stale else 422 if errors else 200)


@require_GET
def preview(request: HttpRequest, own_index_id: UUID, code: str) -> HttpResponse:
    """A theme as those who answer will see it; what is not finished is left out and named."""
    view = own_index(own_index_id, by=person(request))
    shown, left_out = preview_index(view.content)
    codes = [theme.code for theme in shown.themes] if shown else []
    theme = shown.theme(code) if shown else None
    if theme is None and code not in {one["code"] for one in view.content["themes"]}:
        raise NotFound
    page: dict[str, Any] = {
        "line": view.line,
        "theme": theme,
        "left_out": [id_ for id_ in left_out if shown is None or id_ in _ids_of(view, code)],
        "questions": [rendered(one, FilledQuestion(), {}) for one in theme.questions] if theme else [],
        "others": [(one.code, one.title) for one in shown.themes] if shown else [],
        "code": code,
        "position": f"{names_of(shown).theme} {codes.index(code) + 1} of {len(codes)}" if shown and theme else "",
        "trail": index_trail(view, inside=True),
    }
    return render(request, "indexes/preview.html", page)


def _ids_of(view: OwnIndexView, code: str) -> set[str]:
    return {one["id"] for theme in view.content["themes"] if theme["code"] == code for one in theme["questions"]}


@require_GET
def as_file(request: HttpRequest, own_index_id: UUID, index_format: str) -> HttpResponse:
    """The index as YAML or as a workbook, to work on elsewhere and to send back."""
    view = own_index(own_index_id, by=person(request))
    if index_format not in FILES:
        raise NotFound
    content = FILES[index_format](view.content, timezone.localdate())
    return download(content, f"{view.line.index}-{view.line.number}.{index_format}")
