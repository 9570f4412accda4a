"""Draws the lanes as SVG: filled dot now, ring for the target, a line between them; in ink, so that grey serves.

A tick marks the baseline where one is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from commonweal.core.maturity.results import Results
from commonweal.reports.figures.lanes import Lane, lanes, lanes_description, lanes_title
from commonweal.reports.figures.level_heads import FAINT, INK, LETTER_WIDTH, LETTERS, PAPER, head_words, shade_of
from commonweal.reports.figures.svg import element, group

WEB_FONTS = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


_GAP_WORD = 26
"""The room of a gap such as +4 at the right edge."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes in units of the picture. A narrow one puts each label above its lane."""

    width: int
    label_width: int
    gap_width: int
    row: int
    head: int
    narrow: bool


WIDE = Layout(width=760, label_width=250, gap_width=50, row=29, head=40, narrow=False)
NARROW = Layout(width=320, label_width=0, gap_width=34, row=56, head=34, narrow=True)


def lanes_svg(
    results: Results,
    layout: Layout = WIDE,
    fonts: str = WEB_FONTS,
    name: str = "lanes",
    baseline: Results | None = None,
) -> str:
    """The figure as an SVG element; `name` makes its ids unique in a page."""
    labels = tuple(level.label for level in results.index.levels)
    drawing = Drawing(lanes(results, baseline), labels, lanes_title(results), lanes_description(results, baseline))
    return draw(drawing, layout, fonts, name)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lanes, what stands over their columns, and the figure in words for those who do not see it."""

    rows: tuple[Lane, ...]
    labels: tuple[str, ...]
    title: str
    description: str


def draw(drawing: Drawing, layout: Layout = WIDE, fonts: str = WEB_FONTS, name: str = "lanes") -> str:
    """Lanes as an SVG element; `name` makes its ids unique in a page."""
    rows, labels = drawing.rows, drawing.labels
    height = layout.head + layout.row * len(rows) + 8
    grid = _Grid(layout, len(labels), height)
    parts = [
        element("title", drawing.title, id=f"{name}-title"),
        element("desc", drawing.description, id=f"{name}-desc"),
        _hatch(name),
        *_head(grid, labels, name, "" if any(row.counts for row in rows) else "Gap"),
    ]
    explained = next((row for row in rows if _moves(row)), next((row for row in rows if not row.remark), None))
    for position, row in enumerate(rows):
        parts.append(_lane(grid, row, layout.head + layout.row * position, explained is row))
    return group(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {layout.width} {height}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=fonts,
        font_size=14,
        fill=INK,
    )


def _moves(row: Lane) -> bool:
    return row.present is not None and row.future is not None and abs(row.future - row.present) > 0


def _hatch(name: str) -> str:
    line = element("path", d="M0 6 L6 0", stroke=FAINT, stroke_width=1)
    tile = group("pattern", line, id=f"{name}-hatch", width=6, height=6, patternUnits="userSpaceOnUse")
    return group("defs", tile)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where things stand in the picture."""

    layout: Layout
    columns: int
    height: int

    @property
    def column_width(self) -> float:
        layout = self.layout
        return (layout.width - layout.label_width - layout.gap_width) / self.columns

    def centre(self, level: int) -> float:
        return round(self.layout.label_width + (level + 0.5) * self.column_width, 1)

    def draw_head(self, labels: Sequence[str], name: str, gap: str) -> list[str]:
        """The level names over their columns, light to dark, and the lines down."""
        parts = []
        words = head_words(labels, LETTERS if self.layout.narrow else int((self.column_width - 6) / LETTER_WIDTH))
        for level, text in enumerate(words):
            shade, colour = shade_of(level, len(labels))
            left = self.centre(level) - self.column_width / 2 + 2
            fills = (shade, f"url(#{name}-hatch)") if shade == PAPER else (shade,)
            for fill in fills:
                parts.append(self._chip(left, fill))
            if shade == PAPER:
                half = len(text) * 3.8 + 4
                parts.append(element("rect", x=self.centre(level) - half, y=5, width=half * 2, height=18, fill=PAPER))
            parts.append(
                element("text", text, x=self.centre(level), y=19, text_anchor="middle", fill=colour, font_size=13)
            )
            x = self.centre(level)
            parts.append(element("path", d=f"M{x} {self.layout.head - 8}V{self.height}", stroke=FAINT, stroke_width=1))
        parts.append(element("text", gap, x=self.layout.width - 4, y=19, text_anchor="end", font_size=13))
        return parts

    def _chip(self, left: float, fill: str) -> str:
        """The ground of a level's name."""
        return element(
            "rect",
            x=round(left, 1),
            y=2,
            width=round(self.column_width - 4, 1),
            height=24,
            rx=3,
            fill=fill,
            stroke=INK,
            stroke_width=1,
        )

    def draw_lane(self, row: Lane, top: int, explained: bool) -> str:
        """One row; the first that moves carries the words that explain dot and ring."""
        layout = self.layout
        middle = top + (layout.row - 14 if layout.narrow else layout.row // 2)
        label_y = top + 18 if layout.narrow else middle + 5
        code = element("tspan", row.code, font_weight="bold")
        room = int((layout.label_width or layout.width) / LETTER_WIDTH) - len(row.code) - 3
        label = element("tspan", f"  {row.label if len(row.label) <= room else row.label[: room - 1].rstrip() + '…'}")
        backing = []
        if layout.narrow:
            wide = min(len(row.label) * 7.4 + 26, layout.width - layout.gap_width)
            backing.append(element("rect", x=0, y=top + 4, width=round(wide), height=18, fill=PAPER))
        marks = [] if row.remark and layout.narrow else self._marks(row, middle, explained)
        if row.remark:
            marks.append(self._remark(row, middle))
        return group(
            "g",
            element("path", d=f"M0 {top}H{layout.width}", stroke=FAINT, stroke_width=0.5),
            *backing,
            group("text", code, label, x=2, y=label_y, **{"xml:space": "preserve"}),
            *marks,
            element("text", row.gap, x=layout.width - 4, y=middle + 5, text_anchor="end", font_weight="bold"),
        )

    def _count(self, centre: float, middle: int, now: int, then: int) -> list[str]:
        """How many stand at a level: now in a dot left of its line, in the target in a ring right of it."""
        shift = 12
        parts = []
        for count, x, fill, ink in ((then, centre + shift, PAPER, INK), (now, centre - shift, INK, PAPER)):
            if count:
                x, radius = round(x, 1), 10
                parts.append(element("circle", cx=x, cy=middle, r=radius, fill=fill, stroke=INK, stroke_width=2))
                word = element("text", str(count), x=x, y=middle + 4, text_anchor="middle", fill=ink, font_size=12)
                parts.append(word)
        return parts

    def _remark(self, row: Lane, middle: int) -> str:
        """Words where a dot is missing, at the side that the other dot leaves free."""
        width = len(row.remark) * 7 + 8
        known = row.present if row.present is not None else row.future
        left = self.layout.label_width + 8
        if known is not None and known < self.columns / 2:
            left = self.layout.width - self.layout.gap_width - width
        box = element("rect", x=left - 4, y=middle - 11, width=width, height=22, fill=PAPER)
        return box + element("text", row.remark, x=left, y=middle + 5, font_size=13, font_style="italic")

    def _marks(self, row: Lane, middle: int, explained: bool) -> list[str]:
        parts: list[str] = []
        for level, (count, target) in enumerate(row.counts):
            parts += self._count(self.centre(level), middle, count, target)
        now = None if row.present is None else self.centre(row.present)
        then = None if row.future is None else self.centre(row.future)
        if now is not None and then is not None and now != then:
            dashes = {"stroke_dasharray": "6 4"} if then < now else {}
            parts.append(element("path", d=f"M{now} {middle}H{then}", stroke=INK, stroke_width=4, **dashes))
        if row.baseline is not None:
            at = self.centre(row.baseline)
            parts.append(element("path", d=f"M{at} {middle - 12}V{middle + 12}", stroke=INK, stroke_width=2.5))
        if then is not None:
            radius = 9 if now == then else 8
            parts.append(element("circle", cx=then, cy=middle, r=radius, fill=PAPER, stroke=INK, stroke_width=2.5))
        if now is not None:
            parts.append(element("circle", cx=now, cy=middle, r=5 if now == then else 8, fill=INK))
        if explained and now is not None and now == then:
            parts.append(element("rect", x=now + 12, y=middle - 8, width=96, height=16, fill=PAPER))
            parts.append(element("text", "now and target", x=now + 14, y=middle + 4, font_size=12))
        elif explained and now is not None and then is not None:
            right = then > now
            for x, word, left_side in ((now, "now", right), (then, "target", not right)):
                parts += self._word(word, x, middle, left_side=left_side, inside=abs(then - now))
        return parts

    def _word(self, word: str, x: float, middle: int, *, left_side: bool, inside: float) -> list[str]:
        """A word beside a dot, away from the other one; at the edge between the two, or nowhere if there is no room."""
        width, away = len(word) * 7 + 2, 13
        layout = self.layout
        fits = (
            x - away - width >= layout.label_width if left_side else x + away + width <= layout.width - layout.gap_width
        )
        if not fits and layout.narrow:
            if inside < 2 * away + width:
                return []
            left_side = not left_side
        anchor, shift = ("end", -away) if left_side else ("start", away)
        at = x + shift - (width if left_side else 0)
        return [
            element("rect", x=round(at, 1), y=middle - 8, width=width, height=16, fill=PAPER),
            element("text", word, x=round(x + shift, 1), y=middle + 4, text_anchor=anchor, font_size=12),
        ]


@lru_cache(maxsize=64)
def _head(grid: _Grid, labels: tuple[str, ...], name: str, gap: str) -> tuple[str, ...]:
    """The head of a figure: the same for every organisation."""
    return tuple(grid.draw_head(labels, name, gap))


@lru_cache(maxsize=4096)
def _lane(grid: _Grid, row: Lane, top: int, explained: bool) -> str:
    """A drawn row. There are few: a theme in its place has as many as there are pairs of levels."""
    return grid.draw_lane(row, top, explained)
