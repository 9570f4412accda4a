"""CSV for people who open it in a spreadsheet: UTF-8 with a mark, every text quoted and safe."""

import csv
import io
from collections.abc import Iterable, Sequence

from commonweal.formats.spreadsheet_text import safe_text

Cell = str | int | float | None


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as CSV. Numbers stay numbers; text that could run as a formula is marked with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_text(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
    return ("\ufeff" + text.getvalue()).encode("utf-8")
