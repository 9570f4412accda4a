"""The PDF: tagged, titled, with bookmarks, and every text in it as text."""

import datetime
import io
from typing import Any

import pytest
from pypdf import PdfReader
from tests.cases import INVENTED, example

from commonweal.reports.as_pdf import lanes_picture
from commonweal.reports.figures.lanes import lanes_description
from commonweal.reports.formats import render

DAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    return PdfReader(io.BytesIO(render("pdf", example(INVENTED), DAY)))


def test_it_says_that_it_is_accessible(pdf: PdfReader) -> None:
    catalogue: Any = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in catalogue
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Aldermere Borough Council: results and action plan"


def test_it_has_bookmarks(pdf: PdfReader) -> None:
    outline: list[Any] = pdf.outline
    (top,) = [item for item in outline if not isinstance(item, list)]
    (sections,) = [item for item in outline if isinstance(item, list)]
    assert top["/Title"] == "Results and action plan"
    assert [item["/Title"] for item in sections if not isinstance(item, list)] == [
        "Summary",
        "Results by theme",
        "How to read the levels",
        "Action plan",
        "What holds each theme, and what the next level needs",
        "Limits and source",
        "The answers behind these results",
    ]


def _tags(node: Any, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            _tags(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append((str(node["/S"]), str(node.get("/Alt", ""))))
        if "/K" in node:
            _tags(node["/K"], found)
    return found


def test_tables_headings_and_the_figure_are_tagged(pdf: PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    tags = _tags(root["/StructTreeRoot"], [])
    names = [name for name, _ in tags]
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure"} <= set(names)
    assert [alt for name, alt in tags if name == "/Figure"] == [lanes_description(example(INVENTED))]


def test_the_plan_grid_lies_on_landscape_pages(pdf: PdfReader) -> None:
    wide = [number for number, page in enumerate(pdf.pages) if page.mediabox.width > page.mediabox.height]
    assert wide
    assert "Action plan" in pdf.pages[wide[0]].extract_text()


def test_the_picture_of_the_lanes_is_a_png() -> None:
    assert lanes_picture(example(INVENTED)).startswith(b"\x89PNG")
