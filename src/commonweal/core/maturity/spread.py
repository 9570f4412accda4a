"""Departments that answer the same index, rolled up: where they stand together, and how far they lie apart.

Together they stand where the mean of their levels is, cut down to a whole level as the mean of the themes of one
organisation is (scoring.py): the rule of the index, one floor higher. The lowest and the highest stand beside it, since
a mean alone hides whom to help and whom to learn from. Only departments that answered all of it are counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commonweal.core.maturity.models import Index, Theme
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import ColumnScore, Overall, ThemeScore


@dataclass(frozen=True, slots=True)
class DepartmentScores:
    """A department by name, with what both columns of one round come to, and whether any of it is an estimate."""

    name: str
    present: ColumnScore
    future: ColumnScore
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """A theme in one column over departments.

    `at` has for each level the names of the departments that stand there; where statements are counted, those with as
    many that are well rated. `counts` has for each level how many departments stand there, or how many statements of
    all departments. `unknown` have not answered all of it, and for `out` no question applies.
    """

    at: tuple[tuple[str, ...], ...]
    counts: tuple[int, ...]
    unknown: tuple[str, ...]
    out: tuple[str, ...]

    @property
    def known(self) -> int:
        """How many departments are counted."""
        return sum(map(len, self.at))

    @property
    def together(self) -> Overall:
        """The sum of their places and their number: its level is the mean, cut down."""
        return Overall(sum(place * len(names) for place, names in enumerate(self.at)), self.known)

    @property
    def lowest(self) -> int | None:
        """The lowest place where somebody stands; None where nobody is counted."""
        return next((place for place, names in enumerate(self.at) if names), None)

    @property
    def highest(self) -> int | None:
        """The highest place where somebody stands; None where nobody is counted."""
        return next((len(self.at) - 1 - back for back, names in enumerate(reversed(self.at)) if names), None)

    @property
    def width(self) -> int:
        """How many places lie between the lowest and the highest."""
        return 0 if self.lowest is None or self.highest is None else self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class ThemeSpread:
    """A theme over departments, now and in the target."""

    theme: Theme
    now: Spread
    then: Spread


def spreads(index: Index, departments: Sequence[DepartmentScores]) -> tuple[ThemeSpread, ...]:
    """Each theme of an index over departments that answer it, in a version with the same levels."""
    present = [(one.name, _by_code(one.present)) for one in departments]
    future = [(one.name, _by_code(one.future)) for one in departments]
    return tuple(
        ThemeSpread(
            theme,
            _spread(index, [(name, scores.get(theme.code)) for name, scores in present]),
            _spread(index, [(name, scores.get(theme.code)) for name, scores in future]),
        )
        for theme in index.themes
    )


def _by_code(column: ColumnScore) -> dict[str, ThemeScore]:
    """The themes of a column; versions of an index may have others, or have them in another order."""
    return {score.theme.code: score for score in column.themes}


def together(columns: Iterable[ColumnScore]) -> Overall:
    """What departments come to together in one column: the mean of all levels of their themes, or their statements.

    A department that has not answered all of it is left out.
    """
    known = [one.overall for one in columns if not one.unanswered]
    return Overall(
        sum(one.total for one in known),
        sum(one.themes for one in known),
        tuple(map(sum, zip(*(one.counts for one in known if one.counts), strict=True))),
    )


def _spread(index: Index, scores: Sequence[tuple[str, ThemeScore | None]]) -> Spread:
    rule = rule_of(index)
    most = max((sum(score.counts) for _, score in scores if score), default=0)
    places = len(index.levels) if rule.has_levels else 1 + most
    at: list[list[str]] = [[] for _ in range(places)]
    counts = [0] * len(index.levels)
    unknown, out = [], []
    for name, score in scores:
        if score is None or score.unanswered:
            unknown.append(name)
        elif score.level is None if rule.has_levels else not sum(score.counts):
            out.append(name)
        elif rule.has_levels and score.level is not None:
            at[score.level].append(name)
            counts[score.level] += 1
        else:
            at[rule.well_rated(score)].append(name)
            counts = [sum(pair) for pair in zip(counts, score.counts, strict=True)]
    return Spread(tuple(map(tuple, at)), tuple(counts), tuple(unknown), tuple(out))
