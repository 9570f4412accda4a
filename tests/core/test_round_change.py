"""What happened between two rounds: worked examples on the public index, and on statements that are counted."""

import datetime
from dataclasses import replace

from tests.cases import everywhere

from commonweal.core.maturity.answers import Assessment, Blank, QuestionAnswer
from commonweal.core.maturity.comparison import ComparedRound
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import assess
from commonweal.core.maturity.round_change import Aim, Fate, Way, round_change, target_day
from commonweal.standards.catalogue import load_index

PUBLIC, STATEMENTS = load_index("svmi-public"), load_index("lga-nps-2018")
FIRST, SECOND = datetime.date(2024, 11, 18), datetime.date(2025, 11, 18)


def _round(
    index: Index, day: datetime.date, answers: dict[str, QuestionAnswer], horizon: int | None = 2
) -> ComparedRound:
    found = assess(Assessment("Example Council", index, answers, horizon_years=horizon, date=day))
    return ComparedRound(f"{day.year}", day, found)


def test_answers_that_moved_are_told_with_their_way() -> None:
    ids = [question.id for question in PUBLIC.questions if not question.may_not_apply][:4]
    free = next(question.id for question in PUBLIC.questions if question.may_not_apply)
    before = {**everywhere(PUBLIC, 0, 1), ids[1]: QuestionAnswer(1, 1)}
    del before[ids[2]]
    after = {**everywhere(PUBLIC, 0, 1), ids[0]: QuestionAnswer(1, 1)}
    del after[ids[3]]
    after[free] = QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="No")
    found = round_change(_round(PUBLIC, FIRST, before), _round(PUBLIC, SECOND, after)).answers
    assert {(move.question.id, move.way) for move in found} == {
        (ids[0], Way.UP),
        (ids[1], Way.DOWN),
        (ids[2], Way.NEW),
        (ids[3], Way.GONE),
        (free, Way.OUT),
    }


def test_actions_of_the_first_plan_are_done_or_not() -> None:
    first = _round(PUBLIC, FIRST, everywhere(PUBLIC, 0, 1))
    done, out = PUBLIC.questions[0].id, next(one.id for one in PUBLIC.questions if one.may_not_apply)
    after = {**everywhere(PUBLIC, 0, 1), done: QuestionAnswer(1, 1)}
    after[out] = QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="No")
    fates = {step.question: fate for step, fate in round_change(first, _round(PUBLIC, SECOND, after)).actions}
    assert len(fates) == len(first.results.actions)
    assert (fates.pop(done), fates.pop(out)) == (Fate.DONE, Fate.OUT)
    assert set(fates.values()) == {Fate.LEFT}


def test_targets_are_met_still_to_come_or_slipped() -> None:
    first = _round(PUBLIC, FIRST, everywhere(PUBLIC, 0, 1))
    code = PUBLIC.themes[0].code
    met = {one.id: QuestionAnswer(1, 2 if len(one.answers) > 2 else 1) for one in PUBLIC.themes[0].questions}
    after = {**everywhere(PUBLIC, 0, 1), **met}
    early, late = (_round(PUBLIC, day, after) for day in (SECOND, datetime.date(2026, 11, 18)))
    for second, other in ((early, Aim.AHEAD), (late, Aim.SLIPPED)):
        aims = {one.theme.code: one for one in round_change(first, second).themes}
        assert aims.pop(code).aim is Aim.MET
        moved = {one.aim for one in aims.values()}
        assert moved == {other, Aim.NONE} or moved == {other}


def test_a_target_that_was_raised_says_by_how_much() -> None:
    first = _round(PUBLIC, FIRST, everywhere(PUBLIC, 0, 0))
    second = _round(PUBLIC, SECOND, everywhere(PUBLIC, 0, -1))
    for one in round_change(first, second).themes:
        assert one.target_moved == (one.is_.future or 0) - (one.was.future or 0) > 0


def test_the_pace_between_two_rounds_is_carried_on() -> None:
    """What is missing takes as many days as the levels gained took, times how often they fit into it."""
    low, high = everywhere(PUBLIC, 0, -1), everywhere(PUBLIC, -1, -1)
    first, second = (_round(PUBLIC, day, answers) for day, answers in ((FIRST, low), (SECOND, low)))
    still = round_change(first, second).forecast
    assert still is not None
    assert (still.gained, still.on, still.reached) == (0, None, False)
    there = round_change(first, _round(PUBLIC, SECOND, high)).forecast
    assert there is not None
    assert (there.missing, there.on, there.reached) == (0, None, True)
    half = {**low, **{one.id: high[one.id] for theme in PUBLIC.themes[:5] for one in theme.questions}}
    found = round_change(first, _round(PUBLIC, SECOND, half)).forecast
    assert found is not None
    assert found.on == SECOND + datetime.timedelta(days=-(-found.missing * 365 // found.gained))


def test_a_pace_too_slow_to_tell_is_none() -> None:
    first = _round(STATEMENTS, FIRST, everywhere(STATEMENTS, 0, 4))
    after = {**everywhere(STATEMENTS, 0, 4), "N7.1": QuestionAnswer(2, 4)}
    second = _round(STATEMENTS, datetime.date(2044, 11, 18), after)
    found = round_change(first, second).forecast
    assert found is not None
    assert (found.gained, found.missing, found.on) == (2, 4 * 23 - 2, None)


def test_counted_statements_gain_the_levels_that_each_of_them_gains() -> None:
    """One statement rises by a level in a year: 23 that are to rise by one, but for it, take 22 years more."""
    first = _round(STATEMENTS, FIRST, everywhere(STATEMENTS, 0, 1))
    second = _round(STATEMENTS, SECOND, {**everywhere(STATEMENTS, 0, 1), "N7.1": QuestionAnswer(1, 1)})
    change = round_change(first, second)
    assert {one.theme.code: one.gained for one in change.themes if one.gained} == {"7": 1}
    assert change.forecast is not None
    assert (change.forecast.gained, change.forecast.missing) == (1, 22)
    assert change.forecast.on == SECOND + datetime.timedelta(days=22 * 365)


def test_a_target_of_statements_is_met_only_by_each_of_them() -> None:
    """One that rose beyond its target does not make up for one that did not rise."""
    first = _round(STATEMENTS, FIRST, everywhere(STATEMENTS, 1, 2))
    two = {one.id: QuestionAnswer(2, 2) for one in STATEMENTS.themes[0].questions}
    ahead, behind = list(two)[:2]
    for given, expected in (
        ({**two}, Aim.MET),
        ({**two, ahead: QuestionAnswer(4, 4), behind: QuestionAnswer(1, 2)}, Aim.AHEAD),
    ):
        second = _round(STATEMENTS, SECOND, {**everywhere(STATEMENTS, 1, 2), **given})
        assert round_change(first, second).themes[0].aim is expected


def test_a_theme_that_was_to_stay_had_no_target() -> None:
    first = _round(PUBLIC, FIRST, everywhere(PUBLIC, 0, 0))
    second = _round(PUBLIC, SECOND, everywhere(PUBLIC, 0, 1))
    assert {one.aim for one in round_change(first, second).themes} == {Aim.NONE}


def test_what_is_open_now_is_neither_done_nor_left() -> None:
    first = _round(STATEMENTS, FIRST, everywhere(STATEMENTS, 0, 1))
    second = _round(STATEMENTS, SECOND, {})
    change = round_change(first, second)
    assert {fate for _, fate in change.actions} == {Fate.OPEN}
    assert {one.aim for one in change.themes} == {Aim.UNKNOWN}
    assert change.forecast is None


def test_a_part_that_is_reached_is_not_the_whole() -> None:
    first = _round(STATEMENTS, FIRST, everywhere(STATEMENTS, 0, 1))
    rated = {one.id: QuestionAnswer(1, 1) for one in STATEMENTS.themes[0].questions}
    found = round_change(first, _round(STATEMENTS, SECOND, rated)).forecast
    assert found is not None
    assert (found.missing, found.known, found.reached) == (0, 1, False)


def test_what_is_not_known_is_not_guessed() -> None:
    gone = PUBLIC.themes[0]
    answers = {id_: one for id_, one in everywhere(PUBLIC, 0, 1).items() if id_ not in gone.by_id}
    change = round_change(_round(PUBLIC, FIRST, answers), _round(PUBLIC, SECOND, everywhere(PUBLIC, 1, 1)))
    first = change.themes[0]
    assert (first.gained, first.aim, first.target_moved) == (None, Aim.UNKNOWN, None)
    undated = replace(_round(PUBLIC, FIRST, answers), date=datetime.date.min)
    assert round_change(undated, _round(PUBLIC, SECOND, answers)).forecast is None
    assert target_day(undated) is None


def test_a_target_set_on_a_leap_day_is_due_on_the_day_before() -> None:
    leap = _round(PUBLIC, datetime.date(2024, 2, 29), everywhere(PUBLIC, 0, 1))
    assert target_day(leap) == datetime.date(2026, 2, 28)


def test_a_statement_that_left_the_scope_is_no_loss() -> None:
    first = _round(STATEMENTS, FIRST, everywhere(STATEMENTS, 4, 4))
    out = QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="No")
    second = _round(STATEMENTS, SECOND, {**everywhere(STATEMENTS, 4, 4), "N7.1": out})
    assert {one.gained for one in round_change(first, second).themes} == {0}


def test_a_target_beyond_the_calendar_has_no_day() -> None:
    assert target_day(_round(PUBLIC, datetime.date(9999, 1, 1), everywhere(PUBLIC, 0, 1))) is None
