"""Draws a programme against its plan: a line of what was to be done, a heavy one of what is, month by month."""

from collections.abc import Sequence

from commonweal.core.programme.progress import Count
from commonweal.core.words import counted, long_date
from commonweal.reports.figures.draw_lanes import FAINT, INK, SCALE, WEB_FONTS
from commonweal.reports.figures.svg import element, group

_WIDTH, _HEIGHT = 760, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 20, 16, 40


def progress_svg(months: Sequence[Count], today: Count, name: str = "progress", fonts: str = WEB_FONTS) -> str:
    """The figure as an SVG element; there is at least one month. `name` makes its ids unique in a page."""
    most = max([1, *(count.planned for count in months), *(count.done or 0 for count in months)])
    planned = [count.planned for count in months]
    done = [count.done for count in months if count.done is not None]
    return group(
        "svg",
        element("title", "Work planned and done, month by month", id=f"{name}-title"),
        element("desc", progress_description(months, today), id=f"{name}-desc"),
        *_rows(most),
        *_months(months),
        element("path", d=_path(planned, len(months), most), stroke=SCALE[2], stroke_width=3, fill="none"),
        element("path", d=_path(done, len(months), most), stroke=INK, stroke_width=4, fill="none"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=fonts,
        font_size=13,
        fill=INK,
    )


def progress_description(months: Sequence[Count], today: Count) -> str:
    """The figure in words: what was to be done by now, what is, and what there is by the end."""
    last = months[-1]
    if not today.planned and not today.done:
        return f"Nothing had to be done by {long_date(today.on)}. By {long_date(last.on)} it is to be {last.planned}."
    return (
        f"By {long_date(today.on)}, {counted(today.planned, 'piece')} of work had to be done, and"
        f" {counted(today.done or 0, 'piece')} {'is' if today.done == 1 else 'are'}."
        f" By {long_date(last.on)} it is to be {counted(last.planned, 'piece')}."
    )


def _x(place: int, count: int) -> float:
    return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * place / count, 1)


def _y(value: int, most: int) -> float:
    return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / most, 1)


def _path(values: Sequence[int], count: int, most: int) -> str:
    """From nothing at the first day, through the value at each month's end."""
    points = [f"{_x(place, count)} {_y(value, most)}" for place, value in enumerate([0, *values])]
    return "M" + "L".join(points)


def _rows(most: int) -> list[str]:
    step = next((step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if most / step <= 5), 1000)
    parts = []
    for value in range(0, most + 1, step):
        y = _y(value, most)
        parts.append(element("path", d=f"M{_LEFT} {y}H{_WIDTH - _RIGHT}", stroke=FAINT, stroke_width=1))
        parts.append(element("text", str(value), x=_LEFT - 8, y=y + 5, text_anchor="end"))
    return parts


def _months(months: Sequence[Count]) -> list[str]:
    every = -(-len(months) // 8)
    return [
        element("text", f"{months[place - 1].on:%b %Y}", x=_x(place, len(months)), y=_HEIGHT - 14, text_anchor="end")
        for place in range(every, len(months) + 1, every)
    ]
