"""The workbook: sheets, lanes drawn in cells, and nothing in it that runs (I4)."""

import datetime
import io
import zipfile

import pytest
from openpyxl import load_workbook
from tests.cases import INVENTED, everywhere, example, results_of

from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.formats.spreadsheet_text import original_text
from commonweal.reports.formats import render

DAY = datetime.date(2026, 11, 21)


def test_sheets_and_lanes() -> None:
    book = load_workbook(io.BytesIO(render("xlsx", example(INVENTED), DAY)))
    assert book.sheetnames == ["Summary", "Results", "Plan", "Actions", "Answers", "Method"]
    rows = {row[0]: row[1:] for row in book["Results"].iter_rows(min_row=4, values_only=True)}
    assert rows["D"][1:6] == (None, "●", "━━━", "○", None)
    assert rows["F"][1:6] == (None, None, "◉", None, None)
    assert rows["D"][8] == 2


@pytest.mark.parametrize("prefix", ["=", "+", "-", "@", "＝", " =", '"=', "'=", ";="])
def test_nothing_that_was_typed_becomes_a_formula(prefix: str, index: Index) -> None:
    note = f"{prefix}HYPERLINK(1)"
    answers = {**everywhere(index, 0, 1), "A1": QuestionAnswer(0, 1, note=note)}
    content = render("xlsx", results_of(index, answers, organisation=f"{prefix}cmd|' /C calc'!A0"), DAY)
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert [text for text in texts if text[:1] in "=+-@＝＋－＠\t\r\n"] == []
    assert note in [original_text(text) for text in texts]


def test_no_hidden_parts() -> None:
    archive = zipfile.ZipFile(io.BytesIO(render("xlsx", example(INVENTED), DAY)))
    names = " ".join(archive.namelist())
    assert not [part for part in ("vba", "externalLink", "comments", "pivot", "connections") if part in names]
    assert b"state=" not in archive.read("xl/workbook.xml"), "a sheet is hidden"


def test_rows_fit_their_text_and_headers_repeat(index: Index) -> None:
    long = "word " * 390
    answers = {question.id: QuestionAnswer(0, 1, note=long) for question in index.questions}
    book = load_workbook(io.BytesIO(render("xlsx", results_of(index, answers), DAY)))
    heights = [row.height for sheet in book for row in sheet.row_dimensions.values() if row.height]
    assert 400 < max(heights) <= 409
    assert book["Plan"].print_title_rows == "$4:$4"
    assert book["Plan"].row_dimensions[5].height > 100
    assert all(len(str(cell.value)) < 32_767 for sheet in book for row in sheet.iter_rows() for cell in row)
