"""The plan as PDF/UA-1 (tagged, with bookmarks), and the lanes as a picture; both by Typst."""

import dataclasses
import datetime
import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from commonweal.core.maturity.results import Results
from commonweal.reports.content import PlanContent
from commonweal.reports.figures.draw_lanes import lanes_svg
from commonweal.reports.figures.lanes import lanes_description, lanes_title

FONT = "Source Sans Pro"
_PICTURE = b"""#set page(width: 720pt, height: auto, margin: 0pt)
#image(bytes(sys.inputs.figure), format: "svg", width: 100%)"""


@cache
def _fonts() -> Any:
    """The typeface that comes with us, so that a PDF is the same on every machine."""
    found = importlib.util.find_spec("font_source_sans_pro")
    folders = list(found.submodule_search_locations or []) if found else []
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(Path(folder) / "files") for folder in folders],
    )


@cache
def _compiler() -> Any:
    return typst.Compiler(font_paths=_fonts())


@cache
def _template() -> bytes:
    folder = Path(__file__).parent / "templates"
    return (folder / "look.typ").read_bytes() + (folder / "plan.typ").read_bytes()


def render_pdf(content: PlanContent, results: Results, made_on: datetime.date) -> bytes:
    """The document as PDF/UA-1. The same content on the same day gives the same bytes."""
    data = {
        **dataclasses.asdict(content),
        "document_title": content.document_title,
        "figure_title": lanes_title(results),
        "figure_description": lanes_description(results),
    }
    moment = datetime.datetime.combine(made_on, datetime.time(12), tzinfo=datetime.UTC)
    pdf: bytes = _compiler().compile(
        _template(),
        format="pdf",
        sys_inputs={"content": json.dumps(data), "figure": lanes_svg(results, fonts=FONT)},
        pdf_standards=["ua-1"],
        timestamp=moment,
    )
    return pdf


def lanes_picture(results: Results, pixels_per_inch: int = 160) -> bytes:
    """The lanes as PNG, for formats that hold no SVG."""
    picture: bytes = _compiler().compile(
        _PICTURE,
        format="png",
        ppi=float(pixels_per_inch),
        sys_inputs={"figure": lanes_svg(results, fonts=FONT)},
    )
    return picture
