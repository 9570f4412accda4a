"""Evidence: what is taken, who may add and judge it, that a file is on the disk before its row, what is thrown away."""

import datetime
import os
import socket
import threading
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.evidence import EvidenceKind, Strength
from commonweal.core.maturity.models import Index
from commonweal.core.seats import WHOLE
from commonweal.services import files
from commonweal.services.actions import evidence as actions
from commonweal.services.actions.evidence import Piece, add_evidence
from commonweal.services.actions.evidence_change import judge_evidence, withdraw_evidence
from commonweal.services.actions.housekeeping import tidy
from commonweal.services.actions.people import place
from commonweal.services.errors import Closed, Forbidden, NotFound, Stale
from commonweal.services.people import Person
from commonweal.services.queries.evidence import evidence_file, evidence_of, one_evidence, out_of_date
from commonweal.store.models import Change, Evidence, Membership, Placement

pytestmark = pytest.mark.django_db


def _kept() -> set[Path]:
    folder = django_settings.STORAGES["evidence"]["OPTIONS"]["location"]
    return {path for path in Path(folder).rglob("*") if path.is_file()}


def _piece(index: Index, **other: object) -> Piece:
    given = {
        "kind": EvidenceKind.FILE,
        "title": "Policy",
        "questions": frozenset({index.questions[0].id}),
        "strength": Strength.DOCUMENTED,
        "file_name": "policy.txt",
        "content": b"We weigh social value.",
        **other,
    }
    return Piece(**given)  # type: ignore[arg-type]


def _add(round_: UUID, piece: Piece, by: Person) -> UUID:
    return add_evidence(assessment_id=round_, piece=piece, by=by, now=NOW)


def test_one_piece_serves_several_questions(index: Index) -> None:
    by = somebody()
    round_ = a_round(by, index)
    questions = frozenset(question.id for question in (index.questions[0], index.themes[1].questions[0]))
    id_ = _add(round_, _piece(index, questions=questions), by)
    (line,) = evidence_of(round_, by=by)
    assert (line.id, frozenset(line.questions), line.strength) == (id_, questions, Strength.DOCUMENTED)
    assert evidence_file(id_, by=by) == ("policy.txt", b"We weigh social value.")
    assert rows(Change).filter(act="evidence added").count() == 1


@pytest.mark.parametrize(
    ("other", "place"),
    [
        ({"title": ""}, "title"),
        ({"questions": frozenset()}, "questions"),
        ({"strength": Strength.VERIFIED}, "strength"),
        ({"kind": EvidenceKind.NOTE, "text": "x"}, "strength"),
        ({"kind": EvidenceKind.NOTE, "strength": Strength.CLAIMED}, "text"),
        ({"kind": EvidenceKind.LINK, "link": "javascript:alert(1)"}, "link"),
        ({"kind": EvidenceKind.LINK, "link": "https://"}, "link"),
        ({"kind": EvidenceKind.LINK, "link": "http://["}, "link"),
        ({"kind": EvidenceKind.LINK, "link": "https://a b/"}, "link"),
        ({"file_name": "run.exe"}, "file"),
        ({"file_name": "policy.pdf"}, "file"),
        ({"content": b""}, "file"),
        ({"file_name": "", "content": b""}, "file"),
        ({"dated": NOW.date(), "valid_until": NOW.date() - datetime.timedelta(days=1)}, "valid_until"),
    ],
)
def test_what_is_refused_leaves_nothing(other: dict[str, object], place: str, index: Index) -> None:
    by = somebody()
    round_, before = a_round(by, index), _kept()
    with pytest.raises(BadInput) as caught:
        _add(round_, _piece(index, **other), by)
    assert [problem.place for problem in caught.value.problems] == [place]
    assert not rows(Evidence).exists()
    assert _kept() == before


@pytest.mark.parametrize("questions", [{"Z9"}, {"A1", "Z9"}])
def test_what_the_index_does_not_ask_is_not_there(questions: set[str], index: Index) -> None:
    by = somebody()
    round_ = a_round(by, index)
    with pytest.raises(NotFound):
        _add(round_, _piece(index, questions=frozenset(questions)), by)
    assert not rows(Evidence).exists()


def test_a_file_that_cannot_be_written_down_is_not_left_behind(
    index: Index, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    by = somebody()
    round_, before = a_round(by, index), _kept()
    settings.EVIDENCE_QUOTA = 10
    with pytest.raises(BadInput, match="no room left"):
        _add(round_, _piece(index), by)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    settings.EVIDENCE_QUOTA = 1000
    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(RuntimeError):
        _add(round_, _piece(index), by)
    assert _kept() == before


def test_what_is_withdrawn_gives_its_room_back(index: Index, settings: Any) -> None:
    by = somebody()
    round_, piece = a_round(by, index), _piece(index)
    settings.EVIDENCE_QUOTA = len(piece.content) + 1
    first = _add(round_, piece, by)
    with pytest.raises(BadInput, match="no room left"):
        _add(round_, piece, by)
    withdraw_evidence(evidence_id=first, version=0, why="Replaced", by=by, now=NOW)
    assert _add(round_, piece, by)


@pytest.mark.skipif(os.name != "posix", reason="folders are synchronised on these systems")
def test_a_file_is_on_the_disk_before_its_row(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    by, order = somebody(), []
    round_ = a_round(by, index)
    real_sync, real_create = os.fsync, Evidence.objects.create

    def synchronised(descriptor: int) -> None:
        order.append("disk")
        real_sync(descriptor)

    def created(**values: object) -> Evidence:
        order.append("row")
        return real_create(**values)

    monkeypatch.setattr(os, "fsync", synchronised)
    monkeypatch.setattr(Evidence.objects, "create", created)
    _add(round_, _piece(index), by)
    assert order == ["disk", "disk", "row"]


def test_who_adds_and_who_judges(index: Index) -> None:
    lead, second, contract, member = (somebody(name) for name in ("Lead", "Second lead", "Contracts", "Member"))
    organisation = an_organisation(lead)
    round_ = a_round(lead, index, organisation=organisation)
    for person, role in (
        (second, Role.LEAD_OFFICER),
        (contract, Role.CONTRACT_MANAGER),
        (member, Role.ELECTED_MEMBER),
    ):
        Membership.objects.create(organisation_id=organisation, person=person, role=role, created_at=NOW)
    with pytest.raises(NotFound):
        _add(round_, _piece(index), contract)
    seat = rows(Membership).get(person=contract)
    place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=lead, now=NOW)
    id_ = _add(round_, _piece(index), Person.objects.get(pk=contract.pk))
    with pytest.raises(Forbidden):
        _add(round_, _piece(index), member)
    own = _add(round_, _piece(index, title="Own"), lead)

    def judge(evidence: UUID, by: Person, version: int = 0) -> None:
        judge_evidence(evidence_id=evidence, version=version, strength=Strength.VERIFIED, why="Read it", by=by, now=NOW)

    with pytest.raises(Forbidden):
        judge(id_, member)
    with pytest.raises(BadInput, match="somebody else verifies"):
        judge(own, lead)
    judge(own, second)
    with pytest.raises(Stale):
        judge(own, second)
    assert one_evidence(own, by=lead).strength is Strength.VERIFIED
    withdraw_evidence(evidence_id=own, version=1, why="Replaced", by=lead, now=NOW)
    assert one_evidence(own, by=lead).withdrawn_at == NOW
    with pytest.raises(Forbidden):
        withdraw_evidence(evidence_id=id_, version=0, why="x", by=member, now=NOW)


def _officer(round_: UUID, index: Index, lead: Person) -> Person:
    """Placed on the first theme."""
    person = somebody("Officer")
    organisation = rows(Change).filter(assessment_id=round_)[0].organisation_id
    seat = Membership.objects.create(organisation_id=organisation, person=person, role=Role.OFFICER, created_at=NOW)
    place(assessment_id=round_, membership_id=seat.pk, theme=index.themes[0].code, by=lead, now=NOW)
    return Person.objects.get(pk=person.pk)


def test_what_may_not_be_added_is_neither_scanned_nor_kept(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = somebody()
    round_ = a_round(lead, index)
    officer, touched = _officer(round_, index, lead), list[bytes]()
    monkeypatch.setattr(files, "is_infected", touched.append)
    with pytest.raises(Forbidden):
        _add(round_, _piece(index, questions=frozenset({index.themes[1].questions[0].id})), officer)
    assert not touched
    _add(round_, _piece(index), officer)
    assert touched


def test_whoever_loses_the_right_while_the_file_is_scanned_adds_nothing(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = somebody()
    round_, before = a_round(lead, index), _kept()
    officer = _officer(round_, index, lead)

    def meanwhile(_content: bytes) -> None:
        rows(Placement).filter(membership__person=officer).delete()
        officer.forget_access()

    monkeypatch.setattr(files, "is_infected", meanwhile)
    with pytest.raises(Forbidden):
        _add(round_, _piece(index), officer)
    assert not rows(Evidence).exists()
    assert _kept() == before


def test_others_and_absent_are_the_same(index: Index) -> None:
    by, other = somebody(), somebody("Other")
    id_ = _add(a_round(by, index), _piece(index), by)
    for act in (
        lambda: one_evidence(id_, by=other),
        lambda: evidence_file(id_, by=other),
        lambda: withdraw_evidence(evidence_id=id_, version=0, why="x", by=other, now=NOW),
    ):
        with pytest.raises(NotFound):
            act()


class _Scanner:
    """A virus scanner at the other end of a line."""

    def __init__(self, answer: bytes, *, until: bytes) -> None:
        self.ours, theirs = socket.socketpair()
        self.received, self.until = b"", until
        self.thread = threading.Thread(target=self._serve, args=(theirs, answer))
        self.thread.start()

    def _serve(self, line: socket.socket, answer: bytes) -> None:
        with line:
            while not self.received.endswith(self.until):
                self.received += line.recv(65_536)
            line.sendall(answer)


@pytest.mark.parametrize(
    ("answer", "expected"), [(b"stream: OK\0", False), (b"stream: Eicar-Test-Signature FOUND\0", True)]
)
def test_the_virus_scanner_is_asked(
    answer: bytes, expected: bool, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    called = [_Scanner(b"PONG\0", until=b"\0"), _Scanner(answer, until=b"\0\0\0\0")]
    lines = iter(called)
    settings.CLAMAV = "/somewhere"
    monkeypatch.setattr(files, "_connected", lambda *_: next(lines).ours)
    assert files.is_infected(b"content") is expected
    for scanner in called:
        scanner.thread.join()
    assert [scanner.received for scanner in called] == [b"zPING\0", b"zINSTREAM\0\0\0\0\x07content\0\0\0\0"]


def test_what_the_scanner_finds_or_cannot_tell_is_not_taken(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    by = somebody()
    round_ = a_round(by, index)
    monkeypatch.setattr(files, "is_infected", lambda _content: True)
    with pytest.raises(BadInput, match="scanner found something"):
        _add(round_, _piece(index), by)

    def down(_content: bytes) -> bool:
        raise OSError

    monkeypatch.setattr(files, "is_infected", down)
    with pytest.raises(BadInput, match="could not be checked"):
        _add(round_, _piece(index), by)
    monkeypatch.setattr(files, "is_infected", lambda _content: None)
    assert not one_evidence(_add(round_, _piece(index), by), by=by).scanned


def test_what_is_withdrawn_is_for_those_who_judge(index: Index) -> None:
    lead, member, contract = somebody(), somebody("Member"), somebody("Contracts")
    organisation = an_organisation(lead)
    round_ = a_round(lead, index, organisation=organisation)
    for person, role in ((member, Role.ELECTED_MEMBER), (contract, Role.CONTRACT_MANAGER)):
        Membership.objects.create(organisation_id=organisation, person=person, role=role, created_at=NOW)
    seat = rows(Membership).get(person=contract)
    place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=lead, now=NOW)
    contract = Person.objects.get(pk=contract.pk)
    id_ = _add(round_, _piece(index), lead)
    with pytest.raises(Forbidden):
        withdraw_evidence(evidence_id=id_, version=0, why="x", by=contract, now=NOW)
    assert evidence_file(id_, by=member)
    withdraw_evidence(evidence_id=id_, version=0, why="It names somebody", by=lead, now=NOW)
    assert evidence_file(id_, by=lead)
    with pytest.raises(NotFound):
        evidence_file(id_, by=member)
    with pytest.raises(Closed, match="was withdrawn"):
        judge_evidence(evidence_id=id_, version=0, strength=Strength.CLAIMED, why="", by=lead, now=NOW)


def test_a_note_has_no_file(index: Index) -> None:
    by = somebody()
    piece = _piece(index, kind=EvidenceKind.NOTE, strength=Strength.CLAIMED, text="Said", file_name="", content=b"")
    id_ = _add(a_round(by, index), piece, by)
    with pytest.raises(NotFound):
        evidence_file(id_, by=by)


def test_what_is_withdrawn_stays_with_whoever_added_it_and_is_out_of_date_no_more(index: Index) -> None:
    lead, officer = somebody(), somebody("Officer")
    organisation = an_organisation(lead)
    round_ = a_round(lead, index, organisation=organisation)
    seat = Membership.objects.create(organisation_id=organisation, person=officer, role=Role.OFFICER, created_at=NOW)
    place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=lead, now=NOW)
    officer = Person.objects.get(pk=officer.pk)
    last_year = NOW.date() - datetime.timedelta(days=365)
    id_ = _add(round_, _piece(index, dated=last_year, valid_until=last_year), officer)
    assert out_of_date(round_, by=lead, today=NOW.date()) == 1
    withdraw_evidence(evidence_id=id_, version=0, why="Replaced", by=lead, now=NOW)
    assert out_of_date(round_, by=lead, today=NOW.date()) == 0
    assert evidence_file(id_, by=lead)  # who judges, and did not add it
    assert evidence_file(id_, by=officer)  # who added it, and does not judge


def test_a_file_without_its_row_is_swept_up(index: Index) -> None:
    by = somebody()
    id_ = _add(a_round(by, index), _piece(index), by)
    left = files.keep(b"the power went")
    now = datetime.datetime.now(datetime.UTC)
    tidy(now=now)
    assert files.kept(left)
    tidy(now=now + datetime.timedelta(days=2))
    with pytest.raises(FileNotFoundError):
        files.kept(left)
    assert evidence_file(id_, by=by)
