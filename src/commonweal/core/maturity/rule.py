"""A kind of index: how its answers are scored, and how what comes of them is told.

`ladders.py` and `statements.py` are the two there are. A third is one more module that satisfies this protocol, and a
branch in `rules.py`; everything else asks the rule of the index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from commonweal.core.maturity.answers import Answers, Assessment, Column
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.overview import Attention, Overview
from commonweal.core.maturity.scoring import ColumnScore, Overall, ThemeScore
from commonweal.core.maturity.theme_result import ThemeResult


@dataclass(frozen=True, slots=True)
class Names:
    """What a kind of index calls its parts, in lower case, and the headings that follow from it."""

    theme: str
    themes: str
    question: str
    results: str
    held: str
    held_heads: tuple[str, str]


class Rule(Protocol):
    """How one kind of index is scored and explained. A rule is a value: two of the same kind and data are equal."""

    @property
    def has_levels(self) -> bool:
        """Whether a theme, and the whole, come to a level; else their answers are counted."""

    @property
    def names(self) -> Names:
        """What its parts are called."""

    def scores(self, index: Index, answers: Answers, column: Column) -> tuple[ThemeScore, ...]:
        """Each theme in one column, in the order of the index."""

    def overall(self, themes: Sequence[ThemeScore]) -> Overall:
        """What the themes of one column come to together."""

    def theme_result(self, assessment: Assessment, now: ThemeScore, then: ThemeScore) -> ThemeResult:
        """A theme in both columns, with the sentence that explains it."""

    def attention(self, overview: Overview) -> tuple[Attention, ...]:
        """The themes that need attention, the most urgent first."""

    def narrative(self, overview: Overview) -> tuple[str, ...]:
        """The summary that a reader may stop after, one sentence an item."""

    def theme_words(self, index: Index, score: ThemeScore) -> str:
        """Where a theme stands in one column, in a few words."""

    def heads(self, index: Index, *, with_baseline: bool) -> tuple[str, ...]:
        """What stands over the columns of the results table, the first over the themes."""

    def cells(self, index: Index, row: ThemeResult, was: ThemeResult | None) -> tuple[str, ...]:
        """What stands in them beside a theme; `was` is the theme at the baseline, where there is one to tell."""

    def overall_line(self, index: Index, column: ColumnScore) -> tuple[str, str]:
        """Where the whole stands, in large letters, and what belongs beside it."""

    def label(self, index: Index, overall: Overall) -> str:
        """The same without what it was cut from, where there is no room for it."""

    def overall_words(self, index: Index, overall: Overall) -> str:
        """Where the whole stands in one column, on one line."""

    def method(self, index: Index) -> tuple[str, str]:
        """How results come about: a heading and a text, for the closing part of documents."""

    def well_rated(self, score: ThemeScore) -> int:
        """How many counted statements of a theme are well rated."""

    def needs_focus(self, score: ThemeScore) -> bool:
        """Whether counted statements make a theme one to look at first."""

    def scale_note(self) -> str:
        """One sentence over the list of levels."""
