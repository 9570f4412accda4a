"""What is left of a year is carried over: into the next year of a programme, or into a new programme."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.models import last_day
from commonweal.core.programme.work import ProgrammeState, WorkState, WorkStep, moved
from commonweal.core.programme.working_days import months_from, year_of
from commonweal.services.actions.programmes import Frame, frame_problems
from commonweal.services.actions.work import keep_open
from commonweal.services.allowed import programme_for
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import (
    Person,
    Programme,
    Work,
    WorkGroup,
    WorkLink,
    WorkMove,
    WorkNeed,
    WorkServes,
)

_LEFT = [WorkState.PROPOSED, WorkState.AGREED, WorkState.UNDER_WAY, WorkState.BLOCKED]
_COPIED = (
    *("step", "topic", "title", "detail", "footnote", "role", "is_milestone", "price_year", "effort_days", "funding"),
    *("priority", "measurable", "achievable", "relevant", "state"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """A new programme that follows another: its name and how many years it runs, from the day after its end."""

    title: str
    years: int


@writing
def carry_over(*, programme_id: UUID, year: int, chosen: Collection[UUID], by: Person, now: datetime.datetime) -> int:
    """Move chosen open work of a year into the next one: its days by twelve months, at most to the programme's end.

    What it was planned for stays, so that it counts as slipped. Gives how many pieces. Raises NotFound, Forbidden,
    Closed or BadInput.
    """
    row = programme_for(by, Action.PLAN_WORK, programme_id)
    keep_open(row)
    if not 1 <= year < row.years:
        what = "There is no later year in this programme."
        raise BadInput([Problem("year", what, "Carry the work over into a new programme.")])
    work = _left(row, chosen, year)
    end = last_day(row.starts_on, row.years)
    for one in work:
        one.start = one.start and min(months_from(one.start, 12), end)
        one.due = one.due and min(months_from(one.due, 12), end)
        one.year = min(year_of(one.due, row.starts_on), row.years) if one.due else year + 1
        one.version += 1
    Work.objects.within(row.organisation_id).bulk_update(work, ["start", "due", "year", "version"])
    _recorded(row, "work carried over", by, now, {"to": f"year {year + 1}", "work": [one.title for one in work]})
    return len(work)


@writing
def new_period(
    *,
    programme_id: UUID,
    period: Period,
    chosen: Collection[UUID],
    today: datetime.date,
    by: Person,
    now: datetime.datetime,
) -> UUID:
    """Close a programme and go on in a new one that begins the day after its end, with chosen open work.

    The work is copied with its owner, what it needs among the copied, links, and what it serves; money that is not
    spent goes along. In the old programme it is dropped, saying where it went. Gives the new programme's id. Raises
    NotFound, Forbidden, Closed or BadInput (places are fields).
    """
    row = programme_for(by, Action.PLAN_WORK, programme_id)
    keep_open(row)
    starts_on = last_day(row.starts_on, row.years) + datetime.timedelta(days=1)
    problems = frame_problems(Frame(period.title, row.nation, starts_on, period.years))
    if problems:
        raise BadInput(problems)
    work = _left(row, chosen, None)
    row.state, row.version = ProgrammeState.CLOSED.value, row.version + 1
    row.save(update_fields=["state", "version"])
    made = Programme.objects.create(
        organisation_id=row.organisation_id,
        assessment_id=row.assessment_id,
        title=period.title,
        made_from=row.made_from,
        nation=row.nation,
        starts_on=starts_on,
        years=period.years,
        created_at=now,
        created_by=by,
    )
    _copy(row, made, work, by, now)
    _drop(work, period.title, today, by, now)
    said = {"new": period.title, "starts_on": str(starts_on), "work": [one.title for one in work]}
    _recorded(row, "programme carried over into a new one", by, now, said)
    return made.pk


def _left(row: Programme, chosen: Collection[UUID], year: int | None) -> list[Work]:
    """Chosen open work with its open parts; what is chosen and is not open any more is left alone."""
    rows = Work.objects.within(row.organisation_id).filter(programme=row, state__in=[one.value for one in _LEFT])
    if year is not None:
        rows = rows.filter(year=year)
    found = list(rows.order_by("number"))
    wanted = {one.pk for one in found if one.pk in set(chosen)}
    wanted |= {one.pk for one in found if one.parent_id in wanted}
    work = [one for one in found if one.pk in wanted]
    if not work:
        raise BadInput([Problem("work", "Nothing is chosen.", "Choose what is carried over.")])
    return work


def _copy(row: Programme, made: Programme, work: Sequence[Work], by: Person, now: datetime.datetime) -> None:
    own = {"organisation_id": row.organisation_id}
    groups = {}
    for group in WorkGroup.objects.within(row.organisation_id).filter(programme=row).order_by("number"):
        groups[group.pk] = WorkGroup.objects.create(
            **own, programme=made, number=group.number, title=group.title, objective=group.objective
        )
    copies: dict[UUID, Work] = {}
    for number, one in enumerate(work, 1):
        late = made.starts_on - datetime.timedelta(days=1)
        due = one.due and (one.due if one.due > late else min(months_from(one.due, 12 * row.years), made_end(made)))
        start = one.start and (one.start if one.start > late else made.starts_on)
        left = None if one.cost is None else max(one.cost - (one.spent or 0), one.cost * 0)
        copies[one.pk] = Work.objects.create(
            **own,
            **{name: getattr(one, name) for name in _COPIED},
            programme=made,
            group=groups[one.group_id],
            parent=copies.get(one.parent_id) if one.parent_id else None,
            number=number,
            owner_id=one.owner_id,
            department_id=one.department_id,
            start=start if not (start and due) or start <= due else due,
            due=due,
            planned_due=due,
            year=min(year_of(due, made.starts_on), made.years) if due else 1,
            cost=left,
            created_at=now,
            created_by=by,
        )
    for need in WorkNeed.objects.within(row.organisation_id).filter(work__in=copies, needed__in=copies):
        WorkNeed.objects.create(**own, work=copies[need.work_id], needed=copies[need.needed_id])
    for link in WorkLink.objects.within(row.organisation_id).filter(work__in=copies):
        WorkLink.objects.create(
            **own, work=copies[link.work_id], kind=link.kind, title=link.title, address=link.address
        )
    for served in WorkServes.objects.within(row.organisation_id).filter(work__in=copies):
        WorkServes.objects.create(**own, work=copies[served.work_id], entry_id=served.entry_id)


def made_end(made: Programme) -> datetime.date:
    """The last day of a programme."""
    return last_day(made.starts_on, made.years)


def _drop(work: Sequence[Work], into: str, today: datetime.date, by: Person, now: datetime.datetime) -> None:
    """Each piece is dropped in the programme that it leaves, which its history says."""
    for one in work:
        before = WorkState(one.state)
        step = moved(before, WorkStep.DROP)
        one.state, one.version = WorkState.DROPPED.value, one.version + 1
        WorkMove.objects.create(
            organisation_id=one.organisation_id,
            work=one,
            step=WorkStep.DROP.value,
            before=before.value,
            after=getattr(step, "to", WorkState.DROPPED).value,
            words=f"Carried over into {into}.",
            on=today,
            at=now,
            by=by,
        )
    Work.objects.within(work[0].organisation_id).bulk_update(work, ["state", "version"])


def _recorded(row: Programme, act: str, by: Person, now: datetime.datetime, said: Mapping[str, object]) -> None:
    record(
        act,
        organisation_id=row.organisation_id,
        assessment_id=row.assessment_id,
        by=by,
        now=now,
        after={"programme": row.title} | dict(said),
    )
