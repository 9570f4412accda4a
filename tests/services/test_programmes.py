"""A plan becomes a programme, its work goes from step to step, and what is confirmed moves the position."""

import datetime
import itertools
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from tests.cases import PUBLISHED, everywhere, example
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Action, Role
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import Column, answers_for, refusals
from commonweal.core.maturity.rules import score
from commonweal.core.organisations import Kind
from commonweal.core.programme.work import ProgrammeState, WorkState, WorkStep
from commonweal.services.actions.organisations import Description, describe_organisation
from commonweal.services.actions.people import place
from commonweal.services.actions.plan_changes import compared, take_up_changes
from commonweal.services.actions.programme_change import change_programme
from commonweal.services.actions.programmes import Frame, adopt_plan, start_programme
from commonweal.services.actions.work import add_work, change_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.errors import Closed, Forbidden, NotFound, Stale
from commonweal.services.people import Person
from commonweal.services.queries.assessments import organisation_rounds
from commonweal.services.queries.position import answers_now, position_moves
from commonweal.services.queries.programmes import hands, one_work, programme, programmes_of
from commonweal.services.queries.trail import trail_page
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Assessment, Membership, PositionChange, Work, WorkMove

pytestmark = pytest.mark.django_db
PUBLIC = load_index("svmi-public")
DAY = datetime.date(2027, 4, 1)
FRAME = Frame("Social value 2027 to 2029", "england-and-wales", DAY, 2)


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def walsall(lead: Person) -> UUID:
    """The published case as a round of an organisation."""
    return a_round(lead, PUBLIC, dict(example(PUBLISHED).assessment.answers))


def _adopted(walsall: UUID, lead: Person) -> UUID:
    actions = {step.id for step in example(PUBLISHED).actions}
    return adopt_plan(assessment_id=walsall, frame=FRAME, chosen=actions, by=lead, now=NOW)


def _work(programme_id: UUID, step: str, by: Person) -> UUID:
    return next(item.id for item in programme(programme_id, by=by).programme.work if item.step == step)


def _take(work: UUID, *steps: WorkStep, by: Person, words: str = "As agreed", today: datetime.date = DAY) -> None:
    for step in steps:
        version = rows(Work).get(pk=work).version
        take_work_step(work_id=work, step=step, version=version, words=words, link="", today=today, by=by, now=NOW)


DONE = (WorkStep.AGREE, WorkStep.START, WorkStep.CLAIM, WorkStep.CONFIRM)


def _seated(organisation: UUID, role: Role, name: str, by: Person) -> Person:
    person = somebody(name)
    Membership.objects.create(organisation_id=organisation, person=person, role=role, created_at=NOW, given_by=by)
    return person


def test_the_published_plan_becomes_thirty_four_pieces_of_dated_work(walsall: UUID, lead: Person) -> None:
    view = programme(_adopted(walsall, lead), by=lead)
    assert [group.title[0] for group in view.programme.groups] == list("ABCDEFGHIJ")
    assert len(view.programme.work) == 34
    assert {item.state for item in view.programme.work} == {WorkState.PROPOSED}
    assert {item.year for item in view.programme.work} == {1, 2}
    assert all(item.start and item.due and DAY <= item.start < item.due for item in view.programme.work)
    assert view.programme.ends_on == datetime.date(2029, 3, 31)
    assert all(item.measurable for item in view.programme.work)
    with pytest.raises(Closed) as closed:
        _adopted(walsall, lead)
    assert "has been adopted already, as Social value 2027 to 2029." in str(closed.value)


def test_three_confirmed_actions_move_the_position_and_not_the_baseline(walsall: UUID, lead: Person) -> None:
    made = _adopted(walsall, lead)
    before = list(rows(Work).values_list("pk", flat=True))
    months = {"ACT-B-L2": 5, "ACT-H-F1": 6, "ACT-H-M1": 7}
    for step, month in months.items():
        _take(_work(made, step, lead), *DONE, by=lead, today=datetime.date(2027, month, 15))
    scored = score(PUBLIC, answers_now(walsall, by=lead), Column.PRESENT)
    levels = {row.theme.code: row.level for row in scored.themes}
    assert (levels["B"], levels["H"], scored.overall.total) == (3, 2, 15)
    moves = position_moves(walsall, by=lead)
    assert [(line.move.question, line.move.before, line.move.after, line.move.on.month) for line in moves] == [
        ("B3", 0, 1, 5),
        ("H1", 0, 1, 6),
        ("H2", 0, 1, 7),
    ]
    assert len(rows(Work)) == len(before)
    assert score(PUBLIC, dict(example(PUBLISHED).assessment.answers), Column.PRESENT).overall.total == 12


def test_a_confirmation_taken_back_lowers_the_answer_again(walsall: UUID, lead: Person) -> None:
    work = _work(_adopted(walsall, lead), "ACT-B-L2", lead)
    _take(work, *DONE, by=lead)
    assert answers_now(walsall, by=lead)["B3"].present == 1
    _take(work, WorkStep.TAKE_BACK, by=lead, words="The training did not take place.")
    assert answers_now(walsall, by=lead)["B3"].present == 0
    assert [line.move.cause.value for line in position_moves(walsall, by=lead)] == ["confirmed", "taken-back"]


def test_steps_of_a_question_are_confirmed_in_order(lead: Person) -> None:
    question = next(one for one in PUBLIC.questions if len(one.steps) > 1)
    answers = dict(example(PUBLISHED).assessment.answers)
    answers[question.id] = replace(answers[question.id], present=0, future=2)
    round_ = a_round(lead, PUBLIC, answers)
    chosen = {step.id for step in question.steps[:2]}
    made = adopt_plan(assessment_id=round_, frame=FRAME, chosen=chosen, by=lead, now=NOW)
    first, second = (_work(made, step.id, lead) for step in question.steps[:2])
    _take(second, *DONE[:-1], by=lead)
    with pytest.raises(Closed) as closed:
        _take(second, WorkStep.CONFIRM, by=lead)
    assert f"an earlier step of {question.id}" in str(closed.value)
    assert rows(Work).get(pk=second).state == WorkState.CLAIMED
    _take(first, *DONE, by=lead)
    _take(second, WorkStep.CONFIRM, by=lead)
    assert answers_now(round_, by=lead)[question.id].present == 2
    with pytest.raises(Closed):
        _take(first, WorkStep.TAKE_BACK, by=lead)


def test_what_has_to_be_said_is_asked_for(walsall: UUID, lead: Person) -> None:
    work = _work(_adopted(walsall, lead), "ACT-B-L2", lead)
    _take(work, WorkStep.AGREE, by=lead)
    for step in (WorkStep.BLOCK, WorkStep.CLAIM, WorkStep.DROP):
        with pytest.raises(BadInput) as bad:
            _take(work, step, by=lead, words="")
        assert [problem.place for problem in bad.value.problems] == ["words"]
    with pytest.raises(BadInput) as bad:
        take_work_step(
            work_id=work, step=WorkStep.CLAIM, version=1, words="Done", link="javascript:alert(1)", today=DAY, by=lead,
            now=NOW,
        )  # fmt: skip
    assert [problem.place for problem in bad.value.problems] == ["link"]
    with pytest.raises(Closed) as closed:
        _take(work, WorkStep.CONFIRM, by=lead)
    assert str(closed.value).startswith("This work is agreed. From here: ")


def test_a_step_made_from_an_older_state_is_stale(walsall: UUID, lead: Person) -> None:
    work = _work(_adopted(walsall, lead), "ACT-B-L2", lead)
    _take(work, WorkStep.AGREE, by=lead)
    with pytest.raises(Stale):
        take_work_step(
            work_id=work, step=WorkStep.START, version=0, words="", link="", today=DAY, by=lead, now=NOW
        )  # fmt: skip


def test_who_owns_work_says_how_it_goes_and_confirms_nothing(walsall: UUID, lead: Person) -> None:
    made = _adopted(walsall, lead)
    work, other = _work(made, "ACT-B-L2", lead), _work(made, "ACT-H-F1", lead)
    view = one_work(work, by=lead)
    officer = _seated(view.view.organisation_id, Role.OFFICER, "Officer", lead)
    assert (officer.pk, "Officer") in hands(view.view.organisation_id, by=lead, now=NOW).people
    details = _details(view.item, owner=officer.pk)
    change_work(work_id=work, version=0, details=details, by=lead, now=NOW)
    _take(work, WorkStep.AGREE, by=lead)
    _take(other, WorkStep.AGREE, by=lead)
    _take(work, WorkStep.START, WorkStep.CLAIM, by=officer)
    for step in (WorkStep.CONFIRM, WorkStep.SEND_BACK):
        with pytest.raises(Forbidden):
            _take(work, step, by=officer)
    with pytest.raises(Forbidden):
        _take(other, WorkStep.START, by=officer)
    place(assessment_id=walsall, membership_id=_seat(officer), theme="", by=lead, now=NOW)
    officer.forget_access()
    _take(other, WorkStep.START, by=officer)
    with pytest.raises(Forbidden):
        change_work(work_id=work, version=3, details=details, by=officer, now=NOW)


def _seat(person: Person) -> int:
    return int(rows(Membership).get(person=person).pk)


def _details(item: Any, **said: Any) -> WorkDetails:
    names = [name for name in WorkDetails.__dataclass_fields__ if name not in {"owner", "department", "needs"}]
    return replace(WorkDetails(**{name: getattr(item, name) for name in names}), **said)


def test_changing_work_keeps_what_is_said_and_says_it_in_the_trail(walsall: UUID, lead: Person) -> None:
    made = _adopted(walsall, lead)
    work, other = _work(made, "ACT-B-L2", lead), _work(made, "ACT-H-F1", lead)
    view = one_work(work, by=lead)
    organisation = view.view.organisation_id
    described = Description("Example Council", Kind.UNITARY, None, None, None, {}, ("Estates", "Finance"), ())
    describe_organisation(organisation_id=organisation, version=0, said=described, by=lead, now=NOW)
    department = hands(organisation, by=lead, now=NOW).departments[1]
    details = _details(
        view.item,
        department=department[0],
        cost=Decimal("1250.50"),
        price_year=2027,
        effort_days=Decimal("12.5"),
        needs=frozenset({other}),
    )
    change_work(work_id=work, version=0, details=details, by=lead, now=NOW)
    item = one_work(work, by=lead).item
    assert (item.cost, item.effort_days, item.department, item.needs) == (
        Decimal("1250.50"), Decimal("12.5"), "Finance", (other,),
    )  # fmt: skip
    change_work(work_id=work, version=0, details=details, by=lead, now=NOW)  # the same once more changes nothing
    with pytest.raises(Stale):
        change_work(work_id=work, version=0, details=replace(details, title="Other"), by=lead, now=NOW)
    last = trail_page(organisation, by=lead).lines[0]
    assert (last.act, last.said and last.said["after"]["cost"]) == ("work changed", "1250.50")
    again = replace(described, name="Renamed", departments=("Finance", "Legal"))
    describe_organisation(organisation_id=organisation, version=1, said=again, by=lead, now=NOW)
    assert one_work(work, by=lead).item.department == "Finance"


def test_work_that_would_go_round_in_a_circle_is_refused(walsall: UUID, lead: Person) -> None:
    made = _adopted(walsall, lead)
    ids = [_work(made, step, lead) for step in ("ACT-B-L2", "ACT-H-F1", "ACT-H-M1")]
    for one, needed in itertools.pairwise(ids):
        details = _details(one_work(one, by=lead).item, needs=frozenset({needed}))
        change_work(work_id=one, version=0, details=details, by=lead, now=NOW)
    for needs in ({ids[0]}, {ids[2]}):
        details = _details(one_work(ids[2], by=lead).item, needs=frozenset(needs))
        with pytest.raises(BadInput) as bad:
            change_work(work_id=ids[2], version=0, details=details, by=lead, now=NOW)
        assert [problem.place for problem in bad.value.problems] == ["needs"]


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"title": " "}, "title"),
        ({"group": 99}, "group"),
        ({"cost": Decimal(-1)}, "cost"),
        ({"effort_days": Decimal(-1)}, "effort_days"),
        ({"year": 3}, "year"),
        ({"start": datetime.date(2028, 1, 1), "due": datetime.date(2027, 1, 1)}, "due"),
        ({"owner": UUID(int=7)}, "owner"),
        ({"department": 12345}, "department"),
        ({"detail": "x" * 2001}, "detail"),
        ({"role": "x" * 201}, "role"),
        ({"funding": "a\u202eb"}, "funding"),
    ],
)
def test_details_that_are_none_are_refused_at_their_field(
    wrong: dict[str, Any], place: str, walsall: UUID, lead: Person
) -> None:
    made = _adopted(walsall, lead)
    count = rows(Work).count()
    with pytest.raises(BadInput) as bad:
        add_work(
            programme_id=made,
            details=WorkDetails(**{"title": "Ours", "group": 1, **wrong}),
            parent=None,
            by=lead,
            now=NOW,
        )
    assert [problem.place for problem in bad.value.problems] == [place]
    assert rows(Work).count() == count


def test_parts_come_before_the_whole(walsall: UUID, lead: Person) -> None:
    made = _adopted(walsall, lead)
    whole = _work(made, "ACT-B-L2", lead)
    part = add_work(programme_id=made, details=WorkDetails("Book a room", 2), parent=whole, by=lead, now=NOW)
    _take(whole, WorkStep.AGREE, WorkStep.START, by=lead)
    with pytest.raises(Closed) as closed:
        _take(whole, WorkStep.CLAIM, by=lead)
    assert str(closed.value) == "One part of this work is not done yet. Finish or drop the parts first."
    with pytest.raises(NotFound):
        add_work(programme_id=made, details=WorkDetails("A part of a part", 2), parent=part, by=lead, now=NOW)
    _take(part, WorkStep.DROP, by=lead)
    _take(whole, WorkStep.CLAIM, WorkStep.CONFIRM, by=lead)


def test_a_programme_from_a_template_has_its_deadlines(lead: Person) -> None:
    council = an_organisation(lead)
    frame = Frame("Policy refresh", "england-and-wales", None, None)
    made = start_programme(
        organisation_id=council, reference="policy-refresh@1", frame=frame,
        anchors={"adoption": datetime.date(2023, 10, 18)}, by=lead, now=NOW,
    )  # fmt: skip
    view = programme(made, by=lead)
    milestones = sorted((item.due, item.title) for item in view.programme.work if item.is_milestone)
    assert (len(view.programme.groups), len(milestones)) == (12, 9)
    assert milestones[5] == (datetime.date(2023, 10, 18), "Cabinet decides.")
    [line] = programmes_of(council, by=lead, today=DAY)
    assert (line.title, line.tally.total, line.tally.overdue) == (
        "Policy refresh",
        len(view.programme.work),
        len(view.programme.work),  # nobody did any of it, and its days are long over
    )
    with pytest.raises(BadInput) as bad:
        start_programme(
            organisation_id=council, reference="policy-refresh@1", frame=replace(frame, title=""), anchors={}, by=lead,
            now=NOW,
        )  # fmt: skip
    assert [problem.place for problem in bad.value.problems] == ["title", "start"]
    with pytest.raises(NotFound):
        start_programme(
            organisation_id=council, reference="nothing@1", frame=frame, anchors={}, by=lead, now=NOW
        )  # fmt: skip
    work = view.programme.work[0].id
    _take(work, *DONE, by=lead)  # moves no level: no index stands behind it
    assert not rows(PositionChange).exists()


def test_who_may_not_plan_is_told_so_and_strangers_find_nothing(walsall: UUID, lead: Person) -> None:
    made = _adopted(walsall, lead)
    work = _work(made, "ACT-B-L2", lead)
    council = one_work(work, by=lead).view.organisation_id
    for role in Role:
        if role in {Role.LEAD_OFFICER, Role.OWNER}:
            continue
        other = _seated(council, role, f"Other {role.value}", lead)
        sees = other.access.may(Action.READ, council)
        for act in (
            lambda by=other: adopt_plan(assessment_id=walsall, frame=FRAME, chosen={"ACT-B-L2"}, by=by, now=NOW),
            lambda by=other: add_work(programme_id=made, details=WorkDetails("X", 1), parent=None, by=by, now=NOW),
            lambda by=other: _take(work, WorkStep.AGREE, by=by),
        ):
            with pytest.raises(Forbidden if sees else NotFound):
                act()
    stranger = somebody("Stranger")
    for query in (lambda: programme(made, by=stranger), lambda: one_work(work, by=stranger)):
        with pytest.raises(NotFound):
            query()


def test_what_was_recorded_is_never_changed(walsall: UUID, lead: Person) -> None:
    work = _work(_adopted(walsall, lead), "ACT-B-L2", lead)
    _take(work, *DONE, by=lead)
    for table in (WorkMove, PositionChange):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows(table).update(at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows(table).delete()


def test_a_later_assessment_is_compared_and_taken_up(walsall: UUID, lead: Person) -> None:
    """The next round begins where one stands; what it has new, drops and keeps is told, and nothing done by itself."""
    made = _adopted(walsall, lead)
    organisation = programme(made, by=lead).organisation_id
    _take(_work(made, "ACT-B-L2", lead), *DONE, by=lead)
    answers = answers_for(PUBLIC, answers_now(walsall, by=lead))
    answers["H1"] = replace(answers["H1"], present=1)  # in place by now
    answers["I2"] = replace(answers["I2"], future=0)  # not aimed at any more
    answers["D7"] = replace(answers["D7"], future=1)  # new
    later = a_round(lead, PUBLIC, answers, organisation=organisation, name="2028 assessment")
    _, differs = compared(made, later, by=lead)
    assert [step.id for step in differs.new] == ["STEP-D7-I"]
    assert [(one.step.id, one.why) for one in differs.gone] == [
        ("ACT-H-F1", "H1 is in place by now."),
        ("ACT-I-M2", "The target for I2 does not ask for it any more."),
    ]
    assert differs.changed == ()
    assert len(differs.kept) == 32
    given = {"programme_id": made, "assessment_id": later, "today": DAY, "by": lead, "now": NOW}
    with pytest.raises(BadInput):
        take_up_changes(add=[], drop=[], becomes_baseline=False, **given)  # type: ignore[arg-type]
    take_up_changes(
        add=["STEP-D7-I", "ACT-A-I1"],
        drop=[one.item.id for one in (*differs.gone, *differs.kept)],
        becomes_baseline=True,
        **given,  # type: ignore[arg-type]
    )
    view = programme(made, by=lead)
    assert (len(view.programme.work), view.assessment_id) == (35, later)
    dropped = [item.step for item in view.programme.work if item.state is WorkState.DROPPED]
    assert dropped == ["ACT-H-F1", "ACT-I-M2"]  # what is kept cannot be dropped from here
    _, same = compared(made, later, by=lead)
    assert same.is_same
    answers["B3"] = replace(answers["B3"], present=0)
    again = a_round(lead, PUBLIC, answers, organisation=organisation, name="2029 assessment")
    _, changed = compared(made, again, by=lead)
    assert [(one.step.id, one.why) for one in changed.changed] == [
        ("ACT-B-L2", "It is done here, and the assessment says that it is not in place."),
    ]


def test_a_round_of_others_is_not_compared(walsall: UUID, lead: Person) -> None:
    made = _adopted(walsall, lead)
    elsewhere = a_round(lead, PUBLIC, dict(example(PUBLISHED).assessment.answers))
    with pytest.raises(NotFound):
        compared(made, elsewhere, by=lead)


def test_an_action_is_not_adopted_without_what_it_builds_on(lead: Person) -> None:
    question = next(one for one in PUBLIC.questions if len(one.steps) > 1)
    answers = dict(example(PUBLISHED).assessment.answers)
    answers[question.id] = replace(answers[question.id], present=0, future=2)
    round_ = a_round(lead, PUBLIC, answers)
    with pytest.raises(BadInput) as bad:
        adopt_plan(assessment_id=round_, frame=FRAME, chosen={question.steps[1].id}, by=lead, now=NOW)
    assert [problem.place for problem in bad.value.problems] == ["actions"]
    with pytest.raises(BadInput):
        adopt_plan(assessment_id=round_, frame=FRAME, chosen=set(), by=lead, now=NOW)


def test_answers_to_begin_a_round_with_are_lawful(walsall: UUID, lead: Person) -> None:
    """A target that was overtaken is where the question stands, so that nothing is a step back."""
    made = adopt_plan(assessment_id=walsall, frame=FRAME, chosen={"ACT-A-M1", "STEP-A5-I"}, by=lead, now=NOW)
    _take(_work(made, "STEP-A5-I", lead), *DONE, by=lead)
    answers = answers_for(PUBLIC, answers_now(walsall, by=lead))
    assert (answers["A5"].present, answers["A5"].future) == (1, 1)
    assert [
        refusal for one in PUBLIC.questions if one.id in answers for refusal in refusals(one, answers[one.id])
    ] == []


def _change(made: UUID, lead: Person, **said: Any) -> None:
    view = programme(made, by=lead)
    given: dict[str, Any] = {
        "version": view.version, "title": view.programme.title, "starts_on": view.programme.starts_on,
        "state": view.programme.state, "why": "", **said,
    }  # fmt: skip
    change_programme(programme_id=made, by=lead, now=NOW, **given)


def test_moving_the_first_day_moves_what_is_not_over(walsall: UUID, lead: Person) -> None:
    made = _adopted(walsall, lead)
    done = _work(made, "ACT-B-L2", lead)
    _take(done, *DONE, by=lead)
    before = {item.id: (item.start, item.due) for item in programme(made, by=lead).programme.work}
    later = datetime.timedelta(days=30)
    _change(made, lead, starts_on=DAY + later, title="Moved")
    view = programme(made, by=lead)
    assert (view.programme.title, view.programme.starts_on) == ("Moved", DAY + later)
    for item in view.programme.work:
        start, due = before[item.id]
        assert start
        assert due
        assert (item.start, item.due) == ((start, due) if item.id == done else (start + later, due + later))
    with pytest.raises(Stale):
        _change(made, lead, version=0, title="Older")


def test_a_closed_programme_is_read_and_not_changed(walsall: UUID, lead: Person) -> None:
    made = _adopted(walsall, lead)
    work = _work(made, "ACT-B-L2", lead)
    with pytest.raises(BadInput) as bad:
        _change(made, lead, state=ProgrammeState.CLOSED)
    assert [problem.place for problem in bad.value.problems] == ["why"]
    _change(made, lead, state=ProgrammeState.CLOSED, why="The two years are over.")
    for act in (
        lambda: _take(work, WorkStep.AGREE, by=lead),
        lambda: change_work(work_id=work, version=0, details=WorkDetails("X", 1), by=lead, now=NOW),
        lambda: add_work(programme_id=made, details=WorkDetails("X", 1), parent=None, by=lead, now=NOW),
        lambda: take_up_changes(
            programme_id=made, assessment_id=walsall, add=["ACT-A-I1"], drop=[], becomes_baseline=False, today=DAY,
            by=lead, now=NOW,
        ),
    ):  # fmt: skip
        with pytest.raises(Closed):
            act()
    second = _adopted(walsall, lead)  # a clean new period on the same plan
    with pytest.raises(Closed) as closed:
        _change(made, lead, state=ProgrammeState.OPEN, why="Again")
    assert "is open on the same plan" in str(closed.value)
    _change(second, lead, state=ProgrammeState.ARCHIVED, why="A mistake")
    _change(made, lead, state=ProgrammeState.OPEN, why="Again")
    _take(work, WorkStep.AGREE, by=lead)


def test_a_round_without_a_date_comes_last(walsall: UUID, lead: Person) -> None:
    """On either database: they differ in where they put what is not there."""
    rows(Assessment).filter(pk=walsall).update(date=None)
    organisation = rows(Assessment).get(pk=walsall).organisation_id
    later = a_round(lead, PUBLIC, organisation=organisation, name="Dated")
    assert [one.id for one in organisation_rounds(organisation, by=lead)] == [later, walsall]


def test_a_step_cannot_need_what_builds_on_it(lead: Person) -> None:
    question = next(one for one in PUBLIC.questions if len(one.steps) > 1)
    round_ = a_round(lead, PUBLIC, everywhere(PUBLIC, 0, -1))
    chosen = {step.id for step in question.steps}
    made = adopt_plan(assessment_id=round_, frame=FRAME, chosen=chosen, by=lead, now=NOW)
    lower, higher = sorted(programme(made, by=lead).programme.work, key=lambda item: item.due or DAY)[:2]
    assert higher.builds_on == lower.id
    needs = _details(lower, needs=frozenset({higher.id}))
    with pytest.raises(BadInput):
        change_work(work_id=lower.id, version=0, details=needs, by=lead, now=NOW)
