"""What the pages of programmes show, as strings."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.maturity.models import Index, Question
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import ColumnScore
from commonweal.core.programme.models import Programme, Tally, WorkItem, in_year
from commonweal.core.programme.position import PositionMove
from commonweal.core.programme.tally_words import tally_sentence
from commonweal.core.programme.work import ProgrammeState, WorkState
from commonweal.core.words import counted, days, long_date, pounds
from commonweal.services.queries.position import Standing
from commonweal.web.components.addresses import address


def answer_texts(question: Question, move: PositionMove) -> tuple[str, str]:
    """The answers before and after a move, in the index's words."""
    return question.answers[move.before].text, question.answers[move.after].text


def overall_lines(stands: Standing) -> list[tuple[str, str, str]]:
    """Where the organisation stands as a whole: a head, and what belongs under it in large letters and in small."""
    index = stands.round.index
    columns = (
        ("Baseline", stands.baseline.present),
        ("Now", stands.current.present),
        ("Target", stands.baseline.future),
    )
    return [(head, *_overall_line(index, column)) for head, column in columns]


def _overall_line(index: Index, column: ColumnScore) -> tuple[str, str]:
    """Three stand beside each other, so that the mean is said in two words."""
    rule, mean = rule_of(index), column.overall.mean
    large, small = rule.overall_line(index, column)
    return large, small if mean is None else f"average {mean:g}"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A piece of work as lists show it."""

    number: int
    title: str
    address: str
    state: str
    state_class: str
    owner: str
    department: str
    due: str
    is_overdue: bool
    is_milestone: bool
    cost: str
    topic: str
    footnote: str
    parts: str


_CLASSES = {
    WorkState.PROPOSED: "govuk-tag--grey",
    WorkState.AGREED: "govuk-tag--grey",
    WorkState.UNDER_WAY: "govuk-tag--blue",
    WorkState.BLOCKED: "govuk-tag--yellow",
    WorkState.CLAIMED: "govuk-tag--blue",
    WorkState.CONFIRMED: "govuk-tag--teal",
    WorkState.DROPPED: "govuk-tag--grey",
}


Parts = Mapping[UUID, tuple[int, int]]
"""How many parts are over, and how many there are, by the id of what they are parts of."""
NO_PARTS: Parts = {}


def work_row(item: WorkItem, all_parts: Parts, today: datetime.date) -> WorkRow:
    """One piece of work, with how many of its parts are over."""
    done, parts = all_parts.get(item.id, (0, 0))
    return WorkRow(
        number=item.number,
        title=item.title,
        address=address("work", item.id),
        state=item.state.label,
        state_class=_CLASSES[item.state],
        owner=item.owner or item.role,
        department=item.department,
        due=long_date(item.due) if item.due else "",
        is_overdue=item.is_overdue(today),
        is_milestone=item.is_milestone,
        cost=pounds(item.cost),
        topic=item.topic,
        footnote=item.footnote,
        parts=f"{done} of {counted(parts, 'part')} done" if parts else "",
    )


@dataclass(frozen=True, slots=True)
class GridRow:
    """A group with its work by year: the cells stand in the order of the columns."""

    title: str
    objective: str
    cells: tuple[tuple[WorkRow, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Groups by years; the last column, for work without a year, is there only if something stands in it."""

    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]


def grid(programme: Programme, shown: Sequence[WorkItem], parts: Parts, today: datetime.date) -> Grid:
    """The grid of principles or themes and years."""
    years: list[int | None] = list(range(1, programme.years + 1))
    if any(item.year is None for item in shown):
        years.append(None)
    rows = []
    for group in programme.groups:
        own = [item for item in shown if item.group == group.number]
        if own:
            cells = tuple(tuple(work_row(item, parts, today) for item in in_year(own, year)) for year in years)
            rows.append(GridRow(group.title, group.objective, cells))
    return Grid(tuple("No year" if year is None else f"Year {year}" for year in years), tuple(rows))


def money_sentence(tally: Tally) -> str:
    """What it costs, and how much of it is not known."""
    if tally.uncosted == tally.total:
        return "No cost has been entered yet."
    rest = f"; {counted(tally.uncosted, 'piece')} of work without a cost yet" if tally.uncosted else ""
    effort = f" and {days(tally.effort_days)} of work" if tally.effort_days else ""
    return f"{pounds(tally.cost)}{effort}{rest}."


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme in the list of an organisation."""

    id: UUID
    title: str
    years: str
    state: str
    progress: str


def programme_row(
    id_: UUID, title: str, starts_on: datetime.date, ends_on: datetime.date, state: ProgrammeState, tally: Tally
) -> ProgrammeRow:
    """A line of the list."""
    return ProgrammeRow(
        id_, title, f"{long_date(starts_on)} to {long_date(ends_on)}", state.label, tally_sentence(tally)
    )
