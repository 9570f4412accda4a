"""The Word document: headings, header rows, alternative text, properties."""

import datetime
import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.cases import INVENTED, example

from commonweal.reports.compose import plan_content
from commonweal.reports.figures.lanes import lanes_description, lanes_title
from commonweal.reports.formats import render

DAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def content() -> bytes:
    return render("docx", example(INVENTED), DAY)


def test_headings_are_headings(content: bytes) -> None:
    document = Document(io.BytesIO(content))
    styled = [(p.style.name if p.style else "", p.text) for p in document.paragraphs]
    headings = [(style, text) for style, text in styled if style and style.startswith("Heading")]
    assert headings[0] == ("Heading 1", "Results and action plan")
    parts = [text for style, text in headings if style == "Heading 2"]
    assert parts == [*plan_content(example(INVENTED), DAY).headings.values(), "The answers behind these results"]


def test_every_table_has_a_header_row_that_repeats(content: bytes) -> None:
    tables = Document(io.BytesIO(content)).tables
    assert len(tables) == 4
    for table in tables:
        first = table.rows[0]._tr
        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_the_plan_grid_has_a_column_a_level_and_notes(content: bytes) -> None:
    grid = Document(io.BytesIO(content)).tables[1]
    assert [cell.text for cell in grid.rows[0].cells] == [
        "Theme", "To reach Follower", "To reach Mature", "To reach Leader", "To reach Innovator", "Notes",
    ]  # fmt: skip
    governance = [cell.text for cell in grid.rows[10].cells]
    assert governance[0] == "J Governance and Accountability"
    assert governance[1].startswith("J1 Make sure that minutes record")
    assert "J9: Does not apply: We have 240 staff" in governance[5]


def test_the_figure_has_words(content: bytes) -> None:
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert lanes_description(example(INVENTED)).replace("&", "&amp;") in xml
    assert lanes_title(example(INVENTED)) in xml.partition("<wp:docPr ")[2].partition("/>")[0]


def test_properties_name_the_organisation_and_no_software_author(content: bytes) -> None:
    properties = Document(io.BytesIO(content)).core_properties
    assert properties.title == "Aldermere Borough Council: results and action plan"
    assert (properties.author, properties.language, properties.comments) == ("Aldermere Borough Council", "en-GB", "")
    assert properties.created.date() == DAY
