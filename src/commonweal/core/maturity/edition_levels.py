"""Which differences in level between two editions come from the index, and which from the organisation."""

from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.core.maturity.answers import Assessment, Column
from commonweal.core.maturity.edition import Edition, carry_through
from commonweal.core.maturity.rules import score
from commonweal.core.maturity.scoring import ColumnScore


@dataclass(frozen=True, slots=True)
class LevelShift:
    """A level in three steps: before, the same answers by the later edition, and now. A part of it may not be known.

    From the first to the second is what the index changed; from the second to the third, what the organisation did.
    """

    name: str
    before: int | None
    carried: int | None
    now: int | None

    @property
    def by_index(self) -> int | None:
        """Levels that come from the index alone."""
        return _between(self.before, self.carried)

    @property
    def by_organisation(self) -> int | None:
        """Levels that come from what the organisation answers now."""
        return _between(self.carried, self.now)


def _between(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else second - first


def level_shifts(editions: Sequence[Edition], before: Assessment, now: Assessment) -> list[LevelShift]:
    """Each theme that both editions have, and the overall level last: what the index changed, and what was done.

    For indexes that have levels, with the present column of both assessments.
    """
    carried = carry_through(editions, before.answers).answers
    first = score(before.index, before.answers, Column.PRESENT)
    second = score(now.index, carried, Column.PRESENT)
    third = score(now.index, now.answers, Column.PRESENT)
    was = _levels(first)
    middle, is_ = _levels(second), _levels(third)
    shifts = [
        LevelShift(f"{theme.code} {theme.title}", was[theme.code], middle[theme.code], is_[theme.code])
        for theme in now.index.themes
        if theme.code in was
    ]
    return [*shifts, LevelShift("Overall", _overall(first), _overall(second), _overall(third))]


def _levels(column: ColumnScore) -> dict[str, int | None]:
    """The level of each theme that is fully answered: where one is open, nothing is known of what moved it."""
    return {one.theme.code: None if one.unanswered else one.level for one in column.themes}


def _overall(column: ColumnScore) -> int | None:
    return None if any(one.unanswered for one in column.themes) else column.overall.level
