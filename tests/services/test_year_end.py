"""Years and their end: what is agreed, what is carried over, and a programme that goes on in a new one."""

import datetime
from decimal import Decimal
from uuid import UUID

import pytest
from tests.cases import PUBLISHED, example
from tests.service import NOW, a_round, rows, somebody

from commonweal.core.errors import BadInput
from commonweal.core.programme.models import LinkKind
from commonweal.core.programme.work import WorkStep
from commonweal.services.actions.programme_years import AgreedYear, agree_years, write_paper
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.services.actions.work import add_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.actions.work_links import add_link
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.actions.year_end import Period, carry_over, new_period
from commonweal.services.errors import Closed, Stale
from commonweal.services.people import Person
from commonweal.services.queries.programmes import one_work, open_programme, programme
from commonweal.services.queries.progress import agreed_years, paper_of, progress_of
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Change, Work, WorkMove

pytestmark = pytest.mark.django_db
PUBLIC = load_index("svmi-public")
DAY = datetime.date(2027, 4, 1)
NEXT = Period("2029 to 2031", 2)


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def made(lead: Person) -> UUID:
    """The published plan, adopted."""
    walsall = a_round(lead, PUBLIC, dict(example(PUBLISHED).assessment.answers))
    actions = {step.id for step in example(PUBLISHED).actions}
    frame = Frame("2027 to 2029", "england-and-wales", DAY, 2)
    return adopt_plan(assessment_id=walsall, frame=frame, chosen=actions, by=lead, now=NOW)


def _of_year(made: UUID, year: int) -> list[Work]:
    return list(rows(Work).filter(programme=made, year=year).order_by("number"))


def _take(work: UUID, *steps: WorkStep, by: Person) -> None:
    for step in steps:
        version = rows(Work).get(pk=work).version
        take_work_step(work_id=work, step=step, version=version, words="Said", link="", today=DAY, by=by, now=NOW)


def _years(made: UUID, lead: Person, version: int, **money: str) -> None:
    years = {int(key[1:]): AgreedYear(Decimal(text) if text else None, "As agreed") for key, text in money.items()}
    agree_years(programme_id=made, version=version, years=years, by=lead, now=NOW)


def test_what_is_agreed_is_kept_by_version(made: UUID, lead: Person) -> None:
    _years(made, lead, 0, y1="30000", y2="")
    assert [(one.money, one.words) for one in agreed_years(made, by=lead)] == [
        (Decimal(30_000), "As agreed"),
        (None, "As agreed"),
    ]
    count = rows(Change).count()
    _years(made, lead, 0, y1="30000", y2="")
    assert rows(Change).count() == count
    with pytest.raises(Stale):
        _years(made, lead, 0, y1="20000")
    with pytest.raises(BadInput) as refused:
        _years(made, lead, 1, y1="-1")
    assert [problem.place for problem in refused.value.problems] == ["money-1"]
    money = progress_of(made, by=lead, today=DAY).progress.money
    assert [one.agreed for one in money] == [Decimal(30_000), None]


def test_the_paper_is_kept_by_version(made: UUID, lead: Person) -> None:
    write_paper(programme_id=made, version=0, fields={"risks": "Few", "nonsense": "x"}, by=lead, now=NOW)
    found = paper_of(made, by=lead)
    assert (found.version, found.fields["risks"], "nonsense" in found.fields) == (1, "Few", False)
    with pytest.raises(Stale):
        write_paper(programme_id=made, version=0, fields={"risks": "Many"}, by=lead, now=NOW)
    with pytest.raises(BadInput):
        write_paper(programme_id=made, version=1, fields={"risks": "x" * 10_001}, by=lead, now=NOW)


def test_open_work_goes_into_the_next_year_and_has_slipped(made: UUID, lead: Person) -> None:
    first, second, third = _of_year(made, 1)[:3]
    _take(first.pk, WorkStep.AGREE, by=lead)
    _take(third.pk, WorkStep.DROP, by=lead)
    chosen = {first.pk, third.pk}  # the third is not open any more, the second is not chosen
    assert carry_over(programme_id=made, year=1, chosen=chosen, by=lead, now=NOW) == 1
    after = rows(Work).get(pk=first.pk)
    assert first.due is not None
    assert after.due.isoformat() == f"{first.due.year + 1}-{first.due:%m-%d}"
    assert (after.year, after.planned_due, after.version) == (2, first.due, first.version + 2)
    for same in (second, third):
        assert rows(Work).get(pk=same.pk).due == same.due
    slips = progress_of(made, by=lead, today=DAY).progress.slips
    assert [slip.item.id for slip in slips] == [first.pk]
    for year, chosen in ((2, {first.pk}), (1, {third.pk}), (1, set())):
        with pytest.raises(BadInput):
            carry_over(programme_id=made, year=year, chosen=chosen, by=lead, now=NOW)


def test_no_day_lies_after_the_end(made: UUID, lead: Person) -> None:
    late = rows(Work).filter(programme=made, year=1).order_by("-due")[0]
    rows(Work).filter(pk=late.pk).update(due=datetime.date(2028, 3, 31), start=None)
    carry_over(programme_id=made, year=1, chosen={late.pk}, by=lead, now=NOW)
    assert rows(Work).get(pk=late.pk).due == datetime.date(2029, 3, 31)


def test_a_programme_goes_on_in_a_new_one(made: UUID, lead: Person) -> None:
    work = _of_year(made, 2)
    keep, done = work[0], _of_year(made, 1)[0]
    _take(done.pk, WorkStep.AGREE, WorkStep.START, WorkStep.CLAIM, WorkStep.CONFIRM, by=lead)
    _take(keep.pk, WorkStep.AGREE, by=lead)
    rows(Work).filter(pk=keep.pk).update(cost=Decimal(900), price_year=2027, spent=Decimal(300))
    part = add_work(
        programme_id=made, details=WorkDetails("A part", keep.group.number), parent=keep.pk, by=lead, now=NOW
    )
    add_link(work_id=keep.pk, kind=LinkKind.DOCUMENT, title="Guide", address="", by=lead, now=NOW)
    before = programme(made, by=lead)
    new = new_period(
        programme_id=made, period=NEXT, chosen={keep.pk, done.pk}, today=datetime.date(2029, 3, 31), by=lead, now=NOW
    )
    view = programme(new, by=lead)
    assert (view.programme.starts_on, view.programme.ends_on) == (
        datetime.date(2029, 4, 1),
        datetime.date(2031, 3, 31),
    )
    assert view.assessment_id == before.assessment_id
    assert [group.title for group in view.programme.groups] == [group.title for group in before.programme.groups]
    copied = {item.title: item for item in view.programme.work}
    assert set(copied) == {keep.title, "A part"}
    one = copied[keep.title]
    assert (one.step, one.state, one.cost, one.spent) == (keep.step, "agreed", Decimal(600), None)
    assert copied["A part"].parent == one.id
    assert one.due is not None
    assert view.programme.starts_on <= one.due <= view.programme.ends_on
    assert one.planned_due == one.due
    assert [link.title for link in one_work(one.id, by=lead).links] == ["Guide"]
    old = {item.id: item for item in programme(made, by=lead).programme.work}
    assert (old[keep.pk].state, old[part].state, old[done.pk].state) == ("dropped", "dropped", "confirmed")
    assert rows(WorkMove).filter(work=keep.pk).order_by("-id")[0].words == "Carried over into 2029 to 2031."
    assert open_programme(before.assessment_id, by=lead) == (new, "2029 to 2031")  # type: ignore[arg-type]
    with pytest.raises(Closed):
        new_period(programme_id=made, period=NEXT, chosen={work[1].pk}, today=DAY, by=lead, now=NOW)


def test_a_new_period_needs_a_name_and_work(made: UUID, lead: Person) -> None:
    keep = _of_year(made, 2)[0].pk
    for period, chosen in ((Period("", 2), {keep}), (Period("x", 0), {keep})):
        with pytest.raises(BadInput):
            new_period(programme_id=made, period=period, chosen=chosen, today=DAY, by=lead, now=NOW)
    assert programme(made, by=lead).programme.state == "open"


def test_what_waits_to_be_confirmed_is_not_shut_away(made: UUID, lead: Person) -> None:
    first = _of_year(made, 1)[0]
    _take(first.pk, WorkStep.AGREE, WorkStep.START, WorkStep.CLAIM, by=lead)
    with pytest.raises(BadInput, match="said to be done and not confirmed"):
        new_period(programme_id=made, period=NEXT, chosen=set(), today=DAY, by=lead, now=NOW)
    _take(first.pk, WorkStep.CONFIRM, by=lead)
    new = new_period(programme_id=made, period=NEXT, chosen=set(), today=DAY, by=lead, now=NOW)
    assert programme(new, by=lead).programme.work == ()  # a clean new period
