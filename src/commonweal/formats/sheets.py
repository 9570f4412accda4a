"""The cells of a workbook from outside, read by a process of its own that has limits (formats/sheets_child.py)."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem, Refused
from commonweal.formats.archive import refused_archive
from commonweal.formats.sheets_child import MAX_SECONDS

_TOO_MUCH = Refused(
    "The workbook takes more memory or time to read than a filled-in one.", "Send the workbook that you got, filled in."
)


@dataclass(frozen=True, slots=True)
class Sheets:
    """Each sheet's cells as text, and the cells that hold formulas; rows and columns count from 0."""

    cells: Mapping[str, Sequence[Sequence[str]]]
    formulas: Mapping[str, frozenset[tuple[int, int]]]

    def text(self, sheet: str, row: int, column: int) -> str:
        """A cell's text; nothing outside the sheet."""
        rows = self.cells.get(sheet, ())
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def read_sheets(content: bytes, name: str) -> Sheets:
    """The cells of a workbook. Raises BadInput where the file is refused; nothing it does reaches this process."""
    refused = refused_archive(content)
    if refused:
        raise BadInput([Problem.at(name, refused)])
    command = [sys.executable, "-X", "utf8", "-m", "commonweal.formats.sheets_child"]
    try:
        ended = subprocess.run(  # noqa: S603  our own module
            command, input=content, capture_output=True, timeout=MAX_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise BadInput([Problem.at(name, _TOO_MUCH)]) from None
    if ended.returncode:
        raise BadInput([Problem.at(name, _TOO_MUCH)])
    answer = json.loads(ended.stdout)
    if "refused" in answer:
        raise BadInput([Problem.at(name, Refused(*answer["refused"]))])
    return Sheets(
        cells=answer["sheets"],
        formulas={sheet: frozenset(map(tuple, cells)) for sheet, cells in answer["formulas"].items()},
    )
