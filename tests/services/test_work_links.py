"""Links of work: added, taken away, written down."""

from uuid import UUID

import pytest
from tests.cases import PUBLISHED, example
from tests.service import DAY, NOW, a_round, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.programme.models import LinkKind
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.services.actions.work_links import MOST_LINKS, add_link, take_link_away
from commonweal.services.errors import Closed, Forbidden, NotFound
from commonweal.services.people import Person
from commonweal.services.queries.programmes import one_work, programme
from commonweal.services.queries.trail import trail_page
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Membership, Programme, WorkLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def work(lead: Person) -> UUID:
    round_ = a_round(lead, load_index("svmi-public"), dict(example(PUBLISHED).assessment.answers))
    frame = Frame("Programme", "scotland", DAY, 2)
    made = adopt_plan(assessment_id=round_, frame=frame, chosen={"ACT-B-L2", "ACT-H-F1"}, by=lead, now=NOW)
    return programme(made, by=lead).programme.work[0].id


def _add(work: UUID, by: Person, title: str = "Corporate plan", address: str = "https://council.example/plan") -> None:
    add_link(work_id=work, kind=LinkKind.STRATEGY, title=title, address=address, by=by, now=NOW)


def test_a_link_is_there_until_it_is_taken_away(work: UUID, lead: Person) -> None:
    _add(work, lead)
    _add(work, lead, "On paper", "")
    first, second = one_work(work, by=lead).links
    assert (first.kind, first.title, first.address) == (
        LinkKind.STRATEGY, "Corporate plan", "https://council.example/plan",
    )  # fmt: skip
    take_link_away(work_id=work, link_id=first.id, by=lead, now=NOW)
    assert one_work(work, by=lead).links == (second,)
    acts = [line.act for line in trail_page(one_work(work, by=lead).view.organisation_id, by=lead).lines]
    assert acts[:3] == ["link taken from work", "link added to work", "link added to work"]


@pytest.mark.parametrize(
    ("title", "address", "place"),
    [
        (" ", "", "title"),
        ("x" * 201, "", "title"),
        ("a\u202eb", "", "title"),
        ("Plan", "javascript:alert(1)", "address"),
        ("Plan", "https://x.example/" + "y" * 500, "address"),
    ],
)
def test_links_that_are_none(title: str, address: str, place: str, work: UUID, lead: Person) -> None:
    with pytest.raises(BadInput) as bad:
        _add(work, lead, title, address)
    assert [problem.place for problem in bad.value.problems] == [place]
    assert not rows(WorkLink).exists()


def test_there_is_an_end_to_links(work: UUID, lead: Person) -> None:
    for _ in range(MOST_LINKS):
        _add(work, lead)
    with pytest.raises(BadInput):
        _add(work, lead)


def test_who_may_not_and_what_is_not_there(work: UUID, lead: Person) -> None:
    _add(work, lead)
    view = one_work(work, by=lead)
    other = next(item.id for item in programme(view.view.id, by=lead).programme.work if item.id != work)
    [link] = view.links
    member = somebody("Member")
    Membership.objects.create(
        organisation_id=view.view.organisation_id, person=member, role=Role.ELECTED_MEMBER, created_at=NOW
    )
    with pytest.raises(Forbidden):
        _add(work, member)
    with pytest.raises(NotFound):
        take_link_away(work_id=other, link_id=link.id, by=lead, now=NOW)
    with pytest.raises(NotFound):
        _add(work, somebody("Stranger"))
    rows(Programme).update(state="closed")
    with pytest.raises(Closed):
        _add(work, lead)
    with pytest.raises(Closed):
        take_link_away(work_id=work, link_id=link.id, by=lead, now=NOW)
