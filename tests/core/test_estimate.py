"""The short form: one level for a theme stands in for its answers."""

import pytest

from commonweal.core.maturity.answers import NOT_ANSWERED, Blank, Column, QuestionAnswer
from commonweal.core.maturity.estimate import (
    Estimate,
    descriptions,
    estimated_answers,
    lowest_level,
    refused_estimate,
    with_estimates,
)
from commonweal.core.maturity.ladders import score_theme
from commonweal.core.maturity.models import Index


def test_estimated_answers_bring_every_theme_to_exactly_the_chosen_levels(index: Index) -> None:
    for theme in index.themes:
        for present in descriptions(index, theme):
            for future in range(present, len(index.levels)):
                answers = estimated_answers(theme, Estimate(present, future))
                found = [score_theme(theme, answers, column, index.top_level).level for column in Column]
                assert found == [present, future], theme.code


def test_an_estimate_fills_its_own_theme_alone(index: Index) -> None:
    theme, other = index.themes[0], index.themes[1]
    given = {other.questions[0].id: QuestionAnswer(1, 1, note="kept")}
    filled = with_estimates(index, given, {theme.code: Estimate(1, 2)})
    assert filled == {**given, **estimated_answers(theme, Estimate(1, 2))}
    assert NOT_ANSWERED not in filled.values()


@pytest.mark.parametrize(
    ("present", "future", "fields"),
    [
        (None, 1, ["present"]),
        (1, None, ["future"]),
        (None, None, ["present", "future"]),
        (5, 5, ["present", "future"]),
        (-1, 1, ["present"]),
        (3, 2, ["future"]),
    ],
)
def test_what_is_no_estimate_is_refused(
    index: Index, present: int | None, future: int | None, fields: list[str]
) -> None:
    assert [field for field, _ in refused_estimate(index, index.themes[0], present, future)] == fields


def test_an_estimate_may_stay_where_it_is(index: Index) -> None:
    assert list(refused_estimate(index, index.themes[0], 2, 2)) == []


def test_every_level_of_every_theme_is_described(index: Index) -> None:
    for theme in index.themes:
        told = descriptions(index, theme)
        assert list(told) == list(range(lowest_level(theme), len(index.levels)))
        assert all(told.values()), theme.code


def test_a_theme_without_a_first_step_starts_higher(index: Index) -> None:
    lowest = {theme.code: lowest_level(theme) for theme in index.themes}
    assert set(lowest.values()) == {0, 1}
    theme = next(theme for theme in index.themes if lowest[theme.code] == 1)
    assert [field for field, _ in refused_estimate(index, theme, 0, 1)] == ["present"]


def test_a_guess_fills_what_is_open_and_makes_no_step_back(index: Index) -> None:
    theme = index.themes[0]
    first, second, third = theme.questions[:3]
    given = {
        first.id: QuestionAnswer(Blank.UNANSWERED, 0, note="kept"),
        second.id: QuestionAnswer(1, Blank.UNANSWERED),
        third.id: QuestionAnswer(0, 0),
    }
    filled = with_estimates(index, given, {theme.code: Estimate(4, 4)})
    assert filled[first.id] == QuestionAnswer(0, 0, note="kept")
    assert filled[second.id] == QuestionAnswer(1, 1)
    assert filled[third.id] == QuestionAnswer(0, 0)
    low = with_estimates(index, given, {theme.code: Estimate(0, 0)})
    assert low[second.id] == QuestionAnswer(1, 1)
