"""Several pieces of work of a programme are changed at once: all of them, or none."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.models import Priority, last_day
from commonweal.core.programme.work import WorkState, WorkStep
from commonweal.core.words import counted, long_date
from commonweal.services.actions.work import change_work, details_of, keep_open
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.allowed import programme_for
from commonweal.services.errors import Stale
from commonweal.services.writing import writing
from commonweal.store.models import Person, Programme, Work

MOST_DAYS = 2_000


class Kept(Enum):
    """That something stays as it is."""

    AS_IT_IS = "keep"


KEPT = Kept.AS_IT_IS


@dataclass(frozen=True, slots=True)
class Together:
    """What is set on every piece of work; KEPT for what stays.

    `later` moves start and due by so many days, back where it is below nought; `agree` agrees what is only proposed.
    """

    owner: UUID | Kept | None = KEPT
    department: int | Kept | None = KEPT
    priority: Priority | Kept = KEPT
    later: int = 0
    agree: bool = False


@writing
def change_together(
    *,
    programme_id: UUID,
    chosen: Mapping[UUID, int],
    change: Together,
    today: datetime.date,
    by: Person,
    now: datetime.datetime,
) -> None:
    """Set the same on several pieces of work, each made from a version of it; the history of each says so.

    Raises NotFound, Forbidden, Closed (the programme, or work that is over), Stale (somebody changed one of them, or it
    is gone), or BadInput.
    """
    programme = programme_for(by, Action.PLAN_WORK, programme_id)
    keep_open(programme)
    problems = []
    if not chosen:
        problems.append(Problem("work", "No work is chosen.", "Tick what is to be changed, or choose everything."))
    if change == Together():
        problems.append(Problem("owner", "Nothing is to be changed.", "Choose what is to be set."))
    if abs(change.later) > MOST_DAYS:
        problems.append(Problem("later", "This is too far.", f"Enter at most {MOST_DAYS:,} days."))
    if problems:
        raise BadInput(problems)
    rows = Work.objects.within(programme.organisation_id).filter(programme=programme, pk__in=chosen).order_by("number")
    works = list(rows.select_related("group"))
    if len(works) != len(chosen) or any(work.version != chosen[work.pk] for work in works):
        raise Stale
    _keep_within(programme, works, change)
    for work in works:
        details = _set(details_of(work), change)
        try:
            change_work(work_id=work.pk, version=work.version, details=details, by=by, now=now)
        except BadInput as bad:
            named = f"No. {work.number} {work.title}"
            raise BadInput([Problem(one.place, f"{named}: {one.what}", one.remedy) for one in bad.problems]) from bad
        if change.agree and work.state == WorkState.PROPOSED:
            version = rows.values_list("version", flat=True).get(pk=work.pk)
            said: dict[str, Any] = {"words": "", "link": "", "today": today, "by": by, "now": now}
            take_work_step(work_id=work.pk, step=WorkStep.AGREE, version=version, **said)


def _keep_within(programme: Programme, works: Sequence[Work], change: Together) -> None:
    """What is moved stays within the programme, unless it lay outside before. Raises BadInput."""
    ends_on = last_day(programme.starts_on, programme.years)
    by = datetime.timedelta(days=change.later)
    out = [work for work in works if work.due and work.due <= ends_on < work.due + by]
    if out:
        what = f"{counted(len(out), 'piece').capitalize()} of this work would be due after the programme ends"
        raise BadInput([Problem("later", f"{what}, on {long_date(ends_on)}.", "Move by fewer days, or choose less.")])


def _set(details: WorkDetails, change: Together) -> WorkDetails:
    if change.owner is not KEPT:
        details = replace(details, owner=change.owner)
    if change.department is not KEPT:
        details = replace(details, department=change.department)
    if change.priority is not KEPT:
        details = replace(details, priority=change.priority)
    by = datetime.timedelta(days=change.later)
    return replace(
        details,
        start=details.start + by if details.start else None,
        due=details.due + by if details.due else None,
    )
