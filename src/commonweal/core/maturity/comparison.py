"""Rounds of one organisation side by side."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.core.maturity.models import Theme
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.rules import overall_words, rule_of
from commonweal.core.maturity.scoring import ColumnScore
from commonweal.core.words import signed


@dataclass(frozen=True, slots=True)
class ComparedRound:
    """A round as a column: its name and day, its results, and whether later ones are measured by it."""

    name: str
    date: datetime.date
    results: Results
    is_baseline: bool = False


@dataclass(frozen=True, slots=True)
class ComparedTheme:
    """A theme as a row: the level in each round in words, the latest target, and levels won since the baseline."""

    theme: Theme
    levels: tuple[str, ...]
    positions: tuple[int | None, ...]
    target: str
    change: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rounds in order of time, with a row for each theme and one for the overall level."""

    rounds: tuple[ComparedRound, ...]
    themes: tuple[ComparedTheme, ...]
    overall: tuple[str, ...]
    overall_target: str
    since: int
    """The place of the round by which the others are measured: the latest baseline, or the first round."""


def compare(rounds: Sequence[ComparedRound]) -> Comparison:
    """Rounds of the same index side by side, oldest first. There is at least one."""
    ordered = tuple(sorted(rounds, key=lambda one: one.date))
    latest = ordered[-1].results
    since = max((place for place, one in enumerate(ordered) if one.is_baseline), default=0)
    return Comparison(
        rounds=ordered,
        themes=tuple(_theme(ordered, theme, since) for theme in latest.index.themes),
        overall=tuple(_overall(one.results, one.results.present) for one in ordered),
        overall_target=_overall(latest, latest.future),
        since=since,
    )


def _theme(rounds: Sequence[ComparedRound], theme: Theme, since: int) -> ComparedTheme:
    if not rule_of(rounds[-1].results.index).has_levels:
        return _counted_theme(rounds, theme, since)
    scores = [next((row for row in one.results.themes if row.theme.code == theme.code), None) for one in rounds]
    positions = tuple(None if row is None or row.now.unanswered else row.present for row in scores)
    known = [position for position in positions[since:] if position is not None]
    levels = rounds[-1].results.index.levels
    last = scores[-1]
    target = None if last is None or last.then.unanswered else last.future
    return ComparedTheme(
        theme=theme,
        levels=tuple("Not known" if position is None else levels[position].label for position in positions),
        positions=positions,
        target="Not known" if target is None else levels[target].label,
        change=signed(known[-1] - known[0]) if len(known) > 1 and positions[-1] is not None else "",
    )


def _counted_theme(rounds: Sequence[ComparedRound], theme: Theme, since: int) -> ComparedTheme:
    """A theme whose statements are counted: how many are well rated in each round, and how many more by now."""
    index = rounds[-1].results.index
    rule = rule_of(index)
    found = [next((row for row in one.results.themes if row.theme.code == theme.code), None) for one in rounds]
    well = [None if row is None or row.now.unanswered else rule.well_rated(row.now) for row in found]
    known = [count for count in well[since:] if count is not None]
    last = found[-1]
    return ComparedTheme(
        theme=theme,
        levels=tuple("Not known" if row is None else rule.theme_words(index, row.now) for row in found),
        positions=(None,) * len(rounds),
        target="Not known" if last is None else rule.theme_words(index, last.then),
        change=signed(known[-1] - known[0]) if len(known) > 1 and well[-1] is not None else "",
    )


def _overall(results: Results, column: ColumnScore) -> str:
    final = ", not final" if column.unanswered and (column.overall.counts or column.overall.level is not None) else ""
    return f"{overall_words(results.index, column.overall)}{final}"
