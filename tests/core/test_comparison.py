"""Rounds side by side."""

import datetime

from tests.cases import everywhere, results_of

from commonweal.core.maturity.comparison import ComparedRound, compare
from commonweal.core.maturity.models import Index


def _round(index: Index, year: int, present: int, answered: bool = True) -> ComparedRound:
    answers = everywhere(index, present, -1) if answered else {}
    return ComparedRound(f"{year} assessment", datetime.date(year, 11, 1), results_of(index, answers))


def test_rounds_stand_in_order_of_time_whatever_order_they_come_in(index: Index) -> None:
    found = compare([_round(index, 2026, -1), _round(index, 2024, 0)])
    assert [one.name for one in found.rounds] == ["2024 assessment", "2026 assessment"]
    top = index.top_level
    for row in found.themes:
        first, last = row.positions
        assert last == top
        assert row.change == (f"+{top - (first or 0)}" if first != top else "0")
        assert row.target == index.levels[-1].label


def test_a_round_that_is_not_answered_is_not_known_and_moves_nothing(index: Index) -> None:
    found = compare([_round(index, 2025, 0), _round(index, 2026, 0, answered=False)])
    assert {row.levels[1] for row in found.themes} == {"Not known"}
    assert {row.change for row in found.themes} == {""}
    assert found.overall[1].endswith("not final")


def test_a_single_round_has_no_change(index: Index) -> None:
    assert {row.change for row in compare([_round(index, 2026, 0)]).themes} == {""}
