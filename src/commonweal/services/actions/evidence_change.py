"""What becomes of evidence: its label is changed, its strength judged, it is withdrawn. What it is made of stays.

Each of these takes the row first and decides on what stands there then: whoever waited for somebody else's act decides
on what that act left, and is stale.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.evidence import EvidenceKind, Strength, strengths
from commonweal.core.maturity.models import Index
from commonweal.core.problems import Problem, Refused
from commonweal.formats.characters import is_blank
from commonweal.services.actions.answers import refused_text
from commonweal.services.actions.evidence import Criteria, codes_of, keep_open, label_problems, said_day, tie, uses_of
from commonweal.services.allowed import assessment_taken, require_somewhere, require_with
from commonweal.services.errors import Closed, NotFound, Stale
from commonweal.services.queries.assessments import index_of
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Evidence, Person


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

    @property
    def name_and_days(self) -> tuple[str, datetime.date | None, datetime.date | None]:
        """What is not about questions."""
        return self.title, self.dated, self.valid_until

    def said(self, strength: Strength) -> dict[str, Any]:
        """As the trail keeps it."""
        return {
            "title": self.title,
            "dated": said_day(self.dated),
            "valid_until": said_day(self.valid_until),
            "questions": sorted(self.questions),
            "criteria": [" ".join(one) for one in sorted(self.criteria)],
            "strength": strength,
        }


@writing
def change_evidence(*, evidence_id: UUID, version: int, label: Label, by: Person, now: datetime.datetime) -> None:
    """Change a name, days, or what a piece serves, until the assessment is endorsed.

    Tying it to a question, or untying it, takes the right to add evidence there. A new name or day takes it for all
    that the piece serves, or having added it. What was verified goes back to what was said before, where a name or day
    changes or it is to serve more: nobody has checked that. Raises NotFound, Forbidden, Closed, BadInput (places are
    fields), or Stale.
    """
    found = _taken(evidence_id, version, by)
    index = index_of(found.assessment_id, by=by)
    codes_of(index, label.questions, label.criteria)
    old = _label_of(found)
    if label == old:
        return
    assessment = assessment_taken(by, found.assessment_id)
    _require_label(found, index, old, label, by)
    keep_open(assessment)
    problems = label_problems(label.title, label.dated, label.valid_until, label.questions)
    if problems:
        raise BadInput(problems)
    before = Strength(found.strength)
    if before is Strength.VERIFIED and (label.name_and_days != old.name_and_days or label.uses - old.uses):
        found.strength = found.stated
    found.title, found.dated, found.valid_until = label.name_and_days
    found.changed_by = by
    _save(found, "title", "dated", "valid_until", "strength", "changed_by")
    uses_of(found).delete()
    tie(found, label.uses)
    after = {"evidence": label.title, **label.said(Strength(found.strength))}
    _record("evidence changed", found, by, now, before=old.said(before), after=after)


def _label_of(evidence: Evidence) -> Label:
    uses = set(uses_of(evidence).values_list("question", "criterion"))
    return Label(
        evidence.title,
        evidence.dated,
        evidence.valid_until,
        frozenset(question for question, _ in uses),
        frozenset((question, criterion) for question, criterion in uses if criterion),
    )


def _require_label(evidence: Evidence, index: Index, old: Label, new: Label, by: Person) -> None:
    """The right to add, where a change takes it.

    Who added a piece names and dates it with that right in any theme, so that others cannot tie it away from them.
    """
    touched = {question for question, _ in old.uses ^ new.uses}
    if new.name_and_days != old.name_and_days:
        if evidence.owner_id == by.pk:
            require_somewhere(by, Action.ADD_EVIDENCE, evidence.organisation_id, evidence.assessment_id)
        else:
            touched |= old.questions
    for code in codes_of(index, touched, frozenset()):
        require_with(by, Action.ADD_EVIDENCE, evidence.organisation_id, evidence.assessment_id, code)


@writing
def judge_evidence(
    *, evidence_id: UUID, version: int, strength: Strength, why: str, by: Person, now: datetime.datetime
) -> None:
    """Say how strong a piece is, until the assessment is endorsed. Raises NotFound, Forbidden, Closed, BadInput, Stale.

    Nobody verifies what they added, or wrote on last.
    """
    found = _taken(evidence_id, version, by)
    assessment = assessment_taken(by, found.assessment_id)
    require_with(by, Action.VERIFY_EVIDENCE, found.organisation_id, found.assessment_id)
    keep_open(assessment)
    is_others = by.pk not in {found.owner_id, found.changed_by_id}
    if strength not in strengths(EvidenceKind(found.kind), by_others=is_others):
        what, remedy = "A note shows no document.", "Add the document, or choose another strength."
        if strength is Strength.VERIFIED:
            what = "You added this or changed it last, so somebody else verifies it."
            remedy = "Ask another lead officer or an assurer."
        raise BadInput([Problem("strength", what, remedy)])
    _refuse_reason(why)
    before = found.strength
    found.strength = strength.value
    if strength is not Strength.VERIFIED:
        found.stated = strength.value
    _save(found, "strength", "stated")
    after = {"evidence": found.title, "strength": strength}
    _record("evidence judged", found, by, now, before={"strength": before}, after=after, why=why)


@writing
def withdraw_evidence(*, evidence_id: UUID, version: int, why: str, by: Person, now: datetime.datetime) -> None:
    """Take a piece out of use, also once the assessment is endorsed; it stays to be seen, with the reason in the trail.

    Who added it does, as long as they add evidence here at all, and those who judge. Raises NotFound, Forbidden,
    BadInput or Stale.
    """
    found = _taken(evidence_id, version, by)
    if found.owner_id == by.pk:
        require_somewhere(by, Action.ADD_EVIDENCE, found.organisation_id, found.assessment_id)
    else:
        require_with(by, Action.VERIFY_EVIDENCE, found.organisation_id, found.assessment_id)
    _refuse_reason(why)
    if is_blank(why):
        raise BadInput([Problem("why", "It is not said why.", "Write the reason: the audit trail keeps it.")])
    found.withdrawn_at = now
    _save(found, "withdrawn_at")
    _record("evidence withdrawn", found, by, now, after={"evidence": found.title}, why=why)


def _taken(evidence_id: UUID, version: int, by: Person) -> Evidence:
    """The row, held until the act is over, at the version that the act was made from."""
    found = Evidence.objects.for_actor(by).select_for_update(of=("self",)).filter(pk=evidence_id).first()
    if found is None:
        raise NotFound
    if found.withdrawn_at:
        raise Closed(Refused("This evidence was withdrawn.", "Add it again if it is needed."))
    if found.version != version:
        raise Stale
    return found


def _save(evidence: Evidence, *fields: str) -> None:
    evidence.version += 1
    evidence.save(update_fields=["version", *fields])


def _refuse_reason(why: str) -> None:
    refused = refused_text("The reason", why)
    if refused:
        raise BadInput([Problem.at("why", refused)])


def _record(
    act: str,
    evidence: Evidence,
    by: Person,
    now: datetime.datetime,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any],
    why: str = "",
) -> None:
    record(
        act,
        organisation_id=evidence.organisation_id,
        assessment_id=evidence.assessment_id,
        subject=str(evidence.pk),
        by=by,
        now=now,
        before=before,
        after=after,
        why=why,
    )
