"""The business edition as shipped: its facts, and that everything takes it as it takes the public one."""

import io
import json
from collections import Counter

import openpyxl
import pytest
from tests.cases import everywhere, results_of
from tests.workbook.books import DAY, blank, edited, place

from commonweal.core.maturity.models import Provenance
from commonweal.formats import answer_workbook as layout
from commonweal.intake.workbook import read_workbook
from commonweal.reports.formats import FORMATS, render
from commonweal.standards.catalogue import load_index

PRIVATE = load_index("svmi-private")


def test_themes_counts_and_levels() -> None:
    assert [(theme.code, len(theme.questions)) for theme in PRIVATE.themes] == [
        ("1", 4), ("2", 7), ("3", 6), ("4", 4), ("5", 4), ("6", 4), ("7", 5), ("8", 4), ("9", 5),
    ]  # fmt: skip
    assert sum(len(question.steps) for question in PRIVATE.questions) == 80
    levels = Counter(PRIVATE.levels[row.level].label for theme in PRIVATE.themes for row in theme.criteria)
    assert levels == {"Follower": 12, "Mature": 20, "Leader": 25, "Innovator": 30}
    assert [(level.name, level.label) for level in PRIVATE.levels[:2]] == [
        ("Incomplete", "Incomplete"), ("Follower", "Follower"),
    ]  # fmt: skip


def test_nothing_is_claimed_to_be_published() -> None:
    kinds = {question.provenance for question in PRIVATE.questions}
    kinds |= {step.provenance for question in PRIVATE.questions for step in question.steps}
    assert kinds == {Provenance.INFERRED}


def test_four_themes_can_be_incomplete_and_the_others_begin_at_follower() -> None:
    results = results_of(PRIVATE, everywhere(PRIVATE, 0, -1), "Example Builders Ltd")
    assert {row.theme.code: row.present for row in results.themes if row.present == 0} == {
        "1": 0,
        "5": 0,
        "6": 0,
        "8": 0,
    }
    assert {row.present for row in results.themes} == {0, 1}
    assert {row.future for row in results.themes} == {4}
    assert len(results.actions) == 80


def test_no_law_binds_a_business() -> None:
    results = results_of(PRIVATE, everywhere(PRIVATE, 0, 1), "Example Builders Ltd")
    assert (PRIVATE.legal_questions, results.legal_sentence) == ((), "")
    assert json.loads(render("json", results, DAY))["legal_minimum"] is None
    for name in ("text", "html", "csv"):
        text = render(name, results, DAY).decode("utf-8-sig")
        assert "egal minimum" not in text
        assert "duty in law" not in text


def test_the_value_added_is_quoted_with_its_basis() -> None:
    question = next(one for one in PRIVATE.questions if one.id == "P5.4")
    for figure in ("5 per cent on all projects", "further 10 per cent", "20 per cent on key projects"):
        assert figure in question.help


def test_what_cannot_apply_to_a_small_firm_says_why() -> None:
    reasons = {one.id: one.may_not_apply for one in PRIVATE.questions if one.may_not_apply}
    assert {id_ for id_, why in reasons.items() if "without a board" in why} == {"P2.3", "P9.1"}
    assert {id_ for id_, why in reasons.items() if "no suppliers of its own" in why} == {
        "P2.6", "P7.1", "P7.2", "P7.3", "P7.4", "P7.5",
    }  # fmt: skip
    assert {id_ for id_, why in reasons.items() if "does not bid" in why} == {"P1.3", "P6.1", "P6.4"}


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_document_is_made(name: str) -> None:
    assert render(name, results_of(PRIVATE, everywhere(PRIVATE, 1, 2), "Example Builders Ltd"), DAY)


def test_its_workbook_goes_out_filled_and_comes_back() -> None:
    question = next(one for one in PRIVATE.questions if one.id == "P6.1")
    content = edited(
        blank(PRIVATE, "Example Builders Ltd"),
        {place(PRIVATE, question, layout.NOW): "1", place(PRIVATE, question, layout.TARGET): "3"},
    )
    filled = read_workbook(content, "biz.xlsx")
    answer = filled.assessment(None).answers["P6.1"]
    assert (answer.present, answer.future) == (1, 3)
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert [name for name in names if name[:1].isdigit()] == [layout.sheet_name(theme) for theme in PRIVATE.themes]
