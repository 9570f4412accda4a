"""Two sides of one matter: themes of two indexes that stand across from each other, buyer and suppliers.

Both sides are read by positions of levels, which the two indexes share; a side with several themes stands where the
lowest of them does, as a theme stands where its lowest question does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonweal.core.maturity.scoring import ColumnScore

Levels = Mapping[str, int | None]
"""The position of each theme's level by its code; None where it is not known or does not apply."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Themes of the first and of the second index, by code, on one matter."""

    title: str
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mirror:
    """Two indexes by id, with the pairs of their themes; where it comes from, and how sure it is."""

    first: str
    second: str
    source: str
    confidence: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Facing:
    """A pair with where the first side stands, where each of the second does, and where those come to together.

    `together` is the mean of those that are known, cut down; `apart` is how many levels the first stands above it.
    """

    pair: Pair
    first: int | None
    second: tuple[int | None, ...]

    @property
    def together(self) -> int | None:
        """The mean of the second side, cut down to a whole level."""
        known = [level for level in self.second if level is not None]
        return sum(known) // len(known) if known else None

    @property
    def apart(self) -> int | None:
        """Levels by which the first side stands above the second; None where either is not known."""
        return None if self.first is None or self.together is None else self.first - self.together


def levels_of(column: ColumnScore) -> Levels:
    """Where each theme of a column stands; None where it is not fully answered, or where no question applies."""
    return {score.theme.code: None if score.unanswered else score.level for score in column.themes}


def facing(mirror: Mirror, first: Levels, second: Sequence[Levels]) -> tuple[Facing, ...]:
    """Each pair of a mirror, with one on the first side and any number on the second."""
    return tuple(
        Facing(pair, _lowest(first, pair.first), tuple(_lowest(levels, pair.second) for levels in second))
        for pair in mirror.pairs
    )


def _lowest(levels: Levels, codes: Sequence[str]) -> int | None:
    found = [levels.get(code) for code in codes]
    known = [level for level in found if level is not None]
    return min(known) if len(known) == len(found) and known else None
