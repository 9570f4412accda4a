"""A filled-in workbook is read back exactly, or every problem in it is told with sheet and cell."""

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import EXAMPLES
from tests.workbook.books import DAY, TOWN, blank, edited, place, saved, start_cell

from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import Assessment, Blank, QuestionAnswer, Standing
from commonweal.core.maturity.models import Index
from commonweal.formats import answer_workbook as layout
from commonweal.intake.answers_file import read_answers
from commonweal.intake.assessment import read_assessment
from commonweal.intake.workbook import read_workbook
from commonweal.reports.workbook import write_workbook
from commonweal.standards.catalogue import load_index


def problems(content: bytes, stored: Assessment | None = None) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_workbook(content, "town.xlsx").assessment(stored)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_an_assessment_comes_back_as_it_went_out(path: Path, tmp_path: Path) -> None:
    assessment = read_assessment(path)
    file = tmp_path / "town.xlsx"
    file.write_bytes(write_workbook(assessment, DAY))
    assert read_answers(file) == assessment


ALPHABET = "ab \n=+-@'\"(erase)_x000D_\u20ac\u00e9\uff1d\u4e2d\U0001f600<&>;,\t"
REMARKS = st.text(st.sampled_from(ALPHABET), max_size=80).map(lambda text: text.strip() or "n")
ODD = [
    "=1+1",
    "+44",
    "@SUM(A1)",
    "'quoted'",
    "(erase)",
    "'(erase)",
    "''(erase)",
    "1",
    "0012",
    "TRUE",
    "_x000D_",
    "a\nb",
    "\uff1dfull",
    "&amp;",
    "<b>",
    "2026-11-21",
    "1e5",
    "-",
    "\u2212 5",
    "#REF!",
    "  inner  space",
]


def _round_trip(notes: list[str]) -> None:
    index = load_index("svmi-public")
    ids = [question.id for question in index.questions]
    answers = {id_: QuestionAnswer(0, 1, note=note) for id_, note in zip(ids, notes, strict=False)}
    assessment = Assessment(TOWN, index, answers, 3, datetime.date(2026, 3, 14), Standing.GIVEN, "=Minutes")
    assert read_workbook(write_workbook(assessment, DAY), "town.xlsx").assessment() == assessment


def test_notes_that_look_like_something_else_come_back_exactly() -> None:
    _round_trip([text.strip() for text in ODD])


@settings(max_examples=12)
@given(st.lists(REMARKS, min_size=20, max_size=60))
def test_any_note_comes_back_exactly(notes: list[str]) -> None:
    _round_trip(notes)


def test_no_cell_of_ours_runs_what_somebody_typed(index: Index, tmp_path: Path) -> None:
    note = '=HYPERLINK("http://x","y")'
    answers = {question.id: QuestionAnswer(0, 0, note=note, step_back=note) for question in index.questions}
    file = tmp_path / "town.xlsx"
    file.write_bytes(write_workbook(Assessment(note, index, answers, source=note), DAY))
    for sheet in openpyxl.load_workbook(file).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)):
            assert cell.data_type == "s"
            assert str(cell.value).startswith("'")


def test_typing_is_possible_in_answers_and_remarks_alone(index: Index) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank(index)))
    for sheet in book.worksheets:
        assert sheet.protection.sheet, f"{sheet.title} is not protected"
        open_ = {cell.column - 1 for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
        if sheet.title == layout.START:
            assert open_ == {layout.START_COLUMN}
        else:
            assert open_ == (set(layout.READ.values()) if sheet.title[1:2] == " " else set())


def test_every_drop_down_offers_the_answers_of_its_question(index: Index) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank(index)))
    for question in index.questions:
        sheet, row, column = place(index, question, layout.NOW)
        rules = {str(rule.sqref): rule.formula1 for rule in book[sheet].data_validations.dataValidation}
        source = rules[book[sheet].cell(row, column).coordinate].replace("$", "")
        name, _, cells = source.rpartition("!")
        offered = [cell.value for line in book[name.strip("'")][cells] for cell in line]
        assert offered == list(layout.options(question))


def test_an_empty_cell_changes_nothing_and_the_mark_erases(index: Index) -> None:
    first, second = index.questions[:2]
    stored = Assessment(TOWN, index, {first.id: QuestionAnswer(1, 1, "old"), second.id: QuestionAnswer(0, 1, "stays")})
    cells = {
        place(index, first, layout.NOTE): layout.ERASE,
        place(index, first, layout.TARGET): layout.ERASE,
        place(index, second, layout.NOW): layout.option(second.answers[1]),
    }
    found = read_workbook(edited(blank(index), cells), "town.xlsx").assessment(stored)
    assert found.answers[first.id] == QuestionAnswer(1, Blank.UNANSWERED, "")
    assert found.answers[second.id] == QuestionAnswer(1, 1, "stays")


def test_numbers_and_words_of_an_answer_are_understood(index: Index) -> None:
    question = index.questions[0]
    for typed in (1, "1", question.answers[1].text.upper(), f" {layout.option(question.answers[1])} "):
        content = edited(blank(index), {place(index, question, layout.NOW): typed})
        assert read_workbook(content, "t.xlsx").assessment().answers[question.id].present == 1


def test_every_problem_is_told_at_once_with_sheet_and_cell(index: Index) -> None:
    free = next(question for question in index.questions if question.may_not_apply)
    pasted, formula, lower, hidden, refused = [q for q in index.questions if not q.may_not_apply and q.id[1:] == "1"][
        :5
    ]
    cells: dict[tuple[str, int, int], Any] = {
        place(index, pasted, layout.NOW): "As last year",
        place(index, formula, layout.NOTE): "=1+1",
        place(index, lower, layout.NOW): 1,
        place(index, lower, layout.TARGET): 0,
        place(index, hidden, layout.NOTE): "left\u202eright",
        place(index, refused, layout.NOW): layout.NOT_APPLICABLE,
        place(index, free, layout.NOW): layout.NOT_APPLICABLE,
        start_cell("organisation"): "",
        start_cell("horizon_years"): "soon",
    }

    def where(question: Any, column: int) -> str:
        sheet, row, number = place(index, question, column)
        return f"town.xlsx, sheet {sheet}, cell {'ABCDEFGHI'[number - 1]}{row}"

    found = problems(edited(blank(index), cells))
    expected = [
        f'{where(pasted, layout.NOW)}: "As last year" is not an answer to question {pasted.id}: Choose from the list at'
        f" the cell: 0 to {len(pasted.steps)}.",
        f"{where(formula, layout.NOTE)}: There is a formula: Type the text itself; to begin with =, type an apostrophe"
        " first.",
        f"{where(hidden, layout.NOTE)}: There is a character that cannot be shown (U+202E): Type the text again.",
        "town.xlsx, sheet Start, cell B7: The organisation is missing: Type its name.",
        f"{where(lower, layout.TARGET)}: The future answer to {lower.id} (0) lies below the present one (1): Choose the"
        ' answer for now or a higher one, or say why in the column "If the target is lower: why".',
        f"{where(refused, layout.NOW)}: Question {refused.id} applies to every organisation: Choose 0 to"
        f" {len(refused.steps)}, or leave it out if you have not answered it yet.",
        f"{where(free, layout.NOW)}: Question {free.id} is marked as not applying, but the reason is"
        ' missing: Say why in the column "If it does not apply: why".',
    ]
    assert set(expected) <= set(found), sorted(set(expected) - set(found))
    (years,) = set(found) - set(expected)
    assert years.startswith("town.xlsx, sheet Start, cell B8: ")


def _reworked(index: Index, change: Any) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(blank(index)))
    change(book)
    return saved(book)


def test_sheets_and_columns_that_were_moved(index: Index) -> None:
    name = layout.sheet_name(index.themes[2])

    def rename(book: Any) -> None:
        book[name].title = "Mine"

    assert problems(_reworked(index, rename)) == [
        f"town.xlsx: The sheet {name} is missing or renamed: Give it its name back, or: Download the workbook again,"
        " and fill that one in."
    ]
    assert "Columns were moved" in problems(_reworked(index, lambda book: book[name].insert_cols(3)))[0]
    assert "stands where" in problems(_reworked(index, lambda book: book[name].delete_rows(layout.FIRST_ROW + 1)))[0]
    assert "was made here" in problems(_reworked(index, lambda book: book.remove(book[layout.START])))[0]


def test_other_versions_are_refused(index: Index) -> None:
    found = problems(edited(blank(index), {start_cell("index"): f"{index.id}@1066"}))
    assert found[0].startswith("town.xlsx, sheet Start, cell B5: ")
    found = problems(edited(blank(index), {start_cell("layout"): "Commonweal workbook, layout 9"}))
    assert "was made here" in found[0]
