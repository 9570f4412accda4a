"""Work, its dates, and what finished work does to the levels."""

import datetime
import math
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import PUBLISHED, example

from commonweal.core.access import Action, Role
from commonweal.core.maturity.answers import Blank, Column, QuestionAnswer
from commonweal.core.maturity.plan import plan
from commonweal.core.maturity.rules import score
from commonweal.core.problems import Refused
from commonweal.core.programme.models import Programme, WorkItem, tally
from commonweal.core.programme.position import Cause, PositionMove, find_step, lowered_by, position, raised_by
from commonweal.core.programme.spreading import spread
from commonweal.core.programme.work import TABLE, ProgrammeState, WorkMove, WorkState, WorkStep, action_of, moved, steps
from commonweal.core.programme.working_days import (
    is_working_day,
    last_day_for_papers,
    months_from,
    working_days_between,
    working_days_from,
    year_of,
)
from commonweal.standards.bank_holidays import nation
from commonweal.standards.catalogue import load_index

PUBLIC = load_index("svmi-public")
DAY = datetime.date
HOLIDAYS = nation("england-and-wales").days


@pytest.mark.parametrize("state", WorkState)
@pytest.mark.parametrize("step", WorkStep)
def test_every_step_from_every_state_leads_on_or_is_refused_in_words(state: WorkState, step: WorkStep) -> None:
    found = moved(state, step)
    if (state, step) in TABLE:
        assert isinstance(found, WorkMove)
    else:
        assert isinstance(found, Refused)
        assert found.remedy.startswith("From here: ")


def test_work_never_ends_in_a_dead_end_and_every_state_can_be_come_to() -> None:
    assert all(steps(state) for state in WorkState)
    assert {move.to for move in TABLE.values()} == set(WorkState)


def test_the_lead_confirms_and_never_the_owner() -> None:
    assert action_of(WorkStep.CLAIM) is Action.DO_WORK
    for step in (WorkStep.AGREE, WorkStep.CONFIRM, WorkStep.SEND_BACK, WorkStep.DROP, WorkStep.TAKE_BACK):
        assert action_of(step) is Action.PLAN_WORK
    from commonweal.core.access import TABLE as ACCESS

    assert {role for role in Role if ACCESS[role, Action.PLAN_WORK].value != "no"} == {Role.LEAD_OFFICER}


@pytest.fixture
def walsall() -> dict[str, QuestionAnswer]:
    return dict(example(PUBLISHED).assessment.answers)


def test_three_confirmed_actions_move_the_levels_as_the_rules_say(walsall: dict[str, QuestionAnswer]) -> None:
    """B3 holds Internal Management at Mature; H stands at Incomplete for H1 and then at Follower for H2."""
    moves: list[PositionMove] = []
    levels = []
    for month, id_ in enumerate(["ACT-B-L2", "ACT-H-F1", "ACT-H-M1"], 1):
        step = find_step(PUBLIC, id_)
        assert step
        on = DAY(2027, month, 15)
        raised = raised_by(step, position(walsall, moves, on))
        assert isinstance(raised, tuple)
        moves.append(PositionMove(step.question, *raised, on, Cause.CONFIRMED))
        scored = score(PUBLIC, position(walsall, moves, on), Column.PRESENT)
        by_code = {row.theme.code: row.level for row in scored.themes}
        levels.append((by_code["B"], by_code["H"], scored.overall.total))
    assert levels == [(3, 0, 13), (3, 1, 14), (3, 2, 15)]
    assert score(PUBLIC, walsall, Column.PRESENT).overall.total == 12  # the baseline is what it was
    assert score(PUBLIC, position(walsall, moves, DAY(2027, 1, 31)), Column.PRESENT).overall.total == 13
    assert position(walsall, moves, DAY(2026, 12, 31)) == walsall


def test_steps_follow_in_order(walsall: dict[str, QuestionAnswer]) -> None:
    second = next(question for question in PUBLIC.questions if len(question.steps) > 1).steps[1]
    answers = {**walsall, second.question: QuestionAnswer(0, 2)}
    assert str(raised_by(second, answers)) == (
        f"This builds on an earlier step of {second.question}, which is not in place."
        " Confirm the work for that step first, or keep it up again if it lapsed."
    )
    answers[second.question] = QuestionAnswer(2, 2)
    assert raised_by(second, answers) is None
    assert lowered_by(second, answers) == (2, 1)
    first = PUBLIC.questions[[one.id for one in PUBLIC.questions].index(second.question)].steps[0]
    assert str(lowered_by(first, answers)).startswith(f"A later step of {second.question} is confirmed")
    answers[second.question] = QuestionAnswer()
    assert str(raised_by(second, answers)).startswith(f"{second.question} has no answer for now")


def test_a_plan_is_spread_over_two_years_by_level(walsall: dict[str, QuestionAnswer]) -> None:
    actions = plan(PUBLIC, walsall)
    dated = spread(PUBLIC, actions, starts_on=DAY(2026, 4, 1), months=24)
    assert len(dated) == 34
    assert [one.year for one in dated].count(1) == 17
    assert [one.step.level for one in dated] == sorted(one.step.level for one in dated)
    months = [(one.due.year - 2026) * 12 + one.due.month - 3 for one in dated]
    assert months == [math.ceil(done * 24 / 34) for done in range(1, 35)]
    assert dated[-1].due == DAY(2028, 3, 31)
    assert all(one.start < one.due for one in dated)
    assert all((one.due + datetime.timedelta(days=1)).day == 1 for one in dated)


_SIZES = st.dictionaries(
    st.sampled_from([step.id for question in PUBLIC.questions for step in question.steps]), st.integers(0, 90)
)


@settings(max_examples=60)
@given(_SIZES, st.integers(1, 5), st.dates(DAY(2024, 1, 1), DAY(2030, 1, 1)))
def test_no_step_comes_before_what_it_builds_on(sizes: dict[str, int], years: int, starts_on: datetime.date) -> None:
    actions = [step for question in PUBLIC.questions for step in question.steps]
    effort = {id_: Decimal(size) for id_, size in sizes.items()}
    dated = spread(PUBLIC, actions, starts_on=starts_on, months=12 * years, effort=effort)
    assert {one.step for one in dated} == set(actions)
    seen: dict[str, datetime.date] = {}
    for one in dated:
        assert seen.get(one.step.question, starts_on) <= one.due
        assert starts_on <= one.start < one.due < months_from(starts_on, 12 * years)
        assert 1 <= one.year <= years
        seen[one.step.question] = one.due
    for question in PUBLIC.questions:
        order = [one.step.to_answer for one in dated if one.step.question == question.id]
        assert order == sorted(order)


def test_papers_go_out_five_clear_days_before_a_meeting() -> None:
    """The days between 10 and 18 October 2023 are 11, 12, 13, 16 and 17; over Easter, holidays do not count."""
    assert last_day_for_papers(DAY(2023, 10, 18), 5, HOLIDAYS) == DAY(2023, 10, 10)
    assert last_day_for_papers(DAY(2024, 4, 3), 5, HOLIDAYS) == DAY(2024, 3, 22)


@given(st.dates(DAY(2023, 1, 1), DAY(2028, 1, 1)), st.integers(-80, 80))
def test_counting_working_days_there_and_back(day: datetime.date, count: int) -> None:
    reached = working_days_from(day, count, HOLIDAYS)
    if is_working_day(day, HOLIDAYS):
        assert working_days_between(day, reached, HOLIDAYS) == count
        assert working_days_from(reached, -count, HOLIDAYS) == day
    if count:
        assert is_working_day(reached, HOLIDAYS)


def test_a_draft_that_was_answered_anew_is_never_lowered_by_what_was_done(walsall: dict[str, QuestionAnswer]) -> None:
    moves = [PositionMove("A1", 0, 1, DAY(2027, 1, 1), Cause.CONFIRMED)]
    for present, expected in ((3, 3), (1, 1), (0, 1), (Blank.UNANSWERED, Blank.UNANSWERED)):
        answers = {**walsall, "A1": QuestionAnswer(present, 3)}
        assert position(answers, moves, DAY(2027, 2, 1))["A1"].present == expected
    fallen = [*moves, PositionMove("A1", 1, 0, DAY(2027, 2, 1), Cause.LAPSED)]
    assert position({**walsall, "A1": QuestionAnswer(3, 3)}, fallen, DAY(2027, 3, 1))["A1"].present == 3
    assert position({**walsall, "A1": QuestionAnswer(0, 3)}, fallen, DAY(2027, 3, 1))["A1"].present == 0


@given(st.dates(DAY(2024, 1, 1), DAY(2030, 12, 31)), st.integers(1, 5), st.integers(0, 3000))
def test_years_of_a_programme_are_whole(starts_on: datetime.date, years: int, days: int) -> None:
    day = starts_on + datetime.timedelta(days=days)
    year = year_of(day, starts_on)
    assert months_from(starts_on, 12 * (year - 1)) <= day < months_from(starts_on, 12 * year)
    last = Programme("", starts_on, years, ProgrammeState.OPEN, (), ()).ends_on
    assert year_of(last, starts_on) == years


def test_what_parts_cost_and_how_late_they_are_counts() -> None:
    whole = WorkItem(UUID(int=1), 1, 1, "Whole", WorkState.UNDER_WAY)
    part = WorkItem(
        UUID(int=2), 2, 1, "Part", WorkState.AGREED, cost=Decimal(5000), due=DAY(2020, 1, 1), parent=whole.id
    )
    found = tally([whole, part], DAY(2027, 1, 1))
    assert (found.total, found.cost, found.uncosted, found.overdue) == (1, Decimal(5000), 0, 1)
