"""What other answers would do, told before they are saved."""

from tests.cases import changed, everywhere, results_of

from commonweal.core.maturity.effect import effect
from commonweal.core.maturity.models import Index


def test_a_step_that_moves_theme_and_overall_says_both(index: Index) -> None:
    before = results_of(index, everywhere(index, 0, -1))
    after = results_of(index, everywhere(index, -1, -1))
    said = effect(before, after, index.themes[0].code)
    top = index.levels[-1].label
    low = index.levels[before.present.themes[0].level or 0].label
    assert f"{index.themes[0].title} now: from {low} to {top}." in said
    assert any(sentence.startswith("Overall now: from ") and f" to {top} " in sentence for sentence in said)
    assert any(sentence.startswith("The plan would have no actions; it has ") for sentence in said)
    assert after.legal_sentence in said


def test_answers_that_move_nothing_say_what_holds(index: Index) -> None:
    results = results_of(index, everywhere(index, 0, 0))
    said = effect(results, results, index.themes[0].code)
    assert said == ("Levels and plan would stay as they are.", results.themes[0].held_sentence)


def test_the_mean_is_told_where_the_level_stays(index: Index) -> None:
    answers = everywhere(index, 0, 0)
    theme = index.themes[0]
    better = answers
    for question in theme.questions:
        better = changed(better, question.id, len(question.steps), len(question.steps))
    said = effect(results_of(index, answers), results_of(index, better), theme.code)
    assert any(sentence.startswith("Overall now: still ") and "average 0" in sentence for sentence in said)


def test_half_answered_is_told_as_such(index: Index) -> None:
    question = index.themes[0].questions[0]
    before = results_of(index, {})
    after = results_of(index, everywhere(index, 0, 0))
    assert f"{index.themes[0].title} now: from not fully answered to {index.levels[0].label}." in effect(
        before, after, question.theme
    )
