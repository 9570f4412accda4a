"""The page: self-contained, escaped, with a heading order and table headers; it fetches and runs nothing."""

import datetime
import itertools
import re

import pytest
from tests.cases import INVENTED, everywhere, example, results_of

from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.reports.formats import render

DAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def page() -> str:
    return render("html", example(INVENTED), DAY).decode()


def test_it_fetches_and_runs_nothing(page: str) -> None:
    assert "<script" not in page
    assert not re.search(r"""src=|href="(?!#)|url\((?!#)|@import""", page)
    assert """content="default-src 'none'; style-src 'unsafe-inline'""" in page


def test_it_has_a_language_one_h1_and_no_skipped_heading(page: str) -> None:
    assert '<html lang="en-GB">' in page
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_tables_have_captions_and_headers(page: str) -> None:
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert len(tables) == 3
    for table in tables:
        assert "<caption>" in table
        assert 'scope="col"' in table
        assert 'scope="row"' in table


def test_both_figures_have_words_and_ids_of_their_own(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for labels in re.findall(r'aria-labelledby="([^"]+)"', page):
        assert set(labels.split()) <= set(ids)


@pytest.mark.parametrize(
    "attack", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "</svg>"]
)
def test_what_was_typed_is_text(attack: str, index: Index) -> None:
    answers = {**everywhere(index, 0, 1), "A1": QuestionAnswer(0, 1, note=attack)}
    page = render("html", results_of(index, answers, organisation=attack), DAY).decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page or "7*7" not in attack
    assert page.count("</svg>") == 2


@pytest.mark.parametrize("attack", ['#import "x"', "$ x $", "*bold* _it_ `raw` @ref <label>", "\\#panic()", "</svg>"])
def test_what_was_typed_is_text_in_the_pdf_too(attack: str, index: Index) -> None:
    answers = {**everywhere(index, 0, 1), "A1": QuestionAnswer(0, 1, note=attack)}
    assert render("pdf", results_of(index, answers, organisation=attack), DAY).startswith(b"%PDF")
