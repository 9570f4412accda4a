"""Work is put in, changed, and taken from step to step; what is confirmed moves the current position."""

import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Step
from commonweal.core.problems import Problem, Refused
from commonweal.core.programme.models import Priority
from commonweal.core.programme.position import Cause, find_step, lowered_by, raised_by
from commonweal.core.programme.work import (
    ProgrammeState,
    WorkMove,
    WorkState,
    WorkStep,
    action_of,
    moved,
)
from commonweal.core.programme.working_days import year_of
from commonweal.core.words import counted
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.services.actions.answers import refused_text
from commonweal.services.actions.work_details import PLAIN, WorkDetails, detail_problems
from commonweal.services.actions.work_needs import goes_round
from commonweal.services.allowed import assessment_for, programme_for, work_for
from commonweal.services.errors import Closed, NotFound, Stale
from commonweal.services.queries.position import answers_now
from commonweal.services.queries.programmes import who_may_own
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.standards.catalogue import load_index
from commonweal.standards.upkeep import upkeep_of
from commonweal.store.models import (
    Assessment,
    KeptUp,
    OrganisationPart,
    Person,
    PositionChange,
    Programme,
    Work,
    WorkGroup,
    WorkNeed,
)
from commonweal.store.models import WorkMove as WorkMoveRow

_LONGEST_LINK = 500
_PENNY, _TENTH = Decimal("0.01"), Decimal("0.1")


@writing
def add_work(
    *, programme_id: UUID, details: WorkDetails, parent: UUID | None, by: Person, now: datetime.datetime
) -> UUID:
    """Put a piece of work of one's own into a programme, or a part of another. Gives its id.

    Raises NotFound, Forbidden, Closed or BadInput (places are fields).
    """
    programme = programme_for(by, Action.PLAN_WORK, programme_id)
    keep_open(programme)
    whole = None
    if parent is not None:
        whole = (
            Work.objects.within(programme.organisation_id).filter(pk=parent, programme=programme, parent=None).first()
        )
        if whole is None:
            raise NotFound
        _keep_unfinished(whole)
    last = Work.objects.within(programme.organisation_id).filter(programme=programme).order_by("-number").first()
    work = Work(
        organisation_id=programme.organisation_id,
        programme=programme,
        parent=whole,
        number=last.number + 1 if last else 1,
        state=WorkState.AGREED.value,
        created_at=now,
        created_by=by,
    )
    _set(work, details, programme, now)
    work.save()
    _set_needs(work, details.needs)
    _recorded(work, "work added", by, now, after={"work": details.title})
    return work.pk


@writing
def change_work(*, work_id: UUID, version: int, details: WorkDetails, by: Person, now: datetime.datetime) -> None:
    """Change what is said of a piece of work, made from a version of it. Saving the same changes nothing.

    Raises NotFound, Forbidden, Closed, BadInput (places are fields), or Stale where somebody saved since.
    """
    work = work_for(by, Action.PLAN_WORK, work_id)
    keep_open(work.programme)
    _keep_unfinished(work)
    before = _said(work)
    _set(work, details, work.programme, now)
    after = _said(work)
    needs = frozenset(
        WorkNeed.objects.within(work.organisation_id).filter(work=work).values_list("needed_id", flat=True)
    )
    changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if not changes and needs == details.needs:
        return
    if work.version != version:
        raise Stale
    work.version += 1
    work.save()
    _set_needs(work, details.needs)
    old, new = ({name: pair[side] for name, pair in changes.items()} for side in (0, 1))
    if needs != details.needs:
        old["needs"], new["needs"] = _titles(work, needs), _titles(work, details.needs)
    _recorded(work, "work changed", by, now, before=old, after={"work": work.title} | new)


def _titles(work: Work, ids: Collection[UUID]) -> list[str]:
    found = Work.objects.within(work.organisation_id).filter(pk__in=ids).order_by("number")
    return list(found.values_list("title", flat=True))


def _said(work: Work) -> dict[str, Any]:
    """What the trail says of a piece of work."""
    plain = {name: getattr(work, name) for name in PLAIN}
    department = work.department
    plain |= {
        "group": work.group.title,
        "owner": str(work.owner_id or ""),
        "department": department and department.name,
    }
    plain["priority"] = Priority(work.priority).label
    return {name: value if isinstance(value, int | None) else str(value) for name, value in plain.items()}


def _set(work: Work, details: WorkDetails, programme: Programme, now: datetime.datetime) -> None:
    """Put details into a row, once nothing is wrong with them."""
    problems = detail_problems(details, programme.years)
    own = programme.organisation_id
    group = WorkGroup.objects.within(own).filter(programme=programme, number=details.group).first()
    if group is None:
        problems.append(Problem("group", "Nothing is chosen.", "Choose where it belongs."))
    owner = details.owner
    if owner and owner != work.owner_id and not who_may_own(own, now).filter(person_id=owner).exists():
        problems.append(Problem("owner", "This person cannot own work here.", "Choose somebody from the list."))
    if (
        details.department is not None
        and not OrganisationPart.objects.within(own).filter(pk=details.department).exists()
    ):
        problems.append(Problem("department", "This department is gone.", "Choose another one."))
    others = Work.objects.within(own).filter(programme=programme, pk__in=details.needs)
    others = others.exclude(pk__in=[id_ for id_ in (work.pk, work.parent_id) if id_])
    if others.count() != len(details.needs) or goes_round(work, details.needs):
        what = "Work cannot need itself, what it is a part of, nor work that needs it."
        problems.append(Problem("needs", what, "Take out what makes the circle."))
    if problems or group is None:
        raise BadInput(problems)
    for name in PLAIN:
        setattr(work, name, getattr(details, name))
    work.cost = None if details.cost is None else details.cost.quantize(_PENNY)
    work.spent = None if details.spent is None else details.spent.quantize(_PENNY)
    work.effort_days = None if details.effort_days is None else details.effort_days.quantize(_TENTH)
    if details.cost is None:
        work.price_year = None
    if work.planned_due is None or work.state == WorkState.PROPOSED:
        work.planned_due = details.due  # once it is agreed, what moves is slippage
    if details.due is not None:
        work.year = min(year_of(details.due, programme.starts_on), programme.years)
    work.group = group
    work.owner_id = details.owner
    work.department_id = details.department


def _keep_unfinished(work: Work) -> None:
    """What was confirmed or dropped stays as it was. Raises Closed."""
    if WorkState(work.state).is_over:
        label = WorkState(work.state).label.lower()
        raise Closed(Refused(f"This work is {label}, so it stays as it is.", "Take that back first."))


def _set_needs(work: Work, needs: Collection[UUID]) -> None:
    WorkNeed.objects.within(work.organisation_id).filter(work=work).exclude(needed_id__in=needs).delete()
    there = set(WorkNeed.objects.within(work.organisation_id).filter(work=work).values_list("needed_id", flat=True))
    WorkNeed.objects.bulk_create(
        WorkNeed(organisation_id=work.organisation_id, work=work, needed_id=one) for one in set(needs) - there
    )


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
) -> None:
    """Take a step with a piece of work that is at a version.

    What is confirmed moves the current position on this day, in the order of the question's steps. Raises NotFound,
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
    problems = step_problems(step, words, link)
    if problems:
        raise BadInput(problems)
    _keep_parts_done(work, step)
    if step in {WorkStep.CONFIRM, WorkStep.TAKE_BACK} and work.step:
        _move_position(work, step, today, by, now)
    _write_step(work, step, before, move, words, link, today, by, now)


def _write_step(
    work: Work,
    step: WorkStep,
    before: WorkState,
    move: WorkMove,
    words: str,
    link: str,
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
        words=words,
        link=link,
        on=today,
        at=now,
        by=by,
    )
    after = {"work": work.title, "state": move.to.label} | ({"link": link} if link else {})
    _recorded(work, f"work {step.done}", by, now, before={"state": before.label}, after=after, why=words)


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


def is_web_address(link: str) -> bool:
    """Whether a link leads to a page of the web, and says plainly to whose."""
    if forbidden_character(link) or any(character.isspace() for character in link):
        return False
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def _keep_parts_done(work: Work, step: WorkStep) -> None:
    """Work is over once its parts are, and done after what it needs; what is done above stays so. Raises Closed."""
    if step in {WorkStep.TAKE_BACK, WorkStep.TAKE_UP, WorkStep.SEND_BACK} and work.parent_id is not None:
        whole = Work.objects.within(work.organisation_id).get(pk=work.parent_id)
        _keep_unfinished(whole)
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


def _move_position(work: Work, step: WorkStep, today: datetime.date, by: Person, now: datetime.datetime) -> None:
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
    taken = find_step(load_index(assessment.index), work.step)
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
        _keep_up(assessment, taken, work, today, by, now)


def _keep_up(
    assessment: Assessment, taken: Step, work: Work, today: datetime.date, by: Person, now: datetime.datetime
) -> None:
    """Confirmed work keeps up the question behind it, where that has to be kept up at all."""
    index = load_index(assessment.index)
    months = upkeep_of(index.reference).months
    question = next(one for one in index.questions if one.id == taken.question)
    if any(id_ in months for answer in question.answers[1 : taken.to_answer + 1] for id_ in answer.criteria):
        KeptUp.objects.create(
            organisation_id=assessment.organisation_id,
            assessment=assessment,
            question=question.id,
            answer=taken.to_answer,
            on=today,
            words=work.title,
            at=now,
            by=by,
        )


def keep_open(programme: Programme) -> None:
    """Go on only where people work in a programme. Raises Closed."""
    if programme.state != ProgrammeState.OPEN:
        raise Closed(Refused(f"This programme is {programme.state}.", "A lead officer can open it again."))


def _recorded(work: Work, act: str, by: Person, now: datetime.datetime, **said: Any) -> None:
    record(
        act,
        organisation_id=work.organisation_id,
        assessment_id=work.programme.assessment_id,
        subject=str(work.pk),
        by=by,
        now=now,
        **said,
    )
