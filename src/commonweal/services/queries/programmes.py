"""Programmes and their work."""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.core.access import Action, Role
from commonweal.core.programme.models import Group, LinkKind, Programme, Tally, WorkItem, tally
from commonweal.core.programme.work import ProgrammeState, WorkStep
from commonweal.core.seats import Access
from commonweal.services import files
from commonweal.services.allowed import may_do, may_in, organisation_for
from commonweal.services.errors import NotFound
from commonweal.services.indexes import held_index
from commonweal.services.writing import reading
from commonweal.store.convert import WORK_FIELDS, to_work
from commonweal.store.models import (
    CalendarFeed,
    Membership,
    OrganisationPart,
    Person,
    Work,
    WorkFile,
    WorkGroup,
    WorkLink,
    WorkMove,
    WorkNeed,
)
from commonweal.store.models import Programme as ProgrammeRow
from commonweal.store.models.organisation import held


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme with its work, and where it belongs.

    `round` and `index` (`id@version`) are of the assessment that is its baseline; both empty where there is none.
    """

    id: UUID
    organisation_id: UUID
    organisation: str
    assessment_id: UUID | None
    round: str
    index: str
    made_from: str
    nation: str
    version: int
    programme: Programme
    access: Access

    def may(self, action: Action) -> bool:
        """Whether the action is open to whoever asked, with all of its work."""
        return may_in(self.access, action, self.organisation_id, self.assessment_id)


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme in a list."""

    id: UUID
    assessment_id: UUID | None
    title: str
    state: ProgrammeState
    starts_on: datetime.date
    years: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class WorkMoveLine:
    """A step that was taken with a piece of work."""

    step: WorkStep
    words: str
    link: str
    on: datetime.date
    at: datetime.datetime
    by: str
    until: datetime.date | None
    is_own_claim: bool = False
    """Whether it confirms what the same person had said to be done."""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link from a piece of work."""

    id: int
    kind: LinkKind
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that shows how work was done."""

    id: int
    title: str
    file_name: str
    size: int
    at: datetime.datetime
    by: str


@dataclass(frozen=True, slots=True)
class WorkView:
    """A piece of work in its programme, with its links and its history."""

    view: ProgrammeView
    item: WorkItem
    department_id: int | None
    moves: tuple[WorkMoveLine, ...]
    links: tuple[LinkLine, ...]
    files: tuple[FileLine, ...]
    person_id: UUID

    def may(self, action: Action) -> bool:
        """Whether the action is open to whoever asked with this piece of work; who owns it is placed on it."""
        where = self.view.organisation_id, self.view.assessment_id
        return may_do(self.view.access, action, *where, is_owner=self.item.owner_id == self.person_id)


_PROGRAMME = (
    "id",
    "organisation_id",
    "organisation__name",
    "assessment_id",
    "assessment__name",
    "assessment__index",
    "made_from",
    "nation",
    "version",
    "title",
    "starts_on",
    "years",
    "state",
)


@reading
def programme(programme_id: UUID, *, by: Person) -> ProgrammeView:
    """A programme with its groups and work, in four statements. Raises NotFound."""
    view = programme_frame(programme_id, by=by)
    work = Work.objects.within(view.organisation_id).filter(programme_id=programme_id).order_by("number")
    needs = WorkNeed.objects.within(view.organisation_id).filter(work__programme_id=programme_id).order_by("id")
    items = work_items(work.values_list(*WORK_FIELDS), needs.values_list("work_id", "needed_id"), view.index)
    return replace(view, programme=replace(view.programme, work=items))


@reading
def programme_frame(programme_id: UUID, *, by: Person) -> ProgrammeView:
    """A programme with its groups and without its work, in two statements. Raises NotFound."""
    row = ProgrammeRow.objects.for_actor(by, Action.SEE_WORK, pk=programme_id).values_list(*_PROGRAMME).first()
    if row is None:
        raise NotFound
    return _view(row, by)


def _view(row: tuple[Any, ...], by: Person) -> ProgrammeView:
    (
        id_,
        organisation_id,
        name,
        assessment_id,
        round_,
        index,
        made_from,
        nation,
        version,
        title,
        starts_on,
        years,
        state,
    ) = row
    groups = WorkGroup.objects.within(organisation_id).filter(programme_id=id_).order_by("number")
    value = Programme(
        title=title,
        starts_on=starts_on,
        years=years,
        state=ProgrammeState(state),
        groups=tuple(Group(*one) for one in groups.values_list("number", "title", "objective")),
        work=(),
    )
    return ProgrammeView(
        id_,
        organisation_id,
        name,
        assessment_id,
        round_ or "",
        index or "",
        made_from,
        nation,
        version,
        value,
        by.access,
    )


def work_items(
    rows: Iterable[tuple[Any, ...]], pairs: Iterable[tuple[UUID, UUID]], reference: str
) -> tuple[WorkItem, ...]:
    """Rows (WORK_FIELDS) as work with what it needs: pairs of ids, and by the questions of an index (`id@version`)."""
    needs: dict[UUID, list[UUID]] = defaultdict(list)
    for work, needed in pairs:
        needs[work].append(needed)
    items = [to_work(row, tuple(needs[row[0]])) for row in rows]
    if not reference:
        return tuple(items)
    by_step = {item.step: item.id for item in items if item.step}
    before = {
        step.id: by_step[earlier.id]
        for question in held_index(reference).questions
        for earlier, step in itertools.pairwise(question.steps)
        if earlier.id in by_step
    }
    return tuple(replace(item, builds_on=before[item.step]) if item.step in before else item for item in items)


@reading
def programmes_of(organisation_id: UUID, *, by: Person, today: datetime.date) -> list[ProgrammeLine]:
    """The programmes of an organisation that this person may see, the latest first."""
    found = ProgrammeRow.objects.for_actor(by, Action.SEE_WORK).filter(organisation_id=organisation_id)
    rows = list(found.values_list("id", "assessment_id", "title", "state", "starts_on", "years"))
    rows.sort(key=lambda row: list(ProgrammeState).index(ProgrammeState(row[3])))
    work: dict[UUID, list[WorkItem]] = defaultdict(list)
    of_all = Work.objects.within(organisation_id).filter(programme_id__in=[row[0] for row in rows])
    for id_, *fields in of_all.order_by("number").values_list("programme_id", *WORK_FIELDS):
        work[id_].append(to_work(tuple(fields), ()))
    return [
        ProgrammeLine(id_, assessment_id, title, ProgrammeState(state), starts_on, years, tally(work[id_], today))
        for id_, assessment_id, title, state, starts_on, years in rows
    ]


@reading
def one_work(work_id: UUID, *, by: Person) -> WorkView:
    """A piece of work with its programme and history. Raises NotFound.

    Of the programme's work there is only what belongs to this piece: what it is a part of, its parts, what it needs and
    what needs it.
    """
    found = Work.objects.for_actor(by, Action.SEE_WORK, pk=work_id)
    row = found.values_list("programme_id", "department_id", "parent_id", "step").first()
    if row is None:
        raise NotFound
    programme_id, department_id, parent, step = row
    view = _with_work_around(programme_frame(programme_id, by=by), work_id, parent, step)
    moves = WorkMove.objects.within(view.organisation_id).filter(work_id=work_id).order_by("id")
    links = WorkLink.objects.within(view.organisation_id).filter(work_id=work_id).order_by("id")
    return WorkView(
        view=view,
        item=next(item for item in view.programme.work if item.id == work_id),
        department_id=department_id,
        links=tuple(
            LinkLine(id_, LinkKind(kind), title, address)
            for id_, kind, title, address in links.values_list("id", "kind", "title", "address")
        ),
        files=tuple(
            FileLine(*row)
            for row in WorkFile.objects.within(view.organisation_id)
            .filter(work_id=work_id)
            .order_by("id")
            .values_list("id", "title", "file_name", "size", "at", "by__name")
        ),
        moves=_move_lines(moves.values_list("step", "words", "link", "on", "at", "by__name", "until", "by_id")),
        person_id=by.pk,
    )


def _with_work_around(view: ProgrammeView, work_id: UUID, parent: UUID | None, step: str) -> ProgrammeView:
    own = WorkNeed.objects.within(view.organisation_id).filter(Q(work_id=work_id) | Q(needed_id=work_id))
    pairs = list(own.order_by("id").values_list("work_id", "needed_id"))
    questions = held_index(view.index).questions if view.index else ()
    steps = [one.id for question in questions if step in {one.id for one in question.steps} for one in question.steps]
    around = Q(pk__in={work_id, parent, *(id_ for pair in pairs for id_ in pair)}) | Q(parent_id=work_id)
    work = Work.objects.within(view.organisation_id).filter(around | Q(step__in=steps), programme_id=view.id)
    items = work_items(work.order_by("number").values_list(*WORK_FIELDS), pairs, view.index)
    return replace(view, programme=replace(view.programme, work=items))


@reading
def work_file(work_id: UUID, file_id: int, *, by: Person) -> tuple[str, bytes]:
    """A file of a piece of work: its name and content. Raises NotFound."""
    rows = WorkFile.objects.for_actor(by, Action.SEE_WORK, work=work_id, pk=file_id)
    found = rows.values_list("file_name", "stored_as").first()
    if found is None:
        raise NotFound
    return found[0], files.kept(found[1])


def _move_lines(rows: Iterable[tuple[Any, ...]]) -> tuple[WorkMoveLine, ...]:
    lines: list[WorkMoveLine] = []
    claimed_by = None
    for step, words, link, on, at, name, until, by_id in rows:
        taken = WorkStep(step)
        own = taken is WorkStep.CONFIRM and claimed_by == by_id
        claimed_by = by_id if taken is WorkStep.CLAIM else claimed_by
        lines.append(WorkMoveLine(taken, words, link, on, at, name, until, own))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Hands:
    """Who may own work, and the departments that it may lie with."""

    people: tuple[tuple[UUID, str], ...]
    departments: tuple[tuple[int, str], ...]


def who_may_own(organisation_id: UUID, now: datetime.datetime) -> QuerySet[Membership]:
    """The seats whose people may own work of an organisation that was let in already."""
    return Membership.objects.within(organisation_id).filter(
        held(now), person__is_active=True, on_behalf_of="", role__in=[Role.LEAD_OFFICER, Role.OFFICER]
    )


@reading
def hands(organisation_id: UUID, *, by: Person, now: datetime.datetime) -> Hands:
    """The people and departments of an organisation that work may be given to. Raises NotFound or Forbidden."""
    organisation_for(by, Action.PLAN_WORK, organisation_id)
    people = dict(who_may_own(organisation_id, now).order_by("person__name").values_list("person_id", "person__name"))
    parts = OrganisationPart.objects.within(organisation_id).filter(kind="department").order_by("name")
    return Hands(tuple(people.items()), tuple(parts.values_list("pk", "name")))


@reading
def open_programme(assessment_id: UUID, *, by: Person) -> tuple[UUID, str] | None:
    """The open programme whose baseline an assessment is, with its title, if there is one."""
    found = ProgrammeRow.objects.for_actor(
        by, Action.SEE_WORK, assessment=assessment_id, state=ProgrammeState.OPEN.value
    )
    return found.values_list("id", "title").first()


@reading
def feed_since(programme_id: UUID, *, by: Person) -> datetime.datetime | None:
    """When somebody made the address of their own calendar of a programme, if there is one."""
    found = CalendarFeed.objects.for_actor(by, Action.SEE_WORK).filter(programme_id=programme_id, person=by)
    return found.values_list("created_at", flat=True).first()
