"""Rules of work that people run into: parts, needs, what is over, baselines that change, what is written down."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.cases import PUBLISHED, example
from tests.service import NOW, a_round, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.programme.work import WorkState, WorkStep
from commonweal.services.actions.plan_changes import take_up_changes
from commonweal.services.actions.privacy import held_about
from commonweal.services.actions.programmes import Frame, adopt_plan, start_programme
from commonweal.services.actions.work import add_work, change_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.errors import Closed
from commonweal.services.people import Person
from commonweal.services.queries.position import answers_now, position_moves
from commonweal.services.queries.programmes import one_work, programme
from commonweal.services.queries.trail import trail_page
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Change, Membership, PositionChange, Work

pytestmark = pytest.mark.django_db
PUBLIC = load_index("svmi-public")
DAY = datetime.date(2027, 4, 1)
FRAME = Frame("Programme", "england-and-wales", DAY, 2)
DONE = (WorkStep.AGREE, WorkStep.CLAIM, WorkStep.CONFIRM)


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def baseline(lead: Person) -> UUID:
    return a_round(lead, PUBLIC, dict(example(PUBLISHED).assessment.answers))


@pytest.fixture
def made(baseline: UUID, lead: Person) -> UUID:
    return adopt_plan(
        assessment_id=baseline, frame=FRAME, chosen={"ACT-B-L2", "ACT-H-F1", "ACT-H-M1"}, by=lead, now=NOW
    )


def _work(made: UUID, step: str, by: Person) -> UUID:
    return next(item.id for item in programme(made, by=by).programme.work if item.step == step)


def _take(work: UUID, *steps: WorkStep, by: Person, link: str = "") -> None:
    for step in steps:
        version = rows(Work).get(pk=work).version
        take_work_step(work_id=work, step=step, version=version, words="As said", link=link, today=DAY, by=by, now=NOW)


def _details(work: UUID, by: Person, **said: Any) -> WorkDetails:
    item = one_work(work, by=by).item
    names = [name for name in WorkDetails.__dataclass_fields__ if name not in {"owner", "department", "needs"}]
    return replace(WorkDetails(**{name: getattr(item, name) for name in names}), **said)


def _state(work: UUID) -> str:
    return str(rows(Work).get(pk=work).state)


def test_a_whole_is_confirmed_after_its_parts_and_they_stay_over(made: UUID, lead: Person) -> None:
    whole = _work(made, "ACT-B-L2", lead)
    part = add_work(programme_id=made, details=WorkDetails("A part", 2), parent=whole, by=lead, now=NOW)
    _take(whole, WorkStep.AGREE, by=lead)
    with pytest.raises(Closed):
        _take(whole, WorkStep.DROP, by=lead)
    _take(part, WorkStep.CLAIM, by=lead)
    _take(whole, WorkStep.CLAIM, by=lead)
    with pytest.raises(Closed):
        _take(whole, WorkStep.CONFIRM, by=lead)
    _take(part, WorkStep.CONFIRM, by=lead)
    _take(whole, WorkStep.CONFIRM, by=lead)
    with pytest.raises(Closed):
        _take(part, WorkStep.TAKE_BACK, by=lead)
    with pytest.raises(Closed):
        add_work(programme_id=made, details=WorkDetails("Another", 2), parent=whole, by=lead, now=NOW)
    assert (_state(whole), _state(part)) == (WorkState.CONFIRMED, WorkState.CONFIRMED)


def test_what_has_to_be_done_first_is(made: UUID, lead: Person) -> None:
    work, needed = _work(made, "ACT-B-L2", lead), _work(made, "ACT-H-F1", lead)
    change_work(work_id=work, version=0, details=_details(work, lead, needs=frozenset({needed})), by=lead, now=NOW)
    _take(work, WorkStep.AGREE, by=lead)
    with pytest.raises(Closed) as closed:
        _take(work, WorkStep.CLAIM, by=lead)
    assert "has to be done first" in str(closed.value)
    _take(needed, *DONE, by=lead)
    _take(work, WorkStep.CLAIM, by=lead)


def test_a_part_does_not_need_what_it_is_a_part_of(made: UUID, lead: Person) -> None:
    whole = _work(made, "ACT-B-L2", lead)
    with pytest.raises(BadInput) as bad:
        add_work(
            programme_id=made,
            details=WorkDetails("A part", 2, needs=frozenset({whole})),
            parent=whole,
            by=lead,
            now=NOW,
        )
    assert [problem.place for problem in bad.value.problems] == ["needs"]


def test_what_is_over_is_not_rewritten(made: UUID, lead: Person) -> None:
    work = _work(made, "ACT-B-L2", lead)
    _take(work, *DONE, by=lead)
    with pytest.raises(Closed):
        change_work(work_id=work, version=3, details=_details(work, lead, title="Other"), by=lead, now=NOW)
    _take(work, WorkStep.TAKE_BACK, by=lead)
    change_work(work_id=work, version=4, details=_details(work, lead, title="Other"), by=lead, now=NOW)


def test_the_same_said_in_other_digits_changes_nothing(made: UUID, lead: Person) -> None:
    work = _work(made, "ACT-B-L2", lead)
    details = _details(work, lead, cost=Decimal(2500), effort_days=Decimal(3))
    change_work(work_id=work, version=0, details=details, by=lead, now=NOW)
    entries = rows(Change).count()
    change_work(work_id=work, version=0, details=details, by=lead, now=NOW)
    again = replace(details, cost=Decimal("2500.00"), effort_days=Decimal("3.0"))
    change_work(work_id=work, version=1, details=again, by=lead, now=NOW)
    assert (rows(Change).count(), rows(Work).get(pk=work).version) == (entries, 1)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"start": datetime.date(500, 1, 1)}, "start"),
        ({"due": datetime.date(9999, 12, 31)}, "due"),
        ({"price_year": 99999}, "price_year"),
        ({"cost": Decimal("NaN")}, "cost"),
        ({"effort_days": Decimal("Infinity")}, "effort_days"),
    ],
)
def test_numbers_and_days_that_nobody_means(wrong: dict[str, Any], place: str, made: UUID, lead: Person) -> None:
    with pytest.raises(BadInput) as bad:
        add_work(programme_id=made, details=WorkDetails("X", 1, **wrong), parent=None, by=lead, now=NOW)
    assert [problem.place for problem in bad.value.problems] == [place]


@pytest.mark.parametrize(
    "link",
    [
        *("https://", "http:///x", "https://user:pw@evil.example/", "https://a b.example", "https://a.example/\tx"),
        *("javascript:alert(1)", "data:text/html,x", "//evil.example", "https://[", "https://a.example/\u00a0x"),
    ],
)
def test_links_that_are_none(link: str, made: UUID, lead: Person) -> None:
    work = _work(made, "ACT-B-L2", lead)
    _take(work, WorkStep.AGREE, by=lead)
    with pytest.raises(BadInput):
        _take(work, WorkStep.CLAIM, by=lead, link=link)
    _take(work, WorkStep.CLAIM, by=lead, link="HTTPS://council.example/minutes?id=3")


def test_only_officers_own_work(made: UUID, lead: Person) -> None:
    organisation = programme(made, by=lead).organisation_id
    for role in (Role.SUPPLIER_CONTACT, Role.EVALUATOR, Role.READER):
        other = somebody(f"Other {role}")
        Membership.objects.create(organisation_id=organisation, person=other, role=role, created_at=NOW)
        with pytest.raises(BadInput) as bad:
            details = WorkDetails("X", 1, owner=other.pk)
            add_work(programme_id=made, details=details, parent=None, by=lead, now=NOW)
        assert [problem.place for problem in bad.value.problems] == ["owner"]


def test_what_is_held_about_who_owns_work(made: UUID, lead: Person) -> None:
    work = _work(made, "ACT-B-L2", lead)
    change_work(work_id=work, version=0, details=_details(work, lead, owner=lead.pk), by=lead, now=NOW)
    _take(work, WorkStep.AGREE, by=lead)
    held = held_about(email=str(lead.email), now=NOW)
    assert [row["title"] for row in held["work"]] == [rows(Work).get(pk=work).title]
    assert [row["words"] for row in held["steps_of_work"]] == ["As said"]


def _later(lead: Person, made: UUID, **present: int) -> UUID:
    answers = dict(example(PUBLISHED).assessment.answers)
    for id_, at in present.items():
        answers[id_] = replace(answers[id_], present=at)
    return a_round(lead, PUBLIC, answers, organisation=programme(made, by=lead).organisation_id, name="Later")


def _go_on_from(made: UUID, later: UUID, lead: Person, today: datetime.date = DAY, add: tuple[str, ...] = ()) -> None:
    take_up_changes(
        programme_id=made, assessment_id=later, add=add, drop=[], becomes_baseline=True, today=today, by=lead, now=NOW
    )


def test_taking_back_moves_what_confirming_moved_and_nothing_else(baseline: UUID, made: UUID, lead: Person) -> None:
    work = _work(made, "ACT-B-L2", lead)
    later = _later(lead, made, B3=1)
    _go_on_from(made, later, lead)
    _take(work, *DONE, by=lead)  # B3 stands there already
    _take(work, WorkStep.TAKE_BACK, by=lead)
    assert answers_now(later, by=lead)["B3"].present == 1
    assert not rows(PositionChange).exists()
    assert answers_now(baseline, by=lead)["B3"].present == 0


def test_taking_back_after_a_change_of_baseline_moves_where_it_was_confirmed(
    baseline: UUID, made: UUID, lead: Person
) -> None:
    work = _work(made, "ACT-B-L2", lead)
    _take(work, *DONE, by=lead)
    later = _later(lead, made)
    _go_on_from(made, later, lead)
    _take(work, WorkStep.TAKE_BACK, by=lead)
    assert [line.move.cause.value for line in position_moves(baseline, by=lead)] == ["confirmed", "taken-back"]
    assert answers_now(baseline, by=lead)["B3"].present == answers_now(later, by=lead)["B3"].present == 0


def test_one_open_programme_an_assessment(made: UUID, lead: Person) -> None:
    later = _later(lead, made)
    adopt_plan(assessment_id=later, frame=FRAME, chosen={"ACT-B-L2"}, by=lead, now=NOW)
    with pytest.raises(Closed) as closed:
        _go_on_from(made, later, lead)
    assert "is open on the same plan" in str(closed.value)


@pytest.mark.parametrize("today", [DAY, datetime.date(2027, 10, 15), datetime.date(2029, 3, 30)])
def test_what_is_taken_up_late_ends_with_the_programme(today: datetime.date, made: UUID, lead: Person) -> None:
    later = _later(lead, made)
    many = tuple(step.id for step in example(PUBLISHED).actions)
    _go_on_from(made, later, lead, today, many)
    view = programme(made, by=lead).programme
    new = [item for item in view.work if item.number > 3]
    assert len(new) == 31
    assert all(item.due and today <= item.due <= view.ends_on for item in new)
    last = trail_page(programme(made, by=lead).organisation_id, by=lead).lines[0]
    assert last.said
    assert last.said["after"]["programme"] == "Programme"
    assert last.said["after"]["baseline"] == "Later"


@pytest.mark.parametrize("day", [datetime.date(1, 1, 1), datetime.date(1999, 12, 31), datetime.date(9999, 12, 31)])
@pytest.mark.parametrize(("template", "anchor"), [("policy-refresh@1", "adoption"), ("guiding-principles@1", "start")])
def test_templates_refuse_days_that_nobody_means(
    day: datetime.date, template: str, anchor: str, made: UUID, lead: Person
) -> None:
    with pytest.raises(BadInput) as bad:
        start_programme(
            organisation_id=programme(made, by=lead).organisation_id, reference=template,
            frame=Frame("X", "scotland", None, None), anchors={anchor: day}, by=lead, now=NOW,
        )  # fmt: skip
    assert [problem.place for problem in bad.value.problems] == [anchor]
