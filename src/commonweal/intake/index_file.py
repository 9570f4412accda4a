"""An index from outside, as YAML, JSON or a workbook: its content with the place of everything, or every fault."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem, printable
from commonweal.formats.cell_names import cell_name
from commonweal.formats.characters import forbidden_character
from commonweal.formats.files import decode
from commonweal.formats.index_sheets import (
    ABOUT,
    ABOUT_FIELDS,
    ABOUT_HEAD_ROW,
    ABOUT_VALUE,
    ANSWERS,
    CRITERIA,
    HEAD_ROW,
    LAYOUT,
    LEVELS,
    QUESTIONS,
    TABLES,
    THEMES,
    Field,
    Kind,
    Table,
)
from commonweal.formats.sheets import Sheets, read_sheets
from commonweal.formats.spreadsheet_text import original_text
from commonweal.formats.text_tree import parse_tree
from commonweal.formats.tree import Path, Tree
from commonweal.standards.check import check_index

_MOST_PROBLEMS = 200
MAX_BYTES = 2 * 1024 * 1024
_AGAIN = "Take an empty workbook here again, and copy your texts into it."


def read_index_file(content: bytes, name: str) -> Tree:
    """The tree of an index file that is sound. Raises BadInput with every fault, each with line or cell."""
    read = index_tree(content, name)
    if not isinstance(read.value, dict):
        what = "This is neither a workbook (.xlsx) nor a text file (YAML) of an index."
        raise BadInput([Problem(read.name, what, "Begin with the template.")])
    tree = replace(read, value=_whole_numbers(read.value))
    problems = check_index(tree)
    if problems:
        raise BadInput(problems)
    return tree


def _whole_numbers(value: Any) -> Any:
    """The same with 1.0 as 1: JSON does not tell them apart, and positions are counted with."""
    if isinstance(value, dict):
        return {key: _whole_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole_numbers(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def index_tree(content: bytes, name: str) -> Tree:
    """The tree of an index file, not checked yet. Raises BadInput where it cannot be read at all."""
    name = printable(name)
    if not content.strip():
        raise BadInput([Problem(name, "The file is empty.", "Choose another one, or begin with the template.")])
    if content.startswith(b"PK"):
        return _Reader(name, read_sheets(content, name)).tree()
    if len(content) > MAX_BYTES:
        raise BadInput([Problem(name, "The file is larger than 2 MB.", "Check that you chose the right one.")])
    return parse_tree(decode(content, name), name)


class _Reader:
    """Puts the rows of a workbook's sheets together to the content of an index, and remembers where each stood."""

    def __init__(self, name: str, sheets: Sheets) -> None:
        self._name, self._sheets = name, sheets
        self._cells: dict[Path, str] = {}
        self._problems: list[Problem] = []
        self._lost: set[str] = set()
        self._labels: dict[str, str] = {}
        self._content: dict[str, Any] = {"levels": [], "themes": []}

    def tree(self) -> Tree:
        """The whole. Raises BadInput where the sheets are not those of an index."""
        if self._sheets.text(ABOUT, 0, 0) != LAYOUT:
            what = f"The sheet {ABOUT} is missing, renamed or changed: this is not a workbook of an index."
            raise BadInput([Problem(self._name, what, _AGAIN)])
        for table in TABLES:
            self._heads(table)
        self._name_levels()
        self._about()
        themes: dict[str, Path] = {}
        questions: dict[str, Path] = {}
        for row, _ in self._rows(LEVELS):
            self._add((), "levels", LEVELS, row)
        for row, _ in self._rows(THEMES):
            path = self._add((), "themes", THEMES, row)
            themes.setdefault(self._text(THEMES, row, THEMES.fields[0]), path)
        for table, key in ((CRITERIA, "criteria"), (QUESTIONS, "questions")):
            for row, parent in self._rows(table):
                path = self._under(table, row, parent, themes, key)
                if key == "questions" and path:
                    questions.setdefault(self._text(table, row, table.fields[0]), path)
        for row, parent in self._rows(ANSWERS):
            self._under(ANSWERS, row, parent, questions, "answers")
        if self._problems:
            raise BadInput(self._problems)
        return Tree(self._name, self._content, cells=self._cells)

    def _name_levels(self) -> None:
        for row, _ in self._rows(LEVELS):
            label = self._text(LEVELS, row, LEVELS.fields[0])
            self._labels.setdefault(label.casefold(), label)

    def _heads(self, table: Table) -> None:
        if table.sheet not in self._sheets.cells:
            raise BadInput([Problem(self._name, f"The sheet {table.sheet} is missing or renamed.", _AGAIN)])
        for column, field in enumerate(table.columns):
            if self._sheets.text(table.sheet, HEAD_ROW, column).strip() != field.head:
                place = self._place(table.sheet, HEAD_ROW, column)
                raise BadInput([Problem(place, f"The column {field.head} is missing, moved or renamed.", _AGAIN)])

    def _about(self) -> None:
        for row, field in enumerate(ABOUT_FIELDS, ABOUT_HEAD_ROW + 1):
            self._put(self._content, (), field, ABOUT, row, ABOUT_VALUE)

    def _rows(self, table: Table) -> Iterator[tuple[int, str]]:
        """The rows that hold something but the advice, each with what it belongs to."""
        advice = [field.advice for field in table.columns]
        for row in range(HEAD_ROW + 1, len(self._sheets.cells[table.sheet])):
            texts = [self._text(table, row, field) for field in table.columns]
            if any(texts) and texts != advice:
                yield row, self._text(table, row, table.of) if table.of else ""

    def _under(self, table: Table, row: int, parent: str, known: Mapping[str, Path], key: str) -> Path:
        """Add a row to what it belongs to; one that belongs to nothing is a problem."""
        if parent in known:
            return self._add(known[parent], key, table, row)
        key_of_row = self._text(table, row, table.fields[0]) if table.sheet == QUESTIONS.sheet else ""
        if parent in self._lost:
            return ()  # what it belongs to was refused itself, and that is told
        self._lost.add(key_of_row)
        if len(self._problems) < _MOST_PROBLEMS:
            named = printable(parent[:20])
            what = f"{named} is not on the sheet before." if named else "It is not said what this row belongs to."
            self._problems.append(Problem(self._place(table.sheet, row, 0), what, f"Write one of {_some(known)}."))
        return ()

    def _add(self, parent: Path, key: str, table: Table, row: int) -> Path:
        holder: Any = self._content
        for part in parent:
            holder = holder[part]
        rows = holder.setdefault(key, [])
        path: Path = (*parent, key, len(rows))
        made: dict[str, Any] = {}
        rows.append(made)
        self._cells[path] = f"sheet {table.sheet}, row {row + 1}"
        first = 1 if table.of else 0
        for column, field in enumerate(table.fields, first):
            self._put(made, path, field, table.sheet, row, column)
        return path

    def _put(self, holder: dict[str, Any], path: Path, field: Field, sheet: str, row: int, column: int) -> None:
        """One cell's value, where it holds one."""
        *outer, last = field.name.split(".")
        self._cells[*path, *outer, last] = f"sheet {sheet}, cell {cell_name(row, column)}"
        for part in outer:
            self._cells.setdefault((*path, part), f"sheet {sheet}, cell {cell_name(row, column)}")
        text = original_text(self._sheets.text(sheet, row, column).strip())
        self._refuse(sheet, row, column, text)
        if not text:
            return
        for part in outer:
            holder = holder.setdefault(part, {})
        holder[last] = self._level(text) if field.name in _LEVEL_FIELDS else _value(text, field)

    def _level(self, text: str) -> str:
        """A level as the sheet of levels writes it, whatever the capitals here."""
        return self._labels.get(text.casefold(), text)

    def _refuse(self, sheet: str, row: int, column: int, text: str) -> None:
        place = self._place(sheet, row, column)
        if (row, column) in self._sheets.formulas.get(sheet, ()):
            self._problems.append(Problem(place, "This cell holds a formula.", "Type the text itself."))
        elif found := forbidden_character(text):
            what = f"There is a character that cannot be shown ({found})."
            self._problems.append(Problem(place, what, "Type the text again."))

    def _text(self, table: Table, row: int, field: Field) -> str:
        column = table.columns.index(field)
        return original_text(self._sheets.text(table.sheet, row, column).strip())

    def _place(self, sheet: str, row: int, column: int) -> str:
        return f"{self._name}, sheet {sheet}, cell {cell_name(row, column)}"


_LEVEL_FIELDS = {"level", "level_in_use", "scoring.enough", "scoring.high", "scoring.low"}
_BRITISH_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def _value(text: str, field: Field) -> Any:
    """What a cell holds; a day may be written as 22/11/2026."""
    kind = field.kind
    day = _BRITISH_DAY.fullmatch(text) if field.name == "published_on" else None
    if day:
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    if kind is Kind.NUMBER:
        return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000000") else text
    if kind in _SPECIAL:
        return _SPECIAL[kind](text)
    if kind is Kind.NAMES:
        return text.replace(",", " ").split()
    return [line for line in text.split("\n") if line.strip()] if kind is Kind.LINES else text


def _places(text: str) -> Any:
    """Lines like `Q1 0 1 -`: an id, then where each of its answers stands now."""
    lines = [line.split() for line in text.split("\n") if line.strip()]
    return {
        line[0]: [None if part == "-" else int(part) if _is_number(part) else part for part in line[1:]]
        for line in lines
    }


def _gone(text: str) -> Any:
    """Lines like `Q1 Nobody could answer it.`: an id, then why it is gone."""
    lines = [line.strip().partition(" ") for line in text.split("\n") if line.strip()]
    return [{"id": id_, "what": what.strip()} for id_, _, what in lines]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len("100")


def _yes_no(text: str) -> Any:
    return {"yes": True, "no": False}.get(text.casefold(), text)


_SPECIAL: Mapping[Kind, Callable[[str], Any]] = {Kind.PLACES: _places, Kind.GONE: _gone, Kind.YES_NO: _yes_no}


def _some(known: Mapping[str, Path]) -> str:
    names = [printable(name[:20]) for name in islice(filter(None, known), 12)]
    return ", ".join(names) + (" and so on" if len(known) > len(names) else "") if names else "those you add there"
