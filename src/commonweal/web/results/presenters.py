"""What the results pages show, as strings."""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.maturity.comparison import ComparedRound, Comparison, compare
from commonweal.core.maturity.crosswalk import Suggestion
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.round_change import round_change
from commonweal.core.maturity.rules import rule_of
from commonweal.core.words import counted, long_date, sentence_case
from commonweal.reports.round_words import step_rows
from commonweal.services.queries.assessments import Round
from commonweal.web.components.addresses import address
from commonweal.web.components.figures import Lanes, lanes_figure


@dataclass(frozen=True, slots=True)
class Way:
    """A step that the next level needs."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme on the results page: what holds it, what the next level needs, and where to try other answers."""

    title: str
    held: str
    next_level: str
    steps: tuple[Way, ...]
    address: str


def result_rows(round_: Round, results: Results) -> list[ThemeRow]:
    """The themes in order."""
    return [
        ThemeRow(
            title=f"{row.theme.code} {row.theme.title}",
            held=row.held_sentence,
            next_level=results.index.levels[row.next_level.level].label if row.next_level else "",
            steps=tuple(Way(step.question, step.text) for step in row.next_level.steps) if row.next_level else (),
            address=address("theme", round_.id, row.theme.code),
        )
        for row in results.themes
    ]


def compared(round_: Round) -> ComparedRound:
    """A round as comparisons take it."""
    return ComparedRound(round_.name, round_.given.date or datetime.date.min, round_.results(), round_.is_baseline)


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """The rounds of one index: columns, rows, and a small figure a round."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    step_heads: tuple[str, ...]
    steps: tuple[tuple[str, tuple[str, ...]], ...]
    """From each round to the next: what moved, what was done, what became of targets."""
    figures: tuple[tuple[str, Lanes], ...]
    is_single: bool
    latest: UUID


def comparisons(rounds: Sequence[Round]) -> list[ComparisonPage]:
    """Rounds side by side, those of each index on their own."""
    by_index = defaultdict(list)
    for one in rounds:
        by_index[one.series].append(one)
    return [_page(own) for own in by_index.values()]


def _page(rounds: Sequence[Round]) -> ComparisonPage:
    comparison = compare([compared(one) for one in reversed(rounds)])
    index = comparison.rounds[-1].results.index
    theme = sentence_case(rule_of(index).names.theme)
    return ComparisonPage(
        title=f"{index.title}, edition for {index.edition}",
        heads=(
            theme,
            *(_head(one) for one in comparison.rounds),
            "Target",
            "Change" if comparison.since == 0 else f"Change since {comparison.rounds[comparison.since].name}",
        ),
        rows=_rows(comparison),
        step_heads=("", *(_step_head(one, rounds) for one in comparison.rounds[1:])),
        steps=step_rows([round_change(*pair) for pair in itertools.pairwise(comparison.rounds)]),
        figures=tuple(
            (_head(one), lanes_figure(one.results, f"round-{number}"))
            for number, one in enumerate(comparison.rounds, 1)
        ),
        is_single=len(comparison.rounds) == 1,
        latest=rounds[0].id,
    )


def _step_head(one: ComparedRound, rounds: Sequence[Round]) -> str:
    """A round as a step, which says so where it came of moving to another version: then little else has changed."""
    moved = any(round_.name == one.name and round_.moved_from for round_ in rounds)
    return f"{_head(one)} (moved to version {one.results.index.version})" if moved else _head(one)


def _head(one: ComparedRound) -> str:
    return one.name if one.date == datetime.date.min else f"{one.name}, {long_date(one.date)}"


def _rows(comparison: Comparison) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = [(f"{row.theme.code} {row.theme.title}", (*row.levels, row.target, row.change)) for row in comparison.themes]
    return (*rows, ("Overall", (*comparison.overall, comparison.overall_target, "")))


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """A statement beside the theme that says something of it."""

    id: str
    title: str
    theme: str
    rated: str
    suggested: str
    differs: int
    verdict: str
    statement_address: str
    theme_address: str


def crosswalk_rows(
    found: Sequence[Suggestion], index: Index, themes: Round, statements: Round | None
) -> list[CrosswalkRow]:
    """The statements in the order of the crosswalk, with what differs in words."""
    return [_crosswalk_row(one, index, themes, statements) for one in found]


def _crosswalk_row(one: Suggestion, index: Index, themes: Round, statements: Round | None) -> CrosswalkRow:
    rated = "" if one.rated is None else index.levels[one.rated].label
    suggested = "" if one.suggested is None else index.levels[one.suggested].label
    estimate = " (estimate)" if one.is_estimate and suggested else ""
    side = "higher" if one.differs > 0 else "lower"
    agrees = "agree" if rated and suggested else ""
    return CrosswalkRow(
        id=one.statement.id,
        title=one.statement.title,
        theme=f"{one.theme.code} {one.theme.title}",
        rated=rated,
        suggested=f"{suggested}{estimate}" if suggested else sentence_case(one.reason),
        differs=one.differs,
        verdict=f"rated {counted(abs(one.differs), 'level')} {side}" if one.differs else agrees,
        statement_address=address("theme", statements.id, one.statement.theme) if statements else "",
        theme_address=address("theme", themes.id, one.theme.code),
    )
