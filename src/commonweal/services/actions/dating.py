"""A programme's work is given the days of a plan that was worked out; what it lacks of the plan is added."""

import datetime
from collections.abc import Sequence
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index
from commonweal.core.problems import Problem
from commonweal.core.programme.models import last_day
from commonweal.core.programme.spreading import Dated
from commonweal.core.programme.work import WorkState
from commonweal.core.programme.working_days import year_of
from commonweal.core.words import long_date
from commonweal.services.actions.plan_changes import add_dated
from commonweal.services.actions.work import keep_open
from commonweal.services.allowed import programme_for
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Person, Programme, Work

_DATED = WorkState.PROPOSED, WorkState.AGREED
"""What is under way, said to be done, or dropped, keeps its days."""


@writing
def date_work(
    *, programme_id: UUID, index: Index, dated: Sequence[Dated], by: Person, now: datetime.datetime
) -> tuple[int, int]:
    """Give work the days worked out for the actions behind it, and add work for actions that have none.

    What is under way, said to be done or dropped stays as it is. Gives how many pieces were dated and how many added.
    Raises NotFound, Forbidden, Closed or BadInput.
    """
    row = programme_for(by, Action.PLAN_WORK, programme_id)
    keep_open(row)
    if not dated:
        raise BadInput([Problem("dates", "There is nothing to date.", "Choose a level that is not reached yet.")])
    ends_on = last_day(row.starts_on, row.years)
    if any(one.start < row.starts_on or one.due > ends_on for one in dated):
        what = f"Some of these days lie outside the programme, which ends on {long_date(ends_on)}."
        raise BadInput([Problem("dates", what, "Ask for days within it.")])
    there = {
        work.step: work for work in Work.objects.within(row.organisation_id).filter(programme=row).exclude(step="")
    }
    before = {work.pk: f"{work.title}: {work.due}" for work in there.values()}
    moved = [_moved(there[one.step.id], one, row) for one in dated if one.step.id in there]
    changed = [work for work in moved if work is not None]
    Work.objects.within(row.organisation_id).bulk_update(changed, ["start", "due", "planned_due", "year", "version"])
    new = [one for one in dated if one.step.id not in there]
    add_dated(row, index, new, by, now)
    if changed or new:
        record(
            "work dated",
            organisation_id=row.organisation_id,
            assessment_id=row.assessment_id,
            by=by,
            now=now,
            before={"dated": [before[work.pk] for work in changed]},
            after={
                "programme": row.title,
                "dated": [f"{work.title}: {work.due}" for work in changed],
                "added": [one.step.text for one in new],
            },
        )
    return len(changed), len(new)


def _moved(work: Work, one: Dated, row: Programme) -> Work | None:
    """The work with its new days, or nothing where they are the same or it keeps its own."""
    if work.state not in _DATED or (work.start, work.due) == (one.start, one.due):
        return None
    work.start, work.due = one.start, one.due
    work.year = min(year_of(one.due, row.starts_on), row.years)
    if work.planned_due is None or work.state == WorkState.PROPOSED:
        work.planned_due = one.due
    work.version += 1
    return work
