"""Tables read back from each format are those of the content, row by row: nothing is lost, swapped or made up."""

import csv
import datetime
import io
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from tests.cases import INVENTED, PUBLISHED, everywhere, example, results_of

from commonweal.core.maturity.answers import Blank, QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import Results
from commonweal.formats.spreadsheet_text import original_text
from commonweal.reports.compose import plan_content
from commonweal.reports.content import PlanContent
from commonweal.reports.formats import render

DAY = datetime.date(2026, 11, 21)
Rows = list[list[str]]


def _half(index: Index) -> Results:
    answers = dict(list(everywhere(index, 0, 1).items())[:30])
    answers["A2"] = QuestionAnswer(1, 0, note="Seen.", step_back="Too dear.")
    answers["C4"] = QuestionAnswer(1, Blank.UNANSWERED)
    answers["J9"] = QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="No departments.")
    return results_of(index, answers)


@pytest.fixture(scope="module", params=["published", "invented", "half"])
def results(request: pytest.FixtureRequest, index: Index) -> Results:
    return {
        "published": lambda: example(PUBLISHED),
        "invented": lambda: example(INVENTED),
        "half": lambda: _half(index),
    }[request.param]()


@pytest.fixture(scope="module")
def content(results: Results) -> PlanContent:
    return plan_content(results, DAY)


def _squeezed(rows: Rows) -> Rows:
    return [[re.sub(r"\s+", " ", cell).strip() for cell in row] for row in rows]


def _results(content: PlanContent) -> Rows:
    return [[f"{row.code} {row.title}", *row.cells] for row in content.results]


def _grid(content: PlanContent, joined_by: str) -> Rows:
    return _squeezed(
        [
            [
                f"{row.code} {row.label}{joined_by if row.remark else ''}{row.remark}",
                *[" ".join(f"{action.question} {action.text}" for action in cell) for cell in row.cells],
                " ".join(row.notes),
            ]
            for row in content.grid
        ]
    )


def _answers(content: PlanContent) -> Rows:
    return _squeezed([[f"{row.id} {row.question}", row.present, row.future, row.notes] for row in content.answers])


def _held(content: PlanContent) -> Rows:
    return [
        [f"{row.code} {row.held}", " ".join(f"{step.question} {step.text}" for step in row.next_steps)]
        for row in content.results
    ]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Rows] = []
        self.open = False

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self.open = True
        elif tag in {"p", "em"} and self.open:
            self.tables[-1][-1][-1] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.open = False

    def handle_data(self, data: str) -> None:
        if self.open:
            self.tables[-1][-1][-1] += data


def test_html(results: Results, content: PlanContent) -> None:
    parser = _Tables()
    parser.feed(render("html", results, DAY).decode())
    found = [_squeezed(table[1:]) for table in parser.tables]
    assert found == [_results(content), _grid(content, " "), _answers(content)]
    assert [table[0] for table in parser.tables] == [
        ["Theme", "Now", "Target", "Gap"],
        ["Theme", *content.columns, "Notes"],
        ["Question", "Now", "Target", "Notes"],
    ]


def test_docx(results: Results, content: PlanContent) -> None:
    tables = Document(io.BytesIO(render("docx", results, DAY))).tables
    found = [_squeezed([[cell.text for cell in row.cells] for row in table.rows][1:]) for table in tables]
    grid = [[re.sub(r"\.$", "", row[0]), *row[1:]] for row in found[1]]
    assert [found[0], grid, *found[2:]] == [
        _results(content), _grid(content, ". "), _squeezed(_held(content)), _answers(content),
    ]  # fmt: skip


def _sheet(document: bytes, name: str, top: int) -> Rows:
    sheet = load_workbook(io.BytesIO(document))[name]
    rows = sheet.iter_rows(min_row=top, values_only=True)
    return [["" if cell is None else original_text(str(cell)) for cell in row] for row in rows]


def test_xlsx(results: Results, content: PlanContent) -> None:
    document = render("xlsx", results, DAY)
    levels = len(results.index.levels)
    found = [[row[0], row[1], *row[2 + levels :]] for row in _sheet(document, "Results", 4)]
    gaps = ["" if theme.gap is None else str(theme.gap) for theme in results.themes]
    assert found == [
        [row.code, row.title, *row.cells[:-1], gap, row.held] for row, gap in zip(content.results, gaps, strict=True)
    ]
    assert _squeezed(_sheet(document, "Plan", 5)) == _grid(content, " ")
    actions = [[*row[:5], *row[9:]] for row in _sheet(document, "Actions", 2) if row[0]]
    assert actions == [
        [row.id, row.theme, row.question, row.level, row.text, row.criteria, row.provenance] for row in content.actions
    ]
    answers = [[f"{row[1]} {row[2]}", *row[3:]] for row in _sheet(document, "Answers", 5) if row[0]]
    assert _squeezed(answers) == _answers(content)


def test_csv(results: Results, content: PlanContent) -> None:
    text = render("csv", results, DAY).decode("utf-8-sig")
    rows = [[original_text(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    breaks = [-1, *[number for number, row in enumerate(rows) if not row], len(rows)]
    blocks = [rows[start + 1 : end] for start, end in pairwise(breaks)]
    head = {row[0]: row[1] for row in blocks[0]}
    assert [head["Organisation"], head["Legal minimum"], head["Plan"]] == [
        content.organisation, content.legal, content.actions_line,
    ]  # fmt: skip
    assert [row[1] for row in blocks[0] if row[0] == "About the answers"] == list(content.marks)
    assert [row[1] for row in blocks[0] if row[0] == "Attention"] == list(content.attention)
    assert blocks[1][1:] == [
        [row.code, row.title, *row.cells[:-1], "" if theme.gap is None else str(theme.gap), row.held]
        for row, theme in zip(content.results, results.themes, strict=True)
    ]
    assert [row[0] for row in blocks[2][1:]] == [row.id for row in content.actions]
    assert [row[1] for row in blocks[3][1:]] == [note for row in content.grid for note in row.notes]
    questions = [row for row in blocks[4][1:] if row[0] != "Not answered"]
    assert questions == [[row.id, row.present, row.future, row.notes, row.question] for row in content.answers]
    assert blocks[5][0] == ["About the plan", content.footnote]


@pytest.mark.parametrize("name", ["text", "csv", "html", "docx", "pdf"])
def test_the_parts_that_stand_around_the_tables(name: str, results: Results, content: PlanContent) -> None:
    from tests.reports.test_documents import text_of

    text = text_of(name, render(name, results, DAY)).replace(" ", "")
    wanted = [
        content.index_line, content.date_line, content.footnote, content.actions_line, content.not_answered,
        *content.marks, *content.attention, *(note.text for note in (*content.reading, *content.limits)),
        *(point for note in (*content.reading, *content.limits) for point in note.points),
    ]  # fmt: skip
    assert [sentence for sentence in wanted if sentence.replace(" ", "") not in text] == []


def test_the_half_answered_case_says_what_is_missing(index: Index) -> None:
    content = plan_content(_half(index), DAY)
    assert content.overall[0].level == "Incomplete, not final"
    theme = {row.code: row for row in content.results}
    assert theme["C"].cells[:2] == ("Follower", "Incomplete: 1 not answered yet")
    assert "C4 has no answer for the target yet." in theme["C"].held
    assert theme["J"].cells[0] == "Incomplete: 9 not answered yet"
    rows = {row.id: row for row in content.answers}
    assert rows["A2"].notes == "Seen. Step back: Too dear."
    assert (rows["J9"].present, rows["J9"].future) == ("Does not apply", "Does not apply")
    assert rows["J9"].notes == "Does not apply: No departments."
    assert content.not_answered.startswith("Not answered yet, for now or for the target: E")


def test_a_reason_beside_an_answer_is_not_read_as_out_of_scope(index: Index) -> None:
    answers = {**everywhere(index, 0, 1), "A1": QuestionAnswer(2, 3, "Note.", "Reason.", "Back.")}
    row = plan_content(results_of(index, answers), DAY).answers[0]
    assert row.notes == "Note. Reason. Back."


@pytest.mark.parametrize("name", ["text", "json", "csv", "html", "xlsx", "docx", "pdf"])
@pytest.mark.parametrize(
    "text",
    ["日本 مدينة हिन्दी 😀 \uf0b7 \ufffd \u2011", "e\u0301 \u0301 \u200d", "</w:t><&>\"'", "\t tab\nline", "x" * 2000],
    ids=["scripts", "marks", "markup", "lines", "long"],
)
def test_whatever_was_typed_is_shown(name: str, text: str, index: Index, tmp_path: Path) -> None:
    answers = {**everywhere(index, 0, 1), "A1": QuestionAnswer(0, 1, note=text)}
    answers |= {question: QuestionAnswer(1, 0, text, text, text) for question in ("F1", "F2", "F3", "F4", "F5")}
    document = render(name, results_of(index, answers, organisation=text.replace("\n", " ")[:100]), DAY)
    (tmp_path / f"f.{name}").write_bytes(document)
    if name == "docx":
        Document(str(tmp_path / "f.docx"))
    if name == "xlsx":
        load_workbook(tmp_path / "f.xlsx")


def test_a_theme_that_applies_in_one_column_only_is_not_called_unanswered(index: Index) -> None:
    gone = QuestionAnswer(0, Blank.NOT_APPLICABLE, reason="Passed on.")
    theme = index.themes[-1].questions
    answers = {**everywhere(index, 0, 0), **{question.id: gone for question in theme}}
    row = plan_content(results_of(index, answers), DAY).grid[-1]
    assert row.remark == "No actions"


@pytest.mark.parametrize("width", [60, 80, 120])
def test_half_answered_fits_the_terminal(width: int, index: Index) -> None:
    lines = re.sub(r"\x1b\[\d+m", "", render("text", _half(index), DAY, width).decode()).splitlines()
    assert [line for line in lines if len(line) > width] == []
    assert any("not answered yet: 1 target" in line and "●" in line for line in lines)


def test_the_footnote_explains_the_grid_and_its_stars(index: Index) -> None:
    published, invented = (plan_content(example(path), DAY) for path in (PUBLISHED, INVENTED))
    assert published.footnote == index.plan_footnote
    assert invented.footnote.startswith(f"{index.plan_footnote} * Our own completion")
    starred = [
        action.question for row in invented.grid for cell in row.cells for action in cell if "*" in action.question
    ]
    assert starred == [f"{row.question}*" for row in invented.actions if row.provenance == "inferred"]
