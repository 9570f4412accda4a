"""The frontier, level against cost: steps up from where one stands, with a mark where a new overall level begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.route import Route
from commonweal.core.words import counted, pounds
from commonweal.reports.figures.draw_lanes import WEB_FONTS
from commonweal.reports.figures.level_heads import FAINT, INK, PAPER
from commonweal.reports.figures.svg import element, group

_WIDTH, _HEIGHT = 760, 300
_TITLES = {False: "How many actions each overall level takes at the least", True: "What each overall level costs"}
_LEFT, _RIGHT, _TOP, _BOTTOM = 96, 20, 16, 46


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a cost and a mean stand in the picture."""

    most: float
    top: int

    def x(self, cost: float) -> float:
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * cost / (self.most or 1), 1)

    def y(self, mean: float) -> float:
        return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * mean / (self.top or 1), 1)


def frontier_svg(
    index: Index, points: Sequence[Route], name: str = "frontier", fonts: str = WEB_FONTS, *, in_pounds: bool = False
) -> str:
    """The figure as an SVG element, for costs of one an action or in pounds; `name` makes its ids unique in a page."""
    scale = _Scale(float(max((point.cost for point in points), default=0)), index.top_level)
    return group(
        "svg",
        element("title", _TITLES[in_pounds], id=f"{name}-title"),
        element("desc", frontier_description(index, points, in_pounds=in_pounds), id=f"{name}-desc"),
        *_levels(index, scale),
        *_costs(scale, in_pounds=in_pounds),
        *_steps(points, scale),
        *_gates(points, scale, in_pounds=in_pounds),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=fonts,
        font_size=14,
        fill=INK,
    )


def frontier_description(index: Index, points: Sequence[Route], *, in_pounds: bool = False) -> str:
    """The figure in words: where each overall level begins."""
    parts = []
    for point in _new_levels(points):
        level = point.reached.overall.level
        label = "No level" if level is None else index.levels[level].label
        at = pounds(point.cost) if in_pounds else counted(len(point.actions), "action")
        parts.append(f"{label} from {at}.")
    return " ".join(parts)


def _new_levels(points: Sequence[Route]) -> list[Route]:
    """The first point of each overall level."""
    found: dict[int | None, Route] = {}
    for point in points:
        found.setdefault(point.reached.overall.level, point)
    return list(found.values())


def _levels(index: Index, scale: _Scale) -> list[str]:
    parts = []
    for level in index.levels:
        y = scale.y(level.position)
        parts.append(element("path", d=f"M{_LEFT} {y}H{_WIDTH - _RIGHT}", stroke=FAINT, stroke_width=1))
        parts.append(element("text", level.label, x=_LEFT - 10, y=y + 5, text_anchor="end"))
    return parts


def _costs(scale: _Scale, *, in_pounds: bool) -> list[str]:
    steps = (10**power * lead for power in range(9) for lead in (1, 2, 5))
    step = next((step for step in steps if scale.most / step <= (6 if in_pounds else 10)), 10**9)
    y = _HEIGHT - _BOTTOM + 20
    ticks = range(0, int(scale.most) + 1, step)
    parts = [
        element(
            "text",
            pounds(Decimal(cost)) if in_pounds else str(cost),
            x=scale.x(cost),
            y=y,
            text_anchor="middle",
            font_size=13,
        )
        for cost in ticks
    ]
    if in_pounds:
        return parts
    return [*parts, element("text", "actions", x=_WIDTH - _RIGHT, y=y + 20, text_anchor="end", font_size=13)]


def _steps(points: Sequence[Route], scale: _Scale) -> list[str]:
    """The line: flat until the next point, then up."""
    if not points:
        return []
    mean = [point.reached.overall.mean or 0 for point in points]
    path = [f"M{scale.x(float(points[0].cost))} {scale.y(mean[0])}"]
    for point, height in zip(points[1:], mean[1:], strict=True):
        path.append(f"H{scale.x(float(point.cost))}V{scale.y(height)}")
    return [element("path", d="".join(path), stroke=INK, stroke_width=3, fill="none")]


def _gates(points: Sequence[Route], scale: _Scale, *, in_pounds: bool) -> list[str]:
    parts = []
    for point in _new_levels(points):
        x, y = scale.x(float(point.cost)), scale.y(point.reached.overall.mean or 0)
        parts.append(element("circle", cx=x, cy=y, r=6, fill=INK))
        text = pounds(point.cost) if in_pounds else str(len(point.actions))
        width = len(text) * 9 + 6
        left = x + 10 if x + 10 + width < _WIDTH else x - 10 - width
        parts.append(element("rect", x=left, y=y + 4, width=width, height=18, fill=PAPER))
        parts.append(element("text", text, x=left + 3, y=y + 18, font_weight="bold"))
    return parts
