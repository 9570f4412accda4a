"""The cheapest route, compared with every choice there is, and on the published index."""

import itertools
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import INVENTED, PUBLISHED, everywhere, example
from tests.small_index import small_index

from commonweal.core.maturity.answers import Blank, Choice, Column, QuestionAnswer
from commonweal.core.maturity.models import Index, Step
from commonweal.core.maturity.route import Route, after, frontier, route
from commonweal.core.maturity.rules import score
from commonweal.core.maturity.scoring import LegalState
from commonweal.core.maturity.theme_levels import Wishes
from commonweal.core.problems import Refused
from commonweal.standards.catalogue import load_index

PUBLIC = load_index("svmi-public")
FOLLOWER, MATURE, LEADER, INNOVATOR = 1, 2, 3, 4


def _every_way(index: Index, answers: dict[str, QuestionAnswer]) -> Iterator[tuple[Step, ...]]:
    """Every set of actions that respects the order of each question's steps."""
    ways = []
    for question in index.questions:
        present = answers[question.id].present
        steps = question.steps[present:] if isinstance(present, int) else ()
        ways.append([steps[:many] for many in range(len(steps) + 1)])
    for choice in itertools.product(*ways):
        yield tuple(itertools.chain.from_iterable(choice))


def _cheapest(index: Index, answers: dict[str, QuestionAnswer], level: int, wishes: Wishes) -> Decimal | None:
    """By trying everything: slow, and plainly right."""
    costs = []
    for steps in _every_way(index, answers):
        ids = {step.id for step in steps}
        reached = score(index, after(answers, steps), Column.PRESENT)
        allowed = wishes.needed <= ids and not wishes.barred & ids
        lawful = not wishes.legal_first or not reached.legal_minimum.missed
        if allowed and lawful and reached.overall.level is not None and reached.overall.level >= level:
            costs.append(sum(map(wishes.cost, steps), Decimal()))
    return min(costs, default=None)


_BLANKS = st.sampled_from([Blank.NOT_APPLICABLE, Blank.UNANSWERED])


@st.composite
def _asked(draw: st.DrawFn) -> tuple[Index, dict[str, QuestionAnswer], int, Wishes]:
    index = small_index(draw)
    answers = {}
    for question in index.questions:
        number: st.SearchStrategy[Choice] = st.integers(0, len(question.answers) - 1)
        answers[question.id] = QuestionAnswer(draw(number if draw(st.integers(0, 9)) else _BLANKS))
    ahead = [
        step
        for question in index.questions
        for step in question.steps
        if isinstance(present := answers[question.id].present, int) and step.to_answer > present
    ]
    pounds = st.decimals(min_value=0, max_value=50, places=2)
    costs = {step.id: draw(pounds) for step in ahead if draw(st.booleans())}
    some = st.frozensets(st.sampled_from([step.id for step in ahead]), max_size=2) if ahead else st.just(frozenset())
    wishes = Wishes(costs, draw(st.booleans()), draw(some), draw(some))
    return index, answers, draw(st.integers(0, index.top_level)), wishes


@settings(max_examples=250, deadline=None)
@given(_asked())
def test_no_choice_at_all_is_cheaper(asked: tuple[Index, dict[str, QuestionAnswer], int, Wishes]) -> None:
    index, answers, level, wishes = asked
    found, cheapest = route(index, answers, level, wishes), _cheapest(index, answers, level, wishes)
    if isinstance(found, Refused):
        assert cheapest is None
        return
    assert found.cost == cheapest
    steps = tuple(one.step for one in found.actions)
    assert steps in set(_every_way(index, answers))
    assert sum(map(wishes.cost, steps), Decimal()) == found.cost
    assert found.reached == score(index, after(answers, steps), Column.PRESENT)
    assert (found.reached.overall.level or 0) >= level
    points = frontier(index, answers, wishes)
    assert min(point.cost for point in points if (point.reached.overall.level or 0) >= level) == cheapest
    order = [(point.cost, point.reached.overall.total) for point in points]
    assert order == sorted(order)
    assert len({total for _, total in order}) == len(order)


@pytest.fixture(scope="module")
def walsall() -> dict[str, QuestionAnswer]:
    return dict(example(PUBLISHED).assessment.answers)


def test_the_published_case_to_mature(walsall: dict[str, QuestionAnswer]) -> None:
    """H and J stand at Incomplete and six themes at Follower or Mature; the sum has to come to twenty."""
    found = route(PUBLIC, walsall, MATURE, Wishes())
    assert isinstance(found, Route)
    before = score(PUBLIC, walsall, Column.PRESENT).overall
    assert (before.level, found.reached.overall.level) == (FOLLOWER, MATURE)
    assert found.reached.overall.total == 20
    assert found.cost == len(found.actions)


def test_missed_duties_come_first_unless_told_otherwise() -> None:
    """All but the first question at the top: the average alone would leave the missed duty."""
    answers = everywhere(PUBLIC, -1, -1)
    answers["A1"] = QuestionAnswer(0, 0)
    lawful, plain = (route(PUBLIC, answers, LEADER, Wishes(legal_first=first)) for first in (True, False))
    assert isinstance(lawful, Route)
    assert isinstance(plain, Route)
    assert ([one.step.id for one in lawful.actions], lawful.cost) == (["ACT-A-F1"], Decimal(1))
    assert lawful.actions[0].reason.startswith("A1 misses a legal minimum: ")
    assert lawful.reached.legal_minimum.state is LegalState.MET
    assert (plain.actions, plain.reached.legal_minimum.missed) == ((), ("A1",))


def test_what_is_dear_is_gone_round(walsall: dict[str, QuestionAnswer]) -> None:
    usual = route(PUBLIC, walsall, MATURE, Wishes())
    assert isinstance(usual, Route)
    dear = usual.actions[0].step.id
    other = route(PUBLIC, walsall, MATURE, Wishes(costs={dear: Decimal(1_000)}, legal_first=False))
    assert isinstance(other, Route)
    assert dear not in {one.step.id for one in other.actions}


def test_unanswered_questions_are_named_where_they_are_in_the_way() -> None:
    answers = everywhere(PUBLIC, -1, -1)
    for code in ("A1", "B1", "C1"):
        answers[code] = QuestionAnswer()
    assert isinstance(route(PUBLIC, answers, MATURE, Wishes()), Route)  # seven themes at Innovator are enough
    assert str(route(PUBLIC, answers, LEADER, Wishes())) == (
        "Overall Leader cannot be reached while three questions are not answered: A1, B1 and C1."
        " Answer what is missing, then ask again."
    )


def test_contradictions_are_told(walsall: dict[str, QuestionAnswer]) -> None:
    barred = Wishes(needed=frozenset({"ACT-B-L2"}), barred=frozenset({"ACT-B-L2"}))
    assert str(route(PUBLIC, walsall, MATURE, barred)) == (
        "“Train the officers who work on social value and give them the time and tools to carry out the strategy.”"
        " (ACT-B-L2) is to be done in any case and left out at once. Allow what is left out, or do without the other."
    )
    all_of_j = frozenset(step.id for step in PUBLIC.questions[-1].steps)
    found = route(PUBLIC, everywhere(PUBLIC, 0, 0), INNOVATOR, Wishes(barred=all_of_j))
    assert str(found).startswith("Overall Innovator cannot be reached without ")


def test_the_frontier_rises(walsall: dict[str, QuestionAnswer]) -> None:
    points = frontier(PUBLIC, walsall, Wishes(legal_first=False))
    assert points[0].cost == 0
    assert [point.reached.overall.total for point in points][-1] == PUBLIC.top_level * len(PUBLIC.themes)
    known = dict(example(INVENTED).assessment.answers)
    assert frontier(PUBLIC, known, Wishes())[-1].reached.overall.level == INNOVATOR
