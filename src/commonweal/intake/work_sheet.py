"""A workbook of a programme's work that comes back: what it says of each piece, or every problem with its cell."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem, printable
from commonweal.core.programme.models import Priority
from commonweal.formats.cell_names import cell_name
from commonweal.formats.sheets import Sheets, read_sheets
from commonweal.formats.spreadsheet_text import original_text
from commonweal.formats.work_sheet import COLUMNS, HEAD_ROW, LAYOUT, LAYOUT_CELL, SHEET

_AGAIN = "Take the workbook out again, and change that one."
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")
_YES = {"yes", "y", "true", "1", "x"}
_NO = {"", "no", "n", "false", "0"}

Value = str | int | bool | None
"""What stands in a cell, as it is kept until it is taken in: days and amounts as text."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: where it stands, and its cells as text by the names of the columns."""

    place: str
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WorkSheet:
    """What a workbook says: whose it is, and its rows."""

    name: str
    code: str
    rows: tuple[SheetRow, ...]
    columns: Mapping[str, int]
    """Where each column stands, by its name; they may have been moved."""


def read_work_sheet(content: bytes, name: str) -> WorkSheet:
    """The rows of a workbook. Raises BadInput where it is none of ours, or where cells hold formulas."""
    name = printable(name)
    sheets = read_sheets(content, name)
    layout, _, code = sheets.text(SHEET, *LAYOUT_CELL).rpartition(" ")
    if SHEET not in sheets.cells or layout != LAYOUT:
        what = f"The sheet {SHEET} is missing, renamed or changed: this is not a workbook of a programme's work."
        raise BadInput([Problem(name, what, _AGAIN)])
    places = dict(_columns(name, sheets))
    rows, problems = [], []
    for row in range(HEAD_ROW + 1, len(sheets.cells[SHEET])):
        texts = {key: original_text(sheets.text(SHEET, row, column)).strip() for key, column in places.items()}
        if not any(texts.values()):
            continue
        for key, column in places.items():
            if (row, column) in sheets.formulas.get(SHEET, ()):
                place = cell_place(name, row, column)
                problems.append(Problem(place, "This cell holds a formula.", "Type the text or the number itself."))
            texts.setdefault(key, "")
        rows.append(SheetRow(f"{name}, row {row + 1}", row, texts))
    if problems:
        raise BadInput(problems)
    return WorkSheet(name, code, tuple(rows), places)


def _columns(name: str, sheets: Sheets) -> Iterator[tuple[str, int]]:
    """Where each column stands, by its head; columns may be moved, and others may stand between."""
    heads = [text.strip() for text in sheets.cells[SHEET][HEAD_ROW]] if len(sheets.cells[SHEET]) > HEAD_ROW else []
    missing = [head for _, head, _ in COLUMNS if head not in heads]
    if missing:
        raise BadInput([Problem(f"{name}, row {HEAD_ROW + 1}", f"The column {missing[0]} is missing.", _AGAIN)])
    for key, head, _ in COLUMNS:
        yield key, heads.index(head)


def cell_place(name: str, row: int, column: int) -> str:
    """Where a cell is, as messages say it."""
    return f"{name}, sheet {SHEET}, cell {cell_name(row, column)}"


def place_of(sheet: WorkSheet, row: SheetRow, name: str) -> str:
    """Where the cell of a column is."""
    return cell_place(sheet.name, row.row, sheet.columns[name])


def to_day(text: str) -> datetime.date | None:
    """A day as people write it; None for an empty cell. Raises ValueError.

    >>> to_day("01/04/2027"), to_day("2027-04-01") == to_day("1 April 2027"), to_day("")
    (datetime.date(2027, 4, 1), True, None)
    """
    if not text:
        return None
    for pattern in _DAYS:
        try:
            return datetime.datetime.strptime(text, pattern).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise ValueError(text)


def to_amount(text: str) -> Decimal | None:
    """A number as people write it; None for an empty cell. Raises ValueError.

    >>> to_amount("£1,200.50"), to_amount("")
    (Decimal('1200.50'), None)
    """
    plain = text.replace(",", "").replace("£", "").strip()
    if not plain:
        return None
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,9})?", plain, re.ASCII):
        raise ValueError(text)
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error


def to_whole(text: str) -> int | None:
    """A whole number; None for an empty cell. Raises ValueError."""
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,6}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def to_yes(text: str) -> bool:
    """Yes or no. Raises ValueError."""
    if text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    raise ValueError(text)


def to_priority(text: str) -> Priority:
    """A priority by its name; normal for an empty cell. Raises ValueError."""
    found = next((one for one in Priority if one.label.casefold() == text.casefold()), None)
    if found is None and text:
        raise ValueError(text)
    return found or Priority.NORMAL


def to_number(text: str) -> str:
    """The number of a piece of work as it is written elsewhere, or the name of a new row; "" for an empty cell.

    Raises ValueError.

    >>> to_number("012"), to_number(" n 2"), to_number("")
    ('12', 'N2', '')
    """
    plain = text.replace(" ", "").upper()
    if plain and not re.fullmatch("N?[0-9]{1,6}", plain, re.ASCII):
        raise ValueError(text)
    mark = "N" if plain.startswith("N") else ""
    return f"{mark}{int(plain.removeprefix('N'))}" if plain else ""


def to_numbers(text: str) -> list[str]:
    """Numbers and names of new rows, with commas between. Raises ValueError.

    >>> to_numbers("3, N1"), to_numbers("")
    (['3', 'N1'], [])
    """
    return [to_number(part) for part in re.split("[,;]", text) if part.strip()]
