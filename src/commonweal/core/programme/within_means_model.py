"""The question that is put to the solver: which actions, and in which year each.

An action is done by the end of a year or not; what is done stays done, and waits for what it builds on. What it costs
falls into the year in which it is done. Its days of work may be spread over all the time before: by the end of each
year, what is done by then takes no more days than there were. Money in pence and days in hundredths are whole.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from commonweal.core.maturity.answers import Answers
from commonweal.core.maturity.models import Index, Step
from commonweal.core.maturity.plan import ahead, is_duty
from commonweal.core.maturity.theme_levels import (
    ThemeLevel,
    Wishes,
    least_answer,
    most_answer,
    stands_on,
    theme_levels,
)
from commonweal.core.programme.means import Labour, Means, years_begun
from commonweal.core.programme.yes_no import Chosen01, Line, YesNo

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a question is asked of."""

    index: Index
    answers: Answers
    wishes: Wishes
    labour: Labour
    means: Means


def whole(number: Decimal) -> int:
    """Pounds as pence, days as hundredths; what is smaller is cut off.

    >>> whole(Decimal("12.345"))
    1234
    """
    return int(number * _WHOLE)


class Model:
    """The question within so many months; `levels` is how many theme levels there have to be together."""

    def __init__(self, asked: Asked, months: int, levels: int | None) -> None:
        self.asked = asked
        self.months = months
        self.years = years_begun(months)
        everything = ahead(asked.index, asked.answers)
        self.missing = {step.id for step in everything}
        self.steps = [step for step in everything if self._is_open(step)]
        self.number = {step.id: n for n, step in enumerate(self.steps)}
        self.themes: Sequence[Sequence[ThemeLevel]] = theme_levels(asked.index, asked.answers, asked.wishes)
        self.base = sum(options[0].level for options in self.themes)
        self.rises: list[tuple[int, int, ThemeLevel]] = []
        """Each higher level of a theme: its column, how much it adds, and what it takes."""
        column = len(self.steps) * self.years
        for options in self.themes:
            for before, option in itertools.pairwise(options):
                self.rises.append((column, option.level - before.level, option))
                column += 1
        self.size = column
        self.levels = levels

    def _is_open(self, step: Step) -> bool:
        question = next(q for q in self.asked.index.questions if q.id == step.question)
        return step.to_answer <= most_answer(question, stands_on(self.asked.answers, question.id), self.asked.wishes)

    def done(self, step: str, year: int) -> int:
        """The column that says whether an action is done by the end of a year, from 1."""
        return self.number[step] * self.years + year - 1

    def in_the_end(self, weights: Iterable[tuple[str, int]]) -> dict[int, int]:
        """Weights on what is done in the end."""
        return {self.done(step, self.years): weight for step, weight in weights}

    @property
    def cost(self) -> dict[int, int]:
        """What is done in the end, by its cost in pence."""
        return self.in_the_end((step.id, whole(self.asked.wishes.cost(step))) for step in self.steps)

    @property
    def count(self) -> dict[int, int]:
        """What is done in the end, one by one."""
        return self.in_the_end((step.id, 1) for step in self.steps)

    @property
    def most_levels(self) -> dict[int, int]:
        """Theme levels, as what is to be as small as can be."""
        return {column: -adds for column, adds, _ in self.rises}

    @property
    def late(self) -> dict[int, int]:
        """What is done soon, as what is to be as small as can be: duties in law most, then the lower levels."""
        top = self.asked.index.top_level
        return {
            self.done(step.id, year): -(1 + top - step.level + 10 * is_duty(self.asked.index, step))
            for step in self.steps
            for year in range(1, self.years + 1)
        }

    def problem(self) -> YesNo:
        """The conditions."""
        lines = [*self._order(), *self._fixed(), *self._theme_levels(), *self._money(), *self._days()]
        if self.levels is not None:
            lines.append(Line({column: adds for column, adds, _ in self.rises}, at_least=self.levels - self.base))
        return YesNo(self.size, lines, self.cost)

    def year_of(self, chosen: Chosen01) -> dict[str, int]:
        """In which year each action is done, by its id."""
        return {
            step.id: 1 + sum(not chosen[self.done(step.id, year)] for year in range(1, self.years + 1))
            for step in self.steps
            if chosen[self.done(step.id, self.years)]
        }

    def _order(self) -> Iterable[Line]:
        for step in self.steps:
            for year in range(1, self.years + 1):
                if year < self.years:  # what is done stays done
                    yield _first(self.done(step.id, year + 1), self.done(step.id, year))
                for before in self.waits_for(step):
                    yield _first(self.done(before, year), self.done(step.id, year))
            if self.missing & self.asked.labour.after.get(step.id, frozenset()) - self.number.keys():
                yield Line({self.done(step.id, self.years): 1}, at_most=0)  # it waits for what is left out

    def waits_for(self, step: Step) -> list[str]:
        """The actions that have to be done before one: the step below it in its question, and what was said."""
        below = [one.id for one in self.steps if one.question == step.question and one.to_answer == step.to_answer - 1]
        said = self.asked.labour.after.get(step.id, frozenset())
        return [*below, *(id_ for id_ in sorted(said) if id_ in self.number)]

    def _fixed(self) -> Iterable[Line]:
        for question in self.asked.index.questions:
            stands = stands_on(self.asked.answers, question.id)
            for step in question.steps[stands : least_answer(question, stands, self.asked.wishes)]:
                if step.id in self.number:
                    yield Line({self.done(step.id, self.years): 1}, at_least=1)

    def _theme_levels(self) -> Iterable[Line]:
        for column, _, option in self.rises:
            for question in self.asked.index.questions:
                reach = option.reach.get(question.id, 0)
                if reach > stands_on(self.asked.answers, question.id):
                    yield _first(self.done(question.steps[reach - 1].id, self.years), column)

    def _money(self) -> Iterable[Line]:
        for year, money in enumerate(self.asked.means.money[: self.years], start=1):
            if money is not None:
                yield Line(self._in_year(year), at_most=whole(money))

    def _in_year(self, year: int) -> dict[int, int]:
        weights: dict[int, int] = {}
        for step in self.steps:
            pence = whole(self.asked.wishes.cost(step))
            weights[self.done(step.id, year)] = pence
            if year > 1:
                weights[self.done(step.id, year - 1)] = -pence
        return weights

    def _days(self) -> Iterable[Line]:
        for department, days in self.asked.means.days.items():
            for year in range(1, self.years + 1):
                yield Line(self._effort(department, year), at_most=whole(days * min(12 * year, self.months)))

    def _effort(self, department: str, year: int) -> Mapping[int, int]:
        labour = self.asked.labour
        return {
            self.done(step.id, year): whole(labour.days(step.id))
            for step in self.steps
            if labour.takes(step.id, department)
        }


def _first(before: int, then: int) -> Line:
    """That one choice goes with another that comes first."""
    return Line({before: 1, then: -1}, at_least=0)
