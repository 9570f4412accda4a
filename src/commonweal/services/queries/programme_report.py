"""All that the documents of a programme tell."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from commonweal.core.access import Action
from commonweal.core.maturity.answers import Column
from commonweal.core.maturity.rules import overall_words, score
from commonweal.core.programme.models import LinkKind
from commonweal.core.programme.position import position
from commonweal.core.programme.progress import LevelMark
from commonweal.core.programme.work import WorkState, WorkStep
from commonweal.core.words import long_date
from commonweal.reports.programme_report import ProgrammeReport
from commonweal.services.indexes import held_index
from commonweal.services.queries.position import Standing, standing
from commonweal.services.queries.programmes import ProgrammeView
from commonweal.services.queries.progress import ProgressView, agreed_years, paper_of, progress_of
from commonweal.services.queries.registers import served_in
from commonweal.services.writing import reading
from commonweal.store.models import Change, Person, Work, WorkLink, WorkMove


@reading
def programme_report(programme_id: UUID, *, by: Person, today: datetime.date) -> ProgrammeReport:
    """A programme with all that its documents tell. Raises NotFound."""
    found = progress_of(programme_id, by=by, today=today)
    view = found.view
    links = {
        id_: tuple(f"{LinkKind(kind).label}: {title} {address}".strip() for kind, title, address in each)
        for id_, each in links_in(programme_id, by=by).items()
    }
    added = Work.objects.for_actor(by, Action.SEE_WORK, programme_id=programme_id).values_list("id", "created_at")
    where = standing(view.assessment_id, by=by, today=today) if view.assessment_id else None
    started = min((at for _, at in added), default=None)
    return ProgrammeReport(
        organisation=view.organisation,
        round=view.round,
        programme=view.programme,
        progress=found.progress,
        done_on=found.done_on,
        stands=_stands(found, where),
        standing=(where.current, where.baseline) if where else None,
        levels=level_rows(found.view.index, found.levels),
        years={one.year: one.words for one in agreed_years(programme_id, by=by) if one.words},
        paper=paper_of(programme_id, by=by).fields,
        added_on={id_: timezone.localdate(at) for id_, at in added if at != started},
        dropped_on=_last_on(view, WorkStep.DROP, WorkState.DROPPED, by),
        blocked_on=_last_on(view, WorkStep.BLOCK, WorkState.BLOCKED, by),
        due_before=_due_before(view, by),
        serves={id_: tuple(name for _, _, name in served) for id_, served in served_in(programme_id, by=by).items()},
        links=links,
        questions={step.id: step.question for question in held_index(view.index).questions for step in question.steps}
        if view.index
        else {},
        made_on=today,
        level_on=lambda day: _level_on(where, day) if where else "",
    )


def _last_on(view: ProgrammeView, step: WorkStep, state: WorkState, by: Person) -> dict[UUID, datetime.date]:
    """The last day of a step, of the work that is in the state that it leads to."""
    there = {item.id for item in view.programme.work if item.state is state}
    moves = WorkMove.objects.for_actor(by, Action.SEE_WORK, work__programme_id=view.id, step=step.value).order_by("id")
    return {id_: on for id_, on in moves.values_list("work_id", "on") if id_ in there}


def _due_before(view: ProgrammeView, by: Person) -> dict[UUID, tuple[tuple[datetime.date, datetime.date | None], ...]]:
    """Each change of a due day, from the audit trail, which says what it was before."""
    ids = {str(item.id): item.id for item in view.programme.work}
    if not by.access.may(Action.SEE_WORK, view.organisation_id):
        return {}
    rows = Change.objects.within(view.organisation_id).filter(
        act="work changed", subject__in=ids, said__before__has_key="due"
    )
    found: dict[UUID, list[tuple[datetime.date, datetime.date | None]]] = defaultdict(list)
    for subject, at, said in rows.order_by("number").values_list("subject", "at", "said"):
        text = str((said or {})["before"]["due"] or "")
        day = datetime.date.fromisoformat(text) if text not in {"", "None"} else None
        found[ids[subject]].append((timezone.localdate(at), day))
    return {id_: tuple(each) for id_, each in found.items()}


def _level_on(where: Standing, day: datetime.date) -> str:
    """The overall level by the end of a day, from the moves up to then."""
    index = where.round.index
    answers = position(where.baseline.assessment.answers, [line.move for line in where.moves], day)
    return overall_words(index, score(index, answers, Column.PRESENT).overall)


@reading
def links_in(programme_id: UUID, *, by: Person) -> dict[UUID, tuple[tuple[str, str, str], ...]]:
    """The links of a programme's work: kind, title and address, by the id of the work."""
    rows = WorkLink.objects.for_actor(by, Action.SEE_WORK, work__programme_id=programme_id).order_by("id")
    found: dict[UUID, list[tuple[str, str, str]]] = defaultdict(list)
    for id_, kind, title, address in rows.values_list("work_id", "kind", "title", "address"):
        found[id_].append((kind, title, address))
    return {id_: tuple(each) for id_, each in found.items()}


def _stands(found: ProgressView, where: Standing | None) -> tuple[tuple[str, str], ...]:
    if where is None:
        return ()
    columns = (
        ("Baseline", where.baseline.present),
        ("Now", where.current.present),
        ("Target", where.baseline.future),
    )
    index = held_index(found.view.index)
    return tuple((name, overall_words(index, column.overall)) for name, column in columns)


def level_rows(reference: str, marks: Sequence[LevelMark]) -> tuple[tuple[str, str, str], ...]:
    """Each day with the overall level planned and reached, in words; "" for days to come."""
    if not marks:
        return ()
    index = held_index(reference)
    return tuple(
        (
            long_date(mark.on),
            overall_words(index, mark.planned),
            "" if mark.reached is None else overall_words(index, mark.reached),
        )
        for mark in marks
    )
