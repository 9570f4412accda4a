"""Files that show how work was done are added and taken away."""

import datetime
import hashlib
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem, Refused
from commonweal.core.programme.work import WorkState
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.formats.evidence_file import file_type, refused_file
from commonweal.services import files
from commonweal.services.actions.file_intake import LONGEST_FILE_NAME, is_scanned, keep_within_quota, kept
from commonweal.services.actions.work import keep_open
from commonweal.services.allowed import work_for
from commonweal.services.errors import Closed, NotFound
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Person, Work, WorkFile

LONGEST_TITLE = 200
MOST_FILES = 50


def add_work_file(
    *, work_id: UUID, title: str, file_name: str, content: bytes, by: Person, now: datetime.datetime
) -> int:
    """Add a file to a piece of work. Gives its number.

    It is checked, scanned where there is a scanner, and on the disk before anything is written to the database. Raises
    NotFound, Forbidden, Closed or BadInput (places are fields).
    """
    _may_add(work_id, by=by)
    problems = _problems(title, file_name, content)
    if problems:
        raise BadInput(problems)
    scanned = is_scanned(content)
    stored_as = kept(content)
    try:
        return _add(work_id, title, file_name, content, stored_as, scanned, by=by, now=now)
    except BaseException:
        files.throw_away(stored_as)
        raise


@writing
def _may_add(work_id: UUID, *, by: Person) -> None:
    _keep_changeable(work_for(by, Action.DO_WORK, work_id))


def _keep_changeable(work: Work) -> None:
    keep_open(work.programme)
    state = WorkState(work.state)
    if state.is_over:
        raise Closed(Refused(f"This work is {state.label.lower()}, so it stays as it is.", "Take that back first."))


def _problems(title: str, file_name: str, content: bytes) -> list[Problem]:
    problems = []
    if is_blank(title):
        problems.append(Problem("file_title", "It has no name.", "Enter one, such as Attendance list of May 2027."))
    elif len(title) > LONGEST_TITLE or forbidden_character(title):
        what = "The name is too long or cannot be shown."
        problems.append(Problem("file_title", what, "Shorten it or type it again."))
    if not file_name:
        problems.append(Problem("file", "No file was chosen.", "Choose one."))
        return problems
    refused = refused_file(file_name, content)
    return [*problems, Problem.at("file", refused)] if refused else problems


@writing
def _add(
    work_id: UUID,
    title: str,
    file_name: str,
    content: bytes,
    stored_as: str,
    scanned: bool,
    *,
    by: Person,
    now: datetime.datetime,
) -> int:
    work = work_for(by, Action.DO_WORK, work_id)
    _keep_changeable(work)
    if WorkFile.objects.within(work.organisation_id).filter(work=work).count() >= MOST_FILES:
        raise BadInput([Problem("file", f"There are {MOST_FILES} files already.", "Take one away first.")])
    keep_within_quota(work.organisation_id, len(content))
    digest = hashlib.sha256(content).hexdigest()
    found = WorkFile.objects.create(
        organisation_id=work.organisation_id,
        work=work,
        title=title,
        file_name=file_name[-LONGEST_FILE_NAME:],
        file_type=file_type(file_name),
        size=len(content),
        sha256=digest,
        stored_as=stored_as,
        scanned=scanned,
        at=now,
        by=by,
    )
    _recorded(work, "file added to work", by, now, {"file": title, "sha256": digest})
    return found.pk


@writing
def take_file_away(*, work_id: UUID, file_id: int, by: Person, now: datetime.datetime) -> None:
    """Take a file from work that is not over: what was confirmed keeps what it was confirmed by.

    Raises NotFound, Forbidden or Closed.
    """
    work = work_for(by, Action.DO_WORK, work_id)
    keep_open(work.programme)
    found = WorkFile.objects.within(work.organisation_id).filter(work=work, pk=file_id).first()
    if found is None:
        raise NotFound
    state = WorkState(work.state)
    if state.is_over or state is WorkState.CLAIMED:
        what = f"This work is {state.label.lower()}, so its files stay."
        raise Closed(Refused(what, "Take that back or send it back first."))
    said = {"file": found.title, "sha256": found.sha256}
    found.delete()  # the file is swept up, once no row names it any more
    _recorded(work, "file taken from work", by, now, said)


def _recorded(work: Work, act: str, by: Person, now: datetime.datetime, said: dict[str, str]) -> None:
    record(
        act,
        organisation_id=work.organisation_id,
        assessment_id=work.programme.assessment_id,
        subject=str(work.pk),
        by=by,
        now=now,
        after={"work": work.title} | said,
    )
