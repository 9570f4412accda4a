"""The rule of ladders: each question is a ladder of answers, and a theme is held by its weakest.

From the published index and the results published with it: a question lets its theme reach the level just under its
next answer, and holds nothing back once on its last one; a theme's level is the lowest such limit; the overall level is
the mean of the theme levels, cut down. Present and future are scored alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commonweal.core.maturity import narrative
from commonweal.core.maturity.answers import NOT_ANSWERED, Answers, Assessment, Blank, Column
from commonweal.core.maturity.explain import (
    NextLevel,
    held_by,
    holding_sentence,
    lowest_answered_sentence,
    next_level,
    target_sentence,
)
from commonweal.core.maturity.models import NO_LIMIT, Index, Theme
from commonweal.core.maturity.overview import Attention, Overview
from commonweal.core.maturity.rule import Names
from commonweal.core.maturity.scoring import LOWEST_LEVEL, ColumnScore, Overall, ThemeScore
from commonweal.core.maturity.theme_result import ThemeResult, gap_between
from commonweal.core.words import signed

_NAMES = Names(
    theme="theme",
    themes="themes",
    question="question",
    results="Results by theme",
    held="What holds each theme, and what the next level needs",
    held_heads=("What holds it", "What the next level needs"),
)


@dataclass(frozen=True, slots=True)
class Ladders:
    """Themes held by their weakest question."""

    has_levels: bool = True
    names: Names = _NAMES

    def scores(self, index: Index, answers: Answers, column: Column) -> tuple[ThemeScore, ...]:
        """Each theme by `score_theme`."""
        return tuple([score_theme(theme, answers, column, index.top_level) for theme in index.themes])

    def overall(self, themes: Sequence[ThemeScore]) -> Overall:
        """The mean of the levels of the themes."""
        return overall(theme.level for theme in themes)

    def theme_result(self, assessment: Assessment, now: ThemeScore, then: ThemeScore) -> ThemeResult:
        """What holds a theme now and in the target, and what its next level takes."""
        return _theme_result(assessment, now, then)

    def attention(self, overview: Overview) -> tuple[Attention, ...]:
        """Missed duties in law, then the widest gaps."""
        return narrative.attention(overview)

    def narrative(self, overview: Overview) -> tuple[str, ...]:
        """The ambition, the themes that are pushed hardest, and those with the longest way."""
        return narrative.narrative(overview)

    def theme_words(self, index: Index, score: ThemeScore) -> str:
        """The level, with the two ways of standing at the lowest kept apart: not answered, and not in place."""
        if score.level is None:
            return "Does not apply"
        label = index.levels[score.level].label
        if score.unanswered:
            return f"{label}: {len(score.unanswered)} not answered yet"
        return f"{label}: not in place" if score.level == LOWEST_LEVEL else label

    def label(self, index: Index, overall: Overall) -> str:
        """The overall level alone, like "Mature"."""
        return "No level" if overall.level is None else index.levels[overall.level].label

    def overall_words(self, index: Index, overall: Overall) -> str:
        """The overall level with the mean that it was cut from, like "Mature (2.4)"."""
        mean = "" if overall.mean is None else f" ({overall.mean:g})"
        return f"{self.label(index, overall)}{mean}"

    def heads(self, index: Index, *, with_baseline: bool) -> tuple[str, ...]:
        """Levels now and in the target, and how many lie between."""
        return ("Theme", "Baseline", "Now", "Target", "Gap") if with_baseline else ("Theme", "Now", "Target", "Gap")

    def cells(self, index: Index, row: ThemeResult, was: ThemeResult | None) -> tuple[str, ...]:
        """The same for a theme; a target is the one that was decided on at the baseline."""
        then = self.theme_words(index, was.then if was else row.then)
        levels = (self.theme_words(index, row.now), then, signed(row.gap))
        return (self.theme_words(index, was.now), *levels) if was else levels

    def overall_line(self, index: Index, column: ColumnScore) -> tuple[str, str]:
        """The overall level, with the mean that it was cut from."""
        overall = column.overall
        if overall.level is None:
            return self.label(index, overall), ""
        final = ", not final" if column.unanswered else ""
        mean = f"average of the themes: {overall.mean:g} out of {index.top_level}, rounded down"
        return f"{self.label(index, overall)}{final}", mean

    def well_rated(self, score: ThemeScore) -> int:
        """None: nothing is counted here."""
        return 0

    def needs_focus(self, score: ThemeScore) -> bool:
        """Nothing is counted here: what needs attention follows from gaps and duties."""
        return False

    def scale_note(self) -> str:
        """A level is no mark."""
        return "A level is a position, not a mark."

    def method(self, index: Index) -> tuple[str, str]:
        """How a level comes about."""
        return (
            "How a level comes about",
            "A theme can only be as high as its questions allow: each lets it reach the level just under its own next"
            " answer, and holds nothing back once it has its last answer. The overall level is the average of the"
            " themes, cut down to a whole level and never rounded up. Now and target are worked out in the same way.",
        )


def score_theme(theme: Theme, answers: Answers, column: Column, top_level: int) -> ThemeScore:
    """The lowest limit that the theme's questions set; questions that do not apply set none."""
    present = column is Column.PRESENT
    limit, next_limit, applies = NO_LIMIT, NO_LIMIT, False
    lowest: list[str] = []
    unanswered: list[str] = []
    get = answers.get
    for question, limits in theme.ladders:
        answer = get(question, NOT_ANSWERED)
        choice = answer.present if present else answer.future
        if isinstance(choice, int):
            applies = True
            here = limits[choice]
            if here < limit:
                limit, next_limit, lowest = here, limit, [question]
            elif here == limit:
                lowest.append(question)
            elif here < next_limit:
                next_limit = here
        elif choice is Blank.UNANSWERED:
            unanswered.append(question)
    if unanswered:
        return ThemeScore(theme, LOWEST_LEVEL, tuple(unanswered), tuple(lowest), limit, next_limit)
    level = (limit if limit < top_level else top_level) if applies else None
    return ThemeScore(theme, level, (), tuple(lowest), limit, next_limit)


def overall(levels: Iterable[int | None]) -> Overall:
    """The mean of the levels there are, cut down to a whole level.

    >>> overall([0, 1]).level, overall([2, 3]).level, overall([None, 3]).level, overall([None]).level
    (0, 2, 3, None)
    """
    known = [level for level in levels if level is not None]
    return Overall(sum(known), len(known))


def _theme_result(assessment: Assessment, now: ThemeScore, then: ThemeScore) -> ThemeResult:
    answers, top_level = assessment.answers, assessment.index.top_level
    held_now = held_by(now, top_level)
    held_then = held_by(then, top_level)
    following = next_level(now, answers, Column.PRESENT, top_level)
    return ThemeResult(
        now=now,
        then=then,
        gap=gap_between(now, then),
        present_held_by=held_now,
        future_held_by=held_then,
        next_level=following,
        held_sentence=" ".join(_held_sentences(assessment, now, then, held_now, held_then, following)),
    )


def _held_sentences(
    assessment: Assessment,
    now: ThemeScore,
    then: ThemeScore,
    held_now: tuple[str, ...],
    held_then: tuple[str, ...],
    following: NextLevel | None,
) -> list[str]:
    """What holds a theme now, then what holds its target."""
    index = assessment.index
    sentences = [holding_sentence(index, now, held_now, following)]
    if now.unanswered:
        sentences += lowest_answered_sentence(now)
    if (held_then, then.level) != (held_now, now.level):
        sentences += target_sentence(index, now, then, held_then)
    return sentences
