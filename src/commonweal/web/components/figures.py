"""Figures as pages show them: wide and narrow, of which the style sheet shows one."""

from dataclasses import dataclass

from markupsafe import Markup

from commonweal.core.maturity.results import Results
from commonweal.reports.figures.draw_lanes import NARROW, WIDE, lanes_svg
from commonweal.reports.figures.lanes import key_sentence, lanes_title


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of one set of results."""

    wide: Markup
    narrow: Markup
    title: str
    key: str
    marks: str
    """What the marks mean."""


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
        key=", ".join(f"{level.label[:3]} {level.label}" for level in results.index.levels),
    )
