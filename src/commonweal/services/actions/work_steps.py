"""Steps that are taken with a piece of work, and how a confirmed one moves the current position."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Step
from commonweal.core.problems import Problem, Refused
from commonweal.core.programme.position import Cause, find_step, lowered_by, raised_by
from commonweal.core.programme.upkeep import cycles
from commonweal.core.programme.work import WorkMove, WorkState, WorkStep, action_of, moved
from commonweal.core.words import counted
from commonweal.formats.characters import is_blank
from commonweal.services.actions.answers import refused_text
from commonweal.services.actions.work import is_web_address, keep_open, keep_unfinished, work_recorded
from commonweal.services.allowed import assessment_for, work_for
from commonweal.services.errors import Closed, Stale
from commonweal.services.indexes import held_index
from commonweal.services.queries.position import answers_now
from commonweal.services.writing import writing
from commonweal.standards.upkeep import upkeep_of
from commonweal.store.models import Assessment, KeptUp, Person, PositionChange, Work
from commonweal.store.models import WorkMove as WorkMoveRow

_LONGEST_LINK = 500


@writing
def take_work_step(
    *,
    work_id: UUID,
    step: WorkStep,
    version: int,
    words: str,
    link: str,
    today: datetime.date,
    by: Person,
    now: datetime.datetime,
    until: datetime.date | None = None,
) -> None:
    """Take a step with a piece of work that is at a version.

    What is confirmed moves the current position on this day, in the order of the question's steps. `until` says with a
    claim or a confirmation how long that holds, where it has to be kept up; else the index says. Raises NotFound,
    Forbidden, Closed (the step does not lead on from here), BadInput (places are fields), or Stale.
    """
    work = work_for(by, action_of(step), work_id)
    keep_open(work.programme)
    before = WorkState(work.state)
    if work.version != version:
        raise Stale
    move = moved(before, step)
    if isinstance(move, Refused):
        raise Closed(move)
    problems = step_problems(step, words, link) + until_problems(until, today)
    if problems:
        raise BadInput(problems)
    _keep_parts_done(work, step)
    said = StepSaid(words, link, until if step in {WorkStep.CLAIM, WorkStep.CONFIRM} else None)
    if step in {WorkStep.CONFIRM, WorkStep.TAKE_BACK} and work.step:
        _move_position(work, step, said.until, today, by, now)
    _write_step(work, step, before, move, said, today, by, now)


@dataclass(frozen=True, slots=True)
class StepSaid:
    """What is said with a step: a comment, a link to what shows it, and until when that holds."""

    words: str
    link: str
    until: datetime.date | None


def _write_step(
    work: Work,
    step: WorkStep,
    before: WorkState,
    move: WorkMove,
    said: StepSaid,
    today: datetime.date,
    by: Person,
    now: datetime.datetime,
) -> None:
    work.state, work.version = move.to.value, work.version + 1
    work.save(update_fields=["state", "version"])
    WorkMoveRow.objects.create(
        organisation_id=work.organisation_id,
        work=work,
        step=step.value,
        before=before.value,
        after=work.state,
        words=said.words,
        link=said.link,
        until=said.until,
        on=today,
        at=now,
        by=by,
    )
    after = {"work": work.title, "state": move.to.label} | ({"link": said.link} if said.link else {})
    after |= {"holds until": str(said.until)} if said.until else {}
    work_recorded(work, f"work {step.done}", by, now, before={"state": before.label}, after=after, why=said.words)


def step_problems(step: WorkStep, words: str, link: str) -> list[Problem]:
    """What is wrong with what is said with a step, and with its link; places are fields."""
    problems = []
    if step.needs and is_blank(words):
        problems.append(
            Problem("words", f"{step.needs.removesuffix('?')} is not said.", "Say it in a sentence or two.")
        )
    refused = refused_text("This text", words)
    if refused:
        problems.append(Problem.at("words", refused))
    if link and not is_web_address(link):
        problems.append(Problem("link", "This is not a web address.", "Enter one that begins with https://."))
    elif len(link) > _LONGEST_LINK:
        problems.append(
            Problem("link", "This address is too long.", f"Enter one of at most {_LONGEST_LINK} characters.")
        )
    return problems


_LONGEST_HOLD = datetime.timedelta(days=10 * 366)


def until_problems(until: datetime.date | None, today: datetime.date) -> list[Problem]:
    """What is wrong with the day until which something holds; the place is `until`."""
    if until is None or today <= until <= today + _LONGEST_HOLD:
        return []
    return [Problem("until", "It cannot hold until then.", "Enter a day from today on, within ten years.")]


def _keep_parts_done(work: Work, step: WorkStep) -> None:
    """Work is over once its parts are, and done after what it needs; what is done above stays so. Raises Closed."""
    if step in {WorkStep.TAKE_BACK, WorkStep.TAKE_UP, WorkStep.SEND_BACK} and work.parent_id is not None:
        whole = Work.objects.within(work.organisation_id).get(pk=work.parent_id)
        keep_unfinished(whole)
    if step not in {WorkStep.CLAIM, WorkStep.CONFIRM, WorkStep.DROP}:
        return
    done = {WorkState.CONFIRMED, WorkState.DROPPED} | ({WorkState.CLAIMED} if step is WorkStep.CLAIM else set())
    over = [state.value for state in done]
    left = Work.objects.within(work.organisation_id).filter(parent=work).exclude(state__in=over).count()
    if left:
        what = f"{counted(left, 'part').capitalize()} of this work {'is' if left == 1 else 'are'} not done yet."
        raise Closed(Refused(what, "Finish or drop the parts first."))
    if step is WorkStep.DROP:
        return
    needed = Work.objects.within(work.organisation_id).filter(needed_by__work=work).exclude(state__in=over).first()
    if needed:
        raise Closed(Refused(f"“{needed.title}” has to be done first.", "Finish it, or take it out of what is needed."))


def _move_position(
    work: Work, step: WorkStep, until: datetime.date | None, today: datetime.date, by: Person, now: datetime.datetime
) -> None:
    """Move the question behind the work. The assessment's row is the lock that makes moves queue.

    A confirmation that is taken back moves what it had moved, on the assessment where it did, and nothing else.
    """
    assessment_id = work.programme.assessment_id
    if step is WorkStep.TAKE_BACK:
        rows = PositionChange.objects.within(work.organisation_id).filter(work=work).order_by("-id")
        last = rows.values_list("assessment_id", "cause").first()
        assessment_id = last[0] if last and last[1] == Cause.CONFIRMED else None
    if assessment_id is None:
        return
    assessment = assessment_for(by, Action.PLAN_WORK, assessment_id)
    taken = find_step(held_index(assessment.index), work.step)
    if taken is None:
        return
    current = answers_now(assessment.pk, by=by)
    is_confirmed = step is WorkStep.CONFIRM
    found = raised_by(taken, current) if is_confirmed else lowered_by(taken, current)
    if isinstance(found, Refused):
        raise Closed(found)
    if found is None:
        return
    PositionChange.objects.create(
        organisation_id=work.organisation_id,
        assessment=assessment,
        question=taken.question,
        before=found[0],
        after=found[1],
        on=today,
        cause=(Cause.CONFIRMED if is_confirmed else Cause.TAKEN_BACK).value,
        work=work,
        at=now,
        by=by,
    )
    if is_confirmed:
        _keep_up(assessment, taken, work, until, today, by, now)


def _keep_up(
    assessment: Assessment,
    taken: Step,
    work: Work,
    until: datetime.date | None,
    today: datetime.date,
    by: Person,
    now: datetime.datetime,
) -> None:
    """Confirmed work keeps up the question behind it, where that has to be kept up at all."""
    index = held_index(assessment.index)
    question = next(one for one in index.questions if one.id == taken.question)
    if any(True for _ in cycles(question, taken.to_answer, upkeep_of(index.reference))):
        KeptUp.objects.create(
            organisation_id=assessment.organisation_id,
            assessment=assessment,
            question=question.id,
            answer=taken.to_answer,
            on=today,
            until=until,
            words=work.title,
            at=now,
            by=by,
        )
