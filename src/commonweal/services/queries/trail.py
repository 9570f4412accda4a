"""The audit trail, read."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.trail import START, Entry
from commonweal.services.allowed import organisation_for
from commonweal.services.queries.assessments import index_of
from commonweal.services.writing import reading
from commonweal.store.convert import from_plain
from commonweal.store.models import Change, Person

PAGE = 50
"""Entries on a page."""

_ENTRY = (
    "organisation_id",
    "number",
    "at",
    "by_id",
    "act",
    "subject",
    "assessment_id",
    "said",
    "said_digest",
    "digest",
)


@dataclass(frozen=True, slots=True)
class TrailLine:
    """An entry as a page lists it. `said` is None where it was erased."""

    number: int
    at: datetime.datetime
    by: str
    act: str
    subject: str
    round: str
    said: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Some entries, the latest first, with the head of the trail: its number and digest."""

    lines: tuple[TrailLine, ...]
    head: tuple[int, str]
    before: int | None
    """Where the next page goes on, if there is one."""


@reading
def whole_trail(organisation_id: UUID, *, by: Person) -> list[Entry]:
    """Every entry of an organisation, in order. Raises NotFound or Forbidden."""
    organisation_for(by, Action.READ_TRAIL, organisation_id)
    found = Change.objects.within(organisation_id)
    return [Entry(*row) for row in found.order_by("number").values_list(*_ENTRY)]


@reading
def trail_page(organisation_id: UUID, *, by: Person, before: int | None = None) -> TrailPage:
    """A page of entries, the latest first, from the one before a number. Raises NotFound or Forbidden."""
    organisation = organisation_for(by, Action.READ_TRAIL, organisation_id)
    found = Change.objects.within(organisation_id)
    if before is not None:
        found = found.filter(number__lt=before)
    lines = _lines(found.order_by("-number").values_list(*_LINE)[: PAGE + 1])
    head = (organisation.trail_number, organisation.trail_digest or START)
    return TrailPage(tuple(lines[:PAGE]), head, lines[PAGE - 1].number if len(lines) > PAGE else None)


_LINE = ("number", "at", "by__name", "act", "subject", "assessment__name", "said")


def _lines(rows: Iterable[tuple[Any, ...]]) -> list[TrailLine]:
    return [
        TrailLine(number, at, by, act, subject, name or "", said) for number, at, by, act, subject, name, said in rows
    ]


@reading
def answer_history(assessment_id: UUID, question: str, *, by: Person) -> list[TrailLine]:
    """What became of one answer, the latest first: for whoever may read the assessment. Raises NotFound."""
    index_of(assessment_id, by=by)
    found = Change.objects.for_actor(by).filter(assessment_id=assessment_id, said__after__has_key=question)
    return _lines(found.order_by("-number").values_list(*_LINE))


def said_answer(entry: TrailLine, question: str) -> QuestionAnswer | None:
    """The answer to a question after an entry, or None where what the entry said was erased."""
    return None if entry.said is None else from_plain(entry.said["after"][question])
