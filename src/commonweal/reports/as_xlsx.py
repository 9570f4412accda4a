"""The plan as a workbook: summary, results with lanes drawn in cells, plan grid, list of actions, answers, method."""

import datetime
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from commonweal.core.maturity.results import Results
from commonweal.formats.spreadsheet_text import safe_text
from commonweal.reports.content import PlanContent
from commonweal.reports.figures.draw_lanes import SCALE
from commonweal.reports.figures.lanes import Lane, lanes, lanes_title

_INK = "#0f3d38"
_NOW, _TARGET, _BOTH, _WAY, _BACK = "●", "○", "◉", "━━━", "╌╌╌"


def render_xlsx(content: PlanContent, results: Results, made_on: datetime.date) -> bytes:
    """The workbook as XLSX bytes. All text is stored as text, never as a formula."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(file, options)
    workbook.set_properties(
        {
            "title": content.document_title,
            "author": content.organisation,
            "created": datetime.datetime.combine(made_on, datetime.time(12)),
        }
    )
    sheets = _Sheets(workbook)
    _summary(sheets, content)
    _results(sheets, content, results)
    _plan(sheets, content)
    _actions(sheets, content)
    _answers(sheets, content)
    _method(sheets, content)
    workbook.close()
    return file.getvalue()


class _Sheets:
    """A workbook with the few looks that we use."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
        line = {"bottom": 1, "bottom_color": "#B8C6C3"}
        add = workbook.add_format
        self.workbook = workbook
        self.title = add({**base, "font_size": 18, "bold": True, "font_color": _INK, "text_wrap": False})
        self.plain = add(base)
        self.quiet = add({**base, "font_color": "#505A5F", "text_wrap": False})
        self.strong = add({**base, "bold": True})
        self.big = add({**base, "bold": True, "font_size": 16, "font_color": _INK, "text_wrap": False})
        self.head = add({**base, "bold": True, "bottom": 2, "bottom_color": _INK})
        self.cell = add({**base, **line})
        self.bold_cell = add({**base, **line, "bold": True})
        self.note = add({**base, **line, "italic": True})
        self.legal = add({**base, "bold": True, "left": 5, "left_color": _INK, "bg_color": "#EEF4F3"})
        self.lane = add({**base, **line, "align": "center", "font_color": _INK, "font_size": 12, "text_wrap": False})
        self.number = add({**base, **line, "num_format": "+0;\N{MINUS SIGN}0;0"})
        self.scale = [
            add({**base, "bold": True, "align": "center", "bg_color": shade, "font_color": font, "border": 1})
            for shade, font in zip(SCALE, (_INK, _INK, _INK, "#FFFFFF", "#FFFFFF"), strict=True)
        ]

    def add(self, name: str, widths: Sequence[float], landscape: bool = False) -> Any:
        sheet = self.workbook.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&8&A&R&8Page &P of &N")
        if landscape:
            sheet.set_landscape()
        return sheet


def _write(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    if text:
        sheet.write_string(row, column, safe_text(text), look)
    else:
        sheet.write_blank(row, column, None, look)


def _table(
    sheets: _Sheets, sheet: Any, top: int, heads: Sequence[str], rows: Sequence[Sequence[str]], looks: Sequence[Any]
) -> None:
    """A header row, then one line a row; the header stays in view and is printed on every page."""
    for column, text in enumerate(heads):
        _write(sheet, top, column, text, sheets.head)
    for line, row in enumerate(rows, top + 1):
        for column, (text, look) in enumerate(zip(row, looks, strict=True)):
            _write(sheet, line, column, text, look)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.autofilter(top, 0, top + max(len(rows), 1), len(heads) - 1)


def _summary(sheets: _Sheets, content: PlanContent) -> None:
    sheet = sheets.add("Summary", (16, 90))
    _write(sheet, 0, 0, content.organisation, sheets.quiet)
    _write(sheet, 1, 0, content.title, sheets.title)
    _write(sheet, 2, 0, content.index_line, sheets.quiet)
    _write(sheet, 3, 0, content.date_line, sheets.quiet)
    row = 4
    for mark in content.marks:
        _write(sheet, row, 1, mark, sheets.strong)
        row += 1
    row += 1
    for line in content.overall:
        _write(sheet, row, 0, line.heading, sheets.plain)
        _write(sheet, row, 1, f"{line.level}, {line.mean}" if line.mean else line.level, sheets.big)
        row += 1
    _write(sheet, row + 1, 1, content.legal, sheets.legal)
    _write(sheet, row + 1, 0, "Legal minimum", sheets.plain)
    row += 3
    for heading, sentences in (("Summary", content.narrative), ("Attention", content.attention)):
        for position, sentence in enumerate(sentences):
            _write(sheet, row, 0, heading if not position else "", sheets.plain)
            _write(sheet, row, 1, sentence, sheets.plain)
            row += 1
    _write(sheet, row, 0, "Plan", sheets.plain)
    _write(sheet, row, 1, content.actions_line, sheets.plain)


def _results(sheets: _Sheets, content: PlanContent, results: Results) -> None:
    levels = [level.label for level in results.index.levels]
    sheet = sheets.add("Results", (6, 40, *[12] * len(levels), 15, 15, 7, 70), landscape=True)
    _write(sheet, 0, 0, f"{lanes_title(results)}: {_NOW} now, {_TARGET} target, {_BOTH} both", sheets.strong)
    now = 2 + len(levels)
    heads = ("Code", "Theme", *levels, "Now", "Target", "Gap", "What holds it")
    for column, text in enumerate(heads):
        _write(sheet, 2, column, text, sheets.head)
    for position, label in enumerate(levels):
        look = sheets.scale[round(position * (len(sheets.scale) - 1) / (len(levels) - 1))]
        _write(sheet, 2, 2 + position, label, look)
    for line, (row, lane) in enumerate(zip(content.results, lanes(results), strict=True), 3):
        _write(sheet, line, 0, row.code, sheets.bold_cell)
        _write(sheet, line, 1, row.title, sheets.cell)
        for position in range(len(levels)):
            _write(sheet, line, 2 + position, _lane_cell(lane, position), sheets.lane)
        _write(sheet, line, now, row.present, sheets.cell)
        _write(sheet, line, now + 1, row.future, sheets.cell)
        gap = results.themes[line - 3].gap
        if gap is None:
            _write(sheet, line, now + 2, "", sheets.cell)
        else:
            sheet.write_number(line, now + 2, gap, sheets.number)
        _write(sheet, line, now + 3, row.held, sheets.cell)
    sheet.freeze_panes(3, 2)
    sheet.repeat_rows(2)


def _lane_cell(lane: Lane, level: int) -> str:
    """What stands in a lane under one level: a dot, a ring, both, the way between, or nothing."""
    if lane.present == level:
        return _BOTH if lane.future == level else _NOW
    if lane.future == level:
        return _TARGET
    if lane.present is None or lane.future is None:
        return ""
    if lane.present < level < lane.future:
        return _WAY
    return _BACK if lane.future < level < lane.present else ""


def _plan(sheets: _Sheets, content: PlanContent) -> None:
    sheet = sheets.add("Plan", (24, *[34] * len(content.columns), 40), landscape=True)
    _write(sheet, 0, 0, f"{content.actions_line} {content.footnote}", sheets.quiet)
    rows = [
        (
            f"{row.code} {row.label}",
            *["\n".join(f"{action.question} {action.text}" for action in cell) for cell in row.cells],
            "\n".join(row.notes),
        )
        for row in content.grid
    ]
    looks = (sheets.bold_cell, *[sheets.cell] * len(content.columns), sheets.note)
    _table(sheets, sheet, 2, ("Theme", *content.columns, "Notes"), rows, looks)


def _actions(sheets: _Sheets, content: PlanContent) -> None:
    sheet = sheets.add("Actions", (14, 8, 10, 14, 80, 26), landscape=True)
    rows = [(row.id, row.theme, row.question, row.level, row.text, row.criteria) for row in content.actions]
    heads = ("Action", "Theme", "Question", "To reach", "What to do", "Criteria")
    _table(sheets, sheet, 0, heads, rows, (sheets.bold_cell, *[sheets.cell] * 5))


def _answers(sheets: _Sheets, content: PlanContent) -> None:
    sheet = sheets.add("Answers", (8, 10, 50, 42, 42, 44), landscape=True)
    _write(sheet, 0, 0, content.answers_heading, sheets.quiet)
    rows = [(row.theme, row.id, row.question, row.present, row.future, row.remarks) for row in content.answers]
    looks = (sheets.cell, sheets.bold_cell, *[sheets.cell] * 3, sheets.note)
    _table(sheets, sheet, 2, ("Theme", "No.", "Question", "Now", "Future", "Remarks"), rows, looks)


def _method(sheets: _Sheets, content: PlanContent) -> None:
    sheet = sheets.add("Method", (28, 100))
    row = 0
    for note in (*content.reading, *content.limits):
        _write(sheet, row, 0, note.heading, sheets.strong)
        for text in filter(None, (note.text, *note.points)):
            _write(sheet, row, 1, text, sheets.plain)
            row += 1
        row += 1
