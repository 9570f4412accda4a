"""The cheapest way to an overall level: which actions, what they cost, and why each is needed.

A theme's level is the lowest limit of its questions (scoring.py), so a theme reaches a level exactly when every one
of its questions stands on an answer whose limit is that level or more. The steps for one level of one theme are
therefore fixed; what is left to choose is the level of each theme. The overall level asks for a sum of theme levels
(the mean, cut down), so the choice is a knapsack of few whole numbers, which is solved exactly: costs are `Decimal`,
and nothing is estimated. tests/core/test_route.py compares it with every choice there is, on small indexes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers, Blank, Choice, Column, QuestionAnswer
from commonweal.core.maturity.models import Index, Step
from commonweal.core.maturity.plan import is_duty
from commonweal.core.maturity.rules import rule_of, score
from commonweal.core.maturity.scoring import LOWEST_LEVEL, ColumnScore
from commonweal.core.maturity.theme_levels import (
    ThemeLevel,
    Wishes,
    least_answer,
    most_answer,
    present_answer,
    stands_on,
    theme_levels,
)
from commonweal.core.problems import Refused
from commonweal.core.words import counted, listed


@dataclass(frozen=True, slots=True)
class Chosen:
    """An action of a route, with the reason in words."""

    step: Step
    reason: str
    is_duty: bool = False
    """Whether a missed legal minimum asks for it."""


@dataclass(frozen=True, slots=True)
class Route:
    """Actions in index order, what they cost together, and where one stands once they are done."""

    actions: tuple[Chosen, ...]
    cost: Decimal
    reached: ColumnScore


@dataclass(frozen=True, slots=True)
class _Best:
    """The cheapest choice for a sum of levels; among equals the one with the fewest actions."""

    cost: Decimal
    count: int
    options: tuple[ThemeLevel, ...]

    def and_then(self, option: ThemeLevel) -> "_Best":
        return _Best(self.cost + option.cost, self.count + option.count, (*self.options, option))

    @property
    def order(self) -> tuple[Decimal, int]:
        return self.cost, self.count


def route(index: Index, answers: Answers, level: int, wishes: Wishes) -> Route | Refused:
    """The cheapest set of actions with which the present answers come to an overall level, or why there is none.

    `level` is a position. Questions that are not answered stay so: they hold their theme at the lowest level.
    """
    if not rule_of(index).has_levels:
        what = "This index counts statements and comes to no level, so there is no route to one."
        return Refused(what, "Set a target for each statement: the plan has the steps between.")
    against = contradiction(index, answers, wishes)
    if against:
        return against
    options = theme_levels(index, answers, wishes)
    if not options:
        return Refused("No theme has a level, so there is no way to one.", "Answer the questions that apply to you.")
    found = [best for total, best in _best(options).items() if total >= level * len(options)]
    if not found:
        return _out_of_reach(index, answers, level, wishes)
    return _route(index, answers, min(found, key=lambda best: best.order), wishes)


def frontier(index: Index, answers: Answers, wishes: Wishes) -> tuple[Route, ...]:
    """Level against cost: for each mean that can be reached, the cheapest route to it or beyond, cheapest first.

    A route that another beats at the same cost or less is left out. Empty where no theme has a level, or where the
    wishes contradict each other.
    """
    options = [] if contradiction(index, answers, wishes) else theme_levels(index, answers, wishes)
    points: list[_Best] = []
    for _, best in sorted(_best(options).items(), reverse=True) if options else []:
        if not points or best.order < points[-1].order:
            points.append(best)
    return tuple(_route(index, answers, best, wishes) for best in reversed(points))


def after(answers: Answers, steps: Iterable[Step]) -> dict[str, QuestionAnswer]:
    """The present answers once some actions are done, each with all that it builds on."""
    reached = dict(answers)
    for step in steps:
        before = reached.get(step.question, NOT_ANSWERED)
        if isinstance(before.present, int) and before.present < step.to_answer:
            reached[step.question] = _standing_on(before, step.to_answer)
    return reached


def _standing_on(answer: QuestionAnswer, present: Choice) -> QuestionAnswer:
    return QuestionAnswer(present, answer.future, answer.note, answer.reason, answer.step_back)


def contradiction(index: Index, answers: Answers, wishes: Wishes) -> Refused | None:
    """An action that is fixed in, or a duty in law, whose way is barred."""
    for question in index.questions:
        stands = present_answer(answers, question.id)
        if stands is None:
            continue
        least, most = least_answer(question, stands, wishes), most_answer(question, stands, wishes)
        if least > most:
            needed, barred = question.steps[least - 1], question.steps[most]
            left = f"“{barred.text}” ({barred.id})"
            if needed.id not in wishes.needed and is_duty(index, needed):
                what = f"{left} is left out, and a legal minimum of {question.id} needs it."
                return Refused(what, "Allow it, or do not put missed legal minimums first.")
            what = f"{left} is to be done in any case and left out at once."
            if needed != barred:
                what = (
                    f"“{needed.text}” ({needed.id}) is to be done in any case and builds on {left}, which is left out."
                )
            return Refused(what, "Allow what is left out, or do without the other.")
    return None


def _best(options: list[list[ThemeLevel]]) -> dict[int, _Best]:
    """For each sum of theme levels, the cheapest choice of one level a theme."""
    best = {0: _Best(Decimal(), 0, ())}
    for theme in options:
        following: dict[int, _Best] = {}
        for total, so_far in best.items():
            for option in theme:
                candidate, here = so_far.and_then(option), total + option.level
                if here not in following or candidate.order < following[here].order:
                    following[here] = candidate
        best = following
    return best


def _route(index: Index, answers: Answers, best: _Best, wishes: Wishes) -> Route:
    reach = {id_: answer for option in best.options for id_, answer in option.reach.items()}
    chosen = [
        why_chosen(index, step, wishes)
        for question in index.questions
        if question.id in reach
        for step in question.steps[stands_on(answers, question.id) : reach[question.id]]
    ]
    done = after(answers, tuple(one.step for one in chosen))
    return Route(tuple(chosen), best.cost, score(index, done, Column.PRESENT))


def why_chosen(index: Index, step: Step, wishes: Wishes) -> Chosen:
    """An action with why it is on the route, in words that stand alone."""
    theme = next(theme for theme in index.themes if theme.code == step.theme)
    question = theme.by_id[step.question]
    duty = question.legal_minimum
    if duty and wishes.legal_first and is_duty(index, step):
        return Chosen(step, f"{question.id} misses a legal minimum: {duty.duty}", is_duty=True)
    limit = question.limits[step.to_answer - 1]
    return Chosen(step, f"{question.id} holds {theme.title} at {index.levels[max(limit, LOWEST_LEVEL)].label}.")


def _out_of_reach(index: Index, answers: Answers, level: int, wishes: Wishes) -> Refused:
    name = index.levels[level].label
    missing = [
        question.id
        for question in index.questions
        if answers.get(question.id, NOT_ANSWERED).present is Blank.UNANSWERED
    ]
    if missing:
        few = listed(missing) if len(missing) <= 9 else f"{listed(missing[:8])} and {len(missing) - 8} more"
        return Refused(
            f"Overall {name} cannot be reached while {counted(len(missing), 'question')}"
            f" {'is' if len(missing) == 1 else 'are'} not answered: {few}.",
            "Answer what is missing, then ask again.",
        )
    return Refused(
        f"Overall {name} cannot be reached without {listed(sorted(wishes.barred))}.",
        "Allow some of the actions that are left out, or choose a lower level.",
    )
