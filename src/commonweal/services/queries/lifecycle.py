"""What was decided on an assessment, what it froze, and what has changed since."""

import datetime
import hashlib
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.lifecycle import Step
from commonweal.core.problems import Refused
from commonweal.services.errors import Closed
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
    """The last decision of a body, the questions whose answers were changed after it, and how often what else was."""

    step: Step
    on: datetime.datetime
    questions: frozenset[str]
    beside: tuple[tuple[str, int], ...]


@reading
def decisions(assessment_id: UUID, *, by: Person) -> list[DecisionLine]:
    """The steps that were taken, the first first. Raises NotFound."""
    index_of(assessment_id, by=by)
    rows = Decision.objects.of(assessment_id).order_by("id")
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
    """A document as it was endorsed last, or None if it never was. Raises Closed where it was changed since."""
    found = (
        FrozenDocument.objects.for_actor(by)
        .filter(decision__assessment_id=assessment_id, format=format_name)
        .order_by("-decision_id")
        .values_list("content", "sha256")
        .first()
    )
    if found is None:
        return None
    content, digest = bytes(found[0]), found[1]
    if hashlib.sha256(content).hexdigest() != digest:
        what = "This document is not what was endorsed: it was changed outside of the service."
        raise Closed(Refused(what, "Ask whoever runs the service to restore it from a backup."))
    return content


@reading
def remarks(assessment_id: UUID, *, by: Person, question: str | None = None) -> list[RemarkLine]:
    """The remarks, the first first, on one question if it is named."""
    rows = Remark.objects.for_actor(by).filter(assessment_id=assessment_id)
    if question is not None:
        rows = rows.filter(question=question)
    return [RemarkLine(*row) for row in rows.order_by("id").values_list("question", "text", "at", "by__name")]


_ANSWERED = ("answers saved", "workbook applied")
_BESIDE = (
    "estimate saved",
    "plan note kept",
    "remark made",
    "evidence added",
    "evidence changed",
    "evidence judged",
    "evidence withdrawn",
)
"""Acts that change what is read with the answers, in the order in which a page names them."""


@reading
def changed_since(assessment_id: UUID, *, by: Person) -> Since | None:
    """What was changed since a body decided last, or the officers where none did; None if nothing was decided.

    What a body referred back comes before it again once the officers have agreed, so their step does not count.
    """
    taken = list(Decision.objects.for_actor(by).filter(assessment_id=assessment_id).order_by("-id"))
    if not taken:
        return None
    last = next((one for one in taken if Step(one.step).needs_a_meeting), taken[0])
    later = Change.objects.of(assessment_id, number__gt=last.trail_number)
    questions, beside = set[str](), Counter[str]()
    for act, said in later.filter(act__in=[*_ANSWERED, *_BESIDE]).values_list("act", "said"):
        if act in _BESIDE:
            beside[act] += 1
        elif said:
            questions |= said["after"].keys()
    counted = tuple((act, beside[act]) for act in _BESIDE if beside[act])
    return Since(Step(last.step), last.at, frozenset(questions), counted)
