"""What a page asks of the database does not grow with what is in it."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cases import everywhere
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.evidence import EvidenceKind, Strength, criteria_to_show
from commonweal.core.lifecycle import Step
from commonweal.core.maturity.models import Index
from commonweal.services.actions.evidence import Piece, add_evidence
from commonweal.services.actions.lifecycle import Meeting, take_step
from commonweal.services.actions.people import invite, place
from commonweal.services.actions.remarks import remark
from commonweal.services.people import Person
from commonweal.store.models import Decision, Membership

MOST = {
    "start": 6,
    "organisation": 12,
    "rounds": 6,
    "task-list": 5,
    "check": 4,
    "results": 4,
    "plan": 4,
    "theme": 4,
    "short-form": 4,
    "filled-workbook": 4,
    "people": 7,
    "trail": 5,
    "decisions": 9,
    "all-evidence": 6,
    "question": 9,
    "placed": 8,
    "evidence": 6,
    "change-evidence": 6,
    "settings": 8,
    "predecessors": 9,
    "plan-note": 4,
    "short-form-theme": 4,
    "add-evidence": 4,
}
"""Statements a page, the two of session and person with seats among them."""

OF_AN_ORGANISATION = {"organisation", "rounds", "people", "trail", "settings", "predecessors"}

_AROUND = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "SELECT set_config")
"""What stands around the statements of a transaction behind the fence."""


def _count(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum(not query["sql"].startswith(_AROUND) for query in queries)


def _more(organisation: UUID, assessment: UUID, index: Index, by: Person) -> UUID:
    """More of everything that pages list: rounds, seats, invitations, evidence, remarks, decisions, placements.

    Gives a piece of evidence.
    """
    number = Person.objects.count()
    theme, question = index.themes[0], index.questions[0]
    officer = somebody(f"Officer {number}")
    seat = Membership.objects.create(
        organisation_id=organisation, person=officer, role=Role.OFFICER, created_at=NOW, given_by=by
    )
    place(assessment_id=assessment, membership_id=seat.pk, theme=theme.code, by=by, now=NOW)
    invite(
        organisation_id=organisation,
        email=f"{number}@invited.example",
        role=Role.READER,
        on_behalf_of="",
        ends_at=None,
        by=by,
        now=timezone.now(),
    )
    criteria = frozenset((question.id, one.id) for _, one in criteria_to_show(theme, question))
    named = ("A note", frozenset({question.id}), Strength.CLAIMED)
    piece = Piece(EvidenceKind.NOTE, *named, text=f"Note {number}", criteria=criteria)
    evidence = add_evidence(assessment_id=assessment, piece=piece, by=officer, now=NOW)
    remark(assessment_id=assessment, question=question.id, text=f"Remark {number}", by=by, now=NOW)
    for version, step in enumerate((Step.AGREE, Step.REOPEN), rows(Decision).filter(assessment_id=assessment).count()):
        about = {"meeting": Meeting(), "words": "As said", "today": NOW.date(), "by": by, "now": NOW}
        take_step(assessment_id=assessment, step=step, state_version=version, **about)  # type: ignore[arg-type]
    a_round(by, index, everywhere(index, 0, -1), organisation=organisation, name=f"Round {number}")
    a_round(by, index, everywhere(index, 0, -1))
    return evidence


@pytest.mark.parametrize("name", sorted(MOST))
def test_statements_are_constant(name: str, index: Index, client: Client, person: Person) -> None:
    organisation = an_organisation(person)
    assessment = a_round(person, index, organisation=organisation)
    evidence = _more(organisation, assessment, index, person)  # each kind is there once, since prefetching skips none
    arguments = {"start": [], "evidence": [evidence], "change-evidence": [evidence]}.get(
        name, [organisation] if name in OF_AN_ORGANISATION else [assessment]
    )
    of_a_theme = {key: [index.themes[0].code] for key in ("theme", "plan-note", "short-form-theme")}
    last = {**of_a_theme, "question": [index.questions[0].id]}.get(name, [])
    address = reverse(name, args=[*arguments, *last])
    assert client.get(address).status_code == 200
    counts = [_count(lambda: client.get(address))]
    for _ in range(3):
        _more(organisation, assessment, index, person)
    counts.append(_count(lambda: client.get(address)))
    full = a_round(person, index, everywhere(index, 0, -1), organisation=organisation)
    _more(organisation, full, index, person)
    if str(assessment) in address:
        counts.append(_count(lambda: client.get(address.replace(str(assessment), str(full)))))
    assert set(counts) == {MOST[name]}


def test_saving_takes_as_many_statements_for_one_answer_as_for_all(
    index: Index, client: Client, person: Person
) -> None:
    theme = max(index.themes, key=lambda theme: len(theme.questions))
    address = reverse("theme", args=[a_round(person, index), theme.code])
    one = {f"{theme.questions[0].id}-present": "0"}
    everything = {f"{question.id}-{column}": "1" for question in theme.questions for column in ("present", "future")}
    counts = [
        _count(lambda: client.post(address, {"version": "0", "do": "stop", **one})),
        _count(lambda: client.post(address, {"version": "1", "do": "stop", **everything})),
    ]
    assert counts[0] == counts[1] <= 11
