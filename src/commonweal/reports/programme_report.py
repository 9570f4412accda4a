"""What is known of a programme when a document is made of it, and its parts in words."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from commonweal.core.maturity.results import Results
from commonweal.core.programme.models import Programme, WorkItem, tally
from commonweal.core.programme.progress import DoneOn, Progress
from commonweal.core.programme.tally_words import tally_sentence
from commonweal.core.programme.work import WorkState
from commonweal.core.words import counted, listed, long_date, pounds


@dataclass(frozen=True, slots=True)
class ProgrammeReport:
    """A programme with all that its documents tell. Levels are in words; `levels` are rows of day, planned, reached.

    `stands` pairs Baseline, Now and Target with a level; empty where no assessment is the baseline. `years` is what was
    agreed in words by year, `paper` the fields of a committee paper, `added_on` the day on which work was added,
    `serves` and `links` what stands beside each piece of work.
    """

    organisation: str
    round: str
    programme: Programme
    progress: Progress
    done_on: DoneOn
    stands: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str, str], ...]
    years: Mapping[int, str]
    paper: Mapping[str, str]
    added_on: Mapping[UUID, datetime.date]
    dropped_on: Mapping[UUID, datetime.date]
    blocked_on: Mapping[UUID, datetime.date]
    """The day on which work that is blocked was."""
    due_before: Mapping[UUID, tuple[tuple[datetime.date, datetime.date | None], ...]]
    """Each day on which the due day of work was changed, with what it had been until then, the first first."""
    serves: Mapping[UUID, tuple[str, ...]]
    links: Mapping[UUID, tuple[str, ...]]
    questions: Mapping[str, str]
    """The question behind each action of the index, by the action's id."""
    made_on: datetime.date
    standing: tuple[Results, Results] | None = None
    """The results now and at the baseline, where an assessment is the baseline."""
    level_on: Callable[[datetime.date], str] = lambda _: ""
    """The overall level by the end of a day, in words; empty where no assessment is the baseline."""

    @property
    def whole(self) -> list[WorkItem]:
        """The work that is no part of other work."""
        return [item for item in self.programme.work if item.parent is None]

    @property
    def summary(self) -> list[str]:
        """How it goes, in a few sentences."""
        told = self.progress
        count = tally(self.programme.work, self.made_on)
        found = [tally_sentence(count)]
        if self.stands:
            found.append(f"{listed([f'{name}: {level}' for name, level in self.stands])}.")
        if told.today.planned:
            found.append(
                f"By {long_date(self.made_on)}, {counted(told.today.planned, 'piece')} of work had to be done;"
                f" {counted(told.today.done or 0, 'piece')} {'is' if told.today.done == 1 else 'are'}."
            )
        if told.forecast:
            pace = "At this pace everything is done" if told.today.done else "Nothing is done yet; open work is due"
            found.append(f"{pace} by {long_date(told.forecast)}.")
        agreed = [one.agreed for one in told.money if one.agreed is not None]
        spent = sum((one.spent for one in told.money), Decimal())
        if agreed:
            found.append(f"Of {pounds(sum(agreed, Decimal()))} agreed, {pounds(spent)} is spent.")
        elif spent:
            found.append(f"{pounds(spent)} is spent.")
        return found

    def late(self) -> list[WorkItem]:
        """Work that is overdue."""
        return [item for item in self.whole if item.is_overdue(self.made_on)]

    def in_state(self, *states: WorkState) -> list[WorkItem]:
        """Work in one of some states, the soonest first."""
        return in_order(item for item in self.whole if item.state in states)

    def milestones(self) -> list[WorkItem]:
        """Milestones that were not dropped, the soonest first."""
        return in_order(item for item in self.whole if item.is_milestone and item.state is not WorkState.DROPPED)


def in_order(work: Iterable[WorkItem]) -> list[WorkItem]:
    """Work by its due days, what has none last."""
    return sorted(work, key=lambda item: (item.due or datetime.date.max, item.number))


def who(item: WorkItem) -> str:
    """Who does it."""
    return item.owner or item.role or item.department or "Nobody yet"


def due(item: WorkItem) -> str:
    """When it is due, in words."""
    return long_date(item.due) if item.due else ""
