"""Days for what was chosen: year by year, duties in law first, then what the lower levels need."""

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from commonweal.core.maturity.models import Step
from commonweal.core.maturity.plan import is_duty
from commonweal.core.programme.spreading import Dated
from commonweal.core.programme.within_means_model import Model
from commonweal.core.programme.working_days import months_from


def dated(model: Model, years: Mapping[str, int]) -> tuple[Dated, ...]:
    """Each action with its start and due day, in order of the due days.

    Where money or people are limited, each action stays in the year that was chosen for it, and is due no sooner than
    its department, and everybody together, have had the days of work for it and for all before it. Within this, and
    over the whole time where nothing is limited, the actions are spread evenly. None is due before what it waits for.
    """
    means, due = model.asked.means, dict[str, int]()
    used: dict[str, Decimal] = dict.fromkeys(means.days, Decimal())
    found = []
    for steps, before, months in _periods(model, years):
        for place, step in enumerate(steps):
            waits = [due[id_] for id_ in model.waits_for(step) if id_ in due]
            begins = [before + place * months // len(steps), *waits]
            ends = [before - (-(place + 1) * months // len(steps)), *waits]
            for department, days in means.days.items():
                if days and model.asked.labour.takes(step.id, department):
                    begins.append(int(used[department] / days))
                    used[department] += model.asked.labour.days(step.id)
                    ends.append(math.ceil(used[department] / days))
            end = due[step.id] = min(max(ends), before + months)
            start = months_from(means.starts_on, min(max(begins), end - 1))
            found.append(Dated(step, (end - 1) // 12 + 1, start, means.ends_on(end)))
    return tuple(sorted(found, key=lambda one: (one.due, one.start)))


def _periods(model: Model, years: Mapping[str, int]) -> Iterator[tuple[list[Step], int, int]]:
    """The actions of each year with the months before it and in it; all at once where nothing is limited."""
    if not model.asked.means.is_limited:
        yield list(_in_order(model, [step for step in model.steps if step.id in years])), 0, model.months
        return
    for year in range(1, model.years + 1):
        steps = list(_in_order(model, [step for step in model.steps if years.get(step.id) == year]))
        yield steps, 12 * (year - 1), min(12, model.months - 12 * (year - 1))


def _in_order(model: Model, steps: Sequence[Step]) -> Iterator[Step]:
    """Duties first, then by level; each after what it waits for."""
    waiting = sorted(steps, key=lambda step: (not is_duty(model.asked.index, step), step.level))
    left = {step.id for step in steps}
    while waiting:
        free = (one for one in waiting if left.isdisjoint(model.waits_for(one)))
        step = next(free, waiting[0])  # in a circle, which the rules for work do not let through, somebody begins
        waiting.remove(step)
        left.remove(step.id)
        yield step
