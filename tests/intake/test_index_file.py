"""An index as a file of others: what goes out comes back whole, and every fault is told with its place."""

import datetime
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.workbook.books import edited, saved

from commonweal.core.errors import BadInput
from commonweal.formats.index_sheets import ABOUT_FIELDS, ABOUT_HEAD_ROW, ANSWERS, HEAD_ROW, QUESTIONS, TABLES
from commonweal.intake.index_file import index_tree, read_index_file
from commonweal.reports.index_file import as_workbook, as_yaml
from commonweal.standards.build import build_index
from commonweal.standards.catalogue import references, shipped_content
from commonweal.standards.index_template import template_content

DAY = datetime.date(2026, 11, 22)
CARBON = Path(__file__).parents[1] / "standards" / "supply-carbon.yaml"


@pytest.fixture
def carbon() -> dict[str, Any]:
    content: dict[str, Any] = read_index_file(CARBON.read_bytes(), CARBON.name).value
    return content


def _book(content: Mapping[str, Any]) -> bytes:
    return as_workbook(content, DAY)


def _cell(sheet: str, row: int, head: str) -> tuple[str, int, int]:
    """A cell of a thing, by the number of its row after the advice and the head of its column."""
    table = next(table for table in TABLES if table.sheet == sheet)
    column = [field.head for field in table.columns].index(head)
    return sheet, HEAD_ROW + 1 + 1 + row, column + 1


def _about(name: str) -> tuple[str, int, int]:
    return "Index", ABOUT_HEAD_ROW + 2 + [field.name for field in ABOUT_FIELDS].index(name), 2


def _told(content: bytes, name: str = "own.xlsx") -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as bad:
        read_index_file(content, name)
    return [(one.place, one.sentence) for one in bad.value.problems]


@pytest.mark.parametrize("reference", references())
def test_every_shipped_index_comes_back_whole(reference: str) -> None:
    content = shipped_content(reference)
    assert read_index_file(as_yaml(content), "own.yaml").value == content
    back = build_index(read_index_file(_book(content), "own.xlsx").value)
    index = build_index(content)
    for name in (
        *("id", "version", "title", "edition", "published_on", "source", "provenance_meanings", "plan_footnote"),
        *("legal_minimum_title", "legal_minimum_scope", "levels", "themes", "counting", "lacks"),
    ):
        assert getattr(back, name) == getattr(index, name), name


@pytest.mark.parametrize("make", [as_yaml, _book])
def test_what_authors_say_of_a_change_comes_back(make: Any, carbon: dict[str, Any]) -> None:
    questions = carbon["themes"][0]["questions"]
    questions[0]["since"] = {
        "became": "merged",
        "from": ["K1", "K9"],
        "what": "Asked as one.",
        "look": False,
        "answers": {"K1": [0, 1, 2, 3], "K9": [0, None]},
    }
    questions[1]["since"] = {"what": "Shorter."}
    carbon["gone"] = [{"id": "K9", "what": "It is part of K1."}, {"id": "M9", "what": "Nobody could answer it."}]
    assert read_index_file(make(carbon), "own.xlsx").value == carbon


def test_the_template_is_sound_and_says_what_to_write() -> None:
    content = template_content()
    assert build_index(read_index_file(as_yaml(content), "own.yaml").value).title == "My index"
    book = openpyxl.load_workbook(io.BytesIO(_book(content)))
    assert book.sheetnames == ["Index", "Levels", "Themes", "Questions", "Answers", "Criteria"]
    heads = [[cell.value for cell in book[table.sheet][HEAD_ROW + 1]] for table in TABLES]
    assert heads == [[field.head for field in table.columns] for table in TABLES]
    advice = [[cell.value for cell in book[table.sheet][HEAD_ROW + 2]] for table in TABLES]
    assert advice == [[field.advice for field in table.columns] for table in TABLES]


def test_rows_count_whether_the_advice_was_deleted_or_not(carbon: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_book(carbon)))
    for table in TABLES:
        book[table.sheet].delete_rows(HEAD_ROW + 2)
    assert read_index_file(saved(book), "own.xlsx").value == carbon


@pytest.mark.parametrize(
    ("cell", "value", "place", "words"),
    [
        (_about("version"), "one", "sheet Index, cell B6", '"one" is not one of the values that fit here'),
        (_about("title"), None, "", "title is missing"),
        (_about("title"), "=1+1", "sheet Index, cell B7", "This cell holds a formula"),
        (_cell("Levels", 2, "Level"), "x" * 25, "sheet Levels, cell A6", "The text is longer than 24 characters"),
        (_cell("Questions", 3, "Theme"), "Z", "sheet Questions, cell A7", "Z is not on the sheet before"),
        (_cell("Questions", 1, "Question"), None, "sheet Questions, row 5", "question is missing"),
        (_cell("Answers", 2, "Level"), "Nowhere", "sheet Answers, cell B6", "Nowhere is not a level of this index"),
        (_cell("Answers", 1, "Question"), "K9", "sheet Answers, cell A5", "K9 is not on the sheet before"),
        (_cell("Answers", 2, "Action that leads to it"), None, "sheet Answers, row 6", "has no action"),
        (_cell("Answers", 1, "Criteria"), "X1", "sheet Answers, cell E5", "X1 is not a criterion of this theme"),
    ],
)
def test_every_fault_has_its_cell(
    cell: tuple[str, int, int], value: Any, place: str, words: str, carbon: dict[str, Any]
) -> None:
    told = _told(edited(_book(carbon), {cell: value}))
    assert any(at == ", ".join(filter(None, ["own.xlsx", place])) and words in sentence for at, sentence in told), told


def test_several_faults_are_told_at_once(carbon: dict[str, Any]) -> None:
    cells = {_cell("Levels", 1, "Level"): None, _cell("Themes", 1, "Title"): None, _about("edition"): None}
    assert len(_told(edited(_book(carbon), cells))) == 3


@pytest.mark.parametrize("sheet", ["Index", "Levels", "Answers"])
def test_a_sheet_that_is_gone_is_named(sheet: str, carbon: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_book(carbon)))
    del book[sheet]
    ((_, sentence),) = _told(saved(book))
    assert f"The sheet {sheet} is missing" in sentence


def test_a_column_that_was_moved_is_named(carbon: dict[str, Any]) -> None:
    told = _told(edited(_book(carbon), {("Answers", HEAD_ROW + 1, 3): "Other"}))
    assert told[0][0] == "own.xlsx, sheet Answers, cell C3"
    assert "The column Answer is missing, moved or renamed" in told[0][1]


def test_text_that_looks_like_a_formula_comes_back_as_it_was(carbon: dict[str, Any]) -> None:
    carbon["themes"][0]["questions"][0]["help"] = "=HYPERLINK(1) is what not to write"
    assert read_index_file(_book(carbon), "own.xlsx").value == carbon


def test_another_workbook_is_none_of_an_index() -> None:
    book = openpyxl.Workbook()
    told = _told(saved(book))
    assert "this is not a workbook of an index" in told[0][1]


def test_a_text_file_tells_its_lines() -> None:
    text = CARBON.read_text(encoding="utf-8").replace("code: B\n", "code: K\n", 1)
    line = text[: text.rindex("code: K")].count("\n") + 1
    assert (
        f"own.yaml, line {line}, themes[2].code",
        "K is used twice. Give each its own; an id is never used again.",
    ) in (_told(text.encode(), "own.yaml"))


def test_a_file_that_is_far_too_long_is_not_read() -> None:
    with pytest.raises(BadInput) as bad:
        index_tree(b"a: " + b"x" * 3_000_000, "own.yaml")
    assert "larger than 2 MB" in bad.value.problems[0].what


def test_what_stands_in_the_sheets_is_what_the_schema_knows() -> None:
    assert {field.name for field in QUESTIONS.fields} >= {"id", "title", "question", "help", "evidence"}
    assert ANSWERS.of is not None
