"""Workbooks: text is always text, rows are as high as their text needs, sheets print one page wide."""

import datetime
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from commonweal.formats.cell_names import cell_name, in_sheet
from commonweal.formats.spreadsheet_text import safe_text

Look = str
"""The name of a look; see LOOKS."""

_INK = "#0f3d38"
_LINE = {"bottom": 1, "bottom_color": "#B8C6C3"}
_BASE = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
LOOKS: Mapping[Look, Mapping[str, Any]] = {
    "plain": {},
    "strong": {"bold": True},
    "title": {"font_size": 18, "bold": True, "font_color": _INK, "text_wrap": False},
    "big": {"font_size": 16, "bold": True, "font_color": _INK, "text_wrap": False},
    "quiet": {"font_color": "#505A5F", "text_wrap": False},
    "mark": {"bold": True, "left": 5, "left_color": _INK, "bg_color": "#EEF4F3"},
    "lane remark": {**_LINE, "italic": True, "text_wrap": False},
    "head": {"bold": True, "indent": 1, "bottom": 2, "bottom_color": _INK},
    "cell": {**_LINE, "indent": 1},
    "bold cell": {**_LINE, "bold": True, "indent": 1},
    "note": {**_LINE, "italic": True, "indent": 1},
    "centre": {**_LINE, "align": "center", "font_color": _INK, "font_size": 12, "text_wrap": False},
    "input": {"locked": False, "border": 1, "border_color": "#0F3D38", "bg_color": "#EEF4F3", "indent": 1},
    "warning": {**_LINE, "bold": True, "indent": 1},
    "count": {**_LINE, "align": "center"},
    "signed": {**_LINE, "align": "center", "num_format": "+0;\N{MINUS SIGN}0;0"},
}
_LONGEST_TEXT = 32_000
_CUT = " ... (cut here: a cell holds no more; the sheet Answers has each note in full)"
_HIGHEST_ROW = 409.0
"""Limits of the format: 32,767 characters in a cell, 409 points for a row."""

_POINTS_PER_LINE = 13.0
_CHARACTERS_PER_WIDTH = 1.12
"""A column's width counts digits; words take a little less room, and line ends waste some."""


class Workbook:
    """A workbook that is made in memory. `save` closes it and gives its bytes."""

    def __init__(self, title: str, author: str, made_on: datetime.date) -> None:
        self._file = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._file, options)
        created = datetime.datetime.combine(made_on, datetime.time(12))
        self._title = title
        self._book.set_properties({"title": title, "author": author, "created": created})
        self._looks = {name: self._book.add_format({**_BASE, **look}) for name, look in LOOKS.items()}
        self._sheets: list[Sheet] = []

    def look(self, name: Look, settings: Mapping[str, Any]) -> None:
        """Add a look of one's own under a name."""
        self._looks[name] = self._book.add_format({**_BASE, **settings})

    def add(self, name: str, widths: Sequence[float], landscape: bool = False) -> "Sheet":
        """A new sheet with its column widths, in characters."""
        sheet = Sheet(self._book.add_worksheet(name), self._looks, widths, landscape)
        sheet.head_line(self._title)
        self._sheets.append(sheet)
        return sheet

    def save(self) -> bytes:
        """The finished workbook."""
        for sheet in self._sheets:
            sheet.fit_rows()
        self._book.close()
        return self._file.getvalue()


class Sheet:
    """One sheet. Rows and columns count from 0."""

    def __init__(self, sheet: Any, looks: Mapping[Look, Any], widths: Sequence[float], landscape: bool) -> None:
        self._sheet, self._looks, self._widths = sheet, looks, widths
        self._heights: dict[int, float] = {}
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&L&8&A&R&8Page &P of &N")
        if landscape:
            sheet.set_landscape()

    def head_line(self, text: str) -> None:
        """What stands at the top of every printed page."""
        self._sheet.set_header("&L&8" + text.replace("&", "&&"))

    def text(self, row: int, column: int, text: str, look: Look = "cell", room: float = 0) -> None:
        """Write a text, which never becomes a formula or a link; `room` is its width if not the column's."""
        if not text:
            self._sheet.write_blank(row, column, None, self._looks[look])
            return
        if len(text) > _LONGEST_TEXT:
            text = text[:_LONGEST_TEXT] + _CUT
        self._sheet.write_string(row, column, safe_text(text), self._looks[look])
        settings = {**_BASE, **LOOKS.get(look, {})}
        width = (room or self._widths[column]) * _CHARACTERS_PER_WIDTH
        lines = [math.ceil(len(line) / width) or 1 for line in text.split("\n")] if settings["text_wrap"] else [1]
        height = sum(lines) * _POINTS_PER_LINE * settings["font_size"] / _BASE["font_size"] + 3
        self._heights[row] = max(self._heights.get(row, 0), height)

    def across(self, row: int, text: str, look: Look = "plain") -> None:
        """Write a text over the whole width of the sheet, wrapped."""
        last = len(self._widths) - 1
        self._sheet.merge_range(row, 0, row, last, "", self._looks[look])
        self.text(row, 0, text, look, room=sum(self._widths))

    def number(self, row: int, column: int, number: int | None, look: Look = "signed") -> None:
        """Write a number as a number; nothing where there is none."""
        if number is None:
            self._sheet.write_blank(row, column, None, self._looks[look])
        else:
            self._sheet.write_number(row, column, number, self._looks[look])

    def table(self, top: int, heads: Sequence[str], rows: Sequence[Sequence[str]], looks: Sequence[Look]) -> None:
        """A header row and a line a row, with filters; the header stays in view and is printed on every page."""
        for column, text in enumerate(heads):
            self.text(top, column, text, "head")
        for line, row in enumerate(rows, top + 1):
            for column, (text, look) in enumerate(zip(row, looks, strict=True)):
                self.text(line, column, text, look)
        self.keep_in_view(top + 1, 0)
        self._sheet.autofilter(top, 0, top + max(len(rows), 1), len(heads) - 1)

    def formula(self, row: int, column: int, formula: str, value: str | float, look: Look = "cell") -> None:
        """Write a formula of ours with the value that it has now: not every program calculates on opening."""
        self._sheet.write_formula(row, column, f"={formula}", self._looks[look], value)

    def typed(self, row: int, column: int, text: str, room: float = 0) -> None:
        """A cell to type in."""
        self.text(row, column, text, "input", room)

    def choice(self, row: int, column: int, text: str, source: str, hint: str) -> None:
        """A cell to choose in: one of the texts in the cells `source`, or nothing; `hint` says so at the cell."""
        self.text(row, column, text, "input")
        rule = {
            "validate": "list",
            "source": f"={source}",
            "input_message": hint,
            "error_title": "Not on the list",
            "error_message": "Choose from the list, or leave the cell empty.",
        }
        self._sheet.data_validation(row, column, row, column, rule)

    def protect(self) -> None:
        """Let people type only where something is to be typed; without a password, so that nobody is locked out."""
        self._sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})

    def link(self, row: int, column: int, sheet: str, text: str) -> None:
        """A link to another sheet of the workbook."""
        self._sheet.write_url(row, column, f"internal:{in_sheet(sheet, cell_name(0, 0))}", self._looks["cell"], text)

    def keep_in_view(self, rows: int, columns: int) -> None:
        """Keep the first rows and columns in view, and repeat the last of those rows on every printed page."""
        self._sheet.freeze_panes(rows, columns)
        self._sheet.repeat_rows(rows - 1)

    def fit_rows(self) -> None:
        """Make each row as high as its longest text; programs do not all do so by themselves."""
        for row, height in self._heights.items():
            self._sheet.set_row(row, min(height, _HIGHEST_ROW))
