"""Text that a spreadsheet could run is marked, and nothing else; reading it back is exact (I4 of the security plan)."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.formats.csv import write_csv
from commonweal.formats.spreadsheet_text import original_text, safe_text

TRIGGERS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−"]
BEFORE = ["", " ", '"', "'", "\ufeff", "\u00a0", ";", "\n", "\u3000", "\u2009", "\u200e", "\u00ad", "\v", "\u0301"]


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("before", BEFORE)
def test_a_text_that_could_run_is_marked(trigger: str, before: str) -> None:
    text = f"{before}{trigger}1+1"
    assert safe_text(text) == f"'{text}"
    assert original_text(safe_text(text)) == text


@pytest.mark.parametrize("text", ["", "Policy & Scope", "5 to 10 per cent", "a = b", "E1: two", "(see C)", "£3"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


@given(st.text())
def test_round_trip(text: str) -> None:
    assert original_text(safe_text(text)) == text
    assert safe_text(text)[:1] not in TRIGGERS


def test_numbers_stay_numbers_and_text_is_quoted() -> None:
    assert write_csv([["a", -5, 2.5, None, "=1"]]) == '\ufeff"a",-5,2.5,"","\'=1"\r\n'.encode()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_csv_reads_back(row: list[str]) -> None:
    text = write_csv([row]).decode("utf-8-sig")
    (read,) = csv.reader(io.StringIO(text, newline=""))
    assert [original_text(cell) for cell in read] == row
