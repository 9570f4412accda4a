"""One letter a day at most, to whom it concerns, with all that is open."""

import datetime
import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from tests.cases import everywhere
from tests.service import NOW, a_round, rows, somebody

from commonweal.core.access import Role
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.programme.work import WorkStep
from commonweal.services.actions import reminders
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.services.actions.registers import add_entry
from commonweal.services.actions.reminders import remind
from commonweal.services.actions.work import change_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.people import Person
from commonweal.services.queries.programmes import one_work, programme
from commonweal.standards.catalogue import load_index
from commonweal.store.models import LetterSent, Membership, Programme, Work

pytestmark = pytest.mark.django_db
PUBLIC = load_index("svmi-public")
DUE = datetime.date(2027, 3, 31)  # a Wednesday
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def officer() -> Person:
    return somebody("Officer")


@pytest.fixture
def work(lead: Person, officer: Person) -> UUID:
    """Agreed work of an officer, due on DUE; what has to be kept up lapses after 21 November 2027."""
    answers = {**everywhere(PUBLIC, 0, 0), "B1": QuestionAnswer(0, 1), "I1": QuestionAnswer(1, 1)}
    round_ = a_round(lead, PUBLIC, answers)
    frame = Frame("Social value", "england-and-wales", datetime.date(2027, 1, 1), 1)
    made = adopt_plan(assessment_id=round_, frame=frame, chosen={"ACT-B-M1"}, by=lead, now=NOW)
    view = programme(made, by=lead)
    Membership.objects.create(
        organisation_id=view.organisation_id, person=officer, role=Role.OFFICER, created_at=NOW, given_by=lead
    )
    [item] = view.programme.work
    details = WorkDetails(item.title, item.group, owner=officer.pk, due=DUE)
    change_work(work_id=item.id, version=0, details=details, by=lead, now=NOW)
    _take(item.id, WorkStep.AGREE, lead)
    return item.id


def _take(work: UUID, step: WorkStep, by: Person, today: datetime.date = DUE) -> None:
    version = rows(Work).get(pk=work).version
    take_work_step(work_id=work, step=step, version=version, words="Said", link="", today=today, by=by, now=NOW)


def _on(day: datetime.date) -> dict[str, EmailMessage]:
    """The letters of a day, by the address that they went to."""
    mail.outbox.clear()
    remind(today=day, now=NOW)
    return {letter.to[0]: letter for letter in mail.outbox}


def test_the_owner_is_told_in_time_and_the_lead_once_it_is_late(work: UUID, lead: Person, officer: Person) -> None:
    told = {ahead: set(_on(DUE - ahead * A_DAY)) for ahead in range(16, -8, -1)}
    own, both = {str(officer.email)}, {str(officer.email), str(lead.email)}
    assert {ahead for ahead, who in told.items() if who == own} == {14, 7, 1, 0}
    assert {ahead for ahead, who in told.items() if who == both} == {-1, -5}  # the day after, and Monday 5 April
    assert all(not who for ahead, who in told.items() if ahead not in {14, 7, 1, 0, -1, -5})


def test_what_a_letter_says(work: UUID, lead: Person, officer: Person, settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.ACCOUNTS = ["value.example"], True
    letters = _on(DUE + A_DAY)
    title = one_work(work, by=lead).item.title
    line = f"{title}\nSocial value, Officer: due 31 March 2027\nhttps://value.example/work/{work}/\n"
    assert (letters[str(officer.email)].subject, letters[str(officer.email)].body) == (
        "Commonweal: One matter open, 1 late", f"LATE\n\n{line}",
    )  # fmt: skip
    assert letters[str(lead.email)].body == f"LATE, WITH OTHERS\n\n{line}"


def test_nobody_gets_two_however_often_the_job_runs(work: UUID) -> None:
    assert remind(today=DUE, now=NOW) == 1
    assert remind(today=DUE, now=NOW) == 0
    assert remind(today=DUE + A_DAY, now=NOW) == 2
    assert len(mail.outbox) == 3
    remind(today=DUE + 60 * A_DAY, now=NOW)
    assert not LetterSent.objects.filter(day__lte=DUE + A_DAY).exists()


def test_what_is_said_to_be_done_comes_to_the_lead(work: UUID, lead: Person, officer: Person) -> None:
    _take(work, WorkStep.CLAIM, officer, DUE)
    letters = _on(DUE + A_DAY)
    assert set(letters) == {str(lead.email)}
    assert "SAID TO BE DONE: TO BE CONFIRMED" in letters[str(lead.email)].body
    assert "since 31 March 2027" in letters[str(lead.email)].body


def test_what_has_to_be_kept_up_comes_to_the_lead(work: UUID, lead: Person, officer: Person) -> None:
    _take(work, WorkStep.CLAIM, officer)
    _take(work, WorkStep.CONFIRM, lead)
    until = datetime.date(2027, 11, 21)
    told = {ahead: _on(until - ahead * A_DAY) for ahead in (61, 60, 59, 30, 7, 1, 0, -1)}
    assert {ahead for ahead, letters in told.items() if letters} == {60, 30, 7, 0}
    body = str(told[60][str(lead.email)].body)
    assert re.fullmatch(r"TO BE KEPT UP, OR IT LAPSES\n\nI1 .+\n2026 assessment: lapses after 21 November 2027\n", body)


@pytest.mark.parametrize("how", ["seat ended", "role", "inactive", "closed", "proposed"])
def test_who_is_not_concerned_any_more_gets_nothing(how: str, work: UUID, officer: Person) -> None:
    seats = rows(Membership).filter(person=officer)
    if how == "seat ended":
        seats.update(ended_at=NOW)
    elif how == "role":
        seats.update(role="reader")
    elif how == "inactive":
        Person.objects.filter(pk=officer.pk).update(is_active=False)
    elif how == "closed":
        rows(Programme).update(state="closed")
    else:
        rows(Work).update(state="proposed")
    assert str(officer.email) not in _on(DUE) | _on(DUE + A_DAY)


def test_a_letter_that_does_not_leave_keeps_no_other_back(
    work: UUID, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = EmailBackend.send_messages

    def fails(self: EmailBackend, messages: list[EmailMessage]) -> int:
        if messages[0].to == [officer.email]:
            raise ConnectionRefusedError
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", fails)
    assert remind(today=DUE + A_DAY, now=NOW) == 1
    assert [letter.to for letter in mail.outbox] != [[officer.email]]
    monkeypatch.setattr(EmailBackend, "send_messages", send)
    soon = NOW + datetime.timedelta(minutes=1)
    assert remind(today=DUE + A_DAY, now=soon) == 0  # it may be leaving just now
    later = NOW + datetime.timedelta(minutes=16)
    assert remind(today=DUE + A_DAY, now=later) == 1
    assert mail.outbox[-1].to == [officer.email]
    assert remind(today=DUE + A_DAY, now=later + datetime.timedelta(hours=1)) == 0


def test_two_jobs_at_once_take_a_letter_once(lead: Person) -> None:
    minute = datetime.timedelta(minutes=1)
    assert reminders._take(lead.pk, DUE, NOW)
    assert not reminders._take(lead.pk, DUE, NOW + minute)
    assert reminders._take(lead.pk, DUE, NOW + 16 * minute)
    reminders._has_left(lead.pk, DUE, NOW + 17 * minute)
    assert not reminders._take(lead.pk, DUE, NOW + 60 * minute)


def test_a_worker_that_is_killed_loses_no_letter(work: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_self: EmailBackend, _messages: list[EmailMessage]) -> int:
        raise SystemExit

    send = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", killed)
    with pytest.raises(SystemExit):
        remind(today=DUE, now=NOW)
    monkeypatch.setattr(EmailBackend, "send_messages", send)
    assert remind(today=DUE, now=NOW + datetime.timedelta(minutes=16)) == 1


def test_what_the_registers_ask_for_comes_to_the_lead(work: UUID, lead: Person, officer: Person) -> None:
    home = one_work(work, by=lead).view.organisation_id
    said = {"title": "Social value policy", "state": "Adopted", "review": "2027-01-20"}
    add_entry(organisation_id=home, register_id="policies", values=said, by=lead, now=NOW)
    day = datetime.date(2027, 1, 20)  # a Wednesday
    told = {ahead: _on(day - ahead * A_DAY) for ahead in range(15, -7, -1)}
    assert {ahead for ahead, letters in told.items() if letters} == {14, 7, 1, 0, -1, -5}
    assert all(set(letters) <= {str(lead.email)} for letters in told.values())
    assert told[7][str(lead.email)].body == (
        "ASKED FOR IN THE REGISTERS\n\n"
        "Social value policy\nTo be reviewed by (Policies and documents): due 20 January 2027\n"
    )


def test_nothing_of_others_stands_in_a_letter(work: UUID, lead: Person, officer: Person) -> None:
    other = somebody("Lead of another")
    answers = {**everywhere(PUBLIC, 0, 0), "B1": QuestionAnswer(0, 1)}
    round_ = a_round(other, PUBLIC, answers)
    frame = replace(Frame("Secret programme", "scotland", datetime.date(2027, 1, 1), 1))
    made = adopt_plan(assessment_id=round_, frame=frame, chosen={"ACT-B-M1"}, by=other, now=NOW)
    [item] = programme(made, by=other).programme.work
    change_work(
        work_id=item.id, version=0, details=WorkDetails("CANARY", 1, owner=other.pk, due=DUE), by=other, now=NOW
    )
    _take(item.id, WorkStep.AGREE, other)
    letters = _on(DUE + A_DAY)
    assert "CANARY" in letters[str(other.email)].body
    assert all("CANARY" not in letters[str(one.email)].body for one in (lead, officer))
    assert "Social value" not in letters[str(other.email)].body
