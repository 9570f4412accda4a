"""What the page of the two sides shows, as strings."""

from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.core.maturity.mirror import Facing, Mirror, facing, levels_of
from commonweal.core.maturity.models import Index
from commonweal.core.words import counted, listed, sentence_case, signed
from commonweal.services.queries.assessments import Round
from commonweal.services.queries.sides import SideLine
from commonweal.standards.catalogue import load_index
from commonweal.standards.mirrors import mirrors

_FAR = 2
"""From how many levels between the two sides it is told."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The two sides: sentences, the heads of the table, a row for each matter, and where the pairs come from."""

    sentences: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    confidence: str


def beside(own: Round, shown: Sequence[SideLine]) -> Beside | None:
    """The organisation beside the suppliers that show where they stand; None where no index of theirs faces its own."""
    mirror = next((one for one in mirrors() if one.first == own.index.id), None)
    facing_ = [one for one in shown if mirror and one.shown and one.shown.index.partition("@")[0] == mirror.second]
    if mirror is None or not facing_:
        return None
    levels = [one.shown.now for one in facing_ if one.shown]
    found = facing(mirror, levels_of(own.results().present), levels)
    other = load_index(mirror.second)
    return Beside(
        sentences=tuple(_sentences(found, len(facing_))),
        heads=("Matter", "You", "Your suppliers together", "Apart", *(one.label for one in facing_)),
        rows=tuple((one.pair.title, _cells(mirror, own.index, other, one)) for one in found),
        confidence=mirror.confidence,
    )


def _cells(mirror: Mirror, index: Index, other: Index, one: Facing) -> tuple[str, ...]:
    codes = f" ({', '.join(one.pair.first)})"
    return (
        f"{_level(index, one.first)}{codes}",
        f"{_level(other, one.together)} ({', '.join(one.pair.second)})",
        signed(one.apart) if one.apart is not None else "",
        *(_level(other, level) for level in one.second),
    )


def _level(index: Index, level: int | None) -> str:
    return "Not known" if level is None else index.levels[level].label


def _sentences(found: Sequence[Facing], suppliers: int) -> list[str]:
    """Where the sides lie far apart, in words."""
    said = [f"{sentence_case(counted(suppliers, 'supplier'))} of yours {'shows' if suppliers == 1 else 'show'} it."]
    ahead = [one.pair.title for one in found if one.apart is not None and one.apart >= _FAR]
    behind = [one.pair.title for one in found if one.apart is not None and one.apart <= -_FAR]
    if ahead:
        said.append(f"You ask for more than they are ready for, by two levels or more: {listed(ahead)}.")
    if behind:
        said.append(f"They are ready for more than you ask, by two levels or more: {listed(behind)}.")
    if not ahead and not behind:
        said.append("Nowhere do the two sides lie two levels apart.")
    return said
