"""Choices of yes or no under conditions in whole numbers: what an exact solver is asked, with nothing rounded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A condition: the sum of the weights of what is chosen lies between two numbers, or is open at one end."""

    weights: Mapping[int, int]
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class YesNo:
    """`size` choices, counted from 0, the conditions on them, and what of them is to be as small as can be."""

    size: int
    lines: Sequence[Line]
    least: Mapping[int, int]

    def with_line(self, line: Line) -> "YesNo":
        """The same with one more condition."""
        return YesNo(self.size, [*self.lines, line], self.least)


Chosen01 = tuple[bool, ...]
Solve = Callable[[YesNo], Chosen01 | None]
"""Gives the best choice there is, or None where no choice meets every condition. Raises `Unsure` past its time."""


class Unsure(Exception):
    """The best choice is not certain within the time there is."""


def weigh(weights: Mapping[int, int], chosen: Chosen01) -> int:
    """The sum of the weights of what is chosen.

    >>> weigh({0: 2, 2: 5}, (True, True, False))
    2
    """
    return sum(weight for column, weight in weights.items() if chosen[column])


def meets(problem: YesNo, chosen: Chosen01) -> bool:
    """Whether a choice meets every condition, in whole numbers.

    >>> meets(YesNo(2, [Line({0: 1, 1: 1}, at_most=1)], {}), (True, True))
    False
    """
    return all(
        (line.at_least is None or weigh(line.weights, chosen) >= line.at_least)
        and (line.at_most is None or weigh(line.weights, chosen) <= line.at_most)
        for line in problem.lines
    )


def best_by_turns(problem: YesNo, aims: Sequence[Mapping[int, int]], solve: Solve) -> Chosen01 | None:
    """The choice that is least by the first aim, among these least by the second, and so on; None where none is."""
    chosen: Chosen01 | None = None
    for aim in aims:
        chosen = solve(YesNo(problem.size, problem.lines, aim))
        if chosen is None:
            return None
        problem = problem.with_line(Line(aim, at_most=weigh(aim, chosen)))
    return chosen
