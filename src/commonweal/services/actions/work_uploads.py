"""Workbooks of a programme's work: read into a plan that changes nothing, then taken in wholly or not at all."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from commonweal.core.access import Action, refusal
from commonweal.core.circles import in_circles
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.work import WorkState
from commonweal.core.programme.working_days import year_of
from commonweal.intake.work_sheet import read_work_sheet, to_amount, to_day
from commonweal.services.actions.spending import note_spent
from commonweal.services.actions.work import keep_open
from commonweal.services.actions.work_needs import implied_needs, said_needs
from commonweal.services.actions.work_rows import OWNER_HEAD, Lookups, planned_changes
from commonweal.services.allowed import programme_for
from commonweal.services.errors import Forbidden, NotFound, Stale
from commonweal.services.queries.programme_report import links_in
from commonweal.services.queries.programmes import hands, programme, who_may_own
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import OrganisationPart, Person, Programme, Work, WorkGroup, WorkLink, WorkNeed, WorkUpload

_LONGEST_FILE_NAME = 200
_NO_MORE = 5_000
"""More pieces of work than any programme has."""


def sheet_code(programme_id: UUID) -> str:
    """What a workbook carries to say whose it is."""
    return str(programme_id)


def receive_work_sheet(
    *, programme_id: UUID, content: bytes, file_name: str, by: Person, now: datetime.datetime
) -> UUID:
    """Read a workbook for a programme and keep what it would change. Gives the upload's id; changes no work.

    Raises NotFound, Forbidden, or BadInput with every problem found in the file.
    """
    view = programme(programme_id, by=by)
    if not view.may(Action.PLAN_WORK):
        raise Forbidden(refusal(Action.PLAN_WORK))
    name = file_name[-_LONGEST_FILE_NAME:] or "workbook.xlsx"
    sheet = read_work_sheet(content, name)
    if sheet.code != sheet_code(programme_id):
        what = "This workbook was made for another programme."
        raise BadInput([Problem(name, what, "Send it there, or fill in the workbook of this one.")])
    lookups = Lookups.of(view.programme, hands(view.organisation_id, by=by, now=now), links_in(programme_id, by=by))
    changes, problems = planned_changes(sheet, lookups)
    if len(view.programme.work) + sum(one["id"] is None for one in changes) > _NO_MORE:
        problems.append(Problem(name, f"The programme would have more than {_NO_MORE:,} pieces.", "Add fewer."))
    if problems:
        raise BadInput(problems)
    return _keep(view.organisation_id, programme_id, name, changes, by=by, now=now)


@writing
def _keep(
    organisation_id: UUID,
    programme_id: UUID,
    name: str,
    changes: list[dict[str, Any]],
    *,
    by: Person,
    now: datetime.datetime,
) -> UUID:
    row = programme_for(by, Action.PLAN_WORK, programme_id)
    keep_open(row)
    upload = WorkUpload.objects.create(
        organisation_id=organisation_id,
        programme_id=programme_id,
        file_name=name,
        changes=changes,
        created_at=now,
        created_by=by,
    )
    return upload.pk


@writing
def apply_work_upload(*, upload_id: UUID, by: Person, now: datetime.datetime) -> UUID:
    """Take in what an upload would change, all of it. Gives the programme's id; once more changes nothing.

    Raises NotFound, Forbidden, Closed, or Stale where work of it was changed since the workbook was read.
    """
    upload = WorkUpload.objects.for_actor(by, Action.SEE_WORK, pk=upload_id).first()
    if upload is None:
        raise NotFound
    row = programme_for(by, Action.PLAN_WORK, upload.programme_id)
    upload.refresh_from_db(fields=["applied_at"], from_queryset=WorkUpload.objects.within(row.organisation_id))
    if upload.applied_at:
        return row.pk
    keep_open(row)
    _take_in(row, upload.changes, by, now)
    said = [line for one in upload.changes for line in _in_the_trail(one)]
    upload.applied_at, upload.changes = now, []
    upload.save(update_fields=["applied_at", "changes"])
    record(
        "work taken in from a workbook",
        organisation_id=row.organisation_id,
        assessment_id=row.assessment_id,
        subject=upload.file_name[:100],
        by=by,
        now=now,
        after={"programme": row.title, "changes": said},
    )
    return row.pk


def _in_the_trail(one: Mapping[str, Any]) -> list[str]:
    """What a row changed, field by field; people by their ids, so that somebody can be forgotten."""
    lines = [
        (head, "", one["values"]["owner"] or "nobody") if head == OWNER_HEAD else (head, was, will)
        for head, was, will in one["lines"]
    ]
    kind = "" if one["id"] else "new: "
    return [f"{kind}{one['title']}: {head}: {f'{was} to ' if was else ''}{will}" for head, was, will in lines]


def _take_in(row: Programme, changes: Sequence[Mapping[str, Any]], by: Person, now: datetime.datetime) -> None:
    """Put every change into the rows of a programme that is locked. Raises Stale."""
    there = {work.pk: work for work in Work.objects.within(row.organisation_id).filter(programme=row)}
    groups = {one.number: one for one in WorkGroup.objects.within(row.organisation_id).filter(programme=row)}
    if not _still_holds(row, changes, there, groups, now):
        raise Stale
    number = max((work.number for work in there.values()), default=0)
    spent = {id_: work.spent for id_, work in there.items()}
    changed, new = [], []
    for one in changes:
        if one["id"]:
            work = there[UUID(one["id"])]
            work.version += 1
            changed.append(work)
        else:
            number += 1
            own = {"organisation_id": row.organisation_id, "programme": row, "created_at": now, "created_by": by}
            work = Work(pk=UUID(one["new_id"]), number=number, state=WorkState.AGREED.value, **own)
            work.parent_id = UUID(one["parent"]) if one["parent"] else None
            new.append(work)
        _put(work, one["values"], groups, row)
    Work.objects.bulk_create(  # one statement for many rows, where bulk_update writes a case for each
        changed, update_conflicts=True, unique_fields=["id"], update_fields=[*_FIELDS, "planned_due", "version"]
    )
    Work.objects.bulk_create(new)
    note_spent([(work, spent.get(work.pk)) for work in (*changed, *new)], by, now)
    for work, one in zip([*changed, *new], sorted(changes, key=lambda one: one["id"] is None), strict=True):
        _put_beside(work, one)


def _still_holds(
    row: Programme,
    changes: Sequence[Mapping[str, Any]],
    there: Mapping[UUID, Work],
    groups: Mapping[int, WorkGroup],
    now: datetime.datetime,
) -> bool:
    """Whether everything is there still that the rows name, unchanged; asked again now that the programme is locked."""
    home = row.organisation_id
    departments = set(OrganisationPart.objects.within(home).values_list("pk", flat=True))
    people = {str(id_) for id_ in who_may_own(home, now).values_list("person_id", flat=True)}
    links = links_of(row)
    new = {one["new_id"] for one in changes if one["id"] is None}
    for one in changes:
        work = there.get(UUID(one["id"])) if one["id"] else None
        whole = there.get(UUID(one["parent"])) if one["parent"] else None
        values, own = one["values"], str(work.owner_id) if work else ""
        if (
            (one["id"] and (work is None or work.version != one["version"]))
            or (work is not None and [list(link) for link in links.get(work.pk, ())] != one["links_before"])
            or (
                one["parent"]
                and work is None
                and one["parent"] not in new
                and (whole is None or WorkState(whole.state).is_over)
            )
            or values["group"] not in groups
            or (values["department"] is not None and values["department"] not in departments)
            or (values["owner"] and values["owner"] not in people | {own})
        ):
            return False
    return not _goes_round(row, changes)


def _goes_round(row: Programme, changes: Sequence[Mapping[str, Any]]) -> bool:
    """Whether work would need itself with what was saved since."""
    needs = {str(work): {str(one) for one in needed} for work, needed in said_needs(row).items()}
    for one in changes:
        if one["needs"] is not None:
            needs[one["id"] or one["new_id"]] = set(one["needs"])
    beside = [(str(work), str(needed)) for work, needed in implied_needs(row)]
    beside += [(one["parent"], one["new_id"]) for one in changes if one["id"] is None and one["parent"]]
    for work, needed in beside:
        needs.setdefault(work, set()).add(needed)
    return bool(in_circles(needs))


def links_of(row: Programme) -> dict[UUID, list[tuple[str, str, str]]]:
    """The links of a programme's work, by its id."""
    found: dict[UUID, list[tuple[str, str, str]]] = {}
    rows = WorkLink.objects.within(row.organisation_id).filter(work__programme=row).order_by("id")
    for work, *link in rows.values_list("work_id", "kind", "title", "address"):
        found.setdefault(work, []).append((link[0], link[1], link[2]))
    return found


_FIELDS = (
    *("group", "topic", "title", "owner", "role", "department", "start", "due", "year", "is_milestone", "priority"),
    *("cost", "price_year", "spent", "effort_days", "funding", "detail", "measurable", "achievable", "relevant"),
)


def _put(work: Work, values: Mapping[str, Any], groups: Mapping[int, WorkGroup], row: Programme) -> None:
    """Put what a row says into a piece of work; what was read was found to be sound."""
    plain = ("topic", "title", "role", "year", "is_milestone", "priority", "price_year", "funding")
    for name in (*plain, "detail", "measurable", "achievable", "relevant"):
        setattr(work, name, values[name])
    for name in ("start", "due"):
        setattr(work, name, to_day(values[name]))
    for name in ("cost", "spent", "effort_days"):
        setattr(work, name, to_amount(values[name]))
    work.group = groups[values["group"]]
    work.owner_id = UUID(values["owner"]) if values["owner"] else None
    work.department_id = values["department"]
    if work.due is not None:
        work.year = min(year_of(work.due, row.starts_on), row.years)
    if work.planned_due is None or work.state == WorkState.PROPOSED:
        work.planned_due = work.due


def _put_beside(work: Work, one: Mapping[str, Any]) -> None:
    """What it needs and its links, where the row changes them."""
    if one["needs"] is not None:
        WorkNeed.objects.within(work.organisation_id).filter(work=work).delete()
        WorkNeed.objects.bulk_create(
            WorkNeed(organisation_id=work.organisation_id, work=work, needed_id=UUID(id_)) for id_ in one["needs"]
        )
    if one["links"] is not None:
        WorkLink.objects.within(work.organisation_id).filter(work=work).delete()
        WorkLink.objects.bulk_create(_links(work, one["links"]))


def _links(work: Work, links: Sequence[Sequence[str]]) -> list[WorkLink]:
    return [
        WorkLink(organisation_id=work.organisation_id, work=work, kind=kind, title=title, address=address)
        for kind, title, address in links
    ]
