"""Choices of yes or no by HiGHS: branch and bound to the end, and its answer checked in whole numbers."""

import time
from typing import TYPE_CHECKING

from commonweal.core.programme.yes_no import Chosen01, Solve, Unsure, YesNo, meets

if TYPE_CHECKING:
    import highspy

SECONDS = 10.0
"""After this long a question, with all that is solved for it, is given up, so that nobody keeps a server busy."""
_TIGHT = 1e-9
_UNDER_ONE = 0.5
"""Everything is whole, so what is nearer than this to the least there can be is the least."""


def within(seconds: float | None = None) -> Solve:
    """A solver that raises Unsure once so many seconds have gone by since it was made, `SECONDS` unless told."""
    until = time.monotonic() + (SECONDS if seconds is None else seconds)

    def timed(problem: YesNo) -> Chosen01 | None:
        left = until - time.monotonic()
        if left <= 0:
            raise Unsure
        return solve(problem, left)

    return timed


def solve(problem: YesNo, seconds: float = SECONDS) -> Chosen01 | None:
    """The best choice, or None where none meets every condition. Raises Unsure past its time, or where in doubt."""
    import highspy  # with numpy it takes 25 MB, which only who asks such a question pays

    if not problem.size:
        return () if meets(problem, ()) else None
    solver = _solver(seconds)
    for column in range(problem.size):
        solver.addVar(0.0, 1.0)
        solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        solver.changeColCost(column, float(problem.least.get(column, 0)))
    for line in problem.lines:
        least = -highspy.kHighsInf if line.at_least is None else float(line.at_least)
        most = highspy.kHighsInf if line.at_most is None else float(line.at_most)
        columns = list(line.weights)
        solver.addRow(least, most, len(columns), columns, [float(line.weights[column]) for column in columns])
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    chosen = tuple(value > _UNDER_ONE for value in solver.getSolution().col_value)
    if status != highspy.HighsModelStatus.kOptimal or not meets(problem, chosen):
        raise Unsure
    return chosen


def _solver(seconds: float) -> "highspy.Highs":
    import highspy

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {
        "output_flag": False,
        "threads": 1,
        "time_limit": seconds,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": _UNDER_ONE,
        "mip_feasibility_tolerance": _TIGHT,
        "primal_feasibility_tolerance": _TIGHT,
    }.items():
        solver.setOptionValue(name, value)
    return solver
