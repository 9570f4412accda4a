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
from commonweal.core.maturity.models import Index, Step
from commonweal.core.maturity.narrative import (
    Attention,
    Overview,
    attention,
    legal_sentence,
    narrative,
)
from commonweal.core.maturity.plan import plan
from commonweal.core.maturity.scoring import ColumnScore, ThemeScore, score
from commonweal.core.maturity.theme_result import ThemeResult, gap_between


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
    overview = Overview(
        index, assessment.organisation, assessment.horizon_years, present, future, themes, assessment.estimated
    )
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
