"""What one column of answers comes to, as values; by which rule, rules.py says. One rule serves present and future."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers, Blank, Column
from commonweal.core.maturity.models import Index, Theme

LOWEST_LEVEL = 0


class ThemeScore(NamedTuple):  # made twenty times an assessment: a tuple costs a third of a frozen dataclass
    """A theme's level in one column, and what holds it there.

    `level` is a position, or None where no question of the theme applies. With `unanswered` questions (ids in
    index order) the level reached so far is the lowest. `lowest` are the answered questions that set the lowest
    limit, and `next_limit` is the lowest limit that the others set; a limit of NO_LIMIT holds nothing.
    """

    theme: Theme
    level: int | None
    unanswered: tuple[str, ...]
    lowest: tuple[str, ...]
    limit: int
    next_limit: int
    counts: tuple[int, ...] = ()
    """How many questions are answered with each level, where the rule counts them; a theme then has no level."""


@dataclass(frozen=True, slots=True)
class Overall:
    """The sum of the theme levels and the number of themes that have one. Exact, so that nothing is lost in a cut.

    `counts` is the sum of those of the themes, where the rule counts answers.
    """

    total: int
    themes: int
    counts: tuple[int, ...] = ()

    @property
    def level(self) -> int | None:
        """The mean cut down to a whole level, or None where no theme has a level."""
        return self.total // self.themes if self.themes else None

    def compared_with(self, other: "Overall") -> int:
        """1 if this mean is the higher one, -1 if it is the lower one, 0 if they are equal; exact.

        >>> Overall(5, 2).compared_with(Overall(24, 10)), Overall(5, 2).compared_with(Overall(25, 10))
        (1, 0)
        """
        mine, theirs = self.total * other.themes, other.total * self.themes
        return (mine > theirs) - (mine < theirs)

    @property
    def mean(self) -> float | None:
        """The mean to two decimals, half to even, for people to read; the level is never cut from this.

        >>> Overall(25, 10).mean, Overall(1, 8).mean, Overall(3, 8).mean, Overall(0, 0).mean
        (2.5, 0.12, 0.38, None)
        """
        if not self.themes:
            return None
        hundredths, rest = divmod(self.total * 100, self.themes)
        half = 2 * rest - self.themes
        return (hundredths + (half > 0 or (half == 0 and hundredths % 2))) / 100


class LegalState(StrEnum):
    """Whether the duties in law are met. Not answered is not the same as not met."""

    MET = "met"
    NOT_MET = "not met"
    NOT_ANSWERED = "not answered yet"


@dataclass(frozen=True, slots=True)
class LegalScore:
    """The legal minimum in one column, with the ids of the questions that miss it or are not answered."""

    state: LegalState
    missed: tuple[str, ...]
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnScore:
    """All that one column of answers comes to."""

    themes: tuple[ThemeScore, ...]
    overall: Overall
    legal_minimum: LegalScore

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Ids of the questions without an answer, in index order."""
        return tuple(question for theme in self.themes for question in theme.unanswered)


def legal_minimum(index: Index, answers: Answers, column: Column) -> LegalScore:
    """Whether the answers meet the duties in law, whatever the levels are."""
    missed, unanswered = [], []
    for question in index.legal_questions:
        duty = question.legal_minimum
        choice = answers.get(question.id, NOT_ANSWERED)[column]
        if choice is Blank.UNANSWERED:
            unanswered.append(question.id)
        elif duty and isinstance(choice, int) and choice < duty.met_from_answer:
            missed.append(question.id)
    state = LegalState.NOT_MET if missed else LegalState.NOT_ANSWERED if unanswered else LegalState.MET
    return LegalScore(state, tuple(missed), tuple(unanswered))
