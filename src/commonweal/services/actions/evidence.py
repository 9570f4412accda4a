"""Evidence is added."""

import datetime
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.evidence import EvidenceKind, Strength, criteria_to_show, strengths
from commonweal.core.lifecycle import State, refused_evidence
from commonweal.core.maturity.models import Index
from commonweal.core.problems import Problem
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.formats.evidence_file import file_type, refused_file
from commonweal.services import files
from commonweal.services.actions.answers import refused_text
from commonweal.services.actions.file_intake import LONGEST_FILE_NAME, is_scanned, keep_within_quota, kept
from commonweal.services.allowed import assessment_for
from commonweal.services.errors import Closed, NotFound
from commonweal.services.queries.assessments import index_of
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Assessment, Evidence, EvidenceUse, Person
from commonweal.store.models.owned import OwnedQuerySet

LONGEST_TITLE = 200
_LONGEST_LINK = 500
_FIRST_YEAR = 1900

Criteria = frozenset[tuple[str, str]]
"""Criteria that a piece shows, each as the ids of its question and its own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence as it is given: the questions it serves, and one of text, link or file.

    `criteria` are those that it shows of these questions.
    """

    kind: EvidenceKind
    title: str
    questions: frozenset[str]
    strength: Strength
    text: str = ""
    link: str = ""
    file_name: str = ""
    content: bytes = b""
    dated: datetime.date | None = None
    valid_until: datetime.date | None = None
    criteria: Criteria = frozenset()


def add_evidence(*, assessment_id: UUID, piece: Piece, by: Person, now: datetime.datetime) -> UUID:
    """Add a piece of evidence, until the assessment is endorsed. Gives its id.

    A file is checked, scanned where there is a scanner, and on the disk before anything is written to the database.
    Raises NotFound, Forbidden, Closed, or BadInput (places are fields).
    """
    index = index_of(assessment_id, by=by)
    codes = codes_of(index, piece.questions, piece.criteria)
    problems = _problems(piece)
    if problems:
        raise BadInput(problems)
    _may_add(assessment_id, codes, by=by)
    is_file = piece.kind is EvidenceKind.FILE
    scanned = is_file and is_scanned(piece.content)
    stored_as = kept(piece.content) if is_file else ""
    try:
        return _add(assessment_id, piece, codes, stored_as, scanned, by=by, now=now)
    except BaseException:
        if stored_as:
            files.throw_away(stored_as)
        raise


def codes_of(index: Index, questions: Collection[str], criteria: Criteria) -> set[str]:
    """The codes of the themes of questions. Raises NotFound for a question or a criterion that the index lacks."""
    themes = {question.id: theme for theme in index.themes for question in theme.questions}
    if not themes.keys() >= set(questions):
        raise NotFound
    known = {
        (question, criterion.id)
        for question in questions
        for _, criterion in criteria_to_show(themes[question], themes[question].by_id[question])
    }
    if not criteria <= known:
        raise NotFound
    return {themes[question].code for question in questions}


@writing
def _may_add(assessment_id: UUID, codes: Collection[str], *, by: Person) -> None:
    for code in codes:
        keep_open(assessment_for(by, Action.ADD_EVIDENCE, assessment_id, code, lock=False))


def keep_open(assessment: Assessment) -> None:
    """Go on only where evidence may still come and change. Raises Closed."""
    refused = refused_evidence(State(assessment.state))
    if refused:
        raise Closed(refused)


def label_problems(
    title: str, dated: datetime.date | None, valid_until: datetime.date | None, questions: Collection[str]
) -> list[Problem]:
    """What is wrong with a name, dates and questions; places are fields."""
    problems = []
    if is_blank(title):
        problems.append(Problem("title", "It has no name.", "Enter one, such as Tender of March 2026."))
    elif len(title) > LONGEST_TITLE or forbidden_character(title):
        problems.append(Problem("title", "The name is too long or cannot be shown.", "Shorten it or type it again."))
    if not questions:
        problems.append(Problem("questions", "It serves no question.", "Choose at least one question."))
    for place, day in (("dated", dated), ("valid_until", valid_until)):
        if day and day.year < _FIRST_YEAR:
            problems.append(Problem(place, "This year is too long ago.", "Enter it with four digits, like 2027."))
    if dated and valid_until and valid_until < dated:
        what = "The last day of use lies before the date of the document."
        problems.append(Problem("valid_until", what, "Check both days."))
    return problems


def _problems(piece: Piece) -> list[Problem]:
    problems = label_problems(piece.title, piece.dated, piece.valid_until, piece.questions)
    if piece.strength not in strengths(piece.kind, by_others=False):
        what, remedy = "Only somebody else can say that it is verified.", "Choose claimed or documented."
        if piece.kind is EvidenceKind.NOTE:
            what, remedy = "A note says something and shows no document.", "Choose claimed, or add the document."
        problems.append(Problem("strength", what, remedy))
    return problems + _content_problems(piece)


def _content_problems(piece: Piece) -> list[Problem]:
    if piece.kind is EvidenceKind.NOTE:
        refused = refused_text("The note", piece.text)
        if refused:
            return [Problem.at("text", refused)]
        return [] if piece.text else [Problem("text", "The note is empty.", "Write what shows it.")]
    if piece.kind is EvidenceKind.LINK:
        return (
            []
            if _is_address(piece.link)
            else [Problem("link", "This is not the address of a page.", "Begin it with https://.")]
        )
    if not piece.file_name:
        return [Problem("file", "No file was chosen.", "Choose one. After an error it has to be chosen again.")]
    refused = refused_file(piece.file_name, piece.content)
    return [Problem.at("file", refused)] if refused else []


def _is_address(link: str) -> bool:
    if len(link) > _LONGEST_LINK or forbidden_character(link) or any(sign.isspace() for sign in link):
        return False
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


@writing
def _add(
    assessment_id: UUID,
    piece: Piece,
    codes: Collection[str],
    stored_as: str,
    scanned: bool,
    *,
    by: Person,
    now: datetime.datetime,
) -> UUID:
    for code in codes:
        assessment = assessment_for(by, Action.ADD_EVIDENCE, assessment_id, code)
        keep_open(assessment)
    keep_within_quota(assessment.organisation_id, len(piece.content))
    evidence = Evidence.objects.create(
        organisation_id=assessment.organisation_id,
        assessment=assessment,
        kind=piece.kind,
        title=piece.title,
        text=piece.text,
        link=piece.link,
        dated=piece.dated,
        valid_until=piece.valid_until,
        strength=piece.strength,
        stated=piece.strength,
        owner=by,
        changed_by=by,
        added_at=now,
        file_name=piece.file_name[-LONGEST_FILE_NAME:],
        file_type=file_type(piece.file_name) if stored_as else "",
        size=len(piece.content),
        sha256=hashlib.sha256(piece.content).hexdigest() if stored_as else "",
        stored_as=stored_as,
        scanned=scanned,
    )
    tie(evidence, [*((question, "") for question in piece.questions), *piece.criteria])
    record(
        "evidence added",
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.pk,
        subject=str(evidence.pk),
        by=by,
        now=now,
        after={**_said(piece), "sha256": evidence.sha256},
    )
    return evidence.pk


def _said(piece: Piece) -> dict[str, Any]:
    return {
        "title": piece.title,
        "kind": piece.kind,
        "questions": sorted(piece.questions),
        "criteria": [" ".join(one) for one in sorted(piece.criteria)],
        "strength": piece.strength,
        "link": piece.link,
        "dated": said_day(piece.dated),
        "valid_until": said_day(piece.valid_until),
    }


def said_day(day: datetime.date | None) -> str:
    """A day as the trail keeps it, "" for none."""
    return day.isoformat() if day else ""


def tie(evidence: Evidence, uses: Iterable[tuple[str, str]]) -> None:
    """Write down what a piece serves: questions, each with "" or a criterion."""
    EvidenceUse.objects.bulk_create(
        EvidenceUse(organisation_id=evidence.organisation_id, evidence=evidence, question=question, criterion=criterion)
        for question, criterion in sorted(uses)
    )


def uses_of(evidence: Evidence) -> OwnedQuerySet[EvidenceUse]:
    """The rows that say what a piece serves, for somebody who was let at the piece."""
    return EvidenceUse.objects.of(evidence.assessment_id).filter(evidence=evidence)
