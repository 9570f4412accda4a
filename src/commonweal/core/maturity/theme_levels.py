"""What each level of each theme takes: the steps are fixed by the index, so only the level is left to choose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers, Blank
from commonweal.core.maturity.models import Index, Question, Step, Theme
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import LOWEST_LEVEL

ONE_EACH = Decimal(1)
"""What an action costs where nobody says otherwise: the cheapest way is then the one with the fewest actions."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a route is asked for, besides the level.

    `costs` by action id, none below nought. `legal_first`: missed legal minimums are met whatever the levels need.
    `needed` and `barred` are the ids of actions that are fixed in or out; a step that builds on a barred one is out,
    and what a needed one builds on is in.
    """

    costs: Mapping[str, Decimal] = field(default_factory=dict)
    legal_first: bool = True
    needed: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()

    def cost(self, step: Step) -> Decimal:
        """What one action costs."""
        return self.costs.get(step.id, ONE_EACH)


@dataclass(frozen=True, slots=True)
class ThemeLevel:
    """A level of one theme: how many levels it adds to the sum, what it costs, and the answers that it takes."""

    level: int
    cost: Decimal
    count: int
    reach: Mapping[str, int]


def theme_levels(index: Index, answers: Answers, wishes: Wishes) -> list[list[ThemeLevel]]:
    """For each theme that has a level: what each level from where it stands costs. None where answers are counted."""
    if not rule_of(index).has_levels:
        return []
    found = [_of_theme(theme, answers, wishes, index.top_level) for theme in index.themes]
    return [options for options in found if options]


def _of_theme(theme: Theme, answers: Answers, wishes: Wishes, top_level: int) -> list[ThemeLevel]:
    applying = {
        question.id: question
        for question in theme.questions
        if answers.get(question.id, NOT_ANSWERED).present is not Blank.NOT_APPLICABLE
    }
    answered = {id_: question for id_, question in applying.items() if present_answer(answers, id_) is not None}
    if not applying:
        return []
    floor = {id_: least_answer(question, stands_on(answers, id_), wishes) for id_, question in answered.items()}
    ceiling = {id_: most_answer(question, stands_on(answers, id_), wishes) for id_, question in answered.items()}
    highest = top_level if len(answered) == len(applying) else LOWEST_LEVEL
    options: list[ThemeLevel] = []
    for level in range(highest + 1):
        reach = {id_: _first_with(question, floor[id_], level) for id_, question in answered.items()}
        if any(reach[id_] > ceiling[id_] for id_ in reach):
            break
        steps = [
            step for id_, question in answered.items() for step in question.steps[stands_on(answers, id_) : reach[id_]]
        ]
        option = ThemeLevel(level, sum(map(wishes.cost, steps), Decimal()), len(steps), reach)
        if options and options[-1].reach == reach:
            options.pop()  # the same steps bring the higher level
        options.append(option)
    return options


def present_answer(answers: Answers, id_: str) -> int | None:
    """The answer for now to a question by id, or None where it is blank."""
    choice = answers.get(id_, NOT_ANSWERED).present
    return choice if isinstance(choice, int) else None


def stands_on(answers: Answers, id_: str) -> int:
    """The answer for now to a question that is answered."""
    return present_answer(answers, id_) or 0


def least_answer(question: Question, stands: int, wishes: Wishes) -> int:
    """The lowest answer that the question may end on: actions fixed in, and its duty in law where that comes first."""
    fixed = [step.to_answer for step in question.steps if step.id in wishes.needed]
    duty = [question.legal_minimum.met_from_answer] if question.legal_minimum and wishes.legal_first else []
    return max([stands, *fixed, *duty])


def most_answer(question: Question, stands: int, wishes: Wishes) -> int:
    """The highest answer that the question may end on: one below the first step that is barred."""
    barred = [step.to_answer - 1 for step in question.steps[stands:] if step.id in wishes.barred]
    return min([len(question.answers) - 1, *barred])


def _first_with(question: Question, floor: int, level: int) -> int:
    """The lowest answer, from `floor` on, that lets its theme reach a level; the last one always does."""
    return next(position for position in range(floor, len(question.limits)) if question.limits[position] >= level)
