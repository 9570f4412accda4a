"""The plan as one self-contained HTML page: no script, nothing fetched, prints well."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from commonweal.reports.content import ANSWER_HEADS, ATTENTION
from commonweal.reports.figures.draw_lanes import NARROW, WIDE, lanes_svg
from commonweal.reports.figures.lanes import lanes_caption
from commonweal.reports.order import Order


def _text(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_text("plan.html"))


@cache
def _style() -> Markup:
    return Markup(_text("plan.css"))  # noqa: S704  our own file


def render(order: Order) -> bytes:
    """The page in UTF-8. Every text is escaped; the figures are made by us and escape their own."""
    content, results = order.content, order.results
    page = _template().render(
        content=content,
        style=_style(),
        wide=Markup(lanes_svg(results, WIDE, name="lanes", baseline=order.baseline)),  # noqa: S704  our own SVG, escaped where it is made
        narrow=Markup(lanes_svg(results, NARROW, name="lanes-narrow", baseline=order.baseline)),  # noqa: S704  the same
        figure_title=lanes_caption(results, order.baseline),
        key=", ".join(f"{level.label[:3]} {level.label}" for level in results.index.levels),
        headings=content.headings,
        result_heads=content.result_heads,
        answer_heads=ANSWER_HEADS,
        attention=ATTENTION,
        sections=(*content.headings.items(), ("answers", content.answers_heading)),
    )
    return page.encode("utf-8")
