"""An assessment's results as one value. Pages, documents, spreadsheets and the API all show this object."""

from dataclasses import dataclass

from commonweal.core.maturity.answers import Assessment, Column
from commonweal.core.maturity.explain import (
    NextLevel,
    held_by,
    holding_sentence,
    lowest_answered_sentence,
    next_level,
    target_sentence,
)
from commonweal.core.maturity.models import Index, Step, Theme
from commonweal.core.maturity.narrative import (
    Attention,
    Overview,
    ThemeMove,
    attention,
    legal_sentence,
    narrative,
)
from commonweal.core.maturity.plan import plan
from commonweal.core.maturity.scoring import ColumnScore, ThemeScore, score


@dataclass(frozen=True, slots=True)
class ThemeResult:
    """One theme: its levels (positions, None where nothing applies), what holds it and what it needs next."""

    theme: Theme
    present: int | None
    future: int | None
    present_held_by: tuple[str, ...]
    future_held_by: tuple[str, ...]
    next_level: NextLevel | None
    held_sentence: str
    gap: int | None
    """Levels from present to future; None where either is not known yet."""


@dataclass(frozen=True, slots=True)
class Results:
    """All that follows from an assessment."""

    assessment: Assessment
    present: ColumnScore
    future: ColumnScore
    themes: tuple[ThemeResult, ...]
    actions: tuple[Step, ...]
    attention: tuple[Attention, ...]
    legal_sentence: str
    narrative: tuple[str, ...]

    @property
    def index(self) -> Index:
        """The index that was answered."""
        return self.assessment.index


def assess(assessment: Assessment) -> Results:
    """Score both columns, make the plan and explain them."""
    index, answers = assessment.index, assessment.answers
    present = score(index, answers, Column.PRESENT)
    future = score(index, answers, Column.FUTURE)
    themes = tuple(
        [_theme_result(assessment, now, then) for now, then in zip(present.themes, future.themes, strict=True)]
    )
    moves = tuple([ThemeMove(row.theme, row.present, row.future, row.gap, row.present_held_by) for row in themes])
    overview = Overview(index, assessment.organisation, assessment.horizon_years, present, future, moves)
    return Results(
        assessment=assessment,
        present=present,
        future=future,
        themes=themes,
        actions=plan(index, answers),
        attention=attention(overview),
        legal_sentence=legal_sentence(index, present.legal_minimum, future.legal_minimum),
        narrative=narrative(overview),
    )


def _theme_result(assessment: Assessment, now: ThemeScore, then: ThemeScore) -> ThemeResult:
    answers, top_level = assessment.answers, assessment.index.top_level
    held_now = held_by(now, top_level)
    held_then = held_by(then, top_level)
    following = next_level(now, answers, Column.PRESENT, top_level)
    known = now.level is not None and then.level is not None and not now.unanswered and not then.unanswered
    return ThemeResult(
        theme=now.theme,
        present=now.level,
        future=then.level,
        present_held_by=held_now,
        future_held_by=held_then,
        next_level=following,
        held_sentence=" ".join(_held_sentences(assessment, now, then, held_now, held_then, following)),
        gap=(then.level or 0) - (now.level or 0) if known else None,
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
    if held_then != held_now:
        sentences += target_sentence(index, now, then, held_then)
    return sentences
