"""An assessment's results as one value. Pages, documents, spreadsheets and the API all show this object."""

from dataclasses import dataclass

from commonweal.core.maturity.answers import Assessment, Column
from commonweal.core.maturity.models import Index, Step
from commonweal.core.maturity.narrative import legal_sentence
from commonweal.core.maturity.overview import Attention, Overview
from commonweal.core.maturity.plan import plan
from commonweal.core.maturity.rules import rule_of, score
from commonweal.core.maturity.scoring import ColumnScore
from commonweal.core.maturity.theme_result import ThemeResult


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
    rule = rule_of(index)
    present = score(index, answers, Column.PRESENT)
    future = score(index, answers, Column.FUTURE)
    themes = tuple(
        [rule.theme_result(assessment, now, then) for now, then in zip(present.themes, future.themes, strict=True)]
    )
    overview = Overview(
        index,
        assessment.organisation,
        assessment.horizon_years,
        present,
        future,
        themes,
        answers,
        assessment.estimated,
    )
    return Results(
        assessment=assessment,
        present=present,
        future=future,
        themes=themes,
        actions=plan(index, answers),
        attention=rule.attention(overview),
        legal_sentence=legal_sentence(index, present.legal_minimum, future.legal_minimum),
        narrative=rule.narrative(overview),
    )
