"""Levels that live: what is kept up stays, what is not falls on its day, and everything is recorded."""

import datetime
from typing import Any
from uuid import UUID

import pytest
from tests.cases import everywhere
from tests.service import NOW, a_round, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.programme.work import WorkStep
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.services.actions.upkeep import keep_up, let_lapse
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.errors import Forbidden, NotFound
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.position import answers_now, confirming, current_results, position_moves, standing
from commonweal.services.queries.programmes import one_work, programme
from commonweal.services.queries.trail import trail_page
from commonweal.services.queries.upkeep import Upkept, upkept
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Change, KeptUp, Membership, PositionChange, Programme, Work

pytestmark = pytest.mark.django_db
PUBLIC = load_index("svmi-public")
DAY = datetime.date
ADOPTED = NOW.date()  # 21 November 2026
A_YEAR_ON = DAY(2027, 11, 22)


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def reports_yearly(lead: Person) -> UUID:
    """A round in which cabinet hears once a year (I1), and one action on the plan, adopted."""
    answers = {**everywhere(PUBLIC, 0, 0), "I1": QuestionAnswer(1, 1), "B1": QuestionAnswer(0, 1)}
    round_ = a_round(lead, PUBLIC, answers)
    frame = Frame("Programme", "england-and-wales", DAY(2027, 4, 1), 2)
    adopt_plan(assessment_id=round_, frame=frame, chosen={"ACT-B-M1"}, by=lead, now=NOW)
    return round_


def _lapse(today: datetime.date) -> int:
    return let_lapse(today=today, now=NOW)


def _keep(round_: UUID, by: Person, question: str = "I1", **said: Any) -> None:
    given = {"on": ADOPTED, "until": None, "words": "Cabinet, 21 November", "link": "", "today": ADOPTED, **said}
    keep_up(assessment_id=round_, question=question, by=by, now=NOW, **given)


def test_an_answer_falls_on_its_day_and_says_so(reports_yearly: UUID, lead: Person) -> None:
    assert _lapse(A_YEAR_ON - datetime.timedelta(days=1)) == 0
    assert _lapse(DAY(2028, 3, 1)) == 1  # late, and yet on its day
    assert _lapse(DAY(2028, 3, 2)) == 0
    [line] = position_moves(reports_yearly, by=lead)
    assert (line.move.question, line.move.before, line.move.after, line.move.on) == ("I1", 1, 0, A_YEAR_ON)
    assert line.by == "Whoever runs this installation"
    assert answers_now(reports_yearly, by=lead)["I1"].present == 0
    before = standing(reports_yearly, by=lead, today=DAY(2027, 11, 21))
    assert before.current.assessment.answers["I1"].present == 1
    organisation = before.round.organisation_id
    assert trail_page(organisation, by=lead).lines[0].act == "not kept up in time"


def test_what_is_kept_up_stays(reports_yearly: UUID, lead: Person) -> None:
    _keep(reports_yearly, lead, on=DAY(2027, 10, 1), today=DAY(2027, 10, 2))
    assert _lapse(DAY(2028, 10, 1)) == 0
    assert _lapse(DAY(2028, 10, 2)) == 1


def test_a_day_of_ones_own_counts(reports_yearly: UUID, lead: Person) -> None:
    _keep(reports_yearly, lead, until=DAY(2028, 6, 30))
    assert _lapse(DAY(2028, 6, 30)) == 0
    assert _lapse(DAY(2028, 7, 1)) == 1


def test_what_fell_stands_again_once_it_is_kept_up(reports_yearly: UUID, lead: Person) -> None:
    _lapse(A_YEAR_ON)
    assert upkept(reports_yearly, by=lead, today=A_YEAR_ON).lapsed == {"I1": (0, 1, A_YEAR_ON)}
    _keep(reports_yearly, lead, on=A_YEAR_ON, today=A_YEAR_ON)
    assert answers_now(reports_yearly, by=lead)["I1"].present == 1
    assert [line.move.cause.value for line in position_moves(reports_yearly, by=lead)] == ["lapsed", "kept-up"]
    assert upkept(reports_yearly, by=lead, today=A_YEAR_ON).lapsed == {}
    assert _lapse(A_YEAR_ON) == 0


def test_the_page_says_beforehand_what_will_fall(reports_yearly: UUID, lead: Person) -> None:
    found = upkept(reports_yearly, by=lead, today=ADOPTED)
    [line] = found.dues
    assert (line.due.question.id, line.often, line.due.until) == ("I1", "yearly", DAY(2027, 11, 21))
    assert found.is_living
    assert line.falls == ("No level falls by this alone.",)  # I2 holds Reporting at Follower anyway
    assert any("Reporting now: from Mature to Follower." in one.falls for one in _reporting_well(lead).dues)


def _reporting_well(lead: Person) -> Upkept:
    answers = {**everywhere(PUBLIC, 0, 0), "I1": QuestionAnswer(1, 1), "I2": QuestionAnswer(1, 1)}
    return upkept(a_round(lead, PUBLIC, answers), by=lead, today=ADOPTED)


def test_levels_rest_where_no_programme_is_open(reports_yearly: UUID, lead: Person) -> None:
    rows(Programme).update(state="closed")
    assert _lapse(DAY(2040, 1, 1)) == 0
    other = a_round(lead, PUBLIC, {**everywhere(PUBLIC, 0, 0), "I1": QuestionAnswer(1, 1)})
    assert _lapse(DAY(2040, 1, 1)) == 0
    assert not upkept(other, by=lead, today=ADOPTED).is_living


def test_confirmed_work_keeps_its_question_up(lead: Person) -> None:
    answers = {**everywhere(PUBLIC, 0, 0), "I1": QuestionAnswer(0, 1)}
    round_ = a_round(lead, PUBLIC, answers)
    frame = Frame("Programme", "england-and-wales", DAY(2027, 4, 1), 2)
    made = adopt_plan(assessment_id=round_, frame=frame, chosen={"ACT-I-M1"}, by=lead, now=NOW)
    [item] = programme(made, by=lead).programme.work
    for version, step in enumerate((WorkStep.AGREE, WorkStep.CLAIM, WorkStep.CONFIRM)):
        take_work_step(
            work_id=item.id, step=step, version=version, words="Said", link="", today=DAY(2027, 6, 1), by=lead, now=NOW
        )  # fmt: skip
    assert rows(KeptUp).get().on == DAY(2027, 6, 1)
    assert _lapse(DAY(2028, 6, 1)) == 0
    assert _lapse(DAY(2028, 6, 2)) == 1
    assert rows(Work).get().state == "confirmed"


def test_a_claim_says_how_long_it_holds_and_the_confirmation_has_the_last_word(lead: Person) -> None:
    round_ = a_round(lead, PUBLIC, {**everywhere(PUBLIC, 0, 0), "I1": QuestionAnswer(0, 1), "B1": QuestionAnswer(0, 1)})
    frame = Frame("Programme", "england-and-wales", DAY(2027, 4, 1), 2)
    made = adopt_plan(assessment_id=round_, frame=frame, chosen={"ACT-I-M1", "ACT-B-M1"}, by=lead, now=NOW)
    today = DAY(2027, 6, 1)

    def take(step: WorkStep, until: datetime.date | None = None, action: str = "ACT-I-M1") -> None:
        work = rows(Work).get(programme=made, step=action)
        take_work_step(
            work_id=work.pk, step=step, version=work.version, words="Said", link="", until=until, today=today, by=lead,
            now=NOW,
        )  # fmt: skip

    item = next(one for one in programme(made, by=lead).programme.work if one.step == "ACT-I-M1")
    does = confirming(round_, item, by=lead, today=today)
    assert does is not None
    assert does.holds_until == DAY(2028, 6, 1)
    other = next(one for one in programme(made, by=lead).programme.work if one.step == "ACT-B-M1")
    does = confirming(round_, other, by=lead, today=today)
    assert does is not None
    assert does.holds_until is None
    take(WorkStep.AGREE, DAY(2028, 1, 1))
    for bad in (DAY(2027, 5, 31), DAY(2039, 1, 1)):
        with pytest.raises(BadInput):
            take(WorkStep.CLAIM, bad)
    take(WorkStep.CLAIM, DAY(2027, 9, 30))
    round_value = assessment_round(round_, by=lead)
    assert current_results(round_value, by=lead, today=today) is None
    take(WorkStep.CONFIRM, DAY(2027, 12, 31))
    assert [move.until for move in one_work(item.id, by=lead).moves] == [None, DAY(2027, 9, 30), DAY(2027, 12, 31)]
    now = current_results(round_value, by=lead, today=today)
    assert now is not None
    assert [step.id for step in now.actions] == ["ACT-B-M1"]
    assert _lapse(DAY(2027, 12, 31)) == 0
    assert _lapse(DAY(2028, 1, 1)) == 1


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"on": None}, "on"),
        ({"on": DAY(2026, 11, 22)}, "on"),
        ({"on": DAY(1999, 1, 1)}, "on"),
        ({"until": DAY(2026, 11, 1)}, "until"),
        ({"until": DAY(2100, 1, 1)}, "until"),
        ({"words": " "}, "words"),
        ({"link": "ftp://x"}, "link"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_kept(
    said: dict[str, Any], place: str, reports_yearly: UUID, lead: Person
) -> None:
    with pytest.raises(BadInput) as bad:
        _keep(reports_yearly, lead, **said)
    assert [problem.place for problem in bad.value.problems] == [place]
    assert not rows(KeptUp).exists()


def test_only_what_has_to_be_kept_up_is_and_only_by_who_plans(reports_yearly: UUID, lead: Person) -> None:
    for question in ("B1", "I2", "Z9"):
        with pytest.raises(NotFound):
            _keep(reports_yearly, lead, question=question)
    organisation = standing(reports_yearly, by=lead, today=ADOPTED).round.organisation_id
    officer = somebody("Officer")
    Membership.objects.create(organisation_id=organisation, person=officer, role=Role.OFFICER, created_at=NOW)
    with pytest.raises(Forbidden):
        _keep(reports_yearly, officer)
    with pytest.raises(NotFound):
        _keep(reports_yearly, somebody("Stranger"))
    assert not rows(PositionChange).exists()
    assert not rows(Change).filter(act="kept up").exists()
