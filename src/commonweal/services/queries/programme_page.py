"""What one page of a programme shows of its work: chosen, ordered and counted by the database.

A programme may have thousands of pieces of work; a page shows some of them, and counts and sums are of all.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, Window
from django.db.models.functions import Coalesce, NullIf, RowNumber

from commonweal.core.access import Action
from commonweal.core.governance.registers import SERVED
from commonweal.core.programme.models import Tally, WorkItem
from commonweal.core.programme.work import OPEN_STATES, WorkState
from commonweal.services.queries.programmes import ProgrammeView, programme_frame, work_items
from commonweal.services.queries.registers import register_of
from commonweal.services.writing import reading
from commonweal.store.convert import WORK_FIELDS, to_work
from commonweal.store.models import Person, Work, WorkNeed, WorkServes

A_PAGE = 100
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
    count = rows.count()
    told = _tally(everything, today)
    if arranged in {"list", "grid"}:
        pages = max(1, -(-count // A_PAGE))
        number = min(max(1, number), pages)
        order = _SOONEST if arranged == "list" else ("group__number", F("year").asc(nulls_last=True), *_SOONEST)
        found = rows.order_by(*order)[A_PAGE * (number - 1) : A_PAGE * number]
        items = tuple(to_work(row, ()) for row in found.values_list(*WORK_FIELDS))
        return WorkPage(view, told, count, number, pages, items, (), _parts(everything, items))
    if arranged in {"board", "departments", *SERVED}:
        columns = _columns(rows, view.organisation_id, arranged)
        shown = [item for column in columns for item in column.items]
        return WorkPage(view, told, count, 1, 1, (), tuple(columns), _parts(everything, shown))
    if count > most:
        return WorkPage(view, told, count, 1, 1)
    needs = WorkNeed.objects.within(view.organisation_id).filter(work__in=rows.values("pk")).order_by("id")
    values = rows.order_by("number").values_list(*WORK_FIELDS)
    items = work_items(values, needs.values_list("work_id", "needed_id"), view.index)
    return WorkPage(view, told, count, 1, 1, items, (), _parts(everything, items))


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


def _tally(rows: QuerySet[Work], today: datetime.date) -> Tally:
    """Counts and sums of all the work (core/programme/models.py says what counts)."""
    kept = Q(parent=None) & ~Q(state=WorkState.DROPPED.value)
    late = Q(due__lt=today, state__in=_OPEN)
    states = {
        name: Count("pk", filter=Q(parent=None, state=state.value))
        for name, state in (
            ("confirmed", WorkState.CONFIRMED),
            ("claimed", WorkState.CLAIMED),
            ("under_way", WorkState.UNDER_WAY),
            ("blocked", WorkState.BLOCKED),
            ("dropped", WorkState.DROPPED),
        )
    }
    paid = ~Q(state=WorkState.DROPPED.value)
    parts = rows.filter(parent=OuterRef("pk"))
    told: dict[str, Any] = rows.aggregate(
        **states,
        total=Count("pk", filter=kept),
        money=Sum("cost", filter=paid),
        effort=Sum("effort_days", filter=paid),
        costed=Count("pk", filter=kept & Q(cost__isnull=False)),
    )
    overdue = rows.filter(kept).filter(late | Exists(parts.filter(late))).count()
    by_parts = rows.filter(kept, cost=None).filter(Exists(parts.filter(paid, cost__isnull=False))).count()
    costed = told.pop("costed") + by_parts
    cost, effort = (told.pop(name) or Decimal() for name in ("money", "effort"))
    return Tally(**told, cost=cost, effort_days=effort, overdue=overdue, uncosted=told["total"] - costed)


def _parts(rows: QuerySet[Work], shown: Sequence[WorkItem]) -> dict[UUID, tuple[int, int]]:
    found = rows.filter(parent__in=[item.id for item in shown]).values_list("parent").annotate(
        over=Count("pk", filter=Q(state__in=_OVER)), count=Count("pk")
    )  # fmt: skip
    return {parent: (over, count) for parent, over, count in found.order_by() if parent}


def _columns(rows: QuerySet[Work], organisation_id: UUID, arranged: str) -> list[Column]:
    """The soonest pieces under each head, with how many there are."""
    if arranged in SERVED:
        return _served_columns(rows, organisation_id, arranged)
    key = "state" if arranged == "board" else "with_"
    found = rows if arranged == "board" else rows.annotate(with_=_WITH)
    counts = dict(found.order_by().values_list(key).annotate(count=Count("pk")))
    place = Window(RowNumber(), partition_by=F(key), order_by=[F("due").asc(nulls_last=True), F("number").asc()])
    first = found.annotate(place=place).filter(place__lte=IN_A_COLUMN).order_by(*_SOONEST)
    items: dict[str, list[WorkItem]] = {}
    for head, *fields in first.values_list(key, *WORK_FIELDS):
        items.setdefault(head, []).append(to_work(tuple(fields), ()))
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
    first = own.annotate(place=place).filter(place__lte=IN_A_COLUMN).order_by(*by_day)
    items: dict[UUID, list[WorkItem]] = {}
    for entry, *fields in first.values_list("entry_id", *(f"work__{name}" for name in WORK_FIELDS)):
        items.setdefault(entry, []).append(to_work(tuple(fields), ()))
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
