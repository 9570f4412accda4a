"""Links from a piece of work: guidance, documents, meetings, strategies."""

import datetime
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.models import LinkKind
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.services.actions.work import is_web_address, keep_open
from commonweal.services.allowed import work_for
from commonweal.services.errors import NotFound
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Person, Work, WorkLink

LONGEST_TITLE, LONGEST_ADDRESS = 200, 500
MOST_LINKS = 50


@writing
def add_link(*, work_id: UUID, kind: LinkKind, title: str, address: str, by: Person, now: datetime.datetime) -> None:
    """Add a link to a piece of work; the address may be left out, for what lies on paper.

    Raises NotFound, Forbidden, Closed or BadInput (places are fields).
    """
    work = work_for(by, Action.DO_WORK, work_id)
    keep_open(work.programme)
    problems = []
    if is_blank(title):
        problems.append(Problem("title", "It has no name.", "Enter one, such as Corporate plan 2027."))
    elif len(title) > LONGEST_TITLE or forbidden_character(title):
        problems.append(Problem("title", "This name cannot be kept.", f"Shorten it to {LONGEST_TITLE} characters."))
    if address and (len(address) > LONGEST_ADDRESS or not is_web_address(address)):
        problems.append(Problem("address", "This is not a web address.", "Enter one that begins with https://."))
    if WorkLink.objects.within(work.organisation_id).filter(work=work).count() >= MOST_LINKS:
        problems.append(Problem("title", f"There are {MOST_LINKS} links already.", "Take one away first."))
    if problems:
        raise BadInput(problems)
    WorkLink.objects.create(
        organisation_id=work.organisation_id, work=work, kind=kind.value, title=title, address=address
    )
    _recorded(work, "link added to work", by, now, after={"work": work.title, "link": f"{title} {address}".strip()})


@writing
def take_link_away(*, work_id: UUID, link_id: int, by: Person, now: datetime.datetime) -> None:
    """Take a link away. Raises NotFound, Forbidden or Closed."""
    work = work_for(by, Action.DO_WORK, work_id)
    keep_open(work.programme)
    link = WorkLink.objects.within(work.organisation_id).filter(work=work, pk=link_id).first()
    if link is None:
        raise NotFound
    said = {"link": f"{link.title} {link.address}".strip()}
    link.delete()
    _recorded(work, "link taken from work", by, now, before=said, after={"work": work.title})


def _recorded(work: Work, act: str, by: Person, now: datetime.datetime, **said: Any) -> None:
    record(
        act,
        organisation_id=work.organisation_id,
        assessment_id=work.programme.assessment_id,
        subject=str(work.pk),
        by=by,
        now=now,
        **said,
    )
