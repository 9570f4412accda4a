"""What is asked for regularly is kept up, or lapses on its day."""

import datetime
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.theme_levels import present_answer
from commonweal.core.problems import Problem
from commonweal.core.programme.position import Cause, PositionMove, position
from commonweal.core.programme.upkeep import lapses
from commonweal.core.programme.work import ProgrammeState, WorkStep
from commonweal.services.actions.work_steps import step_problems, until_problems
from commonweal.services.allowed import assessment_for
from commonweal.services.errors import NotFound
from commonweal.services.indexes import held_index
from commonweal.services.queries.assessments import answers_of
from commonweal.services.queries.upkeep import kept_by_question, living_since, upkept
from commonweal.services.record import record
from commonweal.services.writing import writing, writing_for_all
from commonweal.standards.upkeep import upkeep_of
from commonweal.store.models import Assessment, KeptUp, Person, PositionChange, Programme

_ALL = "levels lapse on their day in every organisation"
_LONGEST = datetime.timedelta(days=10 * 366)


@writing
def keep_up(
    *,
    assessment_id: UUID,
    question: str,
    on: datetime.date | None,
    until: datetime.date | None,
    words: str,
    link: str,
    today: datetime.date,
    by: Person,
    now: datetime.datetime,
) -> None:
    """Record that what a question asks for regularly was done again on a day; it holds as the index says, or `until`.

    A question that fell because it was not kept up stands again where it stood. Raises NotFound, Forbidden or BadInput.
    """
    assessment = assessment_for(by, Action.PLAN_WORK, assessment_id)
    found = upkept(assessment_id, by=by, today=today)
    current = present_answer(found.standing.current.assessment.answers, question)
    fallen = found.lapsed.get(question)
    if current is None or (fallen is None and question not in {line.due.question.id for line in found.dues}):
        raise NotFound
    problems = step_problems(WorkStep.CLAIM, words, link) + _day_problems(on, today) + until_problems(until, today)
    if problems or on is None:
        raise BadInput(problems)
    stands = fallen[1] if fallen else current
    own = {"organisation_id": assessment.organisation_id, "assessment": assessment, "question": question}
    KeptUp.objects.create(**own, answer=stands, on=on, until=until, words=words, link=link, at=now, by=by)
    if stands != current:
        PositionChange.objects.create(
            **own, before=current, after=stands, on=today, cause=Cause.KEPT_UP.value, at=now, by=by
        )
    record(
        "kept up",
        organisation_id=assessment.organisation_id,
        assessment_id=assessment_id,
        subject=question,
        by=by,
        now=now,
        after={"on": str(on), "until": str(until or ""), "link": link, "answer": stands},
        why=words,
    )


def _day_problems(on: datetime.date | None, today: datetime.date) -> list[Problem]:
    problems = []
    if on is None:
        problems.append(Problem("on", "It is not said when it was done.", "Enter the day, like 31/03/2027."))
    elif on > today:
        problems.append(Problem("on", "This day is still to come.", "Enter the day when it was done."))
    if on is not None and on < today - _LONGEST:
        problems.append(Problem("on", "This is too long ago.", "Enter the day when it was last done."))
    return problems


@writing_for_all(_ALL)
def let_lapse(*, today: datetime.date, now: datetime.datetime) -> int:
    """Lower every answer that was not kept up, each on its day, where a programme is open. Gives how many moved."""
    living = Programme.objects.across(_ALL).filter(state=ProgrammeState.OPEN.value).exclude(assessment=None)
    ids = sorted(set(living.values_list("assessment_id", flat=True)))
    rows = Assessment.objects.across(_ALL).filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk")
    return sum(_let_lapse(assessment, today, now) for assessment in rows)


def _let_lapse(assessment: Assessment, today: datetime.date, now: datetime.datetime) -> int:
    index = held_index(assessment.index)
    upkeep = upkeep_of(index.reference)
    began = living_since(assessment.pk)
    if not upkeep.months or began is None:
        return 0
    rows = PositionChange.objects.of(assessment.pk).order_by("id")
    moves = [
        PositionMove(question, before, after, on, Cause(cause))
        for question, before, after, on, cause in rows.values_list("question", "before", "after", "on", "cause")
    ]
    answers = position(answers_of(assessment.pk), moves, today)
    since = timezone.localtime(began).date()
    found = lapses(index, answers, upkeep, kept_by_question(assessment.pk), since, today)
    installation = Person.objects.installation()
    for lapse in found:
        PositionChange.objects.create(
            organisation_id=assessment.organisation_id,
            assessment=assessment,
            question=lapse.question,
            before=lapse.before,
            after=lapse.after,
            on=lapse.on,
            cause=Cause.LAPSED.value,
            at=now,
            by=installation,
        )
        record(
            "not kept up in time",
            organisation_id=assessment.organisation_id,
            assessment_id=assessment.pk,
            subject=lapse.question,
            by=installation,
            now=now,
            before={"answer": lapse.before},
            after={"answer": lapse.after, "on": str(lapse.on)},
        )
    return len(found)


@task()
def let_levels_lapse() -> int:
    """`let_lapse`, as a job of every day."""
    return let_lapse(today=timezone.localdate(), now=timezone.now())
