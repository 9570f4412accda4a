"""A paper as PDF/UA-1 (tagged, with bookmarks), by Typst."""

import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from commonweal.reports import typeface
from commonweal.reports.as_pdf import fonts
from commonweal.reports.papers.as_json import paper_data
from commonweal.reports.papers.blocks import Figure, Paper

_LOST = "Some characters cannot be shown in this PDF and stand as a question mark; the other formats show them."


@cache
def _compiler() -> Any:
    return typst.Compiler(font_paths=fonts())


@cache
def _template() -> bytes:
    folder = Path(__file__).parent.parent / "templates"
    return (folder / "look.typ").read_bytes() + (folder / "paper.typ").read_bytes()


def _with_figures(paper: Paper) -> dict[str, Any]:
    """The paper as plain values, each figure with its drawing."""
    data = paper_data(paper)
    for section, placed in zip(paper.sections, data["sections"], strict=True):
        for block, values in zip(section.blocks, placed["blocks"], strict=True):
            if isinstance(block, Figure):
                values["svg"] = typeface.showable(block.svg)[0]
    return data


def render(paper: Paper, made_on: datetime.date) -> bytes:
    """The paper as PDF/UA-1. The same content on the same day gives the same bytes."""
    data = _with_figures(paper)
    text, lost = typeface.showable(json.dumps(data, ensure_ascii=False))
    if lost:
        data["lines"] = [*paper.lines, _LOST]
        text, _ = typeface.showable(json.dumps(data, ensure_ascii=False))
    pdf: bytes = _compiler().compile(
        _template(),
        format="pdf",
        sys_inputs={"content": text},
        pdf_standards=["ua-1"],
        timestamp=datetime.datetime.combine(made_on, datetime.time(12), tzinfo=datetime.UTC),
    )
    return pdf
