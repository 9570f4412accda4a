"""What the plan page shows beside the plan itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from commonweal.core.maturity.models import Index
from commonweal.reports.content import ActionRow, PlanContent
from commonweal.reports.extract import Extract

DOCUMENTS = {
    "pdf": "PDF",
    "docx": "Word",
    "xlsx": "Excel",
    "html": "Web page",
    "csv": "CSV",
    "json": "JSON",
}
"""The documents that are offered, in order, as people know them."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a filter."""

    value: str
    text: str
    is_chosen: bool


def filters(index: Index, extract: Extract) -> dict[str, list[Option]]:
    """The options of the two filters; the first of each takes everything."""
    themes = [Option(theme.code, f"{theme.code} {theme.title}", theme.code in extract.themes) for theme in index.themes]
    levels = [Option(str(level.position), level.label, level.position in extract.levels) for level in index.levels[1:]]
    return {
        "theme": [Option("", "All themes", not extract.themes), *themes],
        "level": [Option("", "All levels", not extract.levels), *levels],
    }


def query_of(extract: Extract, part: Mapping[str, str]) -> str:
    """An extract, and what else an address says, without the question mark."""
    chosen = [*(("theme", code) for code in extract.themes), *(("level", at) for at in extract.levels)]
    return urlencode([*chosen, *part.items()])


def actions_by_theme(index: Index, content: PlanContent) -> list[tuple[str, str, list[ActionRow], tuple[str, ...]]]:
    """The list view: each theme's code, title, actions and notes; themes that show neither are left out."""
    rows = {row.code: row for row in content.grid}
    found = []
    for theme in index.themes:
        own = [action for action in content.actions if action.theme == theme.code]
        notes = rows[theme.code].notes if theme.code in rows else ()
        if own or notes:
            found.append((theme.code, theme.title, own, notes))
    return found
