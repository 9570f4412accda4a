"""The plan as PDF/UA-1 (tagged, with bookmarks), and the lanes as a picture; both by Typst."""

import dataclasses
import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from commonweal.core.maturity.results import Results
from commonweal.reports import typeface
from commonweal.reports.content import ANSWER_HEADS, ATTENTION, PlanContent
from commonweal.reports.figures.draw_lanes import lanes_svg
from commonweal.reports.figures.lanes import lanes_caption, lanes_description
from commonweal.reports.order import Order

_LOST = "Some characters cannot be shown in this PDF and stand as a question mark; the other formats show them."
_PICTURE = b"""#set page(width: 720pt, height: auto, margin: 0pt)
#image(bytes(sys.inputs.figure), format: "svg", width: 100%)"""


@cache
def fonts() -> Any:
    """The typeface that comes with us, so that a PDF is the same on every machine."""
    folders = [str(typeface.folder())]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _compiler() -> Any:
    return typst.Compiler(font_paths=fonts())


@cache
def template() -> bytes:
    """The document's template: how it looks, then what it places."""
    folder = Path(__file__).parent / "templates"
    return (folder / "look.typ").read_bytes() + (folder / "plan.typ").read_bytes()


def template_inputs(content: PlanContent, results: Results, baseline: Results | None = None) -> dict[str, str]:
    """What the template is given, as text: the content as JSON and the figure as SVG."""
    figure, _ = typeface.showable(lanes_svg(results, fonts=typeface.NAME, baseline=baseline))
    data = {
        **dataclasses.asdict(content),
        "document_title": content.document_title,
        "headings": {**content.headings, "attention": ATTENTION},
        "heads": {
            "results": content.result_heads,
            "grid": content.grid_heads,
            "held": content.names.held_heads,
            "answers": ANSWER_HEADS,
        },
        "cells": [row.cells for row in content.results],
        "figure_title": lanes_caption(results, baseline),
        "figure_description": lanes_description(results, baseline),
    }
    text, lost = typeface.showable(json.dumps(data, ensure_ascii=False))
    if lost:
        data["marks"] = [*content.marks, _LOST]
        text, _ = typeface.showable(json.dumps(data, ensure_ascii=False))
    return {"content": text, "figure": figure}


def render(order: Order) -> bytes:
    """The document as PDF/UA-1. The same content on the same day gives the same bytes."""
    pdf: bytes = _compiler().compile(
        template(),
        format="pdf",
        sys_inputs=template_inputs(order.content, order.results, order.baseline),
        pdf_standards=["ua-1"],
        timestamp=datetime.datetime.combine(order.made_on, datetime.time(12), tzinfo=datetime.UTC),
    )
    return pdf


def lanes_picture(results: Results, pixels_per_inch: int = 160, baseline: Results | None = None) -> bytes:
    """The lanes as PNG, for formats that hold no SVG."""
    return svg_picture(lanes_svg(results, fonts=typeface.NAME, baseline=baseline), pixels_per_inch)


def svg_picture(svg: str, pixels_per_inch: int = 160) -> bytes:
    """A drawing of ours as PNG."""
    picture: bytes = _compiler().compile(
        _PICTURE,
        format="png",
        ppi=float(pixels_per_inch),
        sys_inputs={"figure": typeface.showable(svg)[0]},
    )
    return picture
