"""From draft to endorsed: what is closed, what is frozen, what is told to those who come late."""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest
from tests.cases import everywhere
from tests.service import DAY, NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.lifecycle import State, Step
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.seats import WHOLE
from commonweal.services.actions import lifecycle
from commonweal.services.actions.answers import keep_plan_note, save_estimate, save_theme
from commonweal.services.actions.assurance import sign
from commonweal.services.actions.lifecycle import FROZEN_FORMATS, Meeting, take_step
from commonweal.services.actions.people import place
from commonweal.services.actions.remarks import remark
from commonweal.services.errors import Closed, Forbidden, NotFound, Stale
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.lifecycle import assurances, changed_since, decisions, frozen_document, remarks
from commonweal.services.queries.trail import answer_history
from commonweal.store.models import Change, FrozenDocument, Membership

pytestmark = pytest.mark.django_db
CABINET = Meeting("Cabinet", DAY, "CAB 47/26")


@pytest.fixture(autouse=True)
def _quick_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents have tests of their own; what matters here is that their bytes are kept."""
    made = iter(range(1000))

    def render(name: str, *_: object) -> bytes:
        return f"{name} {next(made)}".encode()

    monkeypatch.setattr(lifecycle, "render_apart", render)


def _take(step: Step, round_: UUID, by: Person, **other: object) -> None:
    given = {
        "state_version": assessment_round(round_, by=by).state_version,
        "meeting": CABINET,
        "words": "As discussed",
        "today": DAY,
        "now": NOW,
        **other,
    }
    take_step(assessment_id=round_, step=step, by=by, **given)  # type: ignore[arg-type]


def test_an_agreed_assessment_is_closed_until_it_is_taken_back(index: Index) -> None:
    by = somebody()
    round_, theme = a_round(by, index), index.themes[0]
    answers = {theme.questions[0].id: QuestionAnswer(1, 1)}

    def save() -> None:
        save_theme(assessment_id=round_, code=theme.code, version=0, read=lambda _: answers, by=by, now=NOW)

    _take(Step.AGREE, round_, by)
    with pytest.raises(Closed):
        save()
    with pytest.raises(Closed):
        save_estimate(assessment_id=round_, code=theme.code, present=1, future=1, seen=None, by=by, now=NOW)
    with pytest.raises(Closed):
        keep_plan_note(assessment_id=round_, code=theme.code, version=0, text="x", by=by, now=NOW)
    _take(Step.REOPEN, round_, by)
    save()
    assert assessment_round(round_, by=by).given.answers == answers


def test_what_is_endorsed_is_kept_byte_for_byte(index: Index) -> None:
    by = somebody()
    round_ = a_round(by, index, everywhere(index, 0, 1))
    _take(Step.AGREE, round_, by)
    _take(Step.ENDORSE, round_, by)
    assert assessment_round(round_, by=by).state is State.ENDORSED
    kept = {name: frozen_document(round_, name, by=by) for name in FROZEN_FORMATS}
    assert kept == {name: f"{name} {number}".encode() for number, name in enumerate(FROZEN_FORMATS)}
    for row in rows(FrozenDocument):
        assert hashlib.sha256(bytes(row.content)).hexdigest() == row.sha256
    line = decisions(round_, by=by)[-1]
    assert (line.body, line.met_on, line.minute) == ("Cabinet", DAY, "CAB 47/26")
    _take(Step.CALL_IN, round_, by)
    _take(Step.ENDORSE_AMENDED, round_, by)
    assert frozen_document(round_, "pdf", by=by) != kept["pdf"]  # what was endorsed last
    assert rows(FrozenDocument).count() == 2 * len(FROZEN_FORMATS)


def test_what_was_changed_behind_the_services_back_is_not_given_out(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = somebody()
    round_ = a_round(by, index, everywhere(index, 0, 1))
    _take(Step.AGREE, round_, by)
    create = FrozenDocument.objects.bulk_create

    def changed(made: Iterable[FrozenDocument]) -> object:
        found = list(made)
        for one in found:
            one.content = b"Something else"
        return create(found)

    monkeypatch.setattr(FrozenDocument.objects, "bulk_create", changed)
    _take(Step.ENDORSE, round_, by)
    with pytest.raises(Closed, match="is not what was endorsed"):
        frozen_document(round_, "pdf", by=by)


def test_a_later_round_of_the_same_index_supersedes(index: Index) -> None:
    by = somebody()
    organisation = an_organisation(by)
    first, second = (a_round(by, index, organisation=organisation, name=name) for name in ("One", "Two"))
    other = a_round(by, index, name="Elsewhere")
    for round_ in (other, first, second):
        _take(Step.AGREE, round_, by)
        _take(Step.ENDORSE, round_, by)
    states = [assessment_round(round_, by=by).state for round_ in (first, second, other)]
    assert states == [State.SUPERSEDED, State.ENDORSED, State.ENDORSED]
    assert decisions(first, by=by)[-1].words == "By Two"
    with pytest.raises(Closed):
        _take(Step.CALL_IN, first, by)


def test_the_later_round_stands_whichever_was_endorsed_first(index: Index) -> None:
    by = somebody()
    organisation = an_organisation(by)
    years = (2024, 2025, 2026)
    rounds = [
        a_round(by, index, organisation=organisation, name=str(year), date=datetime.date(year, 3, 31)) for year in years
    ]

    def states() -> list[str]:
        return [assessment_round(round_, by=by).state.value for round_ in rounds]

    for round_ in (rounds[2], rounds[0], rounds[1]):
        _take(Step.AGREE, round_, by)
        _take(Step.ENDORSE, round_, by)
    assert states() == ["superseded", "superseded", "endorsed"]
    _take(Step.CALL_IN, rounds[2], by)
    assert states() == ["superseded", "endorsed", "agreed"]
    line = decisions(rounds[1], by=by)[-1]
    assert (line.step, line.words) == (Step.REINSTATE, "While 2026 is called in")
    _take(Step.ENDORSE, rounds[2], by)
    assert states() == ["superseded", "superseded", "endorsed"]


@pytest.mark.parametrize(
    ("meeting", "words", "place"),
    [
        (Meeting("", DAY, "CAB 1"), "x", "body"),
        (Meeting("Cabinet", None, "CAB 1"), "x", "met_on"),
        (Meeting("Cabinet", DAY + datetime.timedelta(days=1), "CAB 1"), "x", "met_on"),
        (Meeting("Cabinet", DAY, ""), "x", "minute"),
        (Meeting("Cabinet", DAY, "CAB 1"), "", "words"),
        (Meeting("Cabinet\u202e", DAY, "CAB 1"), "x", "body"),
        (Meeting("\u200b", DAY, "CAB 1"), "x", "body"),
        (Meeting("Cabinet", DAY, "\u3164"), "x", "minute"),
        (Meeting("Cabinet", DAY, "CAB 1"), "\u00ad", "words"),
    ],
)
def test_a_bodys_step_names_body_day_minute_and_amendments(
    meeting: Meeting, words: str, place: str, index: Index
) -> None:
    by = somebody()
    round_ = a_round(by, index)
    _take(Step.AGREE, round_, by)
    with pytest.raises(BadInput) as caught:
        _take(Step.ENDORSE_AMENDED, round_, by, meeting=meeting, words=words)
    assert [problem.place for problem in caught.value.problems] == [place]
    assert assessment_round(round_, by=by).state is State.AGREED


def test_who_may_not_endorse_has_no_documents_made(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    by, officer, made = somebody(), somebody("Officer"), list[str]()
    organisation = an_organisation(by)
    round_ = a_round(by, index, organisation=organisation)
    Membership.objects.create(organisation_id=organisation, person=officer, role=Role.OFFICER, created_at=NOW)
    _take(Step.AGREE, round_, by)
    monkeypatch.setattr(lifecycle, "render_apart", lambda name, *_: made.append(name))
    with pytest.raises(Forbidden):
        _take(Step.ENDORSE, round_, Person.objects.get(pk=officer.pk))
    assert not made


@pytest.mark.parametrize("role", [Role.OFFICER, None])
def test_who_loses_the_right_while_documents_are_made_endorses_nothing(
    role: Role | None, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, lead = somebody(), somebody("Lead")
    organisation = an_organisation(owner)
    round_ = a_round(owner, index, organisation=organisation)
    seat = Membership.objects.create(organisation_id=organisation, person=lead, role=Role.LEAD_OFFICER, created_at=NOW)
    lead = Person.objects.get(pk=lead.pk)
    _take(Step.AGREE, round_, lead)

    def meanwhile(name: str, *_: object) -> bytes:
        rows(Membership).filter(pk=seat.pk).update(**({"role": role} if role else {"ended_at": NOW}))
        lead.forget_access()
        return name.encode()

    monkeypatch.setattr(lifecycle, "render_apart", meanwhile)
    with pytest.raises(Forbidden if role else NotFound):
        _take(Step.ENDORSE, round_, lead)
    assert not rows(FrozenDocument).exists()
    assert assessment_round(round_, by=owner).state is State.AGREED


def test_whoever_comes_late_is_told(index: Index) -> None:
    by = somebody()
    round_ = a_round(by, index)
    _take(Step.AGREE, round_, by)
    with pytest.raises(Stale):
        _take(Step.ENDORSE, round_, by, state_version=0)
    assert not rows(FrozenDocument).exists()
    with pytest.raises(BadInput, match="cannot be shown"):
        _take(Step.ENDORSE, round_, by, words="left\u202eright")
    with pytest.raises(Closed):
        _take(Step.AGREE, round_, by)


def test_whoever_comes_late_has_no_documents_made(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    by, made = somebody(), list[str]()
    round_ = a_round(by, index)
    _take(Step.AGREE, round_, by)
    monkeypatch.setattr(lifecycle, "render_apart", lambda name, *_: made.append(name))
    with pytest.raises(Stale):
        _take(Step.ENDORSE, round_, by, state_version=0)
    assert not made


def test_whoever_is_overtaken_while_documents_are_made_endorses_nothing(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken back and agreed once more, the state is what it was, and what was agreed may not be."""
    by = somebody()
    round_ = a_round(by, index)
    _take(Step.AGREE, round_, by)

    def meanwhile(name: str, *_: object) -> bytes:
        if name == FROZEN_FORMATS[0]:
            _take(Step.REOPEN, round_, by)
            _take(Step.AGREE, round_, by)
        return name.encode()

    monkeypatch.setattr(lifecycle, "render_apart", meanwhile)
    with pytest.raises(Stale):
        _take(Step.ENDORSE, round_, by)
    assert not rows(FrozenDocument).exists()
    assert assessment_round(round_, by=by).state is State.AGREED


@pytest.mark.parametrize("role", [Role.OWNER, Role.OFFICER, Role.ELECTED_MEMBER])
def test_only_lead_officers_take_steps(role: Role, index: Index) -> None:
    by, other = somebody(), somebody("Other")
    organisation = an_organisation(by)
    round_ = a_round(by, index, organisation=organisation)
    Membership.objects.create(organisation_id=organisation, person=other, role=role, created_at=NOW)
    with pytest.raises(Forbidden):
        _take(Step.AGREE, round_, other)


def test_the_next_reader_sees_what_changed_since(index: Index) -> None:
    by = somebody()
    round_ = a_round(by, index)
    theme = index.themes[0]
    one, two = (question.id for question in theme.questions[:2])

    def save(question: str, version: int) -> None:
        answers = {question: QuestionAnswer(1, 1)}
        save_theme(assessment_id=round_, code=theme.code, version=version, read=lambda _: answers, by=by, now=NOW)

    save(one, 0)
    assert changed_since(round_, by=by) is None
    _take(Step.AGREE, round_, by)
    _take(Step.REFER_BACK, round_, by)
    save(two, 1)
    since = changed_since(round_, by=by)
    assert since
    assert (since.step, since.questions, since.beside) == (Step.REFER_BACK, frozenset({two}), ())
    keep_plan_note(assessment_id=round_, code=theme.code, version=0, text="Why", by=by, now=NOW)
    for text in ("Good", "Better"):
        remark(assessment_id=round_, question=one, text=text, by=by, now=NOW)
    _take(Step.AGREE, round_, by)  # the body that referred it back reads what the officers agreed
    again = changed_since(round_, by=by)
    assert again
    assert (again.step, again.questions) == (Step.REFER_BACK, frozenset({two}))
    assert again.beside == (("plan note kept", 1), ("remark made", 2))


def test_remarks_stand_beside_a_question_in_any_state(index: Index) -> None:
    by, member, supplier = somebody(), somebody("Member"), somebody("Supplier")
    organisation = an_organisation(by)
    round_, question = a_round(by, index, organisation=organisation), index.questions[0].id
    for person, role in ((member, Role.ELECTED_MEMBER), (supplier, Role.READER)):
        Membership.objects.create(organisation_id=organisation, person=person, role=role, created_at=NOW)
    _take(Step.AGREE, round_, by)
    _take(Step.ENDORSE, round_, by)
    remark(assessment_id=round_, question=question, text="Is this still so?", by=member, now=NOW)
    with pytest.raises(Forbidden):
        remark(assessment_id=round_, question=question, text="No", by=supplier, now=NOW)
    with pytest.raises(BadInput):
        remark(assessment_id=round_, question=question, text="", by=member, now=NOW)
    assert remarks(round_, by=supplier) == []  # a reader reads what is endorsed, not what was said on the way
    assert [(line.by, line.text) for line in remarks(round_, by=by, question=question)] == [
        ("Member", "Is this still so?")
    ]
    assert rows(Change).filter(act="remark made").count() == 1


def test_who_reads_what_is_endorsed_reads_nothing_of_the_way_there(index: Index) -> None:
    by, reader = somebody(), somebody("Reader")
    organisation = an_organisation(by)
    round_, theme = a_round(by, index, organisation=organisation), index.themes[0]
    question = theme.questions[0].id
    answers = {question: QuestionAnswer(1, 1, "A first thought")}
    save_theme(assessment_id=round_, code=theme.code, version=0, read=lambda _: answers, by=by, now=NOW)
    remark(assessment_id=round_, question=question, text="Is that so?", by=by, now=NOW)
    _take(Step.AGREE, round_, by)
    _take(Step.ENDORSE, round_, by)
    Membership.objects.create(organisation_id=organisation, person=reader, role=Role.READER, created_at=NOW)
    reader = Person.objects.get(pk=reader.pk)
    assert assessment_round(round_, by=reader).state is State.ENDORSED
    assert (len(answer_history(round_, question, by=by)), len(remarks(round_, by=by))) == (1, 1)
    assert (answer_history(round_, question, by=reader), remarks(round_, by=reader)) == ([], [])


@pytest.mark.parametrize("text", ["", "\u200b", "left\u202eright", "x" * 5001])
def test_a_remark_is_one_that_can_be_read(text: str, index: Index) -> None:
    by = somebody()
    round_ = a_round(by, index)
    with pytest.raises(BadInput) as caught:
        remark(assessment_id=round_, question=index.questions[0].id, text=text, by=by, now=NOW)
    assert [problem.place for problem in caught.value.problems] == ["remark"]


@pytest.mark.parametrize("question", ["Z9", ""])
def test_nobody_remarks_on_what_is_not_asked(question: str, index: Index) -> None:
    by = somebody()
    with pytest.raises(NotFound):
        remark(assessment_id=a_round(by, index), question=question, text="Good", by=by, now=NOW)


def test_an_assurer_signs_what_was_put_to_them_and_no_draft(index: Index) -> None:
    by, assurer = somebody(), somebody("Assurer")
    organisation = an_organisation(by)
    round_ = a_round(by, index, organisation=organisation)
    seat = Membership.objects.create(
        organisation_id=organisation, person=assurer, role=Role.ASSURER, on_behalf_of="Audit House", created_at=NOW
    )

    def signs(person: Person, statement: str = "I read it all.", version: int = 1) -> None:
        sign(assessment_id=round_, state_version=version, statement=statement, by=person, now=NOW)

    with pytest.raises(NotFound):
        signs(assurer)
    place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=by, now=NOW)
    assurer = Person.objects.get(pk=assurer.pk)
    with pytest.raises(Closed):
        signs(assurer, version=0)
    _take(Step.AGREE, round_, by)
    with pytest.raises(Forbidden):
        signs(by)
    for statement in ("", "\u200b", "left\u202eright"):
        with pytest.raises(BadInput):
            signs(assurer, statement)
    with pytest.raises(Stale):
        signs(assurer, version=0)
    signs(assurer)
    assert [(line.by, line.acts_for) for line in assurances(round_, by=by)] == [("Assurer", "Audit House")]
    assert rows(Change).filter(act="assurance signed").count() == 1


def test_an_assurer_signs_for_whom_they_act_now(index: Index) -> None:
    by, assurer = somebody(), somebody("Assurer")
    organisation = an_organisation(by)
    round_ = a_round(by, index, organisation=organisation)
    given: dict[str, Any] = {"organisation_id": organisation, "person": assurer, "role": Role.ASSURER}
    Membership.objects.create(**given, on_behalf_of="Audit House", created_at=NOW, ended_at=NOW)
    seat = Membership.objects.create(**given, on_behalf_of="Other House", created_at=NOW)
    place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=by, now=NOW)
    _take(Step.AGREE, round_, by)
    assurer = Person.objects.get(pk=assurer.pk)
    sign(assessment_id=round_, state_version=1, statement="I read it all.", by=assurer, now=NOW)
    assert [line.acts_for for line in assurances(round_, by=by)] == ["Other House"]
