"""Results on an index made for the purpose: no rule knows the names, themes or counts of the one that is shipped."""

import datetime

from commonweal.core.maturity.answers import Assessment, Blank, QuestionAnswer
from commonweal.core.maturity.models import (
    Answer,
    Index,
    Level,
    Provenance,
    Question,
    Source,
    Step,
    Theme,
)
from commonweal.core.maturity.results import assess
from commonweal.core.maturity.scoring import LegalState


def _question(id_: str, theme: str, levels: tuple[int, ...]) -> Question:
    answers = tuple(Answer(position, f"answer {position}", level, ()) for position, level in enumerate(levels))
    steps = tuple(
        Step(f"{id_}-{level}", theme, id_, position, level, f"Reach {level}.", (), Provenance.INFERRED)
        for position, level in enumerate(levels)
        if position
    )
    return Question(id_, theme, id_, f"{id_}?", "", "", Provenance.INFERRED, answers, steps, may_not_apply="Often.")


def _index() -> Index:
    themes = tuple(
        Theme(code, f"Theme {code}", f"Theme {code}", "?", (), questions)
        for code, questions in (
            ("X", (_question("X1", "X", (0, 1, 2)), _question("X2", "X", (1, 2)))),
            ("Y", (_question("Y1", "Y", (0, 2)),)),
        )
    )
    return Index(
        id="three",
        version="1",
        title="Three levels",
        edition="tests",
        published_on=datetime.date(2026, 1, 1),
        source=Source("none", 2026, "", ""),
        provenance_meanings=(),
        plan_footnote="",
        legal_minimum_title="The law",
        legal_minimum_scope="Here.",
        levels=tuple(Level(position, name, name, "") for position, name in enumerate(("low", "middle", "high"))),
        themes=themes,
    )


def test_an_index_with_other_levels_and_themes() -> None:
    results = assess(
        Assessment(
            "Town",
            _index(),
            {"X1": QuestionAnswer(1, 2), "X2": QuestionAnswer(0, 1), "Y1": QuestionAnswer(0, 1)},
        )
    )
    assert [(theme.present, theme.future) for theme in results.themes] == [(1, 2), (1, 2)]
    assert [theme.present_held_by for theme in results.themes] == [("X1", "X2"), ("Y1",)]
    assert [step.id for step in results.actions] == ["X1-2", "X2-2", "Y1-2"]
    assert results.narrative[0] == "Overall, Town is at middle and aims for high."


def test_a_skipping_ladder_lets_the_theme_reach_the_level_under_the_next_answer() -> None:
    results = assess(Assessment("Town", _index(), {"Y1": QuestionAnswer(0, 0)}))
    assert results.themes[1].present == 1


def test_a_theme_with_nothing_that_applies_has_no_level_and_leaves_the_mean() -> None:
    gone = QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="Not ours.")
    results = assess(Assessment("Town", _index(), {"X1": QuestionAnswer(2, 2), "X2": QuestionAnswer(1, 1), "Y1": gone}))
    assert results.themes[1].present is None
    assert results.themes[1].gap is None
    assert (results.present.overall.level, results.present.overall.mean) == (2, 2.0)
    assert results.themes[1].held_sentence == (
        "No question of Theme Y applies, so it has no level and does not count in the mean."
    )


def test_nothing_applies_at_all() -> None:
    gone = QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="Not ours.")
    results = assess(Assessment("Town", _index(), dict.fromkeys(("X1", "X2", "Y1"), gone)))
    assert results.present.overall.level is None
    assert results.narrative == ("Town has no overall level, because no theme has one in both columns.",)


def test_not_applicable_in_one_column_yields_no_action() -> None:
    results = assess(
        Assessment("Town", _index(), {"X1": QuestionAnswer(Blank.NOT_APPLICABLE, 2, reason="Not yet ours.")})
    )
    assert results.actions == ()
    assert results.future.unanswered == ("X2", "Y1")


def test_an_index_without_duties_in_law_has_nothing_to_miss() -> None:
    results = assess(Assessment("Town", _index(), {}))
    assert results.present.legal_minimum.state is LegalState.MET
    assert results.attention == ()


def test_nothing_answered_is_said_in_numbers() -> None:
    results = assess(Assessment("Town", _index(), {}))
    assert results.narrative == (
        "Town has answered 0 of 3 questions for now and 0 for the target.",
        "Until all are answered, the themes concerned show as low and the overall level is not final.",
    )


def test_staying_and_rising_within_a_level_are_told_apart() -> None:
    steady = {"X1": QuestionAnswer(1, 1), "X2": QuestionAnswer(1, 1), "Y1": QuestionAnswer(0, 0)}
    assert assess(Assessment("Town", _index(), steady)).narrative == (
        "Overall, Town is at middle and aims for the same level.",
    )
    rising = {**steady, "X1": QuestionAnswer(1, 2)}
    assert assess(Assessment("Town", _index(), rising, horizon_years=1)).narrative == (
        "Overall, Town is at middle and aims higher within that level in one year.",
        "It aims highest, for high, in Theme X (X).",
    )


def test_no_theme_is_pushed_hardest_where_none_aims_above_the_overall_target() -> None:
    answers = {"X1": QuestionAnswer(1, 2), "X2": QuestionAnswer(0, 1), "Y1": QuestionAnswer(0, 1)}
    assert assess(Assessment("Town", _index(), answers)).narrative == ("Overall, Town is at middle and aims for high.",)


def test_a_question_that_holds_the_target_higher_up_is_named_there_too() -> None:
    results = assess(Assessment("Town", _index(), {"X1": QuestionAnswer(0, 1), "X2": QuestionAnswer(1, 1)}))
    assert results.themes[0].held_sentence == (
        "Theme X is at low: a first step is not in place. One question holds it there, X1: one step there would bring"
        " middle. In the target, X1 holds it at middle."
    )
