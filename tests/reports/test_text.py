"""The terminal: nothing wider than asked, and lanes that line up."""

import datetime
import re

import pytest
from tests.cases import INVENTED, PUBLISHED, example

from commonweal.reports.formats import render

DAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("path", [INVENTED, PUBLISHED], ids=lambda path: path.stem)
def test_no_line_is_wider_than_the_terminal(width: int, path: object) -> None:
    text = re.sub(r"\x1b\[\d+m", "", render("text", example(path), DAY, width).decode())  # type: ignore[arg-type]
    assert [line for line in text.splitlines() if len(line) > width] == []
    assert "●" in text


def test_a_missed_duty_stands_out() -> None:
    text = render("text", example(INVENTED), DAY, 100).decode()
    assert "\x1b[1mThe Social Value Act's own duties: not met (J1) now, met in the target.\x1b[0m" in text


def test_lanes_line_up() -> None:
    text = re.sub(r"\x1b\[\d+m", "", render("text", example(INVENTED), DAY, 100).decode())
    rows = {line[0]: line for line in text.splitlines() if re.match(r"[A-J]  .*[●◉]", line)}
    assert rows["D"].index("●") == rows["I"].index("●") < rows["A"].index("●") == rows["F"].index("◉")
    assert rows["D"].index("○") == rows["J"].index("○")
    assert len({line.rindex(line.rstrip()[-1]) for line in rows.values()}) == 1
