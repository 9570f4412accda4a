"""What the pages of what-if and route show, as strings."""

from collections.abc import Sequence

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.route import Route
from commonweal.core.maturity.scoring import ColumnScore


def overall_words(index: Index, column: ColumnScore) -> str:
    """The overall level with its mean."""
    level = column.overall.level
    return "No level" if level is None else f"{index.levels[level].label} ({column.overall.mean:g})"


def moved_rows(index: Index, now: ColumnScore, then: ColumnScore) -> list[tuple[str, str, str, bool]]:
    """Each theme with its level now and then, and whether it moves."""
    rows = []
    for was, is_ in zip(now.themes, then.themes, strict=True):
        before, after = ("No level" if one.level is None else index.levels[one.level].label for one in (was, is_))
        rows.append((f"{was.theme.code} {was.theme.title}", before, after, was.level != is_.level))
    return rows


def frontier_rows(index: Index, points: Sequence[Route]) -> list[tuple[int, str, str, bool]]:
    """Level against cost: number of actions, mean and level; whether a new overall level begins there."""
    rows: list[tuple[int, str, str, bool]] = []
    last: int | None = None
    for point in points:
        level = point.reached.overall.level
        name = "No level" if level is None else index.levels[level].label
        rows.append((len(point.actions), f"{point.reached.overall.mean:g}", name, bool(rows) and level != last))
        last = level
    return rows
