"""Themes suggest the level of statements; a theme that is not fully answered suggests nothing."""

from dataclasses import replace

import pytest
from tests.cases import everywhere

from commonweal.core.maturity.answers import Assessment, Blank, QuestionAnswer
from commonweal.core.maturity.crosswalk import suggestions
from commonweal.core.maturity.results import assess
from commonweal.standards.catalogue import load_index
from commonweal.standards.crosswalks import check_crosswalk, crosswalk_files, crosswalks

PUBLIC, STATEMENTS = load_index("svmi-public"), load_index("lga-nps-2018")
[*EARLIER, KNOWN] = crosswalks()


def test_an_edition_with_the_same_levels_suggests_the_same() -> None:
    assert [(one.statements, one.levels) for one in EARLIER] == [(KNOWN.statements, KNOWN.levels)]


def test_ten_themes_suggest_the_ten_statements_in_order() -> None:
    assert list(KNOWN.statements) == [theme.code for theme in PUBLIC.themes]
    [whole] = [theme for theme in STATEMENTS.themes if not theme.lacks]
    assert list(KNOWN.statements.values()) == [question.id for question in whole.questions]


@pytest.mark.parametrize("level", range(5))
def test_a_level_suggests_the_one_beside_it_by_name(level: int) -> None:
    names = {"Incomplete": "Minimum", "Follower": "Developing"}
    label = PUBLIC.levels[level].label
    assert STATEMENTS.levels[KNOWN.levels[level]].label == names.get(label, label)


def test_ratings_stand_beside_what_is_suggested() -> None:
    results = assess(Assessment("Example Council", PUBLIC, everywhere(PUBLIC, -1, -1)))
    rated = {"N7.1": QuestionAnswer(4), "N7.2": QuestionAnswer(1)}
    first, second, third, *_ = suggestions(KNOWN, results, STATEMENTS, rated)
    assert (first.rated, first.suggested, first.differs) == (4, 4, 0)
    assert (second.rated, second.suggested, second.differs) == (1, 4, -3)
    assert (third.rated, third.suggested, third.differs) == (None, 4, 0)


def test_what_has_no_level_suggests_nothing() -> None:
    answers = everywhere(PUBLIC, 2, 2)
    open_, out = PUBLIC.themes[0], PUBLIC.themes[1]
    del answers[open_.questions[0].id]
    for question in out.questions:
        answers[question.id] = QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="No")
    results = assess(Assessment("Example Council", PUBLIC, answers, estimated=(PUBLIC.themes[2].code,)))
    first, second, third, *_ = suggestions(KNOWN, results, STATEMENTS, {})
    assert (first.suggested, first.reason) == (None, "not fully answered yet")
    assert (second.suggested, second.reason) == (None, "no question of it applies")
    assert third.suggested is not None
    assert third.is_estimate


def test_faults_of_a_file_are_named_with_their_place() -> None:
    *_, tree = crosswalk_files()
    content = {**tree.value, "statements": {"A": "N7.1", "Q": "N7.99"}, "levels": {"Mature": "Best"}}
    said = [problem.what for problem in check_crosswalk(replace(tree, value=content))]
    assert "Q is not of the first index." in said
    assert "N7.99 is not of the second index." in said
    assert "Best is not of the second index." in said
    assert any("has no level beside it" in what for what in said)
