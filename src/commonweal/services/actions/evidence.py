"""Evidence is added, judged and withdrawn."""

import datetime
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import F, Sum

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.evidence import EvidenceKind, Strength, strongest_claim
from commonweal.core.problems import Problem
from commonweal.formats.characters import forbidden_character
from commonweal.formats.evidence_file import file_type, refused_file
from commonweal.services import files
from commonweal.services.actions.answers import refused_text
from commonweal.services.allowed import assessment_for
from commonweal.services.errors import NotFound, OutOfReach, Stale
from commonweal.services.queries.assessments import index_of
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Assessment, Evidence, EvidenceUse, Organisation, Person

LONGEST_TITLE = 200
_LONGEST_LINK = 500
_LONGEST_FILE_NAME = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence as it is given: the questions it serves, and one of text, link or file."""

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


def add_evidence(*, assessment_id: UUID, piece: Piece, by: Person, now: datetime.datetime) -> UUID:
    """Add a piece of evidence, in whatever state the assessment is. Gives its id.

    A file is checked, scanned where there is a scanner, and on the disk before anything is written to the database.
    Raises NotFound, Forbidden, or BadInput (places are fields).
    """
    index = index_of(assessment_id, by=by)
    themes = {question.id: theme.code for theme in index.themes for question in theme.questions}
    if not piece.questions <= themes.keys():
        raise NotFound
    problems = _problems(piece)
    if problems:
        raise BadInput(problems)
    codes = {themes[question] for question in piece.questions}
    _may_add(assessment_id, codes, by=by)
    scanned = _scanned(piece)
    stored_as = _kept(piece) if piece.kind is EvidenceKind.FILE else ""
    try:
        return _add(assessment_id, piece, codes, stored_as, scanned, by=by, now=now)
    except BaseException:
        if stored_as:
            files.throw_away(stored_as)
        raise


@writing
def _may_add(assessment_id: UUID, codes: Collection[str], *, by: Person) -> None:
    for code in codes:
        assessment_for(by, Action.ADD_EVIDENCE, assessment_id, code, lock=False)


def _scanned(piece: Piece) -> bool:
    """Whether a scanner has seen the file. Raises BadInput where it found something, or cannot be asked."""
    if piece.kind is not EvidenceKind.FILE:
        return False
    try:
        infected = files.is_infected(piece.content)
    except OSError as error:
        what = "The file could not be checked for viruses, so it was not taken."
        raise BadInput([Problem("file", what, "Try again in a few minutes.")]) from error
    if infected:
        raise BadInput([Problem("file", "The virus scanner found something in this file.", "Do not open it.")])
    return infected is not None


def _kept(piece: Piece) -> str:
    try:
        return files.keep(piece.content)
    except (OSError, OutOfReach) as error:
        what = "The file could not be kept, because the store of files does not answer or is full. Nothing was saved."
        raise BadInput([Problem("file", what, "Try again in a few minutes.")]) from error


def _problems(piece: Piece) -> list[Problem]:
    problems = []
    if not piece.title:
        problems.append(Problem("title", "It has no name.", "Enter one, such as Tender of March 2026."))
    elif len(piece.title) > LONGEST_TITLE or forbidden_character(piece.title):
        problems.append(Problem("title", "The name is too long or cannot be shown.", "Shorten it or type it again."))
    if not piece.questions:
        problems.append(Problem("questions", "It serves no question.", "Choose at least one."))
    if piece.dated and piece.valid_until and piece.valid_until < piece.dated:
        problems.append(Problem("valid_until", "It ends before it begins.", "Check both days."))
    if piece.strength not in {Strength.CLAIMED, strongest_claim(piece.kind)}:
        remedy = "Choose claimed." if piece.kind is EvidenceKind.NOTE else "Choose claimed or documented."
        problems.append(Problem("strength", "You cannot say this of evidence that you add.", remedy))
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
    _keep_within_quota(assessment, len(piece.content))
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
        owner=by,
        added_at=now,
        file_name=piece.file_name[-_LONGEST_FILE_NAME:],
        file_type=file_type(piece.file_name) if stored_as else "",
        size=len(piece.content),
        sha256=hashlib.sha256(piece.content).hexdigest() if stored_as else "",
        stored_as=stored_as,
        scanned=scanned,
    )
    EvidenceUse.objects.bulk_create(
        EvidenceUse(organisation_id=assessment.organisation_id, evidence=evidence, question=question)
        for question in sorted(piece.questions)
    )
    said = {"title": piece.title, "kind": piece.kind, "questions": sorted(piece.questions), "strength": piece.strength}
    record(
        "evidence added",
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.pk,
        subject=str(evidence.pk),
        by=by,
        now=now,
        after={**said, "sha256": evidence.sha256},
    )
    return evidence.pk


_ROOM = "room is counted for the organisation, whoever adds"


def _keep_within_quota(assessment: Assessment, size: int) -> None:
    Organisation.objects.across(_ROOM).select_for_update().filter(pk=assessment.organisation_id).first()
    own = Evidence.objects.across(_ROOM).filter(organisation_id=assessment.organisation_id, withdrawn_at=None)
    used = own.aggregate(total=Sum("size"))["total"] or 0
    if used + size > settings.EVIDENCE_QUOTA:
        what = "Your organisation has no room left for files."
        raise BadInput([Problem("file", what, "Withdraw files that are not needed, or give a link.")])


@writing
def judge_evidence(
    *, evidence_id: UUID, version: int, strength: Strength, why: str, by: Person, now: datetime.datetime
) -> None:
    """Say how strong a piece is. Raises NotFound, Forbidden, BadInput, or Stale.

    Nobody verifies what they added themselves.
    """
    found = _found(evidence_id, by)
    assessment_for(by, Action.VERIFY_EVIDENCE, found.assessment_id)
    if found.withdrawn_at:
        raise BadInput([Problem("strength", "This evidence was withdrawn.", "Add it again if it is needed.")])
    if strength is Strength.VERIFIED and found.owner_id == by.pk:
        what = "You added this yourself, so somebody else verifies it."
        raise BadInput([Problem("strength", what, "Ask another lead officer or an assurer.")])
    refused = refused_text("The reason", why)
    if refused:
        raise BadInput([Problem.at("why", refused)])
    own = Evidence.objects.for_actor(by).filter(pk=evidence_id, version=version)
    if not own.update(version=F("version") + 1, strength=strength):
        raise Stale
    record(
        "evidence judged",
        organisation_id=found.organisation_id,
        assessment_id=found.assessment_id,
        subject=str(found.pk),
        by=by,
        now=now,
        before={"strength": found.strength},
        after={"strength": strength},
        why=why,
    )


@writing
def withdraw_evidence(*, evidence_id: UUID, why: str, by: Person, now: datetime.datetime) -> None:
    """Take a piece out of use; it stays to be seen. Raises NotFound, Forbidden or BadInput."""
    found = _found(evidence_id, by)
    themes = {
        theme.code
        for theme in index_of(found.assessment_id, by=by).themes
        for use in _uses(found, by)
        if use in theme.by_id
    }
    if found.owner_id == by.pk:
        for code in themes:
            assessment_for(by, Action.ADD_EVIDENCE, found.assessment_id, code)
    else:
        assessment_for(by, Action.VERIFY_EVIDENCE, found.assessment_id)
    refused = refused_text("The reason", why)
    if refused:
        raise BadInput([Problem.at("why", refused)])
    if found.withdrawn_at is None:
        found.withdrawn_at = now
        found.save(update_fields=["withdrawn_at"])
        record(
            "evidence withdrawn",
            organisation_id=found.organisation_id,
            assessment_id=found.assessment_id,
            subject=str(found.pk),
            by=by,
            now=now,
            before={"title": found.title},
            why=why,
        )


def _uses(evidence: Evidence, by: Person) -> list[str]:
    return list(EvidenceUse.objects.for_actor(by).filter(evidence=evidence).values_list("question", flat=True))


def _found(evidence_id: UUID, by: Person) -> Evidence:
    found = Evidence.objects.for_actor(by).filter(pk=evidence_id).first()
    if found is None:
        raise NotFound
    return found
