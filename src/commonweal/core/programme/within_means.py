"""The best programme for the time, money and people there are: exact, dated, and with what would take it further.

The question is put in whole numbers (within_means_model.py) to a solver that the caller gives, and its answer is
checked in whole numbers. tests/core/test_within_means.py compares it with every programme there is, on small indexes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from commonweal.core.maturity.answers import Column
from commonweal.core.maturity.models import Step
from commonweal.core.maturity.route import Chosen, after, contradiction, route, why_chosen
from commonweal.core.maturity.rules import score
from commonweal.core.maturity.scoring import ColumnScore
from commonweal.core.problems import Refused
from commonweal.core.programme.means import Aim, Means
from commonweal.core.programme.spreading import Dated
from commonweal.core.programme.within_means_dates import dated
from commonweal.core.programme.within_means_model import Asked, Model
from commonweal.core.programme.yes_no import Chosen01, Solve, best_by_turns
from commonweal.core.words import days, listed, long_date, pounds


@dataclass(frozen=True, slots=True)
class Taken:
    """An action of the programme: when it is worked on, why it is there, what it costs and takes."""

    dated: Dated
    chosen: Chosen
    cost: Decimal
    effort: Decimal


@dataclass(frozen=True, slots=True)
class WithinMeans:
    """Actions in the order of their due days, and where one stands once they are done.

    `months` is how long it takes at most, counted from the start. `money` is what each year costs.
    """

    actions: tuple[Taken, ...]
    months: int
    money: tuple[Decimal, ...]
    reached: ColumnScore

    @property
    def cost(self) -> Decimal:
        """What all of it costs, in pounds."""
        return sum(self.money, Decimal())

    @property
    def effort(self) -> Decimal:
        """How many days of work all of it takes."""
        return sum((one.effort for one in self.actions), Decimal())


@dataclass(frozen=True, slots=True)
class Further:
    """What one more theme level takes: more of what, or nothing but the actions where the means allow for them."""

    cost: Decimal
    effort: Decimal
    count: int
    is_within: bool


def within_means(asked: Asked, aim: Aim, level: int, solve: Solve) -> WithinMeans | Refused:
    """The best programme that the means allow, or why there is none and what would help.

    `level` is the position of the overall level to reach; it is not asked for where the aim is the most levels.
    Raises Unsure where the solver cannot tell in its time.
    """
    if aim is Aim.MOST:
        model = Model(asked, asked.means.months, None)
        against = contradiction(asked.index, asked.answers, asked.wishes)
        if against:
            return against
        if not model.themes:
            return Refused(
                "No theme has a level, so there is no way to one.", "Answer the questions that apply to you."
            )
        found = best_by_turns(model.problem(), [model.most_levels, model.cost, model.count, model.late], solve)
        return _short_of(asked, level, solve, duties_alone=True) if found is None else _result(model, found)
    free = route(asked.index, asked.answers, level, asked.wishes)
    if isinstance(free, Refused):
        return free
    sought = _levels_for(asked, level)
    months = asked.means.months
    if not _can(asked, months, sought, solve):
        return _short_of(asked, level, solve, duties_alone=False)
    if aim is Aim.SOONEST:
        months = _fewest_months(asked, sought, solve)
    return _cheapest(asked, months, sought, solve) or _short_of(asked, level, solve, duties_alone=False)


def further(asked: Asked, found: WithinMeans, solve: Solve) -> Further | None:
    """What one more theme level would take beside what was found; None where every theme is at the top."""
    sought = found.reached.overall.total + 1
    if sought > asked.index.top_level * sum(theme.level is not None for theme in found.reached.themes):
        return None
    inside = _cheapest(asked, None, sought, solve)
    more = inside or _cheapest(without_limits(asked), None, sought, solve)
    if more is None:
        return None
    return Further(
        more.cost - found.cost, more.effort - found.effort, len(more.actions) - len(found.actions), inside is not None
    )


def without_limits(asked: Asked, *, money: bool = True, people: bool = True) -> Asked:
    """The same with no limit of money, of people, or of both."""
    means = asked.means
    return replace(
        asked,
        means=Means(means.starts_on, means.months, () if money else means.money, {} if people else means.days),
    )


def _levels_for(asked: Asked, level: int) -> int:
    return level * len(Model(asked, asked.means.months, None).themes)


def _can(asked: Asked, months: int, sought: int, solve: Solve) -> bool:
    problem = Model(asked, months, sought).problem()
    return solve(replace(problem, least={})) is not None


def _fewest_months(asked: Asked, sought: int, solve: Solve) -> int:
    """The first month by whose end it can be done; what can be done by a month can be done by each later one."""
    low, high = 1, asked.means.months
    while low < high:
        middle = (low + high) // 2
        if _can(asked, middle, sought, solve):
            high = middle
        else:
            low = middle + 1
    return low


def _cheapest(asked: Asked, months: int | None, sought: int | None, solve: Solve) -> WithinMeans | None:
    model = Model(asked, months or asked.means.months, sought)
    found = best_by_turns(model.problem(), [model.cost, model.count, model.late], solve)
    return None if found is None else _result(model, found)


def _result(model: Model, found: Chosen01) -> WithinMeans:
    asked, years = model.asked, model.year_of(found)
    taken = [
        Taken(one, _why(asked, one.step), asked.wishes.cost(one.step), asked.labour.days(one.step.id))
        for one in dated(model, years)
    ]
    money = [
        sum((one.cost for one in taken if one.dated.year == year), Decimal()) for year in range(1, model.years + 1)
    ]
    reached = score(asked.index, after(asked.answers, [one.dated.step for one in taken]), Column.PRESENT)
    return WithinMeans(tuple(taken), model.months, tuple(money), reached)


def _why(asked: Asked, step: Step) -> Chosen:
    return why_chosen(asked.index, step, asked.wishes)


def _short_of(asked: Asked, level: int, solve: Solve, *, duties_alone: bool) -> Refused:
    """What is in the way, by taking each limit away in turn."""
    sought = None if duties_alone else _levels_for(asked, level)
    what = "What has to be done first" if duties_alone else f"Overall {asked.index.levels[level].label}"
    by = long_date(asked.means.ends_on(asked.means.months))
    there = _cheapest(without_limits(asked, people=False), None, sought, solve)
    if there is not None:
        return Refused(
            f"{what} cannot be reached by {by} with this money: the cheapest way costs {pounds(there.cost)},"
            f" and there is {_by_year(asked.means.money)}.",
            "Allow more money, or in other years, or choose a lower level.",
        )
    there = _cheapest(without_limits(asked, money=False), None, sought, solve)
    if there is not None:
        return Refused(
            f"{what} cannot be reached by {by} with these people: {_short_days(asked, there)}.",
            "Allow more time or more people, or choose a lower level.",
        )
    there = _cheapest(without_limits(asked), None, sought, solve)
    if there is None:
        return Refused(
            f"{what} cannot be reached with what is fixed in and left out.",
            "Allow some of the actions that are left out.",
        )
    return Refused(
        f"{what} cannot be reached by {by}: neither money nor people are enough. It takes {pounds(there.cost)} and"
        f" {days(there.effort)} of work.",
        "Allow more of both, or choose a lower level.",
    )


def _by_year(money: Sequence[Decimal | None]) -> str:
    return listed([f"{pounds(one)} in year {year}" for year, one in enumerate(money, start=1) if one is not None])


def _short_days(asked: Asked, there: WithinMeans) -> str:
    """Each department that has fewer days than its actions take, or all that there are where it is about the order."""
    months = there.months
    needed: Mapping[str, Decimal] = {
        department: sum(
            (one.effort for one in there.actions if asked.labour.takes(one.dated.step.id, department)), Decimal()
        )
        for department in asked.means.days
    }
    short = [
        f"{department or 'all together'} {days(needed[department])} of work, and there are {days(has * months)}"
        for department, has in asked.means.days.items()
        if needed[department] > has * months or len(asked.means.days) == 1
    ]
    return f"it takes {listed(short)}" if short else f"the cheapest way takes {days(there.effort)} of work"
