"""What the pages of what-if and route show, as strings."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.route import Route
from commonweal.core.maturity.scoring import ColumnScore
from commonweal.core.words import counted, long_date, pounds
from commonweal.services.queries.within_means import Running, known_of


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


def takes_sentence(running: Running | None, ticked: Collection[str]) -> str:
    """What ticked actions cost and when they would be done, as far as the work of a programme says."""
    if running is None or not ticked:
        return ""
    known = known_of(running.work)
    costs = [known.costs[id_] for id_ in ticked if id_ in known.costs]
    due = [item.due for item in running.work if item.step in ticked and item.due]
    parts = []
    if costs:
        rest = len(ticked) - len(costs)
        more = f", and {counted(rest, 'action')} without a cost yet" if rest else ""
        parts.append(f"They cost {pounds(sum(costs, Decimal()))}{more}.")
    else:
        parts.append("None of them has a cost yet.")
    if due:
        undated = len(ticked) - len(due)
        rest_words = f", but for {counted(undated, 'action')} without a day" if undated else ""
        parts.append(f"They are done by {long_date(max(due))}{rest_words}.")
    else:
        parts.append("None of them has a day yet.")
    return " ".join(parts)


def frontier_money(index: Index, points: Sequence[Route]) -> list[tuple[str, str, str, bool]]:
    """Level against cost in pounds, as `frontier_rows`."""
    rows = frontier_rows(index, points)
    return [
        (pounds(point.cost), mean, name, is_new) for point, (_, mean, name, is_new) in zip(points, rows, strict=True)
    ]
