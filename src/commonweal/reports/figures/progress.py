"""Draws a programme against its plan: a line of what was to be, a heavy one of what is, month by month."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.core.programme.burn import Burn
from commonweal.core.programme.progress import Count
from commonweal.core.words import counted, long_date, pounds
from commonweal.reports.figures.draw_lanes import WEB_FONTS
from commonweal.reports.figures.level_heads import FAINT, INK, SCALE
from commonweal.reports.figures.svg import element, group

_WIDTH, _HEIGHT = 760, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 20, 16, 40
_LEFT_OF_MONEY = 96
_MOST_ROWS = 5
_TENS = [10**power for power in range(12)]


def progress_svg(months: Sequence[Count], today: Count, name: str = "progress", fonts: str = WEB_FONTS) -> str:
    """Pieces of work as an SVG element; there is at least one month. `name` makes its ids unique in a page."""
    lines = Curves(
        [count.on for count in months],
        [count.planned for count in months],
        [count.done for count in months if count.done is not None],
    )
    return _svg(lines, "Work planned and done, month by month", progress_description(months, today), name, fonts)


def burn_svg(months: Sequence[Burn], today: datetime.date, name: str = "burn", fonts: str = WEB_FONTS) -> str:
    """Money as an SVG element, as `progress_svg`."""
    lines = Curves(
        [one.on for one in months],
        [float(one.planned) for one in months],
        [float(one.spent) for one in months if one.spent is not None],
        unit="£",
    )
    return _svg(lines, "Money planned and spent, month by month", burn_description(months, today), name, fonts)


@dataclass(frozen=True, slots=True)
class Curves:
    """The ends of months with what was planned by each, and what is so as far as it is known."""

    ends: Sequence[datetime.date]
    planned: Sequence[float]
    done: Sequence[float]
    unit: str = ""

    @property
    def most(self) -> float:
        """The highest of all."""
        return max([1, *self.planned, *self.done])


def _svg(lines: Curves, title: str, description: str, name: str, fonts: str) -> str:
    left = _LEFT_OF_MONEY if lines.unit else _LEFT
    count = len(lines.ends)
    return group(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        *_rows(lines, left),
        *_months(lines.ends, left),
        element("path", d=_path(lines.planned, count, lines.most, left), stroke=SCALE[2], stroke_width=3, fill="none"),
        element("path", d=_path(lines.done, count, lines.most, left), stroke=INK, stroke_width=4, fill="none"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=fonts,
        font_size=13,
        fill=INK,
    )


def burn_description(months: Sequence[Burn], today: datetime.date) -> str:
    """The figure in words: what was to be spent by the end of this month, what is, and what it comes to."""
    last = months[-1]
    so_far = [one for one in months if one.spent is not None]
    if not so_far or not so_far[-1].spent:
        return f"Nothing is spent yet. The whole comes to {pounds(last.planned)} by {long_date(last.on)}."
    now = so_far[-1]
    return (
        f"By {long_date(today)}, {pounds(now.spent)} is spent; it is to be {pounds(now.planned)} by {long_date(now.on)}"
        f". The whole comes to {pounds(last.planned)} by {long_date(last.on)}."
    )


def progress_description(months: Sequence[Count], today: Count) -> str:
    """The figure in words: what was to be done by now, what is, and what there is by the end."""
    last = months[-1]
    if not today.planned and not today.done:
        whole = counted(last.planned, "piece")
        return (
            f"Nothing had to be done by {long_date(today.on)}. The whole is {whole} of work, by {long_date(last.on)}."
        )
    done = "none is" if not today.done else f"{counted(today.done, 'piece')} {'is' if today.done == 1 else 'are'}"
    if not today.planned:
        had = f"By {long_date(today.on)} no work had to be done, and {done}."
    else:
        had = f"By {long_date(today.on)}, {counted(today.planned, 'piece')} of work had to be done, and {done}."
    return f"{had} By {long_date(last.on)} it is to be {counted(last.planned, 'piece')}."


def _x(place: int, count: int, left: int) -> float:
    return round(left + (_WIDTH - left - _RIGHT) * place / count, 1)


def _y(value: float, most: float) -> float:
    return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / most, 1)


def _path(values: Sequence[float], count: int, most: float, left: int) -> str:
    """From nothing at the first day, through the value at each month's end."""
    points = [f"{_x(place, count, left)} {_y(value, most)}" for place, value in enumerate([0, *values])]
    return "M" + "L".join(points)


def _rows(lines: Curves, left: int) -> list[str]:
    """Lines across at round numbers, five at the most."""
    step = next(size * ten for ten in _TENS for size in (1, 2, 5) if lines.most / (size * ten) <= _MOST_ROWS)
    parts = []
    for value in range(0, int(lines.most) + 1, step):
        y = _y(value, lines.most)
        parts.append(element("path", d=f"M{left} {y}H{_WIDTH - _RIGHT}", stroke=FAINT, stroke_width=1))
        parts.append(element("text", f"{lines.unit}{value:,}", x=left - 8, y=y + 5, text_anchor="end"))
    return parts


def _months(ends: Sequence[datetime.date], left: int) -> list[str]:
    every = -(-len(ends) // 8)
    return [
        element("text", f"{ends[place - 1]:%b %Y}", x=_x(place, len(ends), left), y=_HEIGHT - 14, text_anchor="end")
        for place in range(every, len(ends) + 1, every)
    ]
