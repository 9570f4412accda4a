"""What may slip, what decides the end, and when a level is reached."""

import datetime
from dataclasses import replace
from uuid import UUID

from tests.cases import PUBLISHED, example

from commonweal.core.maturity.route import route
from commonweal.core.maturity.theme_levels import Wishes
from commonweal.core.programme.models import WorkItem
from commonweal.core.programme.timeline import Gate, gates, timeline
from commonweal.core.programme.work import WorkState
from commonweal.standards.catalogue import load_index

PUBLIC = load_index("svmi-public")
DAY = datetime.date


def _item(number: int, start: datetime.date | None, due: datetime.date | None, *needs: int, step: str = "") -> WorkItem:
    ids = tuple(UUID(int=one) for one in needs)
    return WorkItem(
        UUID(int=number), number, 1, f"Work {number}", WorkState.AGREED, start=start, due=due, needs=ids, step=step
    )


def test_slack_and_the_critical_path() -> None:
    """1 -> 2 -> 4 takes until the end; 3 beside 2 may slip by what it is shorter."""
    work = [
        _item(1, DAY(2027, 1, 1), DAY(2027, 1, 31)),
        _item(2, DAY(2027, 1, 31), DAY(2027, 3, 2), 1),
        _item(3, DAY(2027, 1, 31), DAY(2027, 2, 10), 1),
        _item(4, DAY(2027, 3, 2), DAY(2027, 3, 31), 2, 3),
        _item(5, None, DAY(2027, 2, 1)),
        _item(6, DAY(2027, 1, 1), None),
    ]
    bars = {bar.item.number: bar for bar in timeline(work)}
    assert sorted(bars) == [1, 2, 3, 4, 5]
    assert {number: bar.slack for number, bar in bars.items()} == {1: 0, 2: 0, 3: 20, 4: 0, 5: 58}
    assert [bar.item.number for bar in timeline(work) if bar.is_critical] == [1, 2, 4]
    turned = [replace(item, needs=item.needs[::-1]) for item in work]
    for order in (work, turned, work[::-1], turned[::-1]):  # whichever comes first
        assert {bar.item.number: bar.slack for bar in timeline(order)} == {1: 0, 2: 0, 3: 20, 4: 0, 5: 58}
    assert not any(bar.clashes for bar in bars.values())


def test_work_that_starts_before_what_it_waits_for_ends() -> None:
    work = [_item(1, DAY(2027, 1, 1), DAY(2027, 2, 1)), _item(2, DAY(2027, 1, 15), DAY(2027, 3, 1), 1)]
    assert [bar.clashes for bar in timeline(work)] == [(), (UUID(int=1),)]
    assert timeline([]) == ()


def test_a_chain_of_two_thousand_is_no_matter() -> None:
    first = DAY(2027, 1, 1)
    work = [
        _item(n, first + datetime.timedelta(n), first + datetime.timedelta(n + 1), *([n - 1] if n > 1 else []))
        for n in range(1, 2001)
    ]
    assert all(bar.is_critical for bar in timeline(work))


def test_levels_are_reached_when_their_work_is_done() -> None:
    """The eight cheapest actions, a month each: Mature with the last of them."""
    answers = dict(example(PUBLISHED).assessment.answers)
    way = route(PUBLIC, answers, 2, Wishes())
    work = [
        _item(n, None, DAY(2027, n, 1), step=one.step.id)
        for n, one in enumerate(way.actions, 1)  # type: ignore[union-attr]
    ]
    assert gates(PUBLIC, answers, work) == (Gate(DAY(2027, 8, 1), 2),)
    assert gates(PUBLIC, answers, work[:-1]) == ()
