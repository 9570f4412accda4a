"""A programme is renamed, moved, closed, archived, or opened again."""

import datetime
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem, Refused
from commonweal.core.programme.work import ProgrammeState, WorkState
from commonweal.formats.characters import is_blank
from commonweal.services.actions.answers import refused_text
from commonweal.services.actions.programmes import Frame, frame_problems
from commonweal.services.allowed import assessment_for, programme_for
from commonweal.services.errors import Closed, Stale
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Person, Programme, Work


@writing
def change_programme(
    *,
    programme_id: UUID,
    version: int,
    title: str,
    starts_on: datetime.date | None,
    state: ProgrammeState,
    why: str,
    by: Person,
    now: datetime.datetime,
) -> None:
    """Rename a programme, move its first day, close, archive or open it again, made from a version of it.

    Moving the first day moves every day of work that is not over by as much. Closing, archiving and opening again are
    given a reason. Raises NotFound, Forbidden, BadInput (places are fields), Stale, or Closed where another programme
    on the same assessment is open.
    """
    row = programme_for(by, Action.PLAN_WORK, programme_id)
    before = {"title": row.title, "starts_on": str(row.starts_on), "state": ProgrammeState(row.state).label}
    frame = Frame(title, row.nation, starts_on, row.years)
    problems = [problem for problem in frame_problems(frame) if problem.place in {"title", "starts_on"}]
    problems += _reason_problems(why, is_needed=state != row.state)
    if problems or starts_on is None:
        raise BadInput(problems)
    after = {"title": title, "starts_on": str(starts_on), "state": state.label}
    if after == before:
        return
    if row.version != version:
        raise Stale
    if state is ProgrammeState.OPEN and row.state != state:
        if row.assessment_id is not None:
            assessment_for(by, Action.PLAN_WORK, row.assessment_id)  # its row is the lock
        keep_only_one_open(row, row.assessment_id)
    _move_days(row, starts_on - row.starts_on)
    row.title, row.starts_on, row.state, row.version = title, starts_on, state.value, row.version + 1
    row.save(update_fields=["title", "starts_on", "state", "version"])
    different = [name for name in after if after[name] != before[name]]
    record(
        "programme changed",
        organisation_id=row.organisation_id,
        assessment_id=row.assessment_id,
        by=by,
        now=now,
        before={name: before[name] for name in different},
        after={"programme": title} | {name: after[name] for name in different},
        why=why,
    )


def _reason_problems(why: str, *, is_needed: bool) -> list[Problem]:
    if is_needed and is_blank(why):
        return [Problem("why", "The reason is missing.", "Say in a sentence why.")]
    refused = refused_text("The reason", why)
    return [Problem.at("why", refused)] if refused else []


def keep_only_one_open(row: Programme, assessment_id: UUID | None) -> None:
    """Go on only where no other programme is open on an assessment: two would move one position. Raises Closed."""
    if assessment_id is None:
        return
    other = Programme.objects.of(assessment_id, state=ProgrammeState.OPEN.value).exclude(pk=row.pk).first()
    if other:
        raise Closed(Refused(f"{other.title} is open on the same plan.", "Close that programme first."))


def _move_days(row: Programme, by_days: datetime.timedelta) -> None:
    """Days of work that is not over move with the first day of the programme."""
    if not by_days:
        return
    over = [state.value for state in WorkState if state.is_over]
    moved = list(Work.objects.within(row.organisation_id).filter(programme=row).exclude(state__in=over))
    for work in moved:
        work.start = work.start and work.start + by_days
        work.due = work.due and work.due + by_days
        if work.state == WorkState.PROPOSED:
            work.planned_due = work.due
        work.version += 1
    Work.objects.within(row.organisation_id).bulk_update(moved, ["start", "due", "planned_due", "version"])
