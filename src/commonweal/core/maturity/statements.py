"""The rule of statements: each is rated with a level, and they are counted, theme by theme.

From the National Procurement Strategy's toolkit (2018) and results published with it: how many statements stand at each
level, which are rated highest and lowest, and which themes are focus areas (verdict.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers, Assessment, Blank, Column
from commonweal.core.maturity.models import Counting, Index, Theme
from commonweal.core.maturity.overview import Attention, Overview
from commonweal.core.maturity.rule import Names
from commonweal.core.maturity.scoring import ColumnScore, Overall, ThemeScore
from commonweal.core.maturity.statement_words import (
    SAID,
    low_levels,
    moved,
    summary,
    verdict_sentence,
    well_rated,
)
from commonweal.core.maturity.theme_result import ThemeResult
from commonweal.core.maturity.verdict import Verdict, below, verdict
from commonweal.core.words import listed

_NO_LIMIT = 0
_NAMES = Names(
    theme="key area",
    themes="key areas",
    question="statement",
    results="Results by key area",
    held="The verdict on each key area",
    held_heads=("Verdict", "What the next level needs"),
)


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements counted, as the index's data say."""

    counting: Counting
    has_levels: bool = False
    names: Names = _NAMES

    def scores(self, index: Index, answers: Answers, column: Column) -> tuple[ThemeScore, ...]:
        """How many statements of each theme stand at each level. No theme has a level."""
        return tuple([_counted(theme, answers, column, len(index.levels)) for theme in index.themes])

    def overall(self, themes: Sequence[ThemeScore]) -> Overall:
        """The counts of all themes together.

        >>> Statements(Counting(2, 3, 0, 3)).overall([]).counts
        ()
        """
        return Overall(0, 0, tuple(map(sum, zip(*(theme.counts for theme in themes), strict=True))))

    def theme_result(self, assessment: Assessment, now: ThemeScore, then: ThemeScore) -> ThemeResult:
        """The verdict on a theme, with its reason."""
        return ThemeResult(now, then, None, (), (), None, verdict_sentence(self.counting, assessment.index, now))

    def attention(self, overview: Overview) -> tuple[Attention, ...]:
        """The focus areas, the one with the largest share below what is enough first."""
        found = [row for row in overview.themes if self.needs_focus(row.now)]
        found.sort(key=lambda row: -below(self.counting, row.now) / sum(row.now.counts))
        return tuple(Attention(row.theme, None, (), row.held_sentence) for row in found)

    def narrative(self, overview: Overview) -> tuple[str, ...]:
        """How far it is rated, the counts, the highest and the lowest, the focus areas, and what is missing."""
        return summary(self.counting, overview)

    def theme_words(self, index: Index, score: ThemeScore) -> str:
        """How many of its statements are well rated, and how many are not rated yet."""
        open_ = len(score.unanswered)
        if not sum(score.counts):
            return f"{open_} not answered yet" if open_ else "Does not apply"
        known = well_rated(self.counting, index, score.counts)
        return f"{known}, {open_} not answered yet" if open_ else known

    def label(self, index: Index, overall: Overall) -> str:
        """The same: a count says nothing without its level."""
        return self.overall_words(index, overall)

    def overall_words(self, index: Index, overall: Overall) -> str:
        """How many of all the statements that are rated are well rated."""
        return well_rated(self.counting, index, overall.counts) if sum(overall.counts) else "Nothing rated yet"

    def heads(self, index: Index, *, with_baseline: bool) -> tuple[str, ...]:
        """How many statements stand at each level, and whether that makes a focus area."""
        return ("Key area", *(level.label for level in index.levels), "Focus area")

    def cells(self, index: Index, row: ThemeResult, was: ThemeResult | None) -> tuple[str, ...]:
        """The same for a key area: how many now and, where that differs, at the baseline and in the target."""
        then = was.then if was else row.then
        before = was.now.counts if was else row.now.counts
        counts = [moved(*three) for three in zip(before, row.now.counts, then.counts, strict=True)]
        open_ = f" ({len(row.now.unanswered)} not rated)" if row.now.unanswered else ""
        return (*counts, f"{SAID[verdict(self.counting, row.now)]}{open_}")

    def overall_line(self, index: Index, column: ColumnScore) -> tuple[str, str]:
        """How many are well rated, and how many stand at each level below."""
        counts = column.overall.counts
        if not sum(counts):
            return "Nothing rated yet", ""
        enough = self.counting.enough
        rest = [f"{counts[level]} {index.levels[level].label}" for level in reversed(range(enough))]
        final = ", not final" if column.unanswered else ""
        beside = f"rated {index.levels[enough].label} or above; {listed(rest)}"
        return f"{sum(counts[enough:])} of {sum(counts)}{final}", beside

    def well_rated(self, score: ThemeScore) -> int:
        """How many are rated with what is enough, or better."""
        return sum(score.counts[self.counting.enough :])

    def needs_focus(self, score: ThemeScore) -> bool:
        """Whether it is a focus area."""
        return verdict(self.counting, score) is Verdict.FOCUS

    def scale_note(self) -> str:
        """A rating is no mark."""
        return "Each statement is rated with one of these. In tables, an arrow leads from now to the target."

    def method(self, index: Index) -> tuple[str, str]:
        """How the counts and the verdicts come about."""
        return (
            "How the results come about",
            "Each statement is rated with one of the levels, and the statements are counted; nothing is averaged. A"
            f" focus area is a key area with more than half of its statements at {low_levels(self.counting, index)}. A"
            " key area whose statements are not all held here, or not all rated, gets no such verdict: what is missing"
            " could turn it.",
        )


def _counted(theme: Theme, answers: Answers, column: Column, levels: int) -> ThemeScore:
    counts, unanswered = [0] * levels, []
    for question in theme.questions:
        choice = answers.get(question.id, NOT_ANSWERED)[column]
        if isinstance(choice, int):
            counts[question.answers[choice].level] += 1
        elif choice is Blank.UNANSWERED:
            unanswered.append(question.id)
    return ThemeScore(theme, None, tuple(unanswered), (), _NO_LIMIT, _NO_LIMIT, tuple(counts))
