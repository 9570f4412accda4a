"""What is sent in place of a workbook is refused with a place and a remedy, by a process that cannot be hurt."""

import datetime
import io
import random
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from tests.workbook.books import saved
from tests.workbook.hostile import HOSTILE, good

from commonweal.core.errors import BadInput
from commonweal.formats import sheets
from commonweal.formats.archive import refused_archive
from commonweal.intake.workbook import read_workbook


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_it_is_refused_in_words(name: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_workbook(HOSTILE[name](), "town.xlsx").assessment()
    for problem in caught.value.problems:
        assert problem.place.startswith("town.xlsx")
        assert problem.what.endswith((".", "?"))
        assert problem.remedy


def test_the_directory_of_a_good_one_is_good() -> None:
    assert refused_archive(good()) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("more than 10 MB", "larger than 10 MB"),
        ("a bomb", "unpacks to more"),
        ("larger than 50 MB unpacked", "unpacks to more"),
        ("too many members", "unpacks to more"),
        ("members that overlap", "put together in a way"),
        ("a member twice", "put together in a way"),
        ("a member outside", "put together in a way"),
        ("a password", "has a password"),
        ("macros", "has macros"),
        ("an old or encrypted Excel file", "old Excel file"),
        ("a Word document", "not an Excel workbook"),
    ],
)
def test_the_archive_is_judged_by_its_directory_alone(name: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", None)  # nothing is read further
    with pytest.raises(BadInput, match=words):
        sheets.read_sheets(HOSTILE[name](), "town.xlsx")


@pytest.mark.parametrize(
    "program",
    ["x = bytearray(10**9)", "while True: pass", "import os; os.abort()", "raise SystemExit(3)"],
)
def test_a_child_that_takes_too_much_is_ended(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens in the child, the process that asked goes on. The limits are set as for a real file."""
    run: Callable[..., object] = subprocess.run

    def instead(_command: list[str], **named: object) -> object:
        limits = "from commonweal.formats import sheets_child as c; c.MAX_SECONDS = 1; c._limit()\n"
        return run([sys.executable, "-c", limits + program], **named)

    monkeypatch.setattr(subprocess, "run", instead)
    with pytest.raises(BadInput, match="more memory or time"):
        sheets.read_sheets(good(), "town.xlsx")


@pytest.mark.parametrize("seed", range(40))
def test_a_byte_changed_anywhere_is_read_or_refused_in_words(seed: int) -> None:
    dice = random.Random(seed)
    content = bytearray(good())
    for _ in range(dice.choice([1, 1, 5])):
        content[dice.randrange(len(content))] ^= dice.randrange(1, 256)
    _read_or_refused(bytes(content))


def _hide(book: Any) -> None:
    book.worksheets[1].sheet_state = "hidden"


def _merge(book: Any) -> None:
    book.worksheets[1].merge_cells("C5:G9")


def _error(book: Any) -> None:
    book.worksheets[1]["C5"] = "#REF!"


def _date(book: Any) -> None:
    book.worksheets[1]["E5"] = datetime.date(2026, 3, 14)


def _old_dates(book: Any) -> None:
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.worksheets[1]["E5"] = datetime.date(2026, 3, 14)


def _command(book: Any) -> None:
    book.worksheets[1]["E5"] = "=cmd|'/c calc'!A1"


def _outside(book: Any) -> None:
    book.worksheets[1]["E5"] = "='[other.xlsx]Sheet1'!A1"


def _more_sheets(book: Any) -> None:
    for number in range(30):
        book.create_sheet(f"Mine {number}")["A1"] = "x"


@pytest.mark.parametrize("change", [_hide, _merge, _error, _date, _old_dates, _command, _outside, _more_sheets])
def test_what_others_do_to_a_workbook_is_read_or_refused_in_words(change: Callable[[Any], None]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(good()))
    change(book)
    _read_or_refused(saved(book))


def _read_or_refused(content: bytes) -> None:
    try:
        read_workbook(content, "town.xlsx").assessment()
    except BadInput as refused:
        assert all(problem.what and problem.remedy for problem in refused.problems)
