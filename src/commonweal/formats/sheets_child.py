"""Reads a workbook from standard input and prints its cells as JSON. Run as a process of its own, with limits.

Whatever a file does to it, the process that asked goes on. The answer is `{"sheets": {name: [[text, ...], ...]},
"formulas": {name: [[row, column], ...]}}`, or `{"refused": [what, remedy]}`.
"""

import contextlib
import datetime
import io
import json
import sys
import zipfile
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from python_calamine import CalamineError, CalamineWorkbook

MAX_ROWS, MAX_COLUMNS = 20_000, 200
MAX_CELLS = 200_000
MAX_MEMORY = 512 * 1024 * 1024
MAX_SECONDS = 20
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TOO_LARGE = ["A sheet has more rows, columns or cells than a filled-in workbook.", "Delete what is not part of it."]
_DAMAGED = ["The workbook is damaged.", "Open it in your spreadsheet program and save it as an Excel workbook (.xlsx)."]


class _TooLarge(Exception):
    """A sheet past the limits."""


def _limit() -> None:
    """Cap memory and time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))


def _formulas(archive: zipfile.ZipFile) -> dict[str, list[list[int]]]:
    """The cells that hold formulas, by sheet; raises _TooLarge before anything reads a sheet whole."""
    relations = {
        element.get("Id"): element.get("Target", "")
        for _, element in iterparse(archive.open("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
        if element.get("Id")
    }
    found = {}
    for _, element in iterparse(archive.open("xl/workbook.xml"), forbid_dtd=True):
        if element.tag == f"{_MAIN}sheet":
            target = relations.get(element.get(_RELATION), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path.endswith(".xml") and path in archive.namelist():
                found[element.get("name", "")] = _formula_cells(archive, path)
    return found


def _formula_cells(archive: zipfile.ZipFile, path: str) -> list[list[int]]:
    cells, formulas = 0, []
    for _, element in iterparse(archive.open(path), forbid_dtd=True):
        if element.tag == f"{_MAIN}c":
            cells += 1
            row, column = _position(element.attrib["r"])
            if cells > MAX_CELLS or row >= MAX_ROWS or column >= MAX_COLUMNS:
                raise _TooLarge
            if element.find(f"{_MAIN}f") is not None:
                formulas.append([row, column])
        elif element.tag == f"{_MAIN}row":
            if int(element.get("r", "1")) > MAX_ROWS:
                raise _TooLarge
            element.clear()
    return formulas


def _position(name: str) -> tuple[int, int]:
    """Row and column of a cell's name, from 0."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]) - 1, column - 1


def _text(cell: Any) -> str:
    """A cell as people see it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell).replace("\r\n", "\n").replace("\r", "\n")


def _read(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        formulas = _formulas(archive)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {}
    for name in workbook.sheet_names:
        if name in formulas:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            sheets[name] = [[_text(cell) for cell in row] for row in rows]
    return {"sheets": sheets, "formulas": formulas}


def main() -> None:
    """Answer in JSON, whatever is sent."""
    _limit()
    try:
        answer = _read(sys.stdin.buffer.read())
    except _TooLarge:
        answer = {"refused": _TOO_LARGE}
    except (
        DefusedXmlException,
        ParseError,
        CalamineError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        EOFError,
    ):
        answer = {"refused": _DAMAGED}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
