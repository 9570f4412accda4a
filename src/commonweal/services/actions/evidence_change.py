"""What a piece of evidence is called, when it holds and what it serves is changed; what it is made of never is."""

import datetime
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import F

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.evidence import EvidenceKind, Strength, strongest_claim
from commonweal.core.maturity.models import Index
from commonweal.core.problems import Problem
from commonweal.services.actions.evidence import (
    Criteria,
    codes_of,
    evidence_for,
    label_problems,
    tie,
    uses_of,
)
from commonweal.services.allowed import assessment_for
from commonweal.services.errors import Stale
from commonweal.services.queries.assessments import index_of
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Evidence, EvidenceUse, Person


@dataclass(frozen=True, slots=True)
class Label:
    """What is written on a piece: its name, its days, and all that it serves."""

    title: str
    dated: datetime.date | None
    valid_until: datetime.date | None
    questions: frozenset[str]
    criteria: Criteria

    @property
    def uses(self) -> set[tuple[str, str]]:
        """The questions, each with "" and with the criteria of it that are shown."""
        return {(question, "") for question in self.questions} | set(self.criteria)

    def said(self, strength: Strength) -> dict[str, Any]:
        """As the trail keeps it."""
        return {
            "title": self.title,
            "dated": self.dated.isoformat() if self.dated else "",
            "valid_until": self.valid_until.isoformat() if self.valid_until else "",
            "questions": sorted(self.questions),
            "criteria": [" ".join(one) for one in sorted(self.criteria)],
            "strength": strength,
        }


@writing
def change_evidence(*, evidence_id: UUID, version: int, label: Label, by: Person, now: datetime.datetime) -> None:
    """Change a name, days, or what a piece serves, in whatever state the assessment is.

    Tying it to a question, or untying it, takes the right to add evidence there. A new name or day takes it for all
    that the piece serves, and what was verified has to be verified again, since somebody else checked it as it was.
    Raises NotFound, Forbidden, BadInput (places are fields), or Stale.
    """
    found = evidence_for(evidence_id, by)
    index = index_of(found.assessment_id, by=by)
    old = _label_of(found, by)
    codes_of(index, label.questions, label.criteria)
    for code in _touched(index, old, label):
        assessment_for(by, Action.ADD_EVIDENCE, found.assessment_id, code)
    _refuse(found, label)
    if label == old:
        return
    is_renamed = replace(label, questions=old.questions, criteria=old.criteria) != old
    before = Strength(found.strength)
    strength = strongest_claim(EvidenceKind(found.kind)) if is_renamed and before is Strength.VERIFIED else before
    own = Evidence.objects.for_actor(by).filter(pk=evidence_id, version=version)
    days = {"dated": label.dated, "valid_until": label.valid_until}
    if not own.update(version=F("version") + 1, title=label.title, strength=strength, **days):
        raise Stale
    EvidenceUse.objects.for_actor(by).filter(evidence=found).delete()
    tie(found, label.uses)
    record(
        "evidence changed",
        organisation_id=found.organisation_id,
        assessment_id=found.assessment_id,
        subject=str(found.pk),
        by=by,
        now=now,
        before=old.said(before),
        after=label.said(strength),
    )


def _label_of(evidence: Evidence, by: Person) -> Label:
    uses = uses_of(evidence, by)
    return Label(
        evidence.title,
        evidence.dated,
        evidence.valid_until,
        frozenset(question for question, _ in uses),
        frozenset((question, criterion) for question, criterion in uses if criterion),
    )


def _touched(index: Index, old: Label, new: Label) -> set[str]:
    """The codes of the themes for which a change takes the right to add; the old ones, where nothing is changed."""
    changed = {question for question, _ in old.uses ^ new.uses}
    if not changed or replace(new, questions=old.questions, criteria=old.criteria) != old:
        changed |= old.questions
    return codes_of(index, changed, frozenset())


def _refuse(evidence: Evidence, label: Label) -> None:
    if evidence.withdrawn_at:
        raise BadInput([Problem("title", "This evidence was withdrawn.", "Add it again if it is needed.")])
    problems = label_problems(label.title, label.dated, label.valid_until, label.questions)
    if problems:
        raise BadInput(problems)
