"""How far an assessment has been answered, theme by theme."""

from dataclasses import dataclass
from enum import StrEnum

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers, Blank
from commonweal.core.maturity.models import Index, Theme


class Stage(StrEnum):
    """How far a theme is."""

    NOT_STARTED = "Not started"
    ESTIMATED = "Estimated"
    PART = "In progress"
    COMPLETE = "Completed"


@dataclass(frozen=True, slots=True)
class ThemeProgress:
    """A theme with the number of its questions that are answered in both columns."""

    theme: Theme
    answered: int
    stage: Stage

    @property
    def questions(self) -> int:
        """How many questions the theme has."""
        return len(self.theme.questions)


def progress(index: Index, answers: Answers, estimated: frozenset[str] = frozenset()) -> tuple[ThemeProgress, ...]:
    """Each theme's progress; `estimated` are the codes of the themes that have an estimate."""
    found = []
    for theme in index.themes:
        given = [answers.get(question.id, NOT_ANSWERED) for question in theme.questions]
        answered = sum(Blank.UNANSWERED not in (answer.present, answer.future) for answer in given)
        begun = any(answer != NOT_ANSWERED for answer in given)
        if answered == len(given):
            stage = Stage.COMPLETE
        elif theme.code in estimated:
            stage = Stage.ESTIMATED
        else:
            stage = Stage.PART if begun else Stage.NOT_STARTED
        found.append(ThemeProgress(theme, answered, stage))
    return tuple(found)
