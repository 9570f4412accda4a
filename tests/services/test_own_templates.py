"""A programme is saved as a template and started from again, in one's own organisation and in a partnership."""

import datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from tests.service import NOW, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.organisations import Kind
from commonweal.core.programme.models import Priority
from commonweal.formats.tree import Tree
from commonweal.services.actions.own_templates import save_template, take_template_away
from commonweal.services.actions.programmes import Frame, start_programme
from commonweal.services.actions.registers import add_entry
from commonweal.services.actions.work import add_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.errors import Forbidden, NotFound
from commonweal.services.people import Person
from commonweal.services.queries.own_templates import own_templates, template_for, where_to_save
from commonweal.services.queries.programmes import programme
from commonweal.standards.programme_templates import check_template
from commonweal.store.models import Membership, Organisation, OwnTemplate, Work, WorkNeed

pytestmark = pytest.mark.django_db
DAY = datetime.date(2027, 4, 1)


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def council(lead: Person) -> UUID:
    return an_organisation(lead)


def _start(council: UUID, lead: Person, reference: str, anchors: dict[str, datetime.date]) -> UUID:
    frame = Frame("P", "england-and-wales", None, None)
    return start_programme(organisation_id=council, reference=reference, frame=frame, anchors=anchors, by=lead, now=NOW)


def _save(made: UUID, owner: UUID, lead: Person, title: str = "Ours") -> UUID:
    return save_template(programme_id=made, owner_id=owner, title=title, purpose="", today=DAY, by=lead, now=NOW)


def _shape(id_: UUID, by: Person) -> list[tuple[object, ...]]:
    value = programme(id_, by=by).programme
    groups = {group.number: group.title for group in value.groups}
    return [
        (groups[item.group], item.topic, item.title, item.role, item.due, item.year, item.is_milestone, item.footnote)
        for item in sorted(value.work, key=lambda item: item.number)
    ]


@pytest.mark.parametrize(
    ("reference", "anchors"),
    [
        ("guiding-principles@1", {"start": DAY}),
        ("policy-refresh@1", {"adoption": datetime.date(2023, 10, 18)}),
    ],
)
def test_what_is_saved_starts_as_it_was(
    council: UUID, lead: Person, reference: str, anchors: dict[str, datetime.date]
) -> None:
    made = _start(council, lead, reference, anchors)
    saved = _save(made, council, lead)
    content = rows(OwnTemplate).get(pk=saved).content
    blank = [role for role in content["roles"] if not role["title"]]
    content["roles"] = [role for role in content["roles"] if role["title"]] + [{**one, "title": "x"} for one in blank]
    assert check_template(Tree(f"own-{saved}@1.yaml", content)) == []
    first = programme(made, by=lead).programme.starts_on
    again = _start(council, lead, f"own-{saved}@1", {"start": first})
    assert _shape(again, lead) == [one for one in _shape(made, lead) if one[4]]


def test_the_lead_times_of_the_group_that_decides_count(council: UUID, lead: Person) -> None:
    about = {
        "reference": "policy-refresh@1",
        "anchors": {"adoption": datetime.date(2023, 10, 18)},
        "by": lead,
        "now": NOW,
    }
    about["frame"] = Frame("P", "england-and-wales", None, None)
    values = {"name": "Cabinet", "kind": "Committee", "clearance": "10"}
    ours, theirs = (
        add_entry(organisation_id=home, register_id="groups", values=values, by=lead, now=NOW)
        for home in (council, an_organisation(lead, "Another of theirs"))
    )
    for stranger in (uuid4(), theirs):
        with pytest.raises(NotFound):
            start_programme(organisation_id=council, decided_by=stranger, **about)  # type: ignore[arg-type]
    made = start_programme(organisation_id=council, decided_by=ours, **about)  # type: ignore[arg-type]
    days = {item.title: item.due for item in programme(made, by=lead).programme.work}
    assert days["Final report cleared."] == datetime.date(2023, 10, 4)


def test_parts_order_and_how_it_is_known_to_be_done_go_along(council: UUID, lead: Person) -> None:
    made = _start(council, lead, "guiding-principles@1", {"start": DAY})
    first, second, third = rows(Work).filter(programme=made).order_by("number")[:3]
    last = rows(Work).filter(programme=made, due__isnull=False).exclude(group=first.group).order_by("-number")[0]
    rows(Work).filter(pk=second.pk).update(title="The second of all")
    second.refresh_from_db()
    said = {"due": first.due, "group": first.group.number}
    part = add_work(programme_id=made, details=WorkDetails(title="A part", **said), parent=third.pk, by=lead, now=NOW)
    rows(Work).filter(pk=first.pk).update(
        start=DAY, measurable="A list", achievable="We have people", relevant="Law", priority=1, effort_days="2.5"
    )
    for work, needed in ((first.pk, second.pk), (last.pk, part)):
        rows(WorkNeed).create(organisation_id=council, work_id=work, needed_id=needed)
    saved = _save(made, council, lead)
    content = rows(OwnTemplate).get(pk=saved).content
    content["roles"] = [{**role, "title": role["title"] or "x"} for role in content["roles"]]
    assert check_template(Tree(f"own-{saved}@1.yaml", content)) == []
    again = _start(council, lead, f"own-{saved}@1", {"start": DAY})
    work = {item.title: item for item in programme(again, by=lead).programme.work}
    copy = work[first.title]
    assert copy.needs == (work[second.title].id,)
    assert (copy.start, copy.priority, copy.effort_days) == (DAY, Priority.HIGH, Decimal("2.5"))
    assert (copy.measurable, copy.achievable, copy.relevant) == ("A list", "We have people", "Law")
    assert work["A part"].parent == work[third.title].id
    assert work[last.title].needs == (work["A part"].id,)


def test_a_part_and_what_needs_stand_in_any_group(council: UUID, lead: Person) -> None:
    """A part in the first group of a whole in the last, and work there that needs work of a later group."""
    made = _start(council, lead, "guiding-principles@1", {"start": DAY})
    dated = rows(Work).filter(programme=made, due__isnull=False)
    first, last = dated.order_by("group__number", "number").first(), dated.order_by("-group__number", "number").first()
    assert first is not None
    assert last is not None
    details = WorkDetails(title="A part before", group=first.group.number, due=first.due, needs=frozenset({first.pk}))
    add_work(programme_id=made, details=details, parent=last.pk, by=lead, now=NOW)
    rows(Work).filter(pk__in=[first.pk]).update(title="First of all")
    rows(Work).filter(pk=last.pk).update(title="Last of all")
    other = dated.filter(group=first.group).exclude(pk=first.pk)[0]
    rows(Work).filter(pk=other.pk).update(title="Waits for a later group")
    theirs = dated.filter(group=last.group).exclude(pk=last.pk)[0]
    rows(Work).filter(pk=theirs.pk).update(title="Needed from before")
    rows(WorkNeed).create(organisation_id=council, work=other, needed=theirs)
    saved = _save(made, council, lead)
    again = _start(council, lead, f"own-{saved}@1", {"start": DAY})
    work = {item.title: item for item in programme(again, by=lead).programme.work}
    assert work["A part before"].parent == work["Last of all"].id
    assert work["A part before"].needs == (work["First of all"].id,)
    assert [one.title for one in work.values() if one.id in work["Waits for a later group"].needs] == [
        "Needed from before"
    ]


def test_dates_that_leave_no_time_are_refused(council: UUID, lead: Person) -> None:
    for adoption, count in ((datetime.date(2027, 5, 1), "are due before the first day"), (DAY, "")):
        anchors = {"start": datetime.date(2027, 6, 1), "adoption": adoption}
        with pytest.raises(BadInput) as bad:
            _start(council, lead, "policy-refresh@1", anchors)
        assert bad.value.problems[0].place == "adoption"
        assert count in bad.value.problems[0].what
    assert _start(council, lead, "policy-refresh@1", {"adoption": datetime.date(2027, 5, 4)})
    assert _start(council, lead, "policy-refresh@1", {"start": DAY, "adoption": datetime.date(2027, 10, 18)})


def test_people_money_and_details_stay_behind(council: UUID, lead: Person) -> None:
    made = _start(council, lead, "guiding-principles@1", {"start": DAY})
    first, second = rows(Work).filter(programme=made).order_by("number")[:3:2]
    rows(Work).filter(pk=first.pk).update(owner=lead, cost=5, price_year=2027, detail="Secret")
    rows(Work).filter(pk=second.pk).update(state="dropped")
    saved = _save(made, council, lead)
    assert "Secret" not in str(rows(OwnTemplate).get(pk=saved).content)
    titles = {one[2] for one in _shape(_start(council, lead, f"own-{saved}@1", {"start": DAY}), lead)}
    assert first.title in titles
    assert second.title not in titles


def test_a_partnership_shares_and_others_find_nothing(council: UUID, lead: Person) -> None:
    keeper = somebody("Partnership lead")
    partnership = an_organisation(keeper, "Partners")
    rows(Organisation).filter(pk=partnership).update(kind=Kind.PARTNERSHIP.value)
    rows(Membership).create(organisation_id=partnership, person=lead, role=Role.LEAD_OFFICER, created_at=NOW)
    lead = Person.objects.get(pk=lead.pk)
    saved = _save(_start(council, lead, "guiding-principles@1", {"start": DAY}), partnership, lead, "Shared")
    other = somebody("Other lead")
    home = an_organisation(other, "Other Council")
    assert own_templates(home, by=other) == []
    assert template_for(home, f"own-{saved}@1", by=other) is None
    with pytest.raises(NotFound):
        _start(home, other, f"own-{saved}@1", {"start": DAY})
    with pytest.raises(NotFound):
        take_template_away(template_id=saved, by=other, now=NOW)
    rows(Membership).create(organisation_id=partnership, person=other, role=Role.ELECTED_MEMBER, created_at=NOW)
    other = Person.objects.get(pk=other.pk)
    assert [one.template.title for one in own_templates(home, by=other)] == ["Shared"]
    assert _start(home, other, f"own-{saved}@1", {"start": DAY})
    with pytest.raises(Forbidden):
        take_template_away(template_id=saved, by=other, now=NOW)
    assert take_template_away(template_id=saved, by=lead, now=NOW) == partnership


def test_where_it_may_be_saved(council: UUID, lead: Person) -> None:
    elsewhere = an_organisation(lead, "Another Council")
    assert [id_ for id_, _ in where_to_save(council, by=lead)] == [council]  # another council is no partnership
    saved = _save(_start(council, lead, "guiding-principles@1", {"start": DAY}), council, lead)
    assert own_templates(elsewhere, by=lead) == []
    assert saved
    made = _start(council, lead, "guiding-principles@1", {"start": DAY})
    with pytest.raises(BadInput):
        _save(made, council, lead, " ")
    rows(Work).filter(programme=made).update(due=None)
    with pytest.raises(BadInput):
        _save(made, council, lead)
