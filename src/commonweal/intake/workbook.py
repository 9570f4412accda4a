"""A filled-in workbook: what it says, what it would change, or every problem found in it with sheet and cell."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import IN_A_WORKBOOK, NOT_ANSWERED, Answers, Assessment, Blank, QuestionAnswer
from commonweal.core.maturity.models import Index, Question, Theme
from commonweal.core.problems import Problem, printable
from commonweal.formats import answer_workbook as layout
from commonweal.formats.answer_workbook import ERASE, START, START_COLUMN, START_ROWS, sheet_name
from commonweal.formats.cell_names import cell_name
from commonweal.formats.characters import forbidden_character
from commonweal.formats.sheets import Sheets, read_sheets
from commonweal.formats.spreadsheet_text import original_text
from commonweal.formats.tree import Path, Tree
from commonweal.intake.assessment import FindIndex, to_assessment
from commonweal.standards.catalogue import UnknownIndex, find_with, load_index

_EXPORT = "Download the workbook again, and fill that one in."
_CHOICES = ("present", "future")
_START_FIELDS = ("organisation", "horizon_years", "date", "answers_are", "source")


@dataclass(frozen=True)
class FilledWorkbook:
    """What was read. `changes` hold what is not empty: a position, "n/a", a text, or None where it was erased."""

    name: str
    index: Index
    code: str
    start: Mapping[str, str]
    changes: Mapping[str, Mapping[str, Any]]
    cells: Mapping[Path, str]
    problems: tuple[Problem, ...] = field(default=())

    def assessment(self, stored: Assessment | None = None) -> Assessment:
        """The assessment that comes of it: of the workbook alone, or of a stored one with its changes.

        Raises BadInput with every problem found.
        """
        content: dict[str, Any] = {"index": self.index.reference, "answers": self._answers(stored)}
        problems = list(self.problems)
        if stored:
            content["organisation"] = stored.organisation
        else:
            content.update(_start_content(self.start))
            if not self.start["organisation"]:
                content["organisation"] = "?"
                place = f"{self.name}, {self.cells['organisation',]}"
                problems.append(Problem(place, "The organisation is missing.", "Type its name."))
        tree = Tree(self.name, content, noted=tuple(problems), cells=self.cells)
        return to_assessment(tree, IN_A_WORKBOOK, find_with(self.index))

    def _answers(self, stored: Assessment | None) -> dict[str, dict[str, Any]]:
        before: Answers = stored.answers if stored else {}
        rows = {id_: _row(answer) for id_, answer in before.items()}
        for id_, fields in self.changes.items():
            row = rows.setdefault(id_, _row(NOT_ANSWERED))
            row.update(
                {
                    name: ("" if name not in _CHOICES else None) if value is None else value
                    for name, value in fields.items()
                }
            )
        return rows


def _row(answer: QuestionAnswer) -> dict[str, Any]:
    """An answer as an answers file has it."""
    row: dict[str, Any] = {"note": answer.note, "reason": answer.reason, "step_back": answer.step_back}
    for name, choice in (("present", answer.present), ("future", answer.future)):
        row[name] = choice if isinstance(choice, int) else "n/a" if choice is Blank.NOT_APPLICABLE else None
    return row


def _start_content(start: Mapping[str, str]) -> dict[str, Any]:
    content: dict[str, Any] = {name: text for name, text in start.items() if text and name in _START_FIELDS}
    years = content.get("horizon_years", "")
    if years.isascii() and years.isdigit():
        content["horizon_years"] = int(years[:9])
    return content


def read_workbook(content: bytes, name: str, find: FindIndex = load_index) -> FilledWorkbook:
    """What a filled-in workbook says; `find` gives the index under a reference, or UnknownIndex.

    Raises BadInput where it is no workbook of ours.
    Problems with single cells are kept, so that they are told together with what the rules refuse.
    """
    name = printable(name)
    sheets = read_sheets(content, name)
    start = {key: _cell_text(sheets, START, row, START_COLUMN) for key, row in START_ROWS.items()}
    if START not in sheets.cells or start["layout"] != layout.LAYOUT:
        what = f"The sheet {START} is missing, renamed or changed: this is not a workbook that was made here."
        raise BadInput([Problem(name, what, _EXPORT)])
    index = _index(name, start["index"], find)
    cells: dict[Path, str] = {
        (key,): f"sheet {START}, cell {cell_name(row, START_COLUMN)}" for key, row in START_ROWS.items()
    }
    changes: dict[str, dict[str, Any]] = {}
    problems = list(_start_problems(name, sheets))
    for theme in index.themes:
        problems += _read_theme(name, sheets, theme, changes, cells)
    return FilledWorkbook(name, index, start["code"], start, changes, cells, tuple(problems))


def _index(name: str, reference: str, find: FindIndex) -> Index:
    place = f"{name}, sheet {START}, cell {cell_name(START_ROWS['index'], START_COLUMN)}"
    try:
        index = find(reference)
    except UnknownIndex as unknown:
        raise BadInput([Problem.at(place, unknown.refused)]) from None
    if index.reference != reference:
        raise BadInput([Problem(place, f"{reference[:40]} names no version.", f"Write {index.reference}.")])
    return index


def _start_problems(name: str, sheets: Sheets) -> Iterator[Problem]:
    for key in _START_FIELDS:
        row = START_ROWS[key]
        place = f"{name}, sheet {START}, cell {cell_name(row, START_COLUMN)}"
        yield from _cell_problems(sheets, START, row, START_COLUMN, place)


def _cell_problems(sheets: Sheets, sheet: str, row: int, column: int, place: str) -> Iterator[Problem]:
    if (row, column) in sheets.formulas.get(sheet, ()):
        yield Problem(place, "There is a formula.", "Type the text itself; to begin with =, type an apostrophe first.")
    found = forbidden_character(sheets.text(sheet, row, column))
    if found:
        yield Problem(place, f"There is a character that cannot be shown ({found}).", "Type the text again.")


def _cell_text(sheets: Sheets, sheet: str, row: int, column: int) -> str:
    return original_text(sheets.text(sheet, row, column).strip())


def _read_theme(
    name: str, sheets: Sheets, theme: Theme, changes: dict[str, dict[str, Any]], cells: dict[Path, str]
) -> Iterator[Problem]:
    """Read one sheet into `changes` and `cells`."""
    sheet = sheet_name(theme)
    if sheet not in sheets.cells:
        yield Problem(name, f"The sheet {sheet} is missing or renamed.", f"Give it its name back, or: {_EXPORT}")
        return
    heads = [sheets.text(sheet, layout.HEAD_ROW, column) for column in range(len(layout.HEADS))]
    if heads != list(layout.HEADS):
        yield Problem(f"{name}, sheet {sheet}, row {layout.HEAD_ROW + 1}", "Columns were moved or renamed.", _EXPORT)
        return
    for row, question in enumerate(theme.questions, layout.FIRST_ROW):
        at_row = sheets.text(sheet, row, layout.ID)
        if at_row != question.id:
            place = f"{name}, sheet {sheet}, cell {cell_name(row, layout.ID)}"
            yield Problem(place, f"{at_row[:20] or 'Nothing'} stands where {question.id} was.", _EXPORT)
            continue
        yield from _read_question(name, sheets, sheet, row, question, changes, cells)


def _read_question(
    name: str,
    sheets: Sheets,
    sheet: str,
    row: int,
    question: Question,
    changes: dict[str, dict[str, Any]],
    cells: dict[Path, str],
) -> Iterator[Problem]:
    for key, column in layout.READ.items():
        cell = f"sheet {sheet}, cell {cell_name(row, column)}"
        cells["answers", question.id, key] = cell
        cells.setdefault(("answers", question.id), cell)
        found = list(_cell_problems(sheets, sheet, row, column, f"{name}, {cell}"))
        text = sheets.text(sheet, row, column).strip()
        if found or not text:
            yield from found
            continue
        if text == ERASE:
            changes.setdefault(question.id, {})[key] = None
        elif key not in _CHOICES:
            changes.setdefault(question.id, {})[key] = layout.read_back(original_text(text))
        else:
            choice = chosen(question, text)
            if choice is None:
                what = f'"{printable(text[:40])}" is not an answer to question {question.id}.'
                yield Problem(f"{name}, {cell}", what, f"Choose from the list at the cell: 0 to {len(question.steps)}.")
            else:
                changes.setdefault(question.id, {})[key] = choice


def chosen(question: Question, text: str) -> int | str | None:
    """The choice that a cell's text stands for: an option of the list, its number or its words; None if it is none."""
    plain = _plain(text)
    if plain == _plain(layout.NOT_APPLICABLE):
        return "n/a"
    for answer in question.answers:
        if plain in {_plain(layout.option(answer)), _plain(answer.text), str(answer.position)}:
            return answer.position
    number, colon, _ = plain.partition(": ")  # an option in the words of another sector
    return int(number) if colon and number in {str(one.position) for one in question.answers} else None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
