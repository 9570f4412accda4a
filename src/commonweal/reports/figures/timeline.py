"""Draws a programme's timeline as SVG: a bar for each piece of work, a diamond for a milestone, lines to what waits."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.programme.timeline import Bar
from commonweal.core.programme.work import WorkState
from commonweal.core.programme.working_days import months_from
from commonweal.core.words import counted, long_date
from commonweal.reports.figures.draw_lanes import WEB_FONTS
from commonweal.reports.figures.level_heads import FAINT, INK, PAPER, SCALE
from commonweal.reports.figures.svg import element, group

_WIDTH, _LABEL, _ROW, _HEAD = 1080, 330, 24, 46
_LONGEST = 46
_FILLS = {WorkState.CONFIRMED: SCALE[4], WorkState.CLAIMED: SCALE[3], WorkState.UNDER_WAY: SCALE[2]}


@dataclass(frozen=True, slots=True)
class GateMark:
    """A day with the name of the overall level that is reached then."""

    on: datetime.date
    label: str


@dataclass(frozen=True, slots=True)
class _Scale:
    first: datetime.date
    days: int

    def x(self, day: datetime.date) -> float:
        share = min(max((day - self.first).days / self.days, 0), 1)
        return round(_LABEL + (_WIDTH - _LABEL - 10) * share, 1)


def timeline_svg(
    bars: Sequence[Bar], gates: Sequence[GateMark], today: datetime.date, name: str = "timeline", fonts: str = WEB_FONTS
) -> str:
    """The figure as an SVG element; there is at least one bar. `name` makes its ids unique in a page."""
    first, last = min(bar.start for bar in bars), max(bar.due for bar in bars)
    scale = _Scale(first.replace(day=1), max((last - first.replace(day=1)).days + 10, 28))
    height = _HEAD + _ROW * len(bars) + (26 if gates else 8)
    tops = {bar.item.id: _HEAD + _ROW * row for row, bar in enumerate(bars)}
    ends = {bar.item.id: bar.due for bar in bars}
    return group(
        "svg",
        element("title", "When work runs", id=f"{name}-title"),
        element("desc", timeline_description(bars, gates), id=f"{name}-desc"),
        *_months(scale, last, height),
        *_day_lines(scale, gates, today, height),
        *(part for bar in bars for part in _links(bar, ends, tops, scale)),
        *(_bar(bar, tops[bar.item.id], scale) for bar in bars),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=fonts,
        font_size=13,
        fill=INK,
    )


def timeline_description(bars: Sequence[Bar], gates: Sequence[GateMark]) -> str:
    """The figure in words: how much there is, when it ends, what decides that, and the levels on the way."""
    critical = sum(bar.is_critical for bar in bars)
    ends = long_date(max(bar.due for bar in bars))
    levels = "".join(f" {gate.label} by {long_date(gate.on)}." for gate in gates)
    return f"{counted(len(bars), 'piece').capitalize()} of work until {ends}; {critical} decide when it ends.{levels}"


def _months(scale: _Scale, last: datetime.date, height: int) -> list[str]:
    parts, day = [], scale.first
    months = (last.year - day.year) * 12 + last.month - day.month + 1
    every = 1 if months <= 14 else 3 if months <= 40 else 6
    for number in range(0, months + 1, every):
        at = months_from(day, number)
        x = scale.x(at)
        parts.append(element("path", d=f"M{x} {_HEAD - 12}V{height}", stroke=FAINT, stroke_width=1))
        if x < _WIDTH - 60:
            parts.append(element("text", f"{at:%b %Y}", x=x + 3, y=_HEAD - 18, font_size=12))
    return parts


def _day_lines(scale: _Scale, gates: Sequence[GateMark], today: datetime.date, height: int) -> list[str]:
    parts = []
    if scale.first <= today <= scale.first + datetime.timedelta(days=scale.days):
        x = scale.x(today)
        parts.append(
            element("path", d=f"M{x} {_HEAD - 8}V{height}", stroke=INK, stroke_width=1, stroke_dasharray="3 3")
        )
        parts.append(element("text", "today", x=x + 3, y=12, font_size=12))
    for gate in gates:
        x = scale.x(gate.on)
        parts.append(element("path", d=f"M{x} {_HEAD - 8}V{height - 16}", stroke=INK, stroke_width=2))
        anchor = {"text_anchor": "end"} if x > _WIDTH - 100 else {"text_anchor": "middle"}
        parts.append(element("text", gate.label, x=x, y=height - 3, font_weight="bold", **anchor))
    return parts


def _links(bar: Bar, ends: dict[UUID, datetime.date], tops: dict[UUID, int], scale: _Scale) -> list[str]:
    parts = []
    for id_ in bar.item.waits_for:
        if id_ in tops:
            x, y = scale.x(ends[id_]), tops[id_] + 12
            parts.append(
                element(
                    "path",
                    d=f"M{x} {y}H{x + 5}V{tops[bar.item.id] + 12}H{scale.x(bar.start)}",
                    stroke=INK,
                    stroke_width=0.8,
                    fill="none",
                )
            )
    return parts


def _bar(bar: Bar, top: int, scale: _Scale) -> str:
    item, middle = bar.item, top + 12
    title = item.title if len(item.title) <= _LONGEST else f"{item.title[: _LONGEST - 1]}…"
    label = element("text", f"{item.number} {title}", x=2, y=middle + 4)
    left, right = scale.x(bar.start), scale.x(bar.due)
    if item.is_milestone or bar.start == bar.due:
        mark = element(
            "path", d=f"M{right} {middle - 7}l7 7l-7 7l-7 -7z", fill=INK if item.state.is_over else PAPER, stroke=INK
        )
    else:
        mark = element(
            "rect",
            x=left,
            y=middle - 6,
            width=max(round(right - left, 1), 3),
            height=12,
            fill=_FILLS.get(item.state, PAPER),
            stroke=INK,
            stroke_width=2.5 if bar.is_critical else 1,
        )
    return group("g", element("path", d=f"M0 {top}H{_WIDTH}", stroke=FAINT, stroke_width=0.4), label, mark)
