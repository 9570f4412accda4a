"""What is left of a year is carried over: into the next year of a programme, or into a new programme."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.models import last_day
from commonweal.core.programme.work import ProgrammeState, WorkState, WorkStep
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
    if not work:
        raise BadInput([Problem("work", "Nothing is chosen.", "Choose what is carried over.")])
    before = {one.pk: one.due for one in work}
    end = last_day(row.starts_on, row.years)
    for one in work:
        later = one.due and _later(one.due, row, year)
        one.start = one.start and one.due and later and min(later, end) - (one.due - one.start)
        one.due = later and min(later, end)
        one.year = min(year_of(one.due, row.starts_on), row.years) if one.due else year + 1
        if one.state == WorkState.PROPOSED:
            one.planned_due = one.due
        one.version += 1
    Work.objects.within(row.organisation_id).bulk_update(work, ["start", "due", "planned_due", "year", "version"])
    said = [f"{one.title}: {before[one.pk]} to {one.due}" for one in work]
    _recorded(row, "work carried over", by, now, {"to": f"year {year + 1}", "work": said})
    return len(work)


def _later(due: datetime.date, row: Programme, year: int) -> datetime.date:
    """The same day in a year after a year of the programme."""
    while year_of(due, row.starts_on) <= year:
        due = months_from(due, 12)
    return due


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
    _keep_confirmed(row)
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
    return [one for one in found if one.pk in wanted and (one.parent_id is None or one.parent_id in wanted)]


def _keep_confirmed(row: Programme) -> None:
    """Go on only where nothing waits to be confirmed: in a closed programme nobody could. Raises BadInput."""
    claimed = Work.objects.within(row.organisation_id).filter(programme=row, state=WorkState.CLAIMED.value).first()
    if claimed:
        what = f"“{claimed.title}” is said to be done and not confirmed yet."
        raise BadInput([Problem("work", what, "Confirm it or send it back first.")])


def _copy(row: Programme, made: Programme, work: Sequence[Work], by: Person, now: datetime.datetime) -> None:
    own = {"organisation_id": row.organisation_id}
    groups = {}
    for group in WorkGroup.objects.within(row.organisation_id).filter(programme=row).order_by("number"):
        groups[group.pk] = WorkGroup.objects.create(
            **own, programme=made, number=group.number, title=group.title, objective=group.objective
        )
    copies: dict[UUID, Work] = {}
    for number, one in enumerate(work, 1):
        start, due = _new_days(one, made)
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
            start=start,
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


def _new_days(one: Work, made: Programme) -> tuple[datetime.date | None, datetime.date | None]:
    """The days of work in a new programme: the same day in its first year, and as long as it was, from its start on."""
    if one.due is None:
        return None, None
    due = one.due
    while due < made.starts_on:
        due = months_from(due, 12)
    due = min(due, last_day(made.starts_on, made.years))
    start = one.start and max(due - (one.due - one.start), made.starts_on)
    return start, due


def _drop(work: Sequence[Work], into: str, today: datetime.date, by: Person, now: datetime.datetime) -> None:
    """Each piece is dropped in the programme that it leaves, which its history says."""
    for one in work:
        before = WorkState(one.state)
        one.state, one.version = WorkState.DROPPED.value, one.version + 1
        WorkMove.objects.create(
            organisation_id=one.organisation_id,
            work=one,
            step=WorkStep.DROP.value,
            before=before.value,
            after=WorkState.DROPPED.value,
            words=f"Carried over into {into}.",
            on=today,
            at=now,
            by=by,
        )
    if work:
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
