"""What sentences about results are made from, and what they come to."""

from dataclasses import dataclass

from commonweal.core.maturity.answers import Answers
from commonweal.core.maturity.models import Index, Theme
from commonweal.core.maturity.scoring import ColumnScore
from commonweal.core.maturity.theme_result import ThemeResult


@dataclass(frozen=True, slots=True)
class Overview:
    """What the sentences are made from."""

    index: Index
    organisation: str
    horizon_years: int | None
    present: ColumnScore
    future: ColumnScore
    themes: tuple[ThemeResult, ...]
    answers: Answers
    estimated: tuple[str, ...] = ()

    def label(self, level: int) -> str:
        """A level's short name."""
        return self.index.levels[level].label


@dataclass(frozen=True, slots=True)
class Attention:
    """A theme that needs attention: for the `missed` legal minimum (question ids), or for the `gap` in levels."""

    theme: Theme
    gap: int | None
    missed: tuple[str, ...]
    sentence: str
