"""Choices of yes or no by HiGHS: branch and bound to the end, and its answer checked in whole numbers."""

import highspy

from commonweal.core.programme.yes_no import Chosen01, Unsure, YesNo, meets

SECONDS = 10.0
"""After this long a question is given up, so that nobody can keep a server busy with one."""
_TIGHT = 1e-9
_UNDER_ONE = 0.5
"""Everything is whole, so what is nearer than this to the least there can be is the least."""


def solve(problem: YesNo) -> Chosen01 | None:
    """The best choice, or None where none meets every condition. Raises Unsure past `SECONDS`, or where in doubt."""
    if not problem.size:
        return () if meets(problem, ()) else None
    solver = _solver()
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


def _solver() -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {
        "output_flag": False,
        "threads": 1,
        "time_limit": SECONDS,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": _UNDER_ONE,
        "mip_feasibility_tolerance": _TIGHT,
        "primal_feasibility_tolerance": _TIGHT,
    }.items():
        solver.setOptionValue(name, value)
    return solver
