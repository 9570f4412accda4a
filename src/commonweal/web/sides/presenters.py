"""What the page of the two sides shows, as strings."""

from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.core.maturity.mirror import Facing, Mirror, facing, levels_of
from commonweal.core.maturity.models import Index
from commonweal.core.words import listed, number, sentence_case, signed
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
    without: str
    """Which themes of one's own nothing faces."""


def beside(own: Round, shown: Sequence[SideLine]) -> Beside | None:
    """The organisation beside the suppliers that show where they stand; None where no index of theirs faces its own."""
    mirror = next((one for one in mirrors() if one.first == own.index.id), None)
    facing_ = [one for one in shown if mirror and one.shown and one.shown.index.partition("@")[0] == mirror.second]
    if mirror is None or not facing_:
        return None
    shows = [one.shown for one in facing_ if one.shown]
    own_results = own.results()
    found = facing(mirror, levels_of(own_results.present), [one.now for one in shows])
    aims = facing(mirror, levels_of(own_results.future), [one.target for one in shows])
    other = load_index(mirror.second)
    estimated = [f"{one.label} (estimate)" if one.shown and one.shown.is_estimated else one.label for one in facing_]
    return Beside(
        sentences=tuple(_sentences(found, len(facing_))),
        heads=("Matter", "You", "Your suppliers together", "You stand above (+) or below (−)", *estimated),
        rows=tuple(
            (one.pair.title, _cells(mirror, own.index, other, one, aim)) for one, aim in zip(found, aims, strict=True)
        ),
        confidence=mirror.confidence,
        without=_without(mirror, own.index),
    )


def _without(mirror: Mirror, index: Index) -> str:
    """The themes of one's own that nothing faces."""
    facing_codes = {code for pair in mirror.pairs for code in pair.first}
    found = [f"{theme.title} ({theme.code})" for theme in index.themes if theme.code not in facing_codes]
    return f"Nothing in the other edition faces {listed(found)}." if found else ""


def _cells(mirror: Mirror, index: Index, other: Index, one: Facing, aim: Facing) -> tuple[str, ...]:
    return (
        f"{_level(index, one.first)} ({', '.join(one.pair.first)})",
        f"{_level(other, one.together)} ({', '.join(one.pair.second)})",
        signed(one.apart) if one.apart is not None else "",
        *(_now_and_aim(other, *pair) for pair in zip(one.second, aim.second, strict=True)),
    )


def _now_and_aim(index: Index, now: int | None, target: int | None) -> str:
    aims = "" if target is None or target == now else f", aims for {_level(index, target)}"
    return f"{_level(index, now)}{aims}"


def _level(index: Index, level: int | None) -> str:
    return "Not known" if level is None else index.levels[level].label


def _sentences(found: Sequence[Facing], suppliers: int) -> list[str]:
    """Where the sides lie far apart, in words."""
    said = [
        "One of your suppliers shows where it stands."
        if suppliers == 1
        else f"{sentence_case(number(suppliers))} of your suppliers show where they stand."
    ]
    ahead = [one.pair.title for one in found if one.apart is not None and one.apart >= _FAR]
    behind = [one.pair.title for one in found if one.apart is not None and one.apart <= -_FAR]
    if ahead:
        said.append(f"You ask for more than they are ready for, by two levels or more: {listed(ahead)}.")
    if behind:
        said.append(f"They are ready for more than you ask, by two levels or more: {listed(behind)}.")
    if not ahead and not behind:
        said.append("Nowhere do the two sides lie two levels apart.")
    return said
