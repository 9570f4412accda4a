"""A small firm says once what it lacks, and is counted by the questions that are left."""

from uuid import UUID

import pytest
from tests.service import NOW, a_round, rows, somebody

from commonweal.core.access import Role
from commonweal.core.maturity.answers import Blank, QuestionAnswer
from commonweal.core.maturity.not_applying import why_not
from commonweal.services.actions.not_applying import mark_not_applying
from commonweal.services.errors import Forbidden, NotFound
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Assessment, Change, Membership

pytestmark = pytest.mark.django_db
PRIVATE = load_index("svmi-private")
BOARD, BIDS, CHAIN = (
    next(question.may_not_apply for question in PRIVATE.questions if words in question.may_not_apply)
    for words in ("without a board", "does not bid", "no suppliers of its own")
)


@pytest.fixture
def owner() -> Person:
    return somebody()


@pytest.fixture
def round_(owner: Person) -> UUID:
    """All of theme 7 open but one, which is answered."""
    return a_round(owner, PRIVATE, {"P7.2": QuestionAnswer(1, 2), "P2.1": QuestionAnswer(2, 2)})


def _mark(round_: UUID, by: Person, *reasons: str) -> int:
    return mark_not_applying(assessment_id=round_, reasons=reasons, by=by, now=NOW)


def test_open_questions_are_marked_and_answers_stay(round_: UUID, owner: Person) -> None:
    assert _mark(round_, owner, BOARD, CHAIN) == 7
    answers = assessment_round(round_, by=owner).given.answers
    for id_ in ("P2.3", "P9.1", "P7.1", "P7.5", "P2.6"):
        assert answers[id_].present is answers[id_].future is Blank.NOT_APPLICABLE
        assert answers[id_].reason in (BOARD, CHAIN)
    assert answers["P7.2"] == QuestionAnswer(1, 2)
    assert rows(Change).filter(act="answers saved").count() == 3
    assert _mark(round_, owner, BOARD, CHAIN) == 0
    assert rows(Change).filter(act="answers saved").count() == 3


def test_what_holds_no_more_is_open_again(round_: UUID, owner: Person) -> None:
    _mark(round_, owner, BOARD, CHAIN)
    assert _mark(round_, owner, BIDS) == 10
    answers = assessment_round(round_, by=owner).given.answers
    assert answers["P2.3"].present is Blank.UNANSWERED
    assert answers["P2.3"].reason == ""
    assert answers["P6.1"].reason == BIDS


def test_what_somebody_marked_for_a_reason_of_their_own_stays(owner: Person) -> None:
    never = Blank.NOT_APPLICABLE
    own = QuestionAnswer(never, never, reason="We are wound up")
    round_ = a_round(owner, PRIVATE, {"P2.3": own})
    assert _mark(round_, owner) == 0
    assert _mark(round_, owner, BOARD) == 1  # P9.1 alone
    assert assessment_round(round_, by=owner).given.answers["P2.3"] == own


def test_a_firm_rises_by_what_is_left(owner: Person) -> None:
    """Without suppliers of its own a firm has no theme 7, and the mean is over eight themes."""
    given = {
        question.id: QuestionAnswer(len(question.answers) - 1, len(question.answers) - 1)
        for question in PRIVATE.questions
        if question.may_not_apply != CHAIN
    }
    round_ = a_round(owner, PRIVATE, given)
    before = assessment_round(round_, by=owner).results().present.overall
    _mark(round_, owner, CHAIN)
    after = assessment_round(round_, by=owner).results().present.overall
    assert (before.themes, after.themes) == (9, 8)
    assert (before.level, after.level) == (3, 4)


def test_reasons_stand_in_the_order_of_the_index() -> None:
    found = why_not(PRIVATE, {})
    assert [one.reason for one in found][:3] == [BIDS, BOARD, CHAIN]
    assert [len(one.open) for one in found] == [3, 2, 6, 1]


def test_only_who_answers_may(round_: UUID, owner: Person) -> None:
    home = rows(Assessment).get(pk=round_).organisation_id
    reader = somebody("Reader")
    rows(Membership).create(organisation_id=home, person=reader, role=Role.ELECTED_MEMBER, created_at=NOW)
    reader = Person.objects.get(pk=reader.pk)
    with pytest.raises(Forbidden):
        _mark(round_, reader, BOARD)
    with pytest.raises(NotFound):
        _mark(round_, somebody("Stranger"), BOARD)
