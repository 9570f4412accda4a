"""Workbooks that wait for a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.services.errors import NotFound
from commonweal.services.writing import reading
from commonweal.store.convert import from_plain
from commonweal.store.models import Person, Upload


@dataclass(frozen=True, slots=True)
class WaitingUpload:
    """What a workbook would change: the new answers by question id."""

    id: UUID
    assessment_id: UUID
    file_name: str
    changes: Mapping[str, QuestionAnswer]
    is_applied: bool
    overtaken: tuple[str, ...]


@reading
def waiting_upload(upload_id: UUID, *, by: Person) -> WaitingUpload:
    """An upload. Raises NotFound."""
    row = Upload.objects.for_actor(by, Action.ANSWER, pk=upload_id).first()
    if row is None:
        raise NotFound
    changes = {id_: from_plain(kept) for id_, kept in row.changes.items()}
    return WaitingUpload(
        row.id, row.assessment_id, row.file_name, changes, row.applied_at is not None, tuple(row.overtaken)
    )
