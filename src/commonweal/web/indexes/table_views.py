"""Statements or questions come in from a table of one's own: what each column is, what each row would do, then all."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.words import counted
from commonweal.intake.statement_table import StatementTable, read_statement_table, refused_table
from commonweal.services.actions.own_indexes import change_index
from commonweal.services.queries.own_indexes import OwnIndexView, ids_used
from commonweal.standards.authoring_table import (
    COLUMNS,
    LEFT_OUT,
    NEW,
    Columns,
    Planned,
    areas_of,
    guessed_columns,
    guessed_themes,
    planned,
    with_rows,
)
from commonweal.web.components.requests import person, typed
from commonweal.web.components.sent_files import sent_file
from commonweal.web.indexes.draft_views import writable
from commonweal.web.indexes.presenters import index_trail, noun_of

_LABELS = {
    "theme": "Theme or key area",
    "text": "Statement or question",
    "title": "Short title (optional)",
    "help": "Help (optional)",
    "evidence": "What would show it (optional)",
}


@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, own_index_id: UUID) -> HttpResponse:
    """Sent with `do`: read (the file), preview (columns and themes were chosen), apply."""
    view = writable(request, own_index_id)
    do = request.POST.get("do", "")
    try:
        if do == "read":
            return _preview(request, view, read_statement_table(*sent_file(request.FILES.get("file"))))
        if do in {"preview", "apply"}:
            return _preview(request, view, _sent_table(request), is_applied=do == "apply")
    except BadInput as bad:
        return _upload_page(request, view, bad.problems[0])
    return _upload_page(request, view)


def _upload_page(request: HttpRequest, view: OwnIndexView, problem: Problem | None = None) -> HttpResponse:
    error = f"{problem.place}: {problem.sentence}" if problem else ""
    page = {
        "line": view.line,
        "error": error,
        "errors": [{"text": error, "href": "#file"}] if problem else [],
        "trail": index_trail(view, inside=True),
    }
    return render(request, "indexes/table.html", page, status=422 if problem else 200)


def _sent_table(request: HttpRequest) -> StatementTable:
    """The table as the preview carries it. Raises BadInput where it is none of ours."""
    try:
        heads, rows, places = json.loads(request.POST.get("table", ""))
        found = StatementTable(tuple(heads), tuple(map(tuple, rows)), tuple(places))
    except (ValueError, TypeError, RecursionError):
        raise BadInput([refused_table()]) from None
    texts = [*found.heads, *found.places, *(cell for row in found.rows for cell in row)]
    is_even = all(len(row) == len(found.heads) for row in found.rows) and len(found.rows) == len(found.places)
    if not is_even or not found.rows or not all(isinstance(text, str) for text in texts):
        raise BadInput([refused_table()])
    return found


def _preview(
    request: HttpRequest, view: OwnIndexView, found: StatementTable, *, is_applied: bool = False
) -> HttpResponse:
    columns = _columns(request, found)
    areas = areas_of(columns, found.rows)
    themes = _themes(request, view, areas)
    rows = planned(view.content, columns, found.rows, themes)
    taken = [row for row in rows if not row.is_left_out and (f"leave-{row.row}" not in request.POST)]
    held = sum(len(theme["questions"]) for theme in view.content["themes"])
    after = held + sum(not row.is_already for row in taken)
    whole = view.content.get("scoring", {}).get("whole", 0)
    is_whole = request.POST.get("whole") == "yes" if "do" in request.POST and is_applied else after == whole
    nothing = "No row would be taken. Choose what the columns are, and a theme for the rows."
    error = nothing if is_applied and not taken else ""
    if is_applied and not error:
        try:
            _apply(request, view, taken, is_whole=is_whole)
        except BadInput as bad:
            error = bad.problems[0].sentence
        else:
            return redirect("own-index", view.line.id)
    page: dict[str, Any] = {
        "line": view.line,
        "table": json.dumps([found.heads, found.rows, found.places], ensure_ascii=False),
        "columns": [(name, label, getattr(columns, name)) for name, label in _LABELS.items()],
        "heads": list(enumerate(found.heads)),
        "areas": [(number, area or "(empty)", themes[area]) for number, area in enumerate(areas)],
        "themes": [(one["code"], f"{one['code']} {one['title']}") for one in view.content["themes"]],
        "rows": [(row, found.places[row.row], _does(row)) for row in rows],
        "left": {row.row for row in rows if f"leave-{row.row}" in request.POST},
        "sum": _sum(taken, held, whole, noun_of(view.content)),
        "asks_whole": "lacks" in view.content or any("lacks" in one for one in view.content["themes"]),
        "is_whole": is_whole,
        "errors": [{"text": error, "href": "#columns"}] if error else [],
        "trail": index_trail(view, inside=True),
        "new": NEW,
        "leave": LEFT_OUT,
    }
    return render(request, "indexes/table_preview.html", page, status=422 if error else 200)


def _sum(taken: list[Planned], held: int, whole: int, noun: str) -> str:
    new = sum(not row.is_already for row in taken)
    here = len(taken) - new
    given = f"; {counted(here, noun)} that {'is' if here == 1 else 'are'} here get the text of the row" if here else ""
    of = f" of {whole}" if whole else ""
    return f"{counted(new, noun).capitalize()} would come in{given}. The index then holds {held + new}{of}."


def _columns(request: HttpRequest, found: StatementTable) -> Columns:
    if "column-text" not in request.POST:
        return guessed_columns(found.heads, found.rows)
    numbers = {str(number): number for number in range(len(found.heads))}
    return Columns(**{name: numbers.get(typed(request, f"column-{name}"), -1) for name in COLUMNS})


def _themes(request: HttpRequest, view: OwnIndexView, areas: list[str]) -> dict[str, str]:
    """Where each key area goes: as chosen, or as guessed where the column was chosen just now."""
    guessed = guessed_themes(view.content, areas)
    if [typed(request, f"area-name-{number}") for number in range(len(areas))] != [area or "(empty)" for area in areas]:
        return guessed
    known = {one["code"] for one in view.content["themes"]} | {NEW, LEFT_OUT}
    chosen = {area: typed(request, f"area-{number}") for number, area in enumerate(areas)}
    return {area: to if to in known else guessed[area] for area, to in chosen.items()}


def _does(row: Planned) -> str:
    if not row.text:
        return "Left out: there is no text"
    if row.is_left_out:
        return "Left out"
    return f"Gives {row.is_already} its text" if row.is_already else "Comes in new"


def _apply(request: HttpRequest, view: OwnIndexView, rows: list[Planned], *, is_whole: bool) -> None:
    by = person(request)
    _, used = ids_used(view.line.index, by=by)
    change_index(
        own_index_id=view.line.id,
        change=lambda content: with_rows(
            content, rows, is_whole=is_whole, source="As it stands in your own copy of the index.", taken=used
        ),
        what=f"{counted(len(rows), 'row')} of a table taken in",
        by=by,
        now=timezone.now(),
    )
