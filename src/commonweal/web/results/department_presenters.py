"""What the page of departments shows, as strings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import ColumnScore, ThemeScore
from commonweal.core.maturity.spread import DepartmentScores, together
from commonweal.services.indexes import held_index
from commonweal.services.queries.round_heads import RoundHead, Scores
from commonweal.web.components.addresses import address


@dataclass(frozen=True, slots=True)
class Cell:
    """A theme of a department: a few letters where there is little room, and the words in full."""

    short: str
    words: str


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department with its round: overall, and theme by theme."""

    name: str
    address: str
    now: str
    target: str
    cells: tuple[Cell, ...]


def department_rows(index: Index, heads: Sequence[RoundHead], found: Sequence[DepartmentScores]) -> list[DepartmentRow]:
    """The departments by name."""
    rule = rule_of(index)
    return [
        DepartmentRow(
            name=one.name,
            address=address("task-list" if one.present.unanswered else "results", head.id),
            now=_overall(index, one.present) + guess,
            target=_overall(index, one.future) + guess,
            cells=tuple(_cell(index, score, has_levels=rule.has_levels) for score in one.present.themes),
        )
        for head, one in zip(heads, found, strict=True)
        for guess in [", estimate" if one.is_estimated else ""]
    ]


def _overall(index: Index, column: ColumnScore) -> str:
    if column.unanswered:
        return "Not known yet"
    return rule_of(index).label(index, column.overall)


def _cell(index: Index, score: ThemeScore, *, has_levels: bool) -> Cell:
    words = rule_of(index).theme_words(index, score)
    if not has_levels:
        return Cell(f"{rule_of(index).well_rated(score)}/{sum(score.counts)}", words)
    if score.unanswered:
        return Cell("?", words)
    return Cell("n/a" if score.level is None else index.levels[score.level].label[:3], words)


@dataclass(frozen=True, slots=True)
class OverTime:
    """Departments down, rounds across, oldest first; the last row is all of them together."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    together: tuple[str, ...]


def over_time(heads: Sequence[RoundHead], scores: Mapping[UUID, Scores]) -> OverTime:
    """Where each department stood overall in each round; `heads` has the latest first."""
    latest: dict[tuple[str, str], RoundHead] = {}
    for one in heads:
        latest.setdefault((one.department, one.name), one)
    names = tuple(reversed(dict.fromkeys(one.name for one in heads)))
    indexes = {reference: held_index(reference) for reference in {one.index for one in heads}}
    departments = sorted({one.department for one in heads})

    def said(department: str, name: str) -> str:
        found = latest.get((department, name))
        return "" if found is None else _overall(indexes[found.index], scores[found.id].present)

    index = indexes[heads[0].index]
    return OverTime(
        names=names,
        rows=tuple((one, tuple(said(one, name) for name in names)) for one in departments),
        together=tuple(
            _together(index, [scores[head.id].present for (_, of), head in latest.items() if of == name])
            for name in names
        ),
    )


def _together(index: Index, columns: Sequence[ColumnScore]) -> str:
    found = together(columns)
    return rule_of(index).label(index, found) if found.themes or sum(found.counts) else "Not known yet"
