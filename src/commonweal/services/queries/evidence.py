"""Evidence, read."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.evidence import EvidenceKind, Strength
from commonweal.services import files
from commonweal.services.errors import NotFound
from commonweal.services.writing import reading
from commonweal.store.models import Evidence, EvidenceUse, Person


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A piece of evidence as pages show it.

    `questions` are the ids of those that it serves, `criteria` what it shows of them, by the ids of both.
    """

    id: UUID
    assessment_id: UUID
    kind: EvidenceKind
    title: str
    text: str
    link: str
    dated: datetime.date | None
    valid_until: datetime.date | None
    strength: Strength
    version: int
    owner: str
    owner_id: UUID
    changed_by_id: UUID | None
    added_at: datetime.datetime
    withdrawn_at: datetime.datetime | None
    file_name: str
    file_type: str
    size: int
    scanned: bool
    questions: tuple[str, ...]
    criteria: tuple[tuple[str, str], ...]


_FIELDS = (
    "id",
    "assessment_id",
    "kind",
    "title",
    "text",
    "link",
    "dated",
    "valid_until",
    "strength",
    "version",
    "owner__name",
    "owner_id",
    "changed_by_id",
    "added_at",
    "withdrawn_at",
    "file_name",
    "file_type",
    "size",
    "scanned",
)


@reading
def evidence_of(assessment_id: UUID, *, by: Person) -> list[EvidenceLine]:
    """All evidence of an assessment, in the order in which it was added."""
    rows = Evidence.objects.for_actor(by).filter(assessment_id=assessment_id).order_by("added_at", "id")
    uses: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    found = EvidenceUse.objects.of(assessment_id)
    for id_, question, criterion in found.order_by("id").values_list("evidence_id", "question", "criterion"):
        uses[id_].append((question, criterion))
    return [_line(row, uses[row[0]]) for row in rows.values_list(*_FIELDS)]


def _line(row: tuple[Any, ...], uses: Sequence[tuple[str, str]]) -> EvidenceLine:
    questions = tuple(question for question, criterion in uses if not criterion)
    values: list[Any] = [*row, questions, tuple(use for use in uses if use[1])]
    values[2], values[8] = EvidenceKind(values[2]), Strength(values[8])
    return EvidenceLine(*values)


@reading
def out_of_date(assessment_id: UUID, *, by: Person, today: datetime.date) -> int:
    """How many pieces in use are out of date."""
    rows = Evidence.objects.for_actor(by).filter(assessment_id=assessment_id, withdrawn_at=None)
    return rows.filter(valid_until__lt=today).count()


@reading
def one_evidence(evidence_id: UUID, *, by: Person) -> EvidenceLine:
    """A piece of evidence. Raises NotFound."""
    row = Evidence.objects.for_actor(by).filter(pk=evidence_id).values_list(*_FIELDS).first()
    if row is None:
        raise NotFound
    uses = EvidenceUse.objects.of(row[1]).filter(evidence_id=evidence_id).order_by("id")
    return _line(row, list(uses.values_list("question", "criterion")))


@reading
def evidence_file(evidence_id: UUID, *, by: Person) -> tuple[str, bytes]:
    """The file of a piece of evidence: its name and content. Raises NotFound.

    What was withdrawn is for those who judge evidence, and for whoever added it.
    """
    found = Evidence.objects.for_actor(by, pk=evidence_id).first()
    if found is None or not found.stored_as:
        raise NotFound
    access = by.access
    may_judge = access.may_with(Action.VERIFY_EVIDENCE, found.organisation_id, found.assessment_id)
    if found.withdrawn_at and not may_judge and found.owner_id != by.pk:
        raise NotFound
    return found.file_name, files.kept(found.stored_as)
