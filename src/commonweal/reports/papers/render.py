"""A paper in a format."""

import datetime
from importlib import import_module

from commonweal.reports.papers.blocks import Paper


def render(format_name: str, paper: Paper, made_on: datetime.date) -> bytes:
    """A paper as DOCX or PDF. The library behind it is imported only now."""
    made: bytes = import_module(f"commonweal.reports.papers.as_{format_name}").render(paper, made_on)
    return made
