"""The best programme within money, people and time, compared with every programme there is, and on the public index."""

import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import PUBLISHED, everywhere, example
from tests.small_index import small_index

from commonweal.core.maturity.answers import Answers, Column, QuestionAnswer
from commonweal.core.maturity.models import Step
from commonweal.core.maturity.plan import ahead
from commonweal.core.maturity.route import Route, after, route
from commonweal.core.maturity.rules import score
from commonweal.core.maturity.theme_levels import Wishes
from commonweal.core.problems import Refused
from commonweal.core.programme.means import EVERYBODY, Aim, Labour, Means, days_a_month
from commonweal.core.programme.within_means import WithinMeans, further, within_means
from commonweal.core.programme.within_means_model import Asked
from commonweal.core.programme.yes_no import Line, Unsure, YesNo
from commonweal.solving import highs
from commonweal.standards.catalogue import load_index

PUBLIC = load_index("svmi-public")
MATURE, LEADER = 2, 3
START = datetime.date(2026, 4, 1)
Years = Mapping[str, int]


def _every_programme(asked: Asked, years: int) -> Iterator[Years]:
    """Every set of actions with every year for each, in the order of each question's steps."""
    ways = []
    for question in asked.index.questions:
        present = asked.answers[question.id].present
        steps = question.steps[present:] if isinstance(present, int) else ()
        ends = itertools.combinations_with_replacement(range(len(steps) + 1), years)
        ways.append(
            [{step.id: 1 + sum(n >= end for end in done) for n, step in enumerate(steps[: done[-1]])} for done in ends]
        )
    for choice in itertools.product(*ways):
        yield {id_: year for way in choice for id_, year in way.items()}


def _is_allowed(asked: Asked, chosen: Years, months: int) -> bool:
    """Whether a programme keeps to everything, counted plainly."""
    means, labour = asked.means, asked.labour
    if not asked.wishes.needed <= chosen.keys() or asked.wishes.barred & chosen.keys():
        return False
    for id_, year in chosen.items():
        if any(chosen.get(before, 99) > year for before in labour.after.get(id_, ())):
            return False
    for year, money in enumerate(means.money, start=1):
        if money is not None and sum(asked.wishes.costs[id_] for id_, in_ in chosen.items() if in_ == year) > money:
            return False
    for department, days in means.days.items():
        for year in range(1, means.years + 1):
            taken = sum(
                labour.effort[id_] for id_, in_ in chosen.items() if in_ <= year and labour.takes(id_, department)
            )
            if taken > days * min(12 * year, months):
                return False
    return True


def _reached(asked: Asked, chosen: Years) -> tuple[int, bool]:
    """The sum of the levels, and whether duties in law are missed."""
    done = after(asked.answers, [step for step in ahead(asked.index, asked.answers) if step.id in chosen])
    column = score(asked.index, done, Column.PRESENT)
    return column.overall.total, bool(column.legal_minimum.missed)


def _best(asked: Asked, aim: Aim, level: int) -> tuple[Decimal, ...] | None:
    """By trying everything: what is best by the aim, then the cost."""
    found: list[tuple[Decimal, ...]] = []
    for chosen in _every_programme(asked, asked.means.years):
        total, missed = _reached(asked, chosen)
        enough = aim is Aim.MOST or total >= level * len(asked.index.themes)
        if not enough or (missed and asked.wishes.legal_first):
            continue
        cost = sum((asked.wishes.costs[id_] for id_ in chosen), Decimal())
        if aim is Aim.MOST and _is_allowed(asked, chosen, asked.means.months):
            found.append((Decimal(-total), cost))
        if aim is Aim.CHEAPEST and _is_allowed(asked, chosen, asked.means.months):
            found.append((cost,))
        if aim is Aim.SOONEST:
            last = max(chosen.values(), default=1)
            months = range(12 * (last - 1) + 1, asked.means.months + 1)
            found += [(Decimal(m), cost) for m in months if _is_allowed(asked, chosen, m)][:1]
    return min(found, default=None)


@st.composite
def _asked(draw: st.DrawFn) -> Asked:
    index = small_index(draw, most=2)
    answers = {
        question.id: QuestionAnswer(draw(st.integers(max(0, len(question.answers) - 3), len(question.answers) - 1)))
        for question in index.questions
    }
    steps = [step.id for step in ahead(index, answers)]
    few = st.decimals(min_value=0, max_value=9, places=1)
    some = st.frozensets(st.sampled_from(steps), max_size=1) if steps else st.just(frozenset())
    wishes = Wishes({id_: draw(few) for id_ in steps}, draw(st.booleans()), draw(some), draw(some))
    labour = Labour(
        {id_: draw(few) for id_ in steps},
        {id_: draw(st.sampled_from(["Law", "Finance"])) for id_ in steps},
        {steps[-1]: frozenset({steps[0]})} if len(steps) > 1 and steps[0][:2] != steps[-1][:2] else {},
    )
    months = draw(st.integers(1, 24))
    money = tuple(draw(st.one_of(st.none(), st.decimals(0, 15, places=1))) for _ in range(-(-months // 12)))
    days = st.decimals(min_value=0, max_value=2, places=2)
    limited = draw(st.frozensets(st.sampled_from([EVERYBODY, "Law", "Finance"])))
    return Asked(index, answers, wishes, labour, Means(START, months, money, {name: draw(days) for name in limited}))


@settings(max_examples=150, deadline=None)
@given(_asked(), st.sampled_from(Aim), st.integers(0, 4))
def test_no_programme_at_all_is_better(asked: Asked, aim: Aim, level: int) -> None:
    found, best = within_means(asked, aim, level, highs.solve), _best(asked, aim, level)
    if isinstance(found, Refused):
        assert best is None
        return
    years = {one.dated.step.id: one.dated.year for one in found.actions}
    assert _is_allowed(asked, years, found.months)
    total, _ = _reached(asked, years)
    assert (found.reached.overall.total, found.cost) == (total, sum(asked.wishes.costs[id_] for id_ in years))
    first = {Aim.CHEAPEST: (), Aim.SOONEST: (Decimal(found.months),), Aim.MOST: (Decimal(-total),)}[aim]
    assert (*first, found.cost) == best
    _dates_are_kept(asked, found)


def _dates_are_kept(asked: Asked, found: WithinMeans) -> None:
    """Each action in its own year, after what it builds on, and with the days of work there are until then."""
    due = {one.dated.step.id: one.dated.due for one in found.actions}
    for one in found.actions:
        year = one.dated.year
        assert asked.means.ends_on(12 * (year - 1)) < one.dated.due <= asked.means.ends_on(min(12 * year, found.months))
        assert START <= one.dated.start <= one.dated.due
        for before in asked.labour.after.get(one.dated.step.id, ()):
            assert due[before] <= one.dated.due
    for department, days in asked.means.days.items():
        for month in range(1, found.months + 1):
            done = [id_ for id_, day in due.items() if day <= asked.means.ends_on(month)]
            taken = sum(asked.labour.effort[id_] for id_ in done if asked.labour.takes(id_, department))
            assert taken <= days * month


@pytest.fixture(scope="module")
def walsall() -> Answers:
    return dict(example(PUBLISHED).assessment.answers)


def _public(answers: Answers, **means: object) -> Asked:
    """Every action of the public index at a thousand pounds and ten days."""
    steps: tuple[Step, ...] = tuple(step for question in PUBLIC.questions for step in question.steps)
    wishes = Wishes({step.id: Decimal(1000) for step in steps})
    labour = Labour({step.id: Decimal(10) for step in steps}, {step.id: f"Theme {step.theme}" for step in steps})
    return Asked(PUBLIC, answers, wishes, labour, Means(START, 24, **means))  # type: ignore[arg-type]


def test_the_cheapest_without_limits_is_the_route(walsall: Answers) -> None:
    asked = _public(walsall)
    found, plain = within_means(asked, Aim.CHEAPEST, MATURE, highs.solve), route(PUBLIC, walsall, MATURE, asked.wishes)
    assert isinstance(found, WithinMeans)
    assert isinstance(plain, Route)
    assert (found.cost, len(found.actions)) == (plain.cost, len(plain.actions))
    assert found.reached.overall.level == MATURE


def test_money_and_people_by_a_day(walsall: Answers) -> None:
    """Mature by March 2028 with 60,000 pounds, half of it each year, and one and a half people."""
    means = {"money": (Decimal(30_000), Decimal(30_000)), "days": {EVERYBODY: days_a_month(Decimal("1.5"))}}
    asked = _public(walsall, **means)
    soonest = within_means(asked, Aim.SOONEST, MATURE, highs.solve)
    assert isinstance(soonest, WithinMeans)
    count = len(soonest.actions)
    assert soonest.months == -(-10 * count * 100 // 2750)  # as many months as the days of work take
    assert soonest.reached.overall.level == MATURE
    most = within_means(asked, Aim.MOST, MATURE, highs.solve)
    assert isinstance(most, WithinMeans)
    assert most.cost <= 60_000
    assert most.reached.overall.total > soonest.reached.overall.total
    more = further(asked, most, highs.solve)
    assert more is not None
    assert not more.is_within
    more = further(asked, soonest, highs.solve)
    assert more is not None
    assert (more.is_within, more.cost) == (True, Decimal(1000 * more.count))


def test_duties_are_due_first(walsall: Answers) -> None:
    found = within_means(_public(everywhere(PUBLIC, 0, 0)), Aim.CHEAPEST, LEADER, highs.solve)
    assert isinstance(found, WithinMeans)
    duties = [one.chosen.is_duty for one in found.actions]
    assert any(duties)
    assert duties == sorted(duties, reverse=True)
    assert {one.dated.year for one in found.actions} == {1, 2}  # with no limits, spread over the whole time


def test_what_is_in_the_way_is_told(walsall: Answers) -> None:
    def refused(**means: object) -> str:
        return str(within_means(_public(walsall, **means), Aim.CHEAPEST, LEADER, highs.solve))

    free = within_means(_public(walsall), Aim.CHEAPEST, LEADER, highs.solve)
    assert isinstance(free, WithinMeans)
    count = len(free.actions)
    assert refused(money=(Decimal(0), Decimal(9000))) == (
        f"Overall Leader cannot be reached by 31 March 2028 with this money: the cheapest way costs £{count},000, and"
        " there is £0 in year 1 and £9,000 in year 2. Allow more money, or in other years, or choose a lower level."
    )
    assert refused(days={EVERYBODY: Decimal(2)}) == (
        "Overall Leader cannot be reached by 31 March 2028 with these people: it takes all together"
        f" {10 * count} days of work, and there are 48 days."
        " Allow more time or more people, or choose a lower level."
    )
    assert refused(money=(Decimal(0), Decimal(0)), days={EVERYBODY: Decimal(2)}) == (
        "Overall Leader cannot be reached by 31 March 2028: neither money nor people are enough. It takes"
        f" £{count},000 and {10 * count} days of work. Allow more of both, or choose a lower level."
    )


def test_a_question_too_large_for_the_time_is_not_guessed(walsall: Answers) -> None:
    with pytest.raises(Unsure):
        within_means(_public(walsall, money=(Decimal(30_000),)), Aim.MOST, MATURE, highs.within(0.0))
    with pytest.raises(Unsure):
        within_means(_public(walsall, money=(Decimal(30_000),)), Aim.MOST, MATURE, lambda one: highs.solve(one, 0.0))


def test_the_solver_alone() -> None:
    pair = YesNo(2, [Line({0: 1, 1: 1}, at_least=1)], {0: 5, 1: 3})
    assert highs.solve(pair) == (False, True)
    assert highs.solve(pair.with_line(Line({1: 1}, at_most=0))) == (True, False)
    assert highs.solve(replace(pair, lines=[Line({0: 1}, at_least=2)])) is None
    assert highs.solve(YesNo(0, [], {})) == ()
    assert highs.solve(YesNo(0, [Line({}, at_least=1)], {})) is None
