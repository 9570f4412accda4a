"""A table of statements or questions from somebody else's file: a toolkit's sheet, a list as CSV.

Nothing is known of its layout. It is read as heads and rows; which column is what, somebody says in the preview.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem, printable
from commonweal.formats.characters import forbidden_character
from commonweal.formats.files import decode
from commonweal.formats.sheets import read_sheets

MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 400, 20, 200_000
_MOST_BYTES = 2 * 1024 * 1024
_LEAST_HEADS = 2


@dataclass(frozen=True, slots=True)
class StatementTable:
    """Heads, and rows as long as the heads; `places` say where each row stood."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]


def read_statement_table(content: bytes, name: str) -> StatementTable:
    """The largest table of a file (XLSX or CSV). Raises BadInput where there is none, or one that is too large."""
    name = printable(name)
    if not content.strip():
        raise BadInput([Problem(name, "The file is empty.", "Choose the one with the table.")])
    found = max(_sheets(content, name), key=lambda sheet: _size(sheet[1]), default=("", []))
    sheet, rows = found
    top = next((n for n, row in enumerate(rows) if sum(map(bool, row)) >= _LEAST_HEADS), None)
    if top is None:
        what = "There is no table with at least two columns in the file."
        raise BadInput([Problem(name, what, "Put heads over the columns, and a statement into each row.")])
    filled = [n for n in range(len(rows[top])) if any(n < len(row) and row[n] for row in rows[top:])]
    cut = [tuple(row[c] if c < len(row) else "" for c in filled) for row in rows[top + 1 :]]
    kept = [(n, row) for n, row in enumerate(cut, top + 1) if any(row)]
    heads = tuple(rows[top][c] or f"Column {number}" for number, c in enumerate(filled, 1))
    _refuse_what_is_too_much(name, heads, [row for _, row in kept])
    where = f"{name}, sheet {sheet}" if sheet else name
    return StatementTable(heads, tuple(row for _, row in kept), tuple(f"{where}, row {n + 1}" for n, _ in kept))


def _sheets(content: bytes, name: str) -> list[tuple[str, list[list[str]]]]:
    if content.startswith(b"PK"):
        found = read_sheets(content, name).cells
        return [(sheet, [[_plain(cell) for cell in row] for row in rows]) for sheet, rows in found.items()]
    if len(content) > _MOST_BYTES:
        raise BadInput([Problem(name, "The file is larger than 2 MB.", "Send the table alone.")])
    text = decode(content, name).lstrip("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [[_plain(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error:
        raise BadInput(
            [Problem(name, "The file is not a table.", "Save it as a workbook (.xlsx) or as CSV.")]
        ) from None
    return [("", rows)]


def _plain(cell: str) -> str:
    text = " ".join(cell.split())
    return "".join(" " if forbidden_character(character) else character for character in text)


def _size(rows: Sequence[Sequence[str]]) -> int:
    return sum(len(cell) for row in rows for cell in row)


def refused_table() -> Problem:
    """The words for a table that was lost or changed between the preview and the sending of it."""
    return Problem("The table", "It did not come back as it was read.", "Choose the file once more.")


def _refuse_what_is_too_much(name: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        raise BadInput([Problem(name, "There is nothing under the heads.", "Put a statement into each row.")])
    if len(rows) > MOST_ROWS or len(heads) > MOST_COLUMNS or _size(rows) > MOST_CHARACTERS:
        what = f"The table has more than {MOST_ROWS} rows, {MOST_COLUMNS} columns or {MOST_CHARACTERS:,} characters."
        raise BadInput([Problem(name, what, "Send the rows and columns with the statements alone.")])
