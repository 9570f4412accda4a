"""Workbooks of a programme's work that wait for a decision."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.core.access import Action
from commonweal.services.errors import NotFound
from commonweal.services.writing import reading
from commonweal.store.models import Person, WorkUpload


@dataclass(frozen=True, slots=True)
class WorkChange:
    """What a row would change: the work, whether it is new, and each field with what is stored and what would be.

    `is_overtaken`: it was changed on the pages after the workbook was taken out. `twin` is the No. of work that is
    there already and is called the same.
    """

    title: str
    is_new: bool
    is_overtaken: bool
    lines: tuple[tuple[str, str, str], ...]
    twin: int | None = None


@dataclass(frozen=True, slots=True)
class WaitingWork:
    """What a workbook would change."""

    id: UUID
    programme_id: UUID
    file_name: str
    changes: tuple[WorkChange, ...]
    is_applied: bool


@reading
def waiting_work_upload(upload_id: UUID, *, by: Person) -> WaitingWork:
    """An upload. Raises NotFound."""
    row = WorkUpload.objects.for_actor(by, Action.SEE_WORK, pk=upload_id).first()
    if row is None:
        raise NotFound
    changes = tuple(
        WorkChange(
            one["title"],
            one["id"] is None,
            one.get("is_overtaken", False),
            tuple((head, was, will) for head, was, will in one["lines"]),
            one.get("twin"),
        )
        for one in row.changes
    )
    return WaitingWork(row.pk, row.programme_id, row.file_name, changes, row.applied_at is not None)
