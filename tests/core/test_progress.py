"""A programme against its plan: worked examples."""

import datetime
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from tests.cases import everywhere

from commonweal.core.programme.burn import SpentBy
from commonweal.core.programme.models import Programme, WorkItem
from commonweal.core.programme.position import Cause, PositionMove
from commonweal.core.programme.progress import Count, levels_over_time, month_ends, progress
from commonweal.core.programme.work import ProgrammeState, WorkState
from commonweal.standards.catalogue import load_index

START = datetime.date(2027, 4, 1)
TODAY = datetime.date(2027, 7, 15)
PUBLIC = load_index("svmi-public")


def _item(number: int, planned: str, due: str = "", state: WorkState = WorkState.AGREED, **more: object) -> WorkItem:
    day = datetime.date.fromisoformat
    return WorkItem(
        UUID(int=number), number, 1, f"Work {number}", state, planned_due=day(planned), due=day(due or planned),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _programme(*work: WorkItem, years: int = 1) -> Programme:
    return Programme("P", START, years, ProgrammeState.OPEN, (), work)


DONE = _item(1, "2027-04-30", state=WorkState.CONFIRMED, cost=Decimal(100), spent=Decimal(120), year=1)
OVERDUE = _item(2, "2027-06-30", cost=Decimal(50), year=1)
MOVED = _item(3, "2027-08-31", "2027-10-31", year=1)
ON_TIME = _item(4, "2028-03-31")
DROPPED = _item(5, "2027-05-31", state=WorkState.DROPPED, cost=Decimal(70), spent=Decimal(5), year=1)
PART = replace(_item(6, "2027-06-30", cost=Decimal(30)), parent=UUID(int=2))
EVERYTHING = _programme(DONE, OVERDUE, MOVED, ON_TIME, DROPPED, PART)
DONE_ON = {UUID(int=1): datetime.date(2027, 5, 10)}


def test_planned_against_done_by_month() -> None:
    found = progress(EVERYTHING, DONE_ON, {}, TODAY)
    assert [(count.planned, count.done) for count in found.months] == [
        (1, 0), (1, 1), (2, 1), (2, 1), (3, None), (3, None),
        (3, None), (3, None), (3, None), (3, None), (3, None), (4, None),
    ]  # fmt: skip
    assert found.months[0].on == datetime.date(2027, 4, 30)
    assert found.today == Count(TODAY, 2, 1)


def test_slippage_and_forecast() -> None:
    found = progress(EVERYTHING, DONE_ON, {}, TODAY)
    assert [(slip.item.number, slip.days) for slip in found.slips] == [(3, 61), (2, 15)]
    assert found.lateness == 10
    assert found.forecast == datetime.date(2028, 4, 10)
    early = progress(EVERYTHING, {UUID(int=1): datetime.date(2027, 4, 20)}, {}, TODAY)
    assert (early.lateness, early.forecast) == (-10, datetime.date(2028, 3, 31))
    assert progress(_programme(), {}, {}, TODAY).forecast is None
    over = _programme(DONE)
    assert progress(over, DONE_ON, {}, TODAY).forecast == DONE_ON[UUID(int=1)]


def test_money_by_year() -> None:
    year = progress(EVERYTHING, DONE_ON, {1: Decimal(200)}, TODAY).money[0]
    assert (year.planned, year.spent, year.left) == (Decimal(180), Decimal(125), Decimal(75))
    assert progress(EVERYTHING, DONE_ON, {}, TODAY).money[0].left is None
    two = progress(replace(EVERYTHING, years=2), DONE_ON, {}, TODAY).money
    assert [(year.planned, year.spent) for year in two] == [
        (Decimal(150), Decimal(125)),
        (Decimal(30), Decimal(0)),
    ]


def test_months_go_on_while_work_is_open() -> None:
    late = datetime.date(2029, 1, 10)
    assert month_ends(EVERYTHING, [], late)[-1] == datetime.date(2029, 1, 31)
    assert month_ends(_programme(DONE), [], late)[-1] == datetime.date(2028, 3, 31)
    assert len(month_ends(EVERYTHING, [], datetime.date(2100, 1, 1))) == 120


def test_what_happened_outside_the_programme_has_its_place() -> None:
    """Confirmed and paid after the last day, and before the first: neither is lost, and no month to come shows it."""
    done = replace(DONE, planned_due=datetime.date(2028, 3, 31), due=datetime.date(2028, 3, 31))
    after = datetime.date(2028, 4, 5)
    paid = [SpentBy(done.id, datetime.date(2028, 4, 3), Decimal(80))]
    found = progress(_programme(done), {done.id: after}, {}, datetime.date(2028, 5, 10), paid)
    assert (found.months[-1].on, found.months[-1].done) == (datetime.date(2028, 4, 30), 1)
    assert found.burn[-1].spent == 80
    early = datetime.date(2027, 3, 20)
    paid = [SpentBy(done.id, early, Decimal(80))]
    found = progress(_programme(done), {done.id: early}, {}, datetime.date(2027, 3, 25), paid)
    assert [(one.on, one.done) for one in found.months[:2]] == [
        (datetime.date(2027, 3, 31), 1), (datetime.date(2027, 4, 30), None),
    ]  # fmt: skip
    assert [one.spent for one in found.burn[:2]] == [80, None]


def test_a_programme_that_has_not_begun_shows_nothing_done() -> None:
    found = progress(_programme(OVERDUE), {}, {}, datetime.date(2026, 6, 1))
    assert {one.done for one in found.months} == {None}
    assert {one.spent for one in found.burn} == {None}


def test_money_is_planned_on_the_day_it_was_agreed_for_and_parts_count() -> None:
    moved = replace(MOVED, cost=Decimal(8))
    no_day = replace(_item(7, "2027-04-01", cost=Decimal(7), year=1), planned_due=None, due=None)
    part = replace(_item(8, "2029-06-30", cost=Decimal(50)), parent=MOVED.id)
    found = {one.on: one.planned for one in progress(_programme(moved, no_day, part, years=2), {}, {}, TODAY).burn}
    assert found[datetime.date(2027, 7, 31)] == 0
    assert found[datetime.date(2027, 8, 31)] == 8  # not on 31 October, to which it slipped
    assert found[datetime.date(2028, 3, 31)] == 15  # the end of its year, not of the programme
    assert max(found.values()) == 65


def test_levels_planned_and_reached() -> None:
    """Every question one step below the top; each theme's last steps planned for one month after another."""
    answers = everywhere(PUBLIC, -2, -1)
    steps = [question.steps[-1] for question in PUBLIC.questions]
    work = [replace(_item(n, "2027-06-30"), step=step.id) for n, step in enumerate(steps, 1)]
    work[-1] = replace(work[-1], planned_due=datetime.date(2027, 12, 31))
    moves = [
        PositionMove(step.question, step.to_answer - 1, step.to_answer, datetime.date(2027, 7, 1), Cause.CONFIRMED)
        for step in steps[:-1]
    ]
    marks = levels_over_time(PUBLIC, answers, moves, _programme(*work), datetime.date(2027, 9, 30))
    assert [mark.on.month for mark in marks] == [4, 6, 9, 12, 3]
    start, june, september, december, march = marks
    assert start.planned.total < june.planned.total < december.planned.total == march.planned.total
    assert (june.reached, december.reached) == (start.planned, None)
    assert september.reached == september.planned == june.planned
    dropped = [replace(item, state=WorkState.DROPPED) for item in work]
    assert levels_over_time(PUBLIC, answers, [], _programme(*dropped), TODAY)[-1].planned == start.planned


def test_money_by_month_is_the_last_figure_said_by_then() -> None:
    day = datetime.date
    no_day = replace(_item(7, "2027-04-01", cost=Decimal(7), year=1), planned_due=None, due=None)
    figures = [
        SpentBy(UUID(int=1), day(2027, 4, 30), Decimal(40)),
        SpentBy(UUID(int=1), day(2027, 6, 2), Decimal(120)),
        SpentBy(UUID(int=2), day(2027, 6, 3), Decimal(9)),
        SpentBy(UUID(int=2), day(2027, 7, 14), None),
        SpentBy(UUID(int=5), day(2027, 5, 1), Decimal(5)),
        SpentBy(UUID(int=1), day(2027, 7, 15), Decimal(125)),
    ]
    programme = _programme(DONE, OVERDUE, MOVED, ON_TIME, DROPPED, PART, no_day)
    found = progress(programme, DONE_ON, {}, TODAY, figures).burn
    assert [(int(one.planned), one.spent and int(one.spent)) for one in found] == [
        (100, 40), (100, 45), (180, 134), (180, 130), (180, None), (180, None),
        (180, None), (180, None), (180, None), (180, None), (180, None), (187, None),
    ]  # fmt: skip


def test_what_was_planned_stays_when_work_is_done_before_the_first_day() -> None:
    answers = everywhere(PUBLIC, 0, 2)
    question = PUBLIC.questions[0]
    step, other = question.steps[0], PUBLIC.questions[1].steps[0]
    work = [_item(1, "2027-06-01", step=step.id)]
    early = datetime.date(2027, 3, 1)
    own = PositionMove(step.question, 0, 1, early, Cause.CONFIRMED)
    plain = levels_over_time(PUBLIC, answers, [], _programme(*work), early)
    moved = levels_over_time(PUBLIC, answers, [own], _programme(*work), early)
    assert [mark.planned for mark in moved] == [mark.planned for mark in plain]
    assert moved[0].on == early
    assert moved[0].reached != plain[0].reached
    foreign = PositionMove(other.question, 0, 1, early, Cause.CONFIRMED)
    stands = levels_over_time(PUBLIC, answers, [foreign], _programme(*work), early)
    raised = {**answers, other.question: replace(answers[other.question], present=1)}
    there_before = levels_over_time(PUBLIC, raised, [], _programme(*work), early)
    assert [mark.planned_themes for mark in stands] == [mark.planned_themes for mark in there_before]


def test_levels_by_theme_are_told_as_planned_and_as_reached() -> None:
    answers = everywhere(PUBLIC, 0, 2)
    step = next(step for question in PUBLIC.questions for step in question.steps if step.theme == "A")
    work = _item(1, "2027-06-01", step=step.id)
    moves = [PositionMove(step.question, 0, 1, datetime.date(2027, 7, 1), Cause.CONFIRMED)]
    marks = levels_over_time(PUBLIC, answers, moves, _programme(work), TODAY)
    assert all(len(mark.planned_themes) == len(PUBLIC.themes) for mark in marks)
    assert [mark.reached_themes == () for mark in marks] == [mark.on > TODAY for mark in marks]
    raised = {mark.on: mark.planned_themes[0] for mark in marks}
    assert raised[datetime.date(2027, 6, 30)] == marks[-1].planned_themes[0]
