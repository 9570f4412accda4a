"""A route in a terminal and as data; docs/reference/route.md describes each field."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from commonweal.core.maturity.answers import Assessment, Column
from commonweal.core.maturity.models import Level
from commonweal.core.maturity.route import Route
from commonweal.core.maturity.rules import score
from commonweal.core.maturity.scoring import ColumnScore
from commonweal.core.words import counted


@dataclass(frozen=True, slots=True)
class RouteOrder:
    """A route to show: from which answers, to which level, with costs of one each or given, and the frontier."""

    assessment: Assessment
    level: Level
    route: Route
    costs_given: bool
    frontier: Sequence[Route]


def as_json(order: RouteOrder) -> str:
    """The route as JSON text. Levels are published names, or null where a theme has none."""
    data = {
        "index": order.assessment.index.reference,
        "organisation": order.assessment.organisation,
        "reach": order.level.name,
        "actions": [one.step.id for one in order.route.actions],
        "cost": _number(order.route.cost),
        "themes": _themes(order, order.route.reached),
        "overall": _name(order, order.route.reached.overall.level),
        "overall_mean": order.route.reached.overall.mean,
        "legal_minimum_missed": list(order.route.reached.legal_minimum.missed),
        "reasons": {one.step.id: one.reason for one in order.route.actions},
        "frontier": [
            {"cost": _number(point.cost), "actions": len(point.actions), **_overall(order, point)}
            for point in order.frontier
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_text(order: RouteOrder, width: int) -> str:
    """The route for a terminal, in lines of at most `width` columns (never fewer than 60)."""
    width = max(60, min(width, 120))
    return "\n".join(_lines(order, width))


def _lines(order: RouteOrder, width: int) -> Iterator[str]:
    found, label = order.route, order.level.label
    before = score(order.assessment.index, order.assessment.answers, Column.PRESENT)
    many = counted(len(found.actions), "action")
    if found.actions:
        price = f", at a cost of {found.cost:,}" if order.costs_given else ""
        yield f"The cheapest way to overall {label}: {many}{price}."
    else:
        yield f"Overall {label} is reached already, and nothing has to be done for it."
    yield ""
    for one in found.actions:
        yield from textwrap.wrap(f"{one.step.id}: {one.step.text}", width, subsequent_indent="    ")
        yield from textwrap.wrap(one.reason, width, initial_indent="    ", subsequent_indent="    ")
    if found.actions:
        yield ""
    for now, then in zip(before.themes, found.reached.themes, strict=True):
        if now.level != then.level:
            yield f"{now.theme.code}  {now.theme.title}: from {_label(order, now.level)} to {_label(order, then.level)}"
    yield f"Overall: from {_mean(order, before)} to {_mean(order, found.reached)}"
    yield from _further(order, width)


def _further(order: RouteOrder, width: int) -> Iterator[str]:
    """What the next point of the frontier takes beyond this route."""
    beyond = [point for point in order.frontier if point.reached.overall.total > order.route.reached.overall.total]
    if not beyond:
        return
    point = beyond[0]
    more = point.cost - order.route.cost
    what = (
        f"{more:,} more"
        if order.costs_given
        else counted(len(point.actions) - len(order.route.actions), "more action", "more actions")
    )
    yield ""
    yield from textwrap.wrap(f"To go further: for {what}, {_mean(order, point.reached)}.", width)


def _mean(order: RouteOrder, reached: ColumnScore) -> str:
    return f"{_label(order, reached.overall.level)} ({reached.overall.mean:g})"


def _label(order: RouteOrder, level: int | None) -> str:
    return "no level" if level is None else order.assessment.index.levels[level].label


def _themes(order: RouteOrder, reached: ColumnScore) -> dict[str, str | None]:
    return {row.theme.code: _name(order, row.level) for row in reached.themes}


def _overall(order: RouteOrder, point: Route) -> dict[str, object]:
    return {"overall": _name(order, point.reached.overall.level), "overall_mean": point.reached.overall.mean}


def _name(order: RouteOrder, level: int | None) -> str | None:
    return None if level is None else order.assessment.index.levels[level].name


def _number(cost: Decimal) -> int | float:
    """A cost as JSON has numbers: whole where it is whole."""
    return int(cost) if cost == cost.to_integral_value() else float(cost)
