"""What is written on evidence and what it serves: who may change it, what that does to its strength, the trail."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.evidence import EvidenceKind, Strength, criteria_to_show
from commonweal.core.lifecycle import State
from commonweal.core.maturity.models import CriterionKind, Index
from commonweal.services.actions.evidence import Piece, add_evidence
from commonweal.services.actions.evidence_change import Label, change_evidence, judge_evidence, withdraw_evidence
from commonweal.services.actions.people import place, unplace
from commonweal.services.errors import Closed, Forbidden, NotFound, Stale
from commonweal.services.people import Person
from commonweal.services.queries.evidence import one_evidence
from commonweal.store.models import Assessment, Change, EvidenceUse, Membership, Placement

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 31)


@dataclass
class World:
    """A round with a piece that serves a question of each of the first two themes, and two criteria of the first."""

    index: Index
    lead: Person
    round: UUID
    evidence: UUID
    label: Label

    def change(self, label: Label, *, by: Person | None = None, version: int = 0) -> None:
        change_evidence(evidence_id=self.evidence, version=version, label=label, by=by or self.lead, now=NOW)

    def officer(self, *themes: int) -> Person:
        person = somebody(f"Officer of {themes}")
        seat = Membership.objects.create(
            organisation_id=one_organisation(self.round), person=person, role=Role.OFFICER, created_at=NOW
        )
        for theme in themes:
            code = self.index.themes[theme].code
            place(assessment_id=self.round, membership_id=seat.pk, theme=code, by=self.lead, now=NOW)
        return Person.objects.get(pk=person.pk)


def one_organisation(round_: UUID) -> Any:
    return rows(Change).filter(assessment_id=round_).values_list("organisation_id", flat=True)[0]


def _first(index: Index, theme: int) -> tuple[str, frozenset[tuple[str, str]]]:
    """A question of a theme with criteria to show, and these."""
    for question in index.themes[theme].questions:
        shown = criteria_to_show(index.themes[theme], question)
        if shown:
            return question.id, frozenset((question.id, criterion.id) for _, criterion in shown)
    raise AssertionError


@pytest.fixture
def world(index: Index) -> World:
    lead = somebody()
    round_ = a_round(lead, index, organisation=an_organisation(lead))
    (one, criteria), (two, _) = _first(index, 0), _first(index, 1)
    questions = frozenset({one, two})
    piece = Piece(
        EvidenceKind.LINK,
        "Policy",
        questions,
        Strength.DOCUMENTED,
        link="https://council.example/policy",
        dated=DAY,
        criteria=criteria,
    )
    id_ = add_evidence(assessment_id=round_, piece=piece, by=lead, now=NOW)
    return World(index, lead, round_, id_, Label("Policy", DAY, None, questions, criteria))


def test_a_piece_shows_single_criteria(world: World) -> None:
    line = one_evidence(world.evidence, by=world.lead)
    assert frozenset(line.questions) == world.label.questions
    assert frozenset(line.criteria) == world.label.criteria
    said = rows(Change).get(act="evidence added").said["after"]
    assert said["criteria"] == sorted(" ".join(one) for one in world.label.criteria)


def test_all_of_it_can_be_changed_and_the_trail_says_how(world: World) -> None:
    other, criteria = _first(world.index, 2)
    label = Label("Policy of 2026", None, DAY, frozenset({other}), criteria)
    world.change(label)
    line = one_evidence(world.evidence, by=world.lead)
    assert Label(line.title, line.dated, line.valid_until, frozenset(line.questions), frozenset(line.criteria)) == label
    entry = rows(Change).get(act="evidence changed").said
    assert entry["before"] == world.label.said(Strength.DOCUMENTED)
    assert entry["after"] == {"evidence": label.title} | label.said(Strength.DOCUMENTED)
    assert (entry["after"]["valid_until"], entry["after"]["questions"]) == ("2026-03-31", [other])


def test_a_change_that_changes_nothing_leaves_no_entry(world: World) -> None:
    world.change(world.label)
    assert not rows(Change).filter(act="evidence changed").exists()
    assert one_evidence(world.evidence, by=world.lead).version == 0


def test_who_overtakes_is_told(world: World) -> None:
    world.change(replace(world.label, title="First"))
    with pytest.raises(Stale):
        world.change(replace(world.label, title="Second"))
    assert one_evidence(world.evidence, by=world.lead).title == "First"
    assert rows(EvidenceUse).filter(evidence=world.evidence).count() == len(world.label.uses)


@pytest.mark.parametrize(
    ("other", "place_"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"valid_until": DAY - datetime.timedelta(days=1)}, "valid_until"),
        ({"questions": frozenset(), "criteria": frozenset()}, "questions"),
    ],
)
def test_what_is_refused_changes_nothing(other: dict[str, Any], place_: str, world: World) -> None:
    with pytest.raises(BadInput) as caught:
        world.change(replace(world.label, **other))
    assert [problem.place for problem in caught.value.problems] == [place_]
    line = one_evidence(world.evidence, by=world.lead)
    assert (line.title, line.valid_until, frozenset(line.questions)) == ("Policy", None, world.label.questions)


def _no_such_criterion(world: World) -> frozenset[tuple[str, str]]:
    return frozenset({(sorted(world.label.questions)[0], "none")})


def _of_a_question_that_it_does_not_serve(world: World) -> frozenset[tuple[str, str]]:
    return _first(world.index, 2)[1]


def _descriptor(world: World) -> frozenset[tuple[str, str]]:
    """A criterion that only describes a lack."""
    return frozenset(
        (question.id, criterion.id)
        for theme in world.index.themes
        for criterion in theme.criteria
        for question in theme.questions
        for answer in question.answers
        if criterion.kind is CriterionKind.DESCRIPTOR and criterion.id in answer.criteria
    )


@pytest.mark.parametrize("made_up", [_no_such_criterion, _of_a_question_that_it_does_not_serve, _descriptor])
def test_criteria_are_those_of_its_questions(
    made_up: Callable[[World], frozenset[tuple[str, str]]], world: World
) -> None:
    criteria = made_up(world)
    assert criteria
    questions = world.label.questions
    if made_up is _descriptor:
        questions |= {question for question, _ in criteria}
    with pytest.raises(NotFound):
        world.change(replace(world.label, questions=questions, criteria=criteria))
    with pytest.raises(NotFound):
        add_evidence(
            assessment_id=world.round,
            piece=Piece(EvidenceKind.NOTE, "Note", questions, Strength.CLAIMED, text="x", criteria=criteria),
            by=world.lead,
            now=NOW,
        )


def test_an_officer_ties_what_is_there_to_their_own_questions_and_no_others(world: World) -> None:
    third, criteria = _first(world.index, 2)
    officer = world.officer(2)
    tied = replace(world.label, questions=world.label.questions | {third}, criteria=world.label.criteria | criteria)
    for forbidden in (
        replace(tied, title="Mine"),
        replace(tied, dated=None),
        replace(tied, questions=frozenset({third}), criteria=criteria),
        replace(tied, criteria=criteria),
    ):
        with pytest.raises(Forbidden):
            world.change(forbidden, by=officer)
    world.change(tied, by=officer)
    assert frozenset(one_evidence(world.evidence, by=officer).criteria) == tied.criteria
    world.change(world.label, by=officer, version=1)
    assert frozenset(one_evidence(world.evidence, by=officer).questions) == world.label.questions


def test_an_officer_of_all_that_it_serves_names_and_dates_it(world: World) -> None:
    world.change(replace(world.label, valid_until=DAY), by=world.officer(0, 1))
    assert one_evidence(world.evidence, by=world.lead).valid_until == DAY


@pytest.fixture
def second(world: World) -> Person:
    """Another lead officer."""
    person = somebody("Second")
    Membership.objects.create(
        organisation_id=one_organisation(world.round), person=person, role=Role.LEAD_OFFICER, created_at=NOW
    )
    return Person.objects.get(pk=person.pk)


def _judge(
    world: World, by: Person, strength: Strength = Strength.VERIFIED, *, version: int = 0, why: str = "Read it"
) -> None:
    judge_evidence(evidence_id=world.evidence, version=version, strength=strength, why=why, by=by, now=NOW)


def test_a_new_name_or_day_takes_the_word_of_whoever_verified_it(world: World, second: Person) -> None:
    _judge(world, second)
    world.change(replace(world.label, criteria=frozenset()), version=1)
    assert one_evidence(world.evidence, by=world.lead).strength is Strength.VERIFIED
    world.change(replace(world.label, criteria=frozenset(), valid_until=DAY), version=2)
    assert one_evidence(world.evidence, by=world.lead).strength is Strength.DOCUMENTED
    entry = rows(Change).filter(act="evidence changed").order_by("-number")[0].said
    assert (entry["before"]["strength"], entry["after"]["strength"]) == ("verified", "documented")


def test_what_was_verified_is_verified_again_where_it_is_to_serve_more(world: World, second: Person) -> None:
    _judge(world, second, Strength.CLAIMED)
    _judge(world, second, version=1)
    more = replace(world.label, questions=world.label.questions | {_first(world.index, 2)[0]})
    world.change(more, version=2)
    assert one_evidence(world.evidence, by=world.lead).strength is Strength.CLAIMED


def test_nobody_verifies_what_they_wrote_on_last(world: World, second: Person) -> None:
    world.change(replace(world.label, title="Signed contract"), by=second)
    with pytest.raises(BadInput, match="somebody else verifies"):
        _judge(world, second, version=1)
    world.change(replace(world.label, title="Contract"), version=1)
    _judge(world, second, version=2)
    assert one_evidence(world.evidence, by=world.lead).strength is Strength.VERIFIED


def test_a_note_is_never_documented(world: World, second: Person) -> None:
    piece = Piece(EvidenceKind.NOTE, "Note", world.label.questions, Strength.CLAIMED, text="x")
    note = add_evidence(assessment_id=world.round, piece=piece, by=world.lead, now=NOW)
    with pytest.raises(BadInput, match="shows no document"):
        judge_evidence(evidence_id=note, version=0, strength=Strength.DOCUMENTED, why="", by=second, now=NOW)


def test_nobody_is_tied_away_from_their_own(world: World) -> None:
    """Others may tie a piece to what its owner has no part in; it stays the owner's to name and to withdraw."""
    officer, own = world.officer(2), _first(world.index, 2)[0]
    piece = Piece(EvidenceKind.NOTE, "Note", frozenset({own}), Strength.CLAIMED, text="It names somebody")
    id_ = add_evidence(assessment_id=world.round, piece=piece, by=officer, now=NOW)
    label = Label("Note", None, None, frozenset({own}) | world.label.questions, frozenset())
    change_evidence(evidence_id=id_, version=0, label=label, by=world.lead, now=NOW)
    change_evidence(evidence_id=id_, version=1, label=replace(label, title="A note"), by=officer, now=NOW)
    withdraw_evidence(evidence_id=id_, version=2, why="It names somebody", by=officer, now=NOW)
    assert one_evidence(id_, by=world.lead).withdrawn_at == NOW


def test_whoever_adds_nothing_here_any_more_changes_nothing(world: World) -> None:
    officer, own = world.officer(2), _first(world.index, 2)[0]
    piece = Piece(EvidenceKind.NOTE, "Note", frozenset({own}), Strength.CLAIMED, text="x")
    id_ = add_evidence(assessment_id=world.round, piece=piece, by=officer, now=NOW)
    unplace(placement_id=rows(Placement).get(membership__person=officer).pk, by=world.lead, now=NOW)
    officer, label = Person.objects.get(pk=officer.pk), Label("New", None, None, frozenset({own}), frozenset())
    with pytest.raises(Forbidden):
        change_evidence(evidence_id=id_, version=0, label=label, by=officer, now=NOW)
    with pytest.raises(Forbidden):
        withdraw_evidence(evidence_id=id_, version=0, why="x", by=officer, now=NOW)


def test_what_was_endorsed_stays_as_it_is_and_can_be_withdrawn(world: World, second: Person) -> None:
    rows(Assessment).filter(pk=world.round).update(state=State.ENDORSED)
    note = Piece(EvidenceKind.NOTE, "Note", world.label.questions, Strength.CLAIMED, text="x")
    for act in (
        lambda: add_evidence(assessment_id=world.round, piece=note, by=world.lead, now=NOW),
        lambda: world.change(replace(world.label, title="New")),
        lambda: _judge(world, second),
    ):
        with pytest.raises(Closed, match="stays as it is"):
            act()
    withdraw_evidence(evidence_id=world.evidence, version=0, why="It names somebody", by=world.lead, now=NOW)
    assert one_evidence(world.evidence, by=world.lead).withdrawn_at == NOW


def test_a_version_is_compared_before_anything_else_and_for_every_act(world: World) -> None:
    acts: tuple[Callable[[int], None], ...] = (
        lambda version: world.change(world.label, version=version),
        lambda version: _judge(world, world.lead, version=version),
        lambda version: withdraw_evidence(evidence_id=world.evidence, version=version, why="", by=world.lead, now=NOW),
    )
    for act in acts:
        for version in (-1, 1):
            with pytest.raises(Stale):
                act(version)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_a_piece_is_taken_before_it_is_read(world: World, second: Person) -> None:
    """Whoever waits for another's act decides on what that act left; a version that is to come opens nothing."""
    acts: tuple[Callable[[], None], ...] = (
        lambda: world.change(replace(world.label, title="New")),
        lambda: _judge(world, second, version=1),
        lambda: withdraw_evidence(evidence_id=world.evidence, version=2, why="x", by=world.lead, now=NOW),
    )
    for act in acts:
        with CaptureQueriesContext(connection) as queries:
            act()
        first = next(one["sql"] for one in queries if 'FROM "store_evidence"' in one["sql"])
        assert "FOR UPDATE" in first


@pytest.mark.parametrize("why", ["", " ", "\u200b\u3164", "left\u202eright", "x" * 5001])
def test_a_reason_is_one_that_can_be_read(why: str, world: World, second: Person) -> None:
    acts: tuple[Callable[[], None], ...] = (
        lambda: withdraw_evidence(evidence_id=world.evidence, version=0, why=why, by=world.lead, now=NOW),
        *([lambda: _judge(world, second, why=why)] if len(why) > 2 else []),  # a strength may be given without
    )
    for act in acts:
        with pytest.raises(BadInput) as caught:
            act()
        assert [problem.place for problem in caught.value.problems] == ["why"]


@pytest.mark.parametrize("title", ["\u200b\u200b", "\u3164", "\u00ad", " "])
def test_a_name_that_nobody_can_see_is_none(title: str, world: World) -> None:
    with pytest.raises(BadInput, match="It has no name"):
        world.change(replace(world.label, title=title))


def test_a_day_of_long_ago_is_a_slip_of_the_keyboard(world: World) -> None:
    with pytest.raises(BadInput, match="too long ago"):
        world.change(replace(world.label, dated=datetime.date(26, 3, 31)))


def test_what_was_withdrawn_and_what_is_others_is_not_changed(world: World) -> None:
    other = somebody("Other")
    acts: tuple[Callable[[int], None], ...] = (
        lambda version: world.change(world.label, by=other, version=version),
        lambda version: _judge(world, other, version=version),
        lambda version: withdraw_evidence(evidence_id=world.evidence, version=version, why="x", by=other, now=NOW),
    )
    for act in acts:
        for version in (0, 9):
            with pytest.raises(NotFound):
                act(version)
    withdraw_evidence(evidence_id=world.evidence, version=0, why="Replaced", by=world.lead, now=NOW)
    with pytest.raises(Closed, match="was withdrawn"):
        world.change(replace(world.label, title="Again"))
