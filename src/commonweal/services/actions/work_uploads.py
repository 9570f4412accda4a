"""Workbooks of a programme's work: read into a plan that changes nothing, then taken in wholly or not at all."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from commonweal.core.access import Action, refusal
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.work import WorkState
from commonweal.core.programme.working_days import year_of
from commonweal.intake.work_sheet import read_work_sheet, to_amount, to_day
from commonweal.services.actions.work import keep_open
from commonweal.services.actions.work_rows import Lookups, planned_changes
from commonweal.services.allowed import programme_for
from commonweal.services.errors import Forbidden, NotFound, Stale
from commonweal.services.queries.programme_report import links_in
from commonweal.services.queries.programmes import hands, programme
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Person, Programme, Work, WorkGroup, WorkLink, WorkNeed, WorkUpload

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
    upload.applied_at = now
    upload.save(update_fields=["applied_at"])
    record(
        "work taken in from a workbook",
        organisation_id=row.organisation_id,
        assessment_id=row.assessment_id,
        subject=upload.file_name[:100],
        by=by,
        now=now,
        before={one["title"]: [f"{label}: {was}" for label, was, _ in one["lines"]] for one in upload.changes
                if one["id"]},
        after={"programme": row.title}
        | {one["title"]: [f"{label}: {will}" for label, _, will in one["lines"]] for one in upload.changes},
    )  # fmt: skip
    return row.pk


def _take_in(row: Programme, changes: Sequence[Mapping[str, Any]], by: Person, now: datetime.datetime) -> None:
    """Put every change into the rows of a programme that is locked. Raises Stale."""
    there = {work.pk: work for work in Work.objects.within(row.organisation_id).filter(programme=row)}
    groups = {one.number: one for one in WorkGroup.objects.within(row.organisation_id).filter(programme=row)}
    for one in changes:
        if one["id"] and (UUID(one["id"]) not in there or there[UUID(one["id"])].version != one["version"]):
            raise Stale
    number = max((work.number for work in there.values()), default=0)
    changed, new = [], []
    for one in changes:
        if one["id"]:
            work = there[UUID(one["id"])]
            work.version += 1
            changed.append(work)
        else:
            number += 1
            work = Work(
                organisation_id=row.organisation_id, programme=row, number=number, created_at=now, created_by=by
            )
            work.state = WorkState.AGREED.value
            work.parent = there[UUID(one["parent"])] if one["parent"] else None
            new.append(work)
        _put(work, one["values"], groups, row)
    Work.objects.within(row.organisation_id).bulk_update(changed, [*_FIELDS, "planned_due", "version"], batch_size=200)
    Work.objects.bulk_create(new)
    for work, one in zip([*changed, *new], sorted(changes, key=lambda one: one["id"] is None), strict=True):
        _put_beside(work, one)


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
