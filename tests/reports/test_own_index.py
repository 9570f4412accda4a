"""An index that somebody wrote, with as many levels as they chose, in every document."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commonweal.core.maturity.answers import Assessment, QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import assess
from commonweal.formats.yaml import parse_yaml
from commonweal.intake.workbook import read_workbook
from commonweal.reports.child import render_apart
from commonweal.reports.extract import Extract
from commonweal.reports.formats import FORMATS, render
from commonweal.reports.workbook import write_workbook
from commonweal.standards.authoring import LevelRow, new_content, with_levels
from commonweal.standards.authoring_themes import AnswerRow, with_new_question, with_new_theme, with_question
from commonweal.standards.build import build_index
from commonweal.standards.catalogue import UnknownIndex, find_with

DAY = datetime.date(2026, 11, 22)
CARBON = Path(__file__).parents[1] / "standards" / "supply-carbon.yaml"
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
