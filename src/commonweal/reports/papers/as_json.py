"""A paper as data: its sections with their blocks, each with its kind."""

import dataclasses
import datetime
import json
from typing import Any

from commonweal.reports.papers.blocks import Block, Paper


def paper_data(paper: Paper) -> dict[str, Any]:
    """The paper as plain values."""
    return {
        **dataclasses.asdict(paper),
        "document_title": paper.document_title,
        "sections": [
            {
                "heading": section.heading,
                "is_wide": section.is_wide,
                "blocks": [_block(block) for block in section.blocks],
            }
            for section in paper.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    """A block as plain values. Of a figure there is what it tells, not how it is drawn."""
    values = dataclasses.asdict(block)
    values.pop("svg", None)
    return {"kind": type(block).__name__, **values}


def render(paper: Paper, made_on: datetime.date) -> bytes:
    """The paper as JSON text, in UTF-8, with a last newline."""
    data = paper_data(paper) | {"made_on": made_on.isoformat()}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
