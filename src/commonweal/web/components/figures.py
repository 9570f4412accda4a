"""Figures as pages show them: wide and narrow, of which the style sheet shows one."""

from dataclasses import dataclass

from markupsafe import Markup

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import Results
from commonweal.reports.figures.draw_lanes import NARROW, WIDE, Drawing, draw, lanes_svg
from commonweal.reports.figures.lanes import key_sentence, lanes_title


@dataclass(frozen=True, slots=True)
class Lanes:
    """Lanes as a page has them."""

    wide: Markup
    narrow: Markup
    title: str
    key: str
    marks: str
    """What the marks mean."""


def drawn_figure(drawing: Drawing, index: Index, marks: str, name: str) -> Lanes:
    """Both drawings of lanes that are not of one assessment; `marks` says what its marks mean."""
    wide, narrow = (draw(drawing, layout, name=name + ending) for layout, ending in ((WIDE, ""), (NARROW, "-narrow")))
    return Lanes(
        wide=Markup(wide),  # noqa: S704  our own SVG, escaped where it is made
        narrow=Markup(narrow),  # noqa: S704  the same
        marks=marks,
        title=drawing.title,
        key=levels_key(index),
    )


def levels_key(index: Index) -> str:
    """The levels with the letters that stand for them where there is little room."""
    return ", ".join(f"{level.label[:3]} {level.label}" for level in index.levels)


def lanes_figure(results: Results, name: str = "lanes", baseline: Results | None = None) -> Lanes:
    """Both drawings; `name` makes their ids unique in a page; ticks stand where the baseline is given."""
    wide, narrow = (
        lanes_svg(results, layout, name=drawing, baseline=baseline)
        for layout, drawing in ((WIDE, name), (NARROW, f"{name}-narrow"))
    )
    return Lanes(
        wide=Markup(wide),  # noqa: S704  our own SVG, escaped where it is made
        narrow=Markup(narrow),  # noqa: S704  the same
        marks=key_sentence(results, has_baseline=baseline is not None),
        title=lanes_title(results),
        key=levels_key(results.index),
    )
