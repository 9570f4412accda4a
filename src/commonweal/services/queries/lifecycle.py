"""What was decided on an assessment, what it froze, and what has changed since."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.lifecycle import Step
from commonweal.services.queries.assessments import index_of
from commonweal.services.writing import reading
from commonweal.store.models import Assurance, Change, Decision, FrozenDocument, Person, Remark


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A step that was taken."""

    step: Step
    body: str
    met_on: datetime.date | None
    minute: str
    words: str
    at: datetime.datetime
    by: str


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark on a question."""

    question: str
    text: str
    at: datetime.datetime
    by: str


@dataclass(frozen=True, slots=True)
class AssuranceLine:
    """What an assurer signed, and the version of the state that it was signed at."""

    statement: str
    acts_for: str
    at: datetime.datetime
    by: str
    state_version: int


@dataclass(frozen=True, slots=True)
class Since:
    """The last decision, and the questions whose answers were changed after it."""

    step: Step
    on: datetime.datetime
    questions: frozenset[str]


@reading
def decisions(assessment_id: UUID, *, by: Person) -> list[DecisionLine]:
    """The steps that were taken, the first first. Raises NotFound."""
    index_of(assessment_id, by=by)
    rows = Decision.objects.for_actor(by).filter(assessment_id=assessment_id).order_by("id")
    found = rows.values_list("step", "body", "met_on", "minute", "words", "at", "by__name")
    return [DecisionLine(Step(row[0]), *row[1:]) for row in found]


@reading
def assurances(assessment_id: UUID, *, by: Person) -> list[AssuranceLine]:
    """What was signed, the first first."""
    rows = Assurance.objects.for_actor(by, assessment_id=assessment_id).order_by("id")
    found = rows.values_list("statement", "acts_for", "at", "by__name", "state_version")
    return [AssuranceLine(*row) for row in found]


@reading
def frozen_document(assessment_id: UUID, format_name: str, *, by: Person) -> bytes | None:
    """A document as it was endorsed last, or None if it never was."""
    found = (
        FrozenDocument.objects.for_actor(by)
        .filter(decision__assessment_id=assessment_id, format=format_name)
        .order_by("-decision_id")
        .values_list("content", flat=True)
        .first()
    )
    return None if found is None else bytes(found)


@reading
def remarks(assessment_id: UUID, *, by: Person, question: str | None = None) -> list[RemarkLine]:
    """The remarks, the first first, on one question if it is named."""
    rows = Remark.objects.for_actor(by).filter(assessment_id=assessment_id)
    if question is not None:
        rows = rows.filter(question=question)
    return [RemarkLine(*row) for row in rows.order_by("id").values_list("question", "text", "at", "by__name")]


@reading
def changed_since(assessment_id: UUID, *, by: Person) -> Since | None:
    """What was changed since the last decision, if there was one."""
    last = Decision.objects.for_actor(by).filter(assessment_id=assessment_id).order_by("-id").first()
    if last is None:
        return None
    later = Change.objects.for_actor(by).filter(assessment_id=assessment_id, number__gt=last.trail_number)
    acts = later.filter(act__in=["answers saved", "workbook applied"]).values_list("said", flat=True)
    questions = frozenset(id_ for said in acts if said for id_ in said["after"])
    return Since(Step(last.step), last.at, questions)
