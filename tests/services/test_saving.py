"""Saving: who may, what is refused, what a stale save meets, what is written down."""

import dataclasses
from uuid import uuid4

import pytest
from tests.service import DAY, NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import TABLE, Action, Reach, Role
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import LONGEST_REMARK, Blank, QuestionAnswer
from commonweal.core.maturity.estimate import Estimate
from commonweal.core.maturity.models import Index
from commonweal.services.actions.answers import keep_plan_note, save_estimate, save_theme
from commonweal.services.actions.assessments import Opening, open_assessment
from commonweal.services.errors import Forbidden, NotFound, Stale
from commonweal.services.queries.assessments import assessment_round
from commonweal.store.models import Answer, Assessment, Change, Membership

pytestmark = pytest.mark.django_db


def _save(index: Index, **other: object) -> None:
    theme = index.themes[0]
    answers = {theme.questions[0].id: QuestionAnswer(1, 1, "seen")}
    save_theme(**{"code": theme.code, "version": 0, "read": lambda _: answers, "now": NOW, **other})  # type: ignore[arg-type]


def test_what_is_saved_comes_back(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    question = index.themes[0].questions[0].id
    answer = QuestionAnswer(2, Blank.UNANSWERED, "line one\nline two", "", "why")
    _save(index, assessment_id=id_, by=by, read=lambda _: {question: answer})
    round_ = assessment_round(id_, by=by)
    assert round_.given.answers == {question: answer}
    assert round_.themes[index.themes[0].code].version == 1
    assert round_.themes[index.themes[1].code].version == 0


def test_every_save_is_written_down_with_before_and_after(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    question = index.themes[0].questions[0].id
    _save(index, assessment_id=id_, by=by)
    _save(index, assessment_id=id_, by=by, version=1, read=lambda _: {question: QuestionAnswer(2, 2)})
    last = rows(Change).filter(act="answers saved").last()
    assert last
    assert (last.by, last.at, last.subject) == (by, NOW, index.themes[0].code)
    assert last.said
    assert (last.said["before"], last.said["after"]) == (
        {question: [1, 1, "seen", "", ""]},
        {question: [2, 2, "", "", ""]},
    )
    assert [change.act for change in rows(Change).all()] == [
        "organisation created",
        "assessment opened",
        "answers saved",
        "answers saved",
    ]


def test_a_stale_save_is_refused_and_changes_nothing(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    question = index.themes[0].questions[0].id
    _save(index, assessment_id=id_, by=by)
    with pytest.raises(Stale):
        _save(index, assessment_id=id_, by=by, read=lambda _: {question: QuestionAnswer(2, 2)})
    assert assessment_round(id_, by=by).given.answers[question] == QuestionAnswer(1, 1, "seen")


def test_sending_the_same_twice_changes_nothing(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    _save(index, assessment_id=id_, by=by)
    changes = rows(Change).count()
    _save(index, assessment_id=id_, by=by)
    assert rows(Change).count() == changes
    assert assessment_round(id_, by=by).themes[index.themes[0].code].version == 1


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (QuestionAnswer(9, 9), "present"),
        (QuestionAnswer(-5, 1), "present"),
        (QuestionAnswer(2, 1), "future"),
        (QuestionAnswer(Blank.NOT_APPLICABLE, 1), "present"),
        (QuestionAnswer(1, 1, "x" * (LONGEST_REMARK + 1)), "note"),
        (QuestionAnswer(1, 1, "nul\0"), "note"),
        (QuestionAnswer(1, 1, reason="turn\u202e"), "reason"),
    ],
)
def test_what_the_rules_refuse_is_not_stored(index: Index, answer: QuestionAnswer, field: str) -> None:
    by = somebody()
    id_ = a_round(by, index)
    question = index.themes[0].questions[0].id
    with pytest.raises(BadInput) as caught:
        _save(index, assessment_id=id_, by=by, read=lambda _: {question: answer})
    assert f"{question}.{field}" in [problem.place for problem in caught.value.problems]
    assert not rows(Answer).exists()
    assert assessment_round(id_, by=by).themes[index.themes[0].code].version == 0


def test_others_and_absent_are_the_same(index: Index) -> None:
    owner, other = somebody(), somebody("Another officer")
    id_ = a_round(owner, index)
    theme = index.themes[0].code
    for assessment in (id_, uuid4()):
        with pytest.raises(NotFound):
            assessment_round(assessment, by=other)
        with pytest.raises(NotFound):
            _save(index, assessment_id=assessment, by=other)
        with pytest.raises(NotFound):
            save_estimate(assessment_id=assessment, code=theme, present=1, future=1, seen=None, by=other, now=NOW)
        with pytest.raises(NotFound):
            keep_plan_note(assessment_id=assessment, code=theme, version=0, text="x", by=other, now=NOW)
    with pytest.raises(NotFound):
        open_assessment(
            organisation_id=an_organisation(owner),
            opening=Opening(index=index, name="x", date=DAY, horizon_years=1),
            by=other,
            now=NOW,
        )


def test_a_question_of_another_theme_is_not_found(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    with pytest.raises(NotFound):
        _save(index, assessment_id=id_, by=by, read=lambda _: {index.themes[1].questions[0].id: QuestionAnswer(0, 0)})
    with pytest.raises(NotFound):
        _save(index, assessment_id=id_, by=by, code="Q")


def test_an_estimate_stands_in_until_the_theme_is_saved(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    theme = index.themes[0]
    save_estimate(assessment_id=id_, code=theme.code, present=1, future=3, seen=None, by=by, now=NOW)
    round_ = assessment_round(id_, by=by)
    assert round_.estimates == {theme.code: Estimate(1, 3)}
    assert round_.assessment().estimated == (theme.code,)
    row = round_.results().themes[0]
    assert (row.present, row.future) == (1, 3)
    assert round_.given.answers == {}
    _save(index, assessment_id=id_, by=by)
    round_ = assessment_round(id_, by=by)
    assert round_.estimates == {theme.code: Estimate(1, 3)}
    assert round_.assessment().answers[theme.questions[0].id] == QuestionAnswer(1, 1, "seen")
    everything = {question.id: QuestionAnswer(0, 0) for question in theme.questions}
    _save(index, assessment_id=id_, by=by, version=1, read=lambda _: everything)
    round_ = assessment_round(id_, by=by)
    assert round_.estimates == {}
    assert round_.results().themes[0].present == 0
    with pytest.raises(BadInput):
        save_estimate(assessment_id=id_, code=theme.code, present=3, future=1, seen=None, by=by, now=NOW)


def test_an_estimate_of_somebody_else_is_not_overwritten_unseen(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    code = index.themes[0].code

    def save(present: int, seen: Estimate | None) -> None:
        save_estimate(assessment_id=id_, code=code, present=present, future=3, seen=seen, by=by, now=NOW)

    save(1, None)
    save(1, None)  # the same again is no conflict
    with pytest.raises(Stale):
        save(2, None)
    save(2, Estimate(1, 3))
    with pytest.raises(Stale):
        save(3, Estimate(1, 3))
    assert assessment_round(id_, by=by).estimates == {code: Estimate(2, 3)}


def test_a_look_at_other_answers_leaves_the_estimate_of_its_theme_aside(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    theme = index.themes[0]
    save_estimate(assessment_id=id_, code=theme.code, present=3, future=3, seen=None, by=by, now=NOW)
    instead = {question.id: QuestionAnswer(0, 0) for question in theme.questions}
    assert assessment_round(id_, by=by).results(instead).themes[0].present == 0


def test_plan_notes_are_kept_and_stale_ones_are_told(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    code = index.themes[0].code
    keep_plan_note(assessment_id=id_, code=code, version=0, text="Ask the director", by=by, now=NOW)
    assert assessment_round(id_, by=by).plan_notes == {code: "Ask the director"}
    with pytest.raises(Stale):
        keep_plan_note(assessment_id=id_, code=code, version=0, text="Other", by=by, now=NOW)
    keep_plan_note(assessment_id=id_, code=code, version=1, text="", by=by, now=NOW)
    assert assessment_round(id_, by=by).plan_notes == {}
    with pytest.raises(BadInput):
        keep_plan_note(assessment_id=id_, code=code, version=2, text="x" * 2001, by=by, now=NOW)


def test_a_round_is_frozen_values(index: Index) -> None:
    by = somebody()
    round_ = assessment_round(a_round(by, index), by=by)
    with pytest.raises(dataclasses.FrozenInstanceError):
        round_.name = "x"  # type: ignore[misc]


@pytest.mark.parametrize("role", [role for role in Role if TABLE[role, Action.OPEN] is Reach.NOTHING])
def test_only_lead_officers_open_rounds(role: Role, index: Index) -> None:
    owner, other = somebody(), somebody("Other")
    organisation = an_organisation(owner)
    Membership.objects.create(organisation_id=organisation, person=other, role=role, created_at=NOW)
    with pytest.raises((Forbidden, NotFound)):
        open_assessment(
            organisation_id=organisation,
            opening=Opening(index=index, name="x", date=DAY, horizon_years=1),
            by=other,
            now=NOW,
        )
    assert not rows(Assessment).exists()


def test_saving_what_is_there_already_overtakes_nobody(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    _save(index, assessment_id=id_, by=by)
    _save(index, assessment_id=id_, by=by, version=1)  # the same once more
    question = index.themes[0].questions[0].id
    _save(index, assessment_id=id_, by=by, version=1, read=lambda _: {question: QuestionAnswer(2, 2)})
    assert assessment_round(id_, by=by).themes[index.themes[0].code].version == 2
