"""When work runs, what waits for what, and which work decides when a programme ends.

A piece of work runs from its start to its due day; one without a start takes no time before its due day, one without a
due day is not on the timeline. *Slack* is how many days it may slip before anything that waits for it, or the end of
all work, slips too; what has none is *critical* (critical path method, BS 6079 and PMBOK 6.5).
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.maturity.answers import Answers, Column
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.route import after
from commonweal.core.maturity.rules import score
from commonweal.core.programme.models import WorkItem
from commonweal.core.programme.work import WorkState


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of work on the timeline.

    `slack` in days; `clashes` are the ids of what it waits for that ends after its start.
    """

    item: WorkItem
    start: datetime.date
    due: datetime.date
    slack: int
    clashes: tuple[UUID, ...]

    @property
    def is_critical(self) -> bool:
        """Whether the end of all work slips with it."""
        return self.slack <= 0


def timeline(work: Sequence[WorkItem]) -> tuple[Bar, ...]:
    """The work that has a due day and was not dropped, in order of start and due days."""
    shown = [item for item in work if item.due is not None and item.state is not WorkState.DROPPED]
    spans = {item.id: _span(item) for item in shown}
    if not spans:
        return ()
    latest = _latest_ends(shown, spans)
    bars = []
    for item in shown:
        start, due = spans[item.id]
        clashes = tuple(id_ for id_ in item.waits_for if id_ in spans and spans[id_][1] > start and start < due)
        bars.append(Bar(item, start, due, (latest[item.id] - due).days, clashes))
    return tuple(sorted(bars, key=lambda bar: (bar.start, bar.due, bar.item.number)))


def _span(item: WorkItem) -> tuple[datetime.date, datetime.date]:
    due = item.due or datetime.date.max
    return (min(item.start, due) if item.start else due, due)


def _latest_ends(
    shown: Sequence[WorkItem], spans: Mapping[UUID, tuple[datetime.date, datetime.date]]
) -> dict[UUID, datetime.date]:
    """By id, the last day on which work may end without moving what waits for it or the end of everything."""
    end = max(due for _, due in spans.values())
    waits_for = {item.id: [id_ for id_ in item.waits_for if id_ in spans] for item in shown}
    open_ = Counter(id_ for needed in waits_for.values() for id_ in needed)
    found = dict.fromkeys(spans, end)
    free = [id_ for id_ in spans if not open_[id_]]
    while free:  # what nothing waits for first, so that each is settled once
        id_ = free.pop()
        start = found[id_] - (spans[id_][1] - spans[id_][0])
        for needed in waits_for[id_]:
            found[needed] = min(found[needed], start)
            open_[needed] -= 1
            if not open_[needed]:
                free.append(needed)
    return found


@dataclass(frozen=True, slots=True)
class Gate:
    """The day on which, if everything is done as dated, a new overall level (a position) is reached."""

    on: datetime.date
    level: int


def gates(index: Index, answers: Answers, work: Sequence[WorkItem]) -> tuple[Gate, ...]:
    """The levels that work brings by its due days, counted from answers for now; in order of time."""
    level = score(index, answers, Column.PRESENT).overall.level
    found, current = [], dict(answers)
    steps = {step.id: step for question in index.questions for step in question.steps}
    dated = [item for item in work if item.due and item.step in steps and not item.state.is_over]
    for item in sorted(dated, key=lambda item: (item.due or datetime.date.max, item.number)):
        current = after(current, [steps[item.step]])
        reached = score(index, current, Column.PRESENT).overall.level
        if reached is not None and item.due and (level is None or reached > level):
            found.append(Gate(item.due, reached))
            level = reached
    return tuple(found)
