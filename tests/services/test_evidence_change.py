"""What is written on evidence and what it serves: who may change it, what that does to its strength, the trail."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.evidence import EvidenceKind, Strength, criteria_to_show
from commonweal.core.maturity.models import CriterionKind, Index
from commonweal.services.actions.evidence import Piece, add_evidence, judge_evidence, withdraw_evidence
from commonweal.services.actions.evidence_change import Label, change_evidence
from commonweal.services.actions.people import place
from commonweal.services.errors import Forbidden, NotFound, Stale
from commonweal.services.people import Person
from commonweal.services.queries.evidence import one_evidence
from commonweal.store.models import Change, EvidenceUse, Membership

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
    assert entry["after"] == label.said(Strength.DOCUMENTED)
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
        world.label,
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


def test_a_new_name_or_day_takes_the_word_of_whoever_verified_it(world: World) -> None:
    second = somebody("Second")
    Membership.objects.create(
        organisation_id=one_organisation(world.round), person=second, role=Role.LEAD_OFFICER, created_at=NOW
    )
    second = Person.objects.get(pk=second.pk)
    judge_evidence(evidence_id=world.evidence, version=0, strength=Strength.VERIFIED, why="Read it", by=second, now=NOW)
    world.change(replace(world.label, criteria=frozenset()), version=1)
    assert one_evidence(world.evidence, by=world.lead).strength is Strength.VERIFIED
    world.change(replace(world.label, criteria=frozenset(), valid_until=DAY), version=2)
    assert one_evidence(world.evidence, by=world.lead).strength is Strength.DOCUMENTED
    entry = rows(Change).filter(act="evidence changed").order_by("-number")[0].said
    assert (entry["before"]["strength"], entry["after"]["strength"]) == ("verified", "documented")


def test_what_was_withdrawn_and_what_is_others_is_not_changed(world: World) -> None:
    with pytest.raises(NotFound):
        world.change(world.label, by=somebody("Other"))
    withdraw_evidence(evidence_id=world.evidence, why="Replaced", by=world.lead, now=NOW)
    with pytest.raises(BadInput, match="was withdrawn"):
        world.change(replace(world.label, title="Again"))
