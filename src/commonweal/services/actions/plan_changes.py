"""What an assessment's plan has new for a programme is taken up, what it needs no more is dropped."""

import datetime
from collections.abc import Collection, Sequence
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index, Step
from commonweal.core.problems import Problem
from commonweal.core.programme.changes import PlanComparison, compare_plan
from commonweal.core.programme.costings import Costings
from commonweal.core.programme.spreading import Dated, spread
from commonweal.core.programme.work import WorkState, WorkStep
from commonweal.core.programme.working_days import months_from, year_of
from commonweal.services.actions.programme_change import keep_only_one_open
from commonweal.services.actions.programmes import work_rows
from commonweal.services.actions.work import keep_open
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.allowed import assessment_for, programme_for
from commonweal.services.errors import NotFound
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.queries.costings import costings_of, departments_of
from commonweal.services.queries.position import answers_now
from commonweal.services.queries.programmes import programme
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.standards.plan_spreading import usual_spreading
from commonweal.store.models import Person, Programme, Work, WorkGroup


def compared(programme_id: UUID, assessment_id: UUID, *, by: Person) -> tuple[Round, PlanComparison]:
    """A programme beside an assessment of the same organisation and index. Raises NotFound."""
    view = programme(programme_id, by=by)
    round_ = assessment_round(assessment_id, by=by)
    alike = round_.index.id == view.index.partition("@")[0]
    if view.assessment_id is None or round_.organisation_id != view.organisation_id or not alike:
        raise NotFound
    baseline = assessment_round(view.assessment_id, by=by).given.answers
    return round_, compare_plan(round_.index, answers_now(assessment_id, by=by), view.programme.work, baseline)


@writing
def take_up_changes(
    *,
    programme_id: UUID,
    assessment_id: UUID,
    add: Collection[str],
    drop: Collection[UUID],
    becomes_baseline: bool,
    today: datetime.date,
    by: Person,
    now: datetime.datetime,
) -> None:
    """Add work for new actions (ids), drop work that is not needed (ids), and go on from the assessment if so said.

    What is neither new nor unneeded by now is left alone. Raises NotFound, Forbidden, Closed or BadInput.
    """
    row = programme_for(by, Action.PLAN_WORK, programme_id)
    keep_open(row)
    assessment_for(by, Action.PLAN_WORK, assessment_id)
    round_, differs = compared(programme_id, assessment_id, by=by)
    steps = [step for step in differs.new if step.id in set(add)]
    unneeded = [one.item for one in differs.gone if one.item.id in set(drop)]
    moves_on = becomes_baseline and row.assessment_id != assessment_id
    if not steps and not unneeded and not moves_on:
        raise BadInput([Problem("add", "Nothing is chosen.", "Choose what is to be taken up or dropped.")])
    if moves_on:
        keep_only_one_open(row, assessment_id)
    for item in unneeded:
        _dropped(item.id, f"Not needed after {round_.name}", today, by, now)
    _add(row, round_.index, steps, today, by, now)
    was = assessment_round(row.assessment_id, by=by).name if row.assessment_id else ""
    if moves_on:
        row.assessment_id = assessment_id
        row.version += 1
        row.save(update_fields=["assessment", "version"])
    record(
        "programme compared with an assessment",
        organisation_id=row.organisation_id,
        assessment_id=assessment_id,
        by=by,
        now=now,
        before={"baseline": was} if moves_on else {},
        after={
            "programme": row.title,
            "added": [step.text for step in steps],
            "dropped": [item.title for item in unneeded],
        }
        | ({"baseline": round_.name} if moves_on else {}),
    )


def _add(
    row: Programme, index: Index, steps: Sequence[Step], today: datetime.date, by: Person, now: datetime.datetime
) -> None:
    """Work for steps, spread over the months that are left of the programme; over the last one where none is."""
    whole = 12 * row.years
    gone = sum(months_from(row.starts_on, month) <= today for month in range(1, whole))
    starts_on = months_from(row.starts_on, gone)
    effort = _costings_for(row, by).days
    order = usual_spreading().order
    dated = spread(index, steps, starts_on=starts_on, months=whole - gone, effort=effort, order=order)
    add_dated(row, index, dated, by, now)


def _costings_for(row: Programme, by: Person) -> Costings:
    return costings_of(row.assessment_id, by=by) if row.assessment_id else Costings()


def add_dated(row: Programme, index: Index, dated: Sequence[Dated], by: Person, now: datetime.datetime) -> None:
    """Add work for dated actions at the end of a programme that is locked and open."""
    fields_of = work_rows(index, dated, _costings_for(row, by), departments_of(row.organisation_id, by=by))
    last = Work.objects.within(row.organisation_id).filter(programme=row).order_by("-number").first()
    groups = {
        one.title.partition(" ")[0]: one for one in WorkGroup.objects.within(row.organisation_id).filter(programme=row)
    }
    first = last.number + 1 if last else 1
    for number, (one, fields) in enumerate(zip(dated, fields_of, strict=True), first):
        year = min(year_of(one.due, row.starts_on), row.years)
        own = {**fields, "group": groups[one.step.theme], "year": year}
        Work.objects.create(
            organisation_id=row.organisation_id, programme=row, number=number, created_at=now, created_by=by, **own
        )


def _dropped(work_id: UUID, why: str, today: datetime.date, by: Person, now: datetime.datetime) -> None:
    """Drop work from whatever state it is in; what was said to be done is sent back first."""
    work = Work.objects.for_actor(by, Action.SEE_WORK, pk=work_id).get()
    steps = [WorkStep.SEND_BACK, WorkStep.DROP] if work.state == WorkState.CLAIMED else [WorkStep.DROP]
    for ahead, step in enumerate(steps):
        take_work_step(
            work_id=work_id, step=step, version=work.version + ahead, words=why, link="", today=today, by=by, now=now
        )
