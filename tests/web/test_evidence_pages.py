"""The pages of evidence: what single criteria rest on, what is lacking, and that nothing typed is lost."""

import re
import tracemalloc
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.cases import everywhere
from tests.service import NOW, a_round, an_organisation, somebody

from commonweal.core.access import Role
from commonweal.core.evidence import Strength, criteria_to_show
from commonweal.core.maturity.models import Criterion, Index, Question
from commonweal.services import files
from commonweal.services.actions.evidence_change import judge_evidence
from commonweal.services.actions.people import place
from commonweal.services.people import Person
from commonweal.services.queries.evidence import EvidenceLine, evidence_of, one_evidence
from commonweal.store.models import Membership

TAG = re.compile(r'<strong class="govuk-tag[^"]*">([^<]+)</strong>')


def _words(answer: Any) -> str:
    return str(answer.content.decode())


@dataclass
class Desk:
    """Somebody with a round, and a question with criteria to show."""

    client: Client
    person: Person
    organisation: UUID
    round: UUID
    question: Question
    criteria: list[Criterion]

    def page(self, name: str, *arguments: object) -> str:
        return _words(self.client.get(reverse(name, args=arguments)))

    def question_page(self) -> str:
        return self.page("question", self.round, self.question.id)

    def add(self, *criteria: str, **other: object) -> Any:
        given: dict[str, Any] = {
            "kind": "link",
            "title": "Policy",
            "link": "https://council.example/policy",
            "strength": "documented",
            "questions": self.question.id,
            "criteria": [f"{self.question.id} {one}" for one in criteria],
            **other,
        }
        return self.client.post(f"{reverse('add-evidence', args=[self.round])}?question={self.question.id}", given)

    def pieces(self) -> list[EvidenceLine]:
        return evidence_of(self.round, by=self.person)


@pytest.fixture
def desk(index: Index, client: Client, person: Person) -> Desk:
    organisation = an_organisation(person)
    round_ = a_round(person, index, everywhere(index, -1, -1), organisation=organisation)
    for theme in index.themes:
        for question in theme.questions:
            criteria = [criterion for _, criterion in criteria_to_show(theme, question)]
            if len(criteria) > 1:
                return Desk(client, person, organisation, round_, question, criteria)
    raise AssertionError


def test_a_question_says_of_every_criterion_how_far_it_is_shown(desk: Desk) -> None:
    assert TAG.findall(desk.question_page()) == ["Nothing yet"] * (1 + len(desk.criteria))
    desk.add(desk.criteria[0].id)
    rest = ["Nothing yet"] * (len(desk.criteria) - 1)
    assert TAG.findall(desk.question_page()) == ["Enough", "Enough", *rest]
    (line,) = desk.pieces()
    judge_evidence(evidence_id=line.id, version=0, strength=Strength.CLAIMED, why="A draft", by=desk.person, now=NOW)
    assert TAG.findall(desk.question_page()) == ["Only claimed", "Only claimed", *rest]
    desk.client.post(reverse("withdraw-evidence", args=[line.id]), {"why": "Replaced", "version": "1"})
    assert TAG.findall(desk.question_page()) == ["Nothing yet", "Withdrawn", "Nothing yet", *rest]


def test_what_is_out_of_date_is_not_enough(desk: Desk) -> None:
    desk.add(desk.criteria[0].id, valid_until="31/03/2020")
    assert TAG.findall(desk.question_page())[:3] == ["Out of date"] * 3
    assert f"{desk.question.title}</a>: out of date" in desk.page("all-evidence", desk.round)


def test_answers_without_enough_evidence_are_listed_until_there_is(desk: Desk) -> None:
    listed = f"{desk.question.id} {desk.question.title}</a>: nothing yet"
    assert listed in desk.page("all-evidence", desk.round)
    desk.add(desk.criteria[0].id)
    shown = desk.page("all-evidence", desk.round)
    assert f"{desk.question.title}</a>: 1 of {len(desk.criteria)} criteria" in shown
    desk.add(*(one.id for one in desk.criteria))
    assert f"{desk.question.title}</a>:" not in desk.page("all-evidence", desk.round)


def test_an_answer_that_says_what_is_lacking_needs_no_evidence(index: Index, client: Client, person: Person) -> None:
    round_, question = a_round(person, index, everywhere(index, 0, -1)), index.questions[0]
    assert "Answers without enough evidence" not in _words(client.get(reverse("all-evidence", args=[round_])))
    shown = _words(client.get(reverse("question", args=[round_, question.id])))
    assert "Evidence</h2>" in shown
    assert "(counts for your target)" in shown


def test_a_criterion_is_chosen_from_the_page_of_its_question(desk: Desk) -> None:
    wanted = desk.criteria[1]
    link = re.search(rf'href="([^"]*criterion={wanted.id})"', desk.question_page())
    assert link
    shown = _words(desk.client.get(link[1].replace("&amp;", "&")))
    checked = re.findall(r'name="(criteria|questions)"[^>]*value="([^"]+)" checked', shown)
    assert checked == [("criteria", f"{desk.question.id} {wanted.id}"), ("questions", desk.question.id)]


def test_what_was_chosen_is_kept_when_a_form_is_refused(desk: Desk) -> None:
    refused = desk.add(desk.criteria[1].id, link="council.example")
    assert refused.status_code == 422
    assert f'value="{desk.question.id} {desk.criteria[1].id}" checked' in _words(refused)


def test_a_criterion_without_its_question_is_not_dropped_in_silence(desk: Desk, index: Index) -> None:
    other = next(one.id for one in index.questions if one.id != desk.question.id)
    refused = desk.add(desk.criteria[0].id, questions=other)
    assert refused.status_code == 422
    assert f"A criterion of {desk.question.id} is chosen, and {desk.question.id} is not." in _words(refused)
    assert not desk.pieces()


def test_what_is_asked_for_in_the_address_takes_no_room(desk: Desk) -> None:
    """The address is as long as a sender likes; only what is offered is taken from it."""
    address = f"{reverse('add-evidence', args=[desk.round])}?" + f"question={desk.question.id}&" * 900
    tracemalloc.start()
    shown = desk.client.get(f"{address}criterion={'x' * 20_000}")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert re.findall(r'value="([^"]+)" checked', _words(shown)) == [desk.question.id]
    assert most < 30_000_000


def test_a_piece_is_changed_and_used_again(desk: Desk, index: Index) -> None:
    desk.add()
    (line,) = desk.pieces()
    other = next(one for one in index.questions if one.id != desk.question.id)
    page = desk.page("question", desk.round, other.id)
    assert f"{reverse('change-evidence', args=[line.id])}?question={other.id}" in page
    address = reverse("change-evidence", args=[line.id])
    shown = _words(desk.client.get(address, {"question": other.id}))
    assert sorted(re.findall(r'name="questions"[^>]*value="([^"]+)" checked', shown)) == sorted(
        [desk.question.id, other.id]
    )
    sent = {
        "version": "0",
        "title": "Policy of 2026",
        "valid_until": "31/03/2030",
        "questions": [desk.question.id, other.id],
        "criteria": f"{desk.question.id} {desk.criteria[0].id}",
    }
    assert desk.client.post(address, sent).status_code == 302
    line = one_evidence(line.id, by=desk.person)
    assert (line.title, set(line.questions)) == ("Policy of 2026", {desk.question.id, other.id})
    assert line.criteria == ((desk.question.id, desk.criteria[0].id),)
    assert desk.criteria[0].text in desk.page("evidence", line.id).replace("&#39;", "'")


def test_who_is_overtaken_sees_both_and_loses_nothing(desk: Desk) -> None:
    desk.add(desk.criteria[0].id)
    (line,) = desk.pieces()
    address, mine = reverse("change-evidence", args=[line.id]), {"version": "0", "questions": desk.question.id}
    desk.client.post(address, {**mine, "title": "Theirs"})
    overtaken = desk.client.post(
        address, {**mine, "title": "Mine", "criteria": f"{desk.question.id} {desk.criteria[1].id}"}
    )
    shown = _words(overtaken)
    assert overtaken.status_code == 409
    assert "Name: <em>Theirs</em>" in shown
    assert 'value="Mine"' in shown
    assert f'value="{desk.question.id} {desk.criteria[1].id}" checked' in shown
    assert 'name="version" value="1"' in shown
    refused = desk.client.post(address, {**mine, "title": "Mine", "dated": "yesterday"})
    assert refused.status_code == 422
    assert 'value="yesterday"' in _words(refused)
    assert 'name="version" value="0"' in _words(refused)  # so that the next try is still seen to be overtaken


def test_an_officer_of_another_theme_ties_it_and_leaves_the_rest(desk: Desk, index: Index) -> None:
    desk.add(desk.criteria[0].id)
    (line,) = desk.pieces()
    theme = next(theme for theme in reversed(index.themes) if desk.question.id not in theme.by_id)
    officer, own = somebody("Officer"), theme.questions[0].id
    seat = Membership.objects.create(
        organisation_id=desk.organisation, person=officer, role=Role.OFFICER, created_at=NOW
    )
    place(assessment_id=desk.round, membership_id=seat.pk, theme=theme.code, by=desk.person, now=NOW)
    browser = Client(headers={"host": "localhost"})
    browser.force_login(officer)
    address = reverse("change-evidence", args=[line.id])
    shown = _words(browser.get(address))
    assert 'name="title"' not in shown
    assert f"{desk.question.id} {desk.question.title}" in shown
    assert browser.post(address, {"version": "0", "questions": own, "title": "Theirs"}).status_code == 302
    line = one_evidence(line.id, by=desk.person)
    assert (line.title, set(line.questions)) == ("Policy", {desk.question.id, own})
    assert line.criteria == ((desk.question.id, desk.criteria[0].id),)
    assert browser.post(address, {"version": "1"}).status_code == 302
    assert one_evidence(line.id, by=desk.person).questions == (desk.question.id,)


NAMES = (
    "policy.txt",
    "a" * 251 + ".txt",
    "a" * 900 + ".txt",
    "../../etc/passwd.txt",
    "..\\..\\boot.txt",
    'quote".txt',
    "line\r\nSet-Cookie: a=b.txt",
    "percent%0d%0a.txt",
    "pol\u202etxt.exe.txt",
    "Größe €.txt",
    "semi;colon.txt",
    "nul\0.txt",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_files_name_does_no_harm(name: str, desk: Desk) -> None:
    file = SimpleUploadedFile("x.txt", b"We weigh social value.")
    object.__setattr__(file, "_name", name)  # as something that is no browser would send it
    taken = desk.add(kind="file", link="", file=file)
    if taken.status_code == 422:
        assert not desk.pieces()
        return
    (line,) = desk.pieces()
    answer = desk.client.get(reverse("evidence-file", args=[line.id]))
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment; filename")
    assert said.isascii()
    assert not set("\r\n\0") & set(said)
    assert ".." not in said
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.content == b"We weigh social value."
    assert "Set-Cookie" not in answer.headers


def test_what_the_virus_scanner_finds_is_said_on_the_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "is_infected", lambda content: b"EICAR" in content)
    file = SimpleUploadedFile("eicar.txt", b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
    refused = desk.add(kind="file", link="", file=file)
    assert (refused.status_code, desk.pieces()) == (422, [])
    assert "The virus scanner found something in this file." in _words(refused)


def test_nobody_is_offered_to_verify_what_they_added(desk: Desk) -> None:
    desk.add()
    (line,) = desk.pieces()
    assert 'value="verified"' not in desk.page("evidence", line.id)
    second = somebody("Second")
    Membership.objects.create(organisation_id=desk.organisation, person=second, role=Role.LEAD_OFFICER, created_at=NOW)
    desk.client.force_login(second)
    assert 'value="verified"' in desk.page("evidence", line.id)


def test_a_withdrawal_needs_its_reason_and_the_version_that_was_seen(desk: Desk) -> None:
    desk.add()
    (line,) = desk.pieces()
    address = reverse("withdraw-evidence", args=[line.id])
    refused = desk.client.post(address, {"version": "0"})
    assert (refused.status_code, "It is not said why." in _words(refused)) == (422, True)
    stale = desk.client.post(address, {"version": "1", "why": "It is a draft"})
    assert (stale.status_code, _words(stale).count("It is a draft")) == (409, 1)
    desk.client.post(address, {"version": "0", "why": "It is a draft"})
    assert one_evidence(line.id, by=desk.person).withdrawn_at


def test_whoever_judged_too_late_has_their_choice_still(desk: Desk) -> None:
    desk.add()
    (line,) = desk.pieces()
    other = "documented" if line.strength is Strength.CLAIMED else "claimed"
    assert f'value="{line.strength}" checked' in desk.page("evidence", line.id)
    stale = desk.client.post(reverse("evidence", args=[line.id]), {"version": "7", "strength": other, "why": "Read"})
    assert stale.status_code == 409
    assert f'value="{other}" checked' in stale.content.decode()
    assert f'value="{line.strength}" checked' not in stale.content.decode()


def test_what_was_withdrawn_is_not_offered_and_not_changed(desk: Desk) -> None:
    desk.add()
    (line,) = desk.pieces()
    desk.client.post(reverse("withdraw-evidence", args=[line.id]), {"why": "Replaced", "version": str(line.version)})
    address = reverse("change-evidence", args=[line.id])
    assert address not in desk.page("evidence", line.id)
    assert "was withdrawn" in _words(desk.client.get(address))
