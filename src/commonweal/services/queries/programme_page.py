"""What one page of a programme shows of its work: chosen, ordered and counted by the database.

A programme may have thousands of pieces of work; a page shows some of them, and counts and sums are of all.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from django.db import models
from django.db.models import Count, ExpressionWrapper, F, Q, QuerySet, Sum, Value, Window
from django.db.models.functions import Coalesce, NullIf, RowNumber

from commonweal.core.access import Action
from commonweal.core.governance.registers import SERVED
from commonweal.core.programme.models import Tally, WorkItem
from commonweal.core.programme.work import OPEN_STATES, ProgrammeState, WorkState
from commonweal.services.queries.programmes import ProgrammeView, programme_frame, work_items
from commonweal.services.queries.registers import register_of
from commonweal.services.writing import reading
from commonweal.store.convert import WORK_FIELDS, to_work
from commonweal.store.models import Person, Work, WorkNeed, WorkServes

A_PAGE = 50
IN_A_COLUMN = 10
_OPEN = [state.value for state in OPEN_STATES]
_OVER = [state.value for state in WorkState if state.is_over]
_SOONEST = (F("due").asc(nulls_last=True), "number")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which work is asked for: `show` is all, mine, open, overdue or milestones; `group` a number, 0 for all.

    `state`, `department` (its name, or the role of work without one) and `entry` narrow it down where they are given.
    """

    show: str = "all"
    group: int = 0
    state: str = ""
    department: str = ""
    entry: UUID | None = None

    @property
    def is_personal(self) -> bool:
        """Whether what is found depends on who asks, beside what is open to them."""
        return self.show == "mine"


@dataclass(frozen=True, slots=True)
class Column:
    """Work under one head: the soonest pieces, and how many there are."""

    head: str
    items: tuple[WorkItem, ...]
    count: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A part of the work of a programme; `view` has the programme without its work.

    `parts` says of the work shown how many of its parts are over, and how many there are.
    """

    view: ProgrammeView
    tally: Tally
    count: int
    number: int
    pages: int
    items: tuple[WorkItem, ...] = ()
    columns: tuple[Column, ...] = ()
    parts: dict[UUID, tuple[int, int]] = field(default_factory=dict)


@reading
def work_page(
    programme_id: UUID, chosen: Chosen, *, arranged: str, number: int, most: int, by: Person, today: datetime.date
) -> WorkPage:
    """Work of a programme: arranged as "list" (by day), "grid" (by group and year), or in columns by "board"
    (state), "departments", "groups" or "priorities"; else all of it, where there is no more than `most`.

    Raises NotFound.
    """
    view = programme_frame(programme_id, by=by)
    everything = Work.objects.within(view.organisation_id).filter(programme_id=programme_id)
    rows = _narrowed(everything, chosen, by, today)
    told, pieces, parts = _tally(everything, today)
    count = pieces if chosen == Chosen() else rows.count()
    if arranged in {"list", "grid"}:
        pages = max(1, -(-count // A_PAGE))
        number = min(max(1, number), pages)
        order = _SOONEST if arranged == "list" else ("group__number", F("year").asc(nulls_last=True), *_SOONEST)
        found = rows.order_by(*order)[A_PAGE * (number - 1) : A_PAGE * number]
        items = tuple(to_work(row, ()) for row in found.values_list(*WORK_FIELDS))
        return WorkPage(view, told, count, number, pages, items, (), _parts(everything, items) if parts else {})
    if arranged in {"board", "departments", *SERVED}:
        columns = _columns(rows, view.organisation_id, arranged)
        shown = [item for column in columns for item in column.items]
        return WorkPage(view, told, count, 1, 1, (), tuple(columns), _parts(everything, shown) if parts else {})
    if count > most:
        return WorkPage(view, told, count, 1, 1)
    needs = WorkNeed.objects.within(view.organisation_id).filter(work__in=rows.values("pk")).order_by("id")
    values = rows.order_by("number").values_list(*WORK_FIELDS)
    items = work_items(values, needs.values_list("work_id", "needed_id"), view.index)
    return WorkPage(view, told, count, 1, 1, items, (), _parts(everything, items) if parts else {})


def _narrowed(rows: QuerySet[Work], chosen: Chosen, by: Person, today: datetime.date) -> QuerySet[Work]:
    conditions: dict[str, Q] = {
        "mine": Q(owner=by),
        "open": ~Q(state__in=_OVER),
        "overdue": Q(due__lt=today, state__in=_OPEN),
        "milestones": Q(is_milestone=True),
    }
    found = rows.filter(conditions.get(chosen.show, Q()))
    if chosen.group:
        found = found.filter(group__number=chosen.group)
    if chosen.state:
        found = found.filter(state=chosen.state)
    if chosen.department:
        found = found.annotate(with_=_WITH).filter(with_=chosen.department)
    if chosen.entry:
        found = found.filter(serves__entry=chosen.entry)
    return found


_WITH = Coalesce("department__name", NullIf(F("role"), Value("")), Value(""))
"""Where work lies: its department, or its role where it has none."""


def _tally(rows: QuerySet[Work], today: datetime.date) -> tuple[Tally, int, int]:
    """Counts and sums of all the work, as `tally` in core/programme/models.py has them; and how many pieces and parts.

    The database groups it by what counts; only parts, which are few, are looked at one by one.
    """
    late = ExpressionWrapper(Q(due__lt=today, state__in=_OPEN), models.BooleanField())
    grouped = rows.order_by().annotate(
        late=late,
        whole=ExpressionWrapper(Q(parent=None), models.BooleanField()),
        costed=ExpressionWrapper(Q(cost__isnull=False), models.BooleanField()),
    )
    count: Counter[str] = Counter()
    cost, effort = Decimal(), Decimal()
    pieces = parts = 0
    found = grouped.values_list("state", "whole", "late", "costed").annotate(
        count=Count("pk"), money=Sum("cost"), effort=Sum("effort_days")
    )
    for state, whole, is_late, costed, many, money, days in found:
        kept = state != WorkState.DROPPED
        pieces, parts = pieces + many, parts + many * (not whole)
        cost, effort = cost + ((money or 0) if kept else 0), effort + ((days or 0) if kept else 0)
        if whole:
            count[state] += many
            count["total"] += many * kept
            count["overdue"] += many * bool(kept and is_late)
            count["uncosted"] += many * (kept and not costed)
    for overdue, uncosted in _by_parts(rows, today) if parts else ():
        count["overdue"] += overdue
        count["uncosted"] -= uncosted
    told = Tally(
        total=count["total"],
        confirmed=count[WorkState.CONFIRMED],
        claimed=count[WorkState.CLAIMED],
        under_way=count[WorkState.UNDER_WAY],
        blocked=count[WorkState.BLOCKED],
        overdue=count["overdue"],
        dropped=count[WorkState.DROPPED],
        cost=cost,
        uncosted=count["uncosted"],
        effort_days=effort,
    )
    return told, pieces, parts


def _by_parts(rows: QuerySet[Work], today: datetime.date) -> Iterator[tuple[bool, bool]]:
    """Of each piece of work with parts: whether it is overdue by a part alone, and whether parts alone have a cost."""
    fields = ("state", "due", "cost")
    parts = rows.filter(parent__isnull=False).exclude(state=WorkState.DROPPED.value).order_by("parent")
    values = parts.values_list("parent_id", *fields, *(f"parent__{name}" for name in fields))
    for _, each in groupby(values, key=lambda row: row[0]):
        own = list(each)
        _, _, _, _, state, due, cost = own[0]
        if state == WorkState.DROPPED:
            continue
        is_late = due is not None and due < today and state in _OPEN
        late = any(row[2] is not None and row[2] < today and row[1] in _OPEN for row in own)
        yield late and not is_late, cost is None and any(row[3] is not None for row in own)


def _parts(rows: QuerySet[Work], shown: Sequence[WorkItem]) -> dict[UUID, tuple[int, int]]:
    found = rows.filter(parent__in=[item.id for item in shown]).values_list("parent").annotate(
        over=Count("pk", filter=Q(state__in=_OVER)), count=Count("pk")
    )  # fmt: skip
    return {parent: (over, count) for parent, over, count in found.order_by() if parent}


def _by_day(rows: QuerySet[Work], ids: Sequence[UUID]) -> list[WorkItem]:
    return [to_work(row, ()) for row in rows.filter(pk__in=ids).order_by(*_SOONEST).values_list(*WORK_FIELDS)]


def _columns(rows: QuerySet[Work], organisation_id: UUID, arranged: str) -> list[Column]:
    """The soonest pieces under each head, with how many there are."""
    if arranged in SERVED:
        return _served_columns(rows, organisation_id, arranged)
    key = "state" if arranged == "board" else "with_"
    found = rows if arranged == "board" else rows.annotate(with_=_WITH)
    counts = dict(found.order_by().values_list(key).annotate(count=Count("pk")))
    place = Window(RowNumber(), partition_by=F(key), order_by=[F("due").asc(nulls_last=True), F("number").asc()])
    first = list(found.annotate(place=place).filter(place__lte=IN_A_COLUMN).order_by().values_list("pk", flat=True))
    items: dict[str, list[WorkItem]] = {}
    for item in _by_day(rows, first):
        head = item.state.value if arranged == "board" else item.department or item.role
        items.setdefault(head, []).append(item)
    if arranged == "board":
        return [
            Column(state.label, tuple(items.get(state.value, ())), counts.get(state.value, 0), state.value)
            for state in WorkState
        ]
    heads = sorted(counts, key=lambda head: (not head, head))
    return [Column(head or "No department yet", tuple(items.get(head, ())), counts[head], head) for head in heads]


def _served_columns(rows: QuerySet[Work], organisation_id: UUID, register: str) -> list[Column]:
    """By the entries of a register that work serves, once under each; what serves none stands last."""
    column = register_of(register).columns[0]
    own = WorkServes.objects.within(organisation_id).filter(entry__register=register, work__in=rows.values("pk"))
    counts = {
        entry: (fields.get(column, ""), count)
        for entry, fields, count in own.order_by().values_list("entry_id", "entry__fields").annotate(count=Count("pk"))
    }
    by_day = [F("work__due").asc(nulls_last=True), F("work__number").asc()]
    place = Window(RowNumber(), partition_by=F("entry_id"), order_by=by_day)
    first = own.annotate(place=place).filter(place__lte=IN_A_COLUMN).order_by()
    entries: dict[UUID, list[UUID]] = {}
    for entry, work in first.values_list("entry_id", "work_id"):
        entries.setdefault(work, []).append(entry)
    items: dict[UUID, list[WorkItem]] = {}
    for item in _by_day(rows, list(entries)):
        for entry in entries[item.id]:
            items.setdefault(entry, []).append(item)
    found = [
        Column(name, tuple(items[entry]), count, str(entry))
        for entry, (name, count) in sorted(counts.items(), key=lambda one: (one[1][0].casefold(), str(one[0])))
    ]
    rest = rows.exclude(pk__in=own.values("work_id"))
    left = tuple(to_work(row, ()) for row in rest.order_by(*_SOONEST)[:IN_A_COLUMN].values_list(*WORK_FIELDS))
    none = {"groups": "Goes to no committee yet", "priorities": "Comes from no priority yet"}[register]
    return [*found, *([Column(none, left, rest.count())] if left else [])]


@reading
def steps_of(programme_id: UUID, *, by: Person) -> tuple[WorkItem, ...]:
    """The work of a programme that actions of the index stand behind."""
    rows = Work.objects.for_actor(by, Action.SEE_WORK, programme_id=programme_id).exclude(step="").order_by("number")
    return tuple(to_work(row, ()) for row in rows.values_list(*WORK_FIELDS))


@dataclass(frozen=True, slots=True)
class OwnWork:
    """A piece of open work that somebody owns, in whichever programme it stands."""

    id: UUID
    title: str
    programme: str
    state: WorkState
    due: datetime.date | None


_MOST_OWN = 20


@reading
def own_work(organisation_id: UUID, *, by: Person) -> list[OwnWork]:
    """The open work that this person owns in the open programmes of an organisation, the soonest first."""
    rows = Work.objects.for_actor(by, Action.SEE_WORK).filter(
        organisation_id=organisation_id, owner=by, state__in=_OPEN, programme__state=ProgrammeState.OPEN.value
    )
    found = rows.order_by(*_SOONEST)[:_MOST_OWN].values_list("id", "title", "programme__title", "state", "due")
    return [OwnWork(id_, title, title_of, WorkState(state), due) for id_, title, title_of, state, due in found]
