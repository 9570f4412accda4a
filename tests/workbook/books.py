"""Workbooks as others leave them: cells changed by another program, then read by us."""

import datetime
import io
from collections.abc import Mapping
from functools import cache
from typing import Any

import openpyxl

from commonweal.core.maturity.answers import Assessment
from commonweal.core.maturity.models import Index, Question
from commonweal.formats.answer_workbook import FIRST_ROW, START, START_COLUMN, START_ROWS, sheet_name
from commonweal.reports.workbook import write_workbook

DAY = datetime.date(2026, 11, 21)
TOWN = "Example Council"


@cache
def blank(index: Index, organisation: str = TOWN, code: str = "") -> bytes:
    return write_workbook(Assessment(organisation, index, {}), DAY, code)


def place(index: Index, question: Question, column: int) -> tuple[str, int, int]:
    """Sheet, row and column (from 1, as openpyxl counts) of a question's cell."""
    theme = next(theme for theme in index.themes if theme.code == question.theme)
    return sheet_name(theme), FIRST_ROW + theme.questions.index(question) + 1, column + 1


def edited(content: bytes, cells: Mapping[tuple[str, int, int], Any]) -> bytes:
    """The workbook with cells (sheet, row, column from 1) set; a text that begins with = becomes a formula."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (sheet, row, column), value in cells.items():
        book[sheet].cell(row, column).value = value
    return saved(book)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def start_cell(key: str) -> tuple[str, int, int]:
    return START, START_ROWS[key] + 1, START_COLUMN + 1
