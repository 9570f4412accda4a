"""An index that somebody wrote, with as many levels as they chose, in every document."""

import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commonweal.core.maturity.answers import Assessment, QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import assess
from commonweal.formats.tree import Tree
from commonweal.formats.yaml import parse_yaml
from commonweal.intake.workbook import read_workbook
from commonweal.reports.child import render_apart
from commonweal.reports.extract import Extract
from commonweal.reports.formats import FORMATS, render
from commonweal.reports.workbook import write_workbook
from commonweal.standards.authoring import LevelRow, new_content, with_levels
from commonweal.standards.authoring_themes import (
    AnswerRow,
    with_new_question,
    with_new_theme,
    with_question,
    with_theme,
)
from commonweal.standards.build import build_index
from commonweal.standards.catalogue import UnknownIndex, find_with
from commonweal.standards.check import check_index

DAY = datetime.date(2026, 11, 22)
CARBON = Path(__file__).parents[1] / "standards" / "supply-carbon.yaml"
SAID: dict[str, str | int] = {"title": "T", "question": "Q", "help": "h", "evidence": "e"}
AWKWARD = 'Level "%s" & <b>#{x}'


def _carbon() -> Index:
    return build_index(parse_yaml(CARBON.read_text(encoding="utf-8"), CARBON.name).value)


def _of_levels(number: int) -> Index:
    """An index of so many levels, with texts that markup, formulas and typesetting could take for their own."""
    content: Any = new_content("own", '=1+1 "own" <i>', "us & <them>", "2026-11-22")
    content = with_levels(content, [LevelRow("", AWKWARD % n, "", "*Bold* #emph[x] $1$") for n in range(number)])
    content, code = with_new_theme(content, "@theme <script>", "What is [it]?")
    content, id_ = with_new_question(content, code, {})
    said: dict[str, str | int] = {"title": "#title", "question": "'=2", "help": "a\\b", "evidence": "{e}"}
    answers = [AnswerRow(AWKWARD % n, f"=answer {n}", f"#do {n}") for n in range(number)]
    return build_index(with_question(content, id_, said, answers))


INDEXES: dict[str, Callable[[], Index]] = {
    "carbon": _carbon,
    "two levels": lambda: _of_levels(2),
    "twelve levels": lambda: _of_levels(12),
}


@pytest.fixture(params=INDEXES)
def own(request: pytest.FixtureRequest) -> Index:
    return INDEXES[request.param]()


def _assessment(index: Index) -> Assessment:
    answers = {question.id: QuestionAnswer(0, len(question.answers) - 1) for question in index.questions}
    return Assessment("Example Council", index, answers, 2, DAY)


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_document_is_made(format_name: str, own: Index) -> None:
    content = render(format_name, assess(_assessment(own)), DAY)
    assert len(content) > 500
    if format_name == "html" and own.id == "own":
        assert b"theme <script>" not in content
        assert b"theme &lt;script&gt;" in content


@pytest.mark.parametrize("format_name", ["pdf", "docx"])
def test_a_document_made_apart_needs_no_shipped_index(format_name: str, own: Index) -> None:
    assert len(render_apart(format_name, _assessment(own), DAY, Extract(), {})) > 500


def test_a_workbook_of_it_comes_back(own: Index) -> None:
    given = _assessment(own)
    back = read_workbook(write_workbook(given, DAY), "own.xlsx", find_with(own)).assessment()
    assert back.answers == given.answers


def test_it_is_found_beside_the_shipped_ones_and_by_nobody_else() -> None:
    own, other = _carbon(), _of_levels(2)
    assert find_with(own)(own.reference) is own
    assert find_with(own)("svmi-public").id == "svmi-public"
    with pytest.raises(UnknownIndex):
        find_with(own)(other.reference)


def _with(theme: Any = None, title: str = "Own", labels: tuple[str, ...] = (), kind: str = "") -> Index:
    content: Any = new_content("own", title, "us", "2026-11-22", is_counted=kind == "statements")
    if labels:
        rows = [LevelRow(one["label"], new, "", "d") for one, new in zip(content["levels"], labels, strict=True)]
        content = with_levels(content, rows)
    content, code = with_new_theme(content, "Theme", "What?")
    content, id_ = with_new_question(content, code, SAID)
    if kind != "statements":
        content = with_question(
            content, id_, {}, [AnswerRow(content["levels"][n]["label"], f"a{n}", "do") for n in (0, 1)]
        )
    return build_index(with_theme(content, code, theme or {}))


def test_no_text_of_an_author_is_part_of_a_formula() -> None:
    hostile = ('"&A1&"', '"&B1&"', '"&WEBSERVICE(A1)&"', '"x')
    for kind in ("statements", "ladders"):
        book = openpyxl.load_workbook(io.BytesIO(write_workbook(_assessment(_with(labels=hostile, kind=kind)), DAY)))
        formulas = [
            cell.value
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.data_type == "f"
        ]
        assert formulas
        assert not [one for one in formulas if "WEBSERVICE" in one or "&A1&" in one]


def test_a_word_document_takes_the_longest_title() -> None:
    index = _with(title="t" * 160)
    long = replace(_assessment(replace(index, edition="e" * 160)), organisation="o" * 120)
    assert render("docx", assess(long), DAY).startswith(b"PK")


@pytest.mark.parametrize(
    "theme",
    [
        {"code": "Start", "title": "?"},
        {"code": "results", "title": ":"},
        {"code": "History", "title": "?"},
        {"plan_label": "\U0001f333" * 30},
        {"plan_label": "[x]*:/" * 20},
    ],
)
def test_every_theme_gets_a_sheet_that_can_be_opened_and_read(theme: dict[str, str]) -> None:
    given = _assessment(_with(theme={"title": "T"} | theme))
    content = write_workbook(given, DAY)
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)
    assert "history" not in {name.casefold() for name in names}
    assert read_workbook(content, "own.xlsx", find_with(given.index)).assessment().answers == given.answers


def test_twelve_answers_all_can_be_chosen() -> None:
    index = _of_levels(12)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(_assessment(index), DAY)))
    texts = [cell.value for cell in book["Lists"][5]][2:15]
    assert texts == [f"{n}: '=answer {n}".replace("'", "") for n in range(12)] + ["(erase)"]


def test_no_formula_is_longer_than_a_program_takes() -> None:
    content: Any = new_content("own", "Own", "us", "2026-11-22")
    for _ in range(3):
        content, code = with_new_theme(content, "Theme", "What?")
        for _ in range(40):
            content, id_ = with_new_question(
                content, code, {"title": "T", "question": "Q", "help": "h", "evidence": "e"}
            )
            rows = [AnswerRow(level["label"], f"a {level['label']}", "do") for level in content["levels"]]
            content = with_question(content, id_, {}, rows)
    for number, (theme, question) in enumerate((t, q) for t in content["themes"] for q in t["questions"]):
        question["id"] = f"{theme['code']}{number:03}".ljust(20, "x")
        if number < 20:
            question["legal_minimum"] = {"met_from_answer": 1, "duty": "d"}
    content["legal_minimum"] = {"title": "t", "scope": "s"}
    assert check_index(Tree("", content)) == []
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(_assessment(build_index(content)), DAY)))
    longest = max(len(str(cell.value)) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    assert longest <= 8192
    content["themes"][0]["questions"][20]["legal_minimum"] = {"met_from_answer": 1, "duty": "d"}
    assert [one.what for one in check_index(Tree("", content))] == ["More than 20 questions are duties in law."]
