"""What an organisation says of itself, and whom it follows."""

import datetime

import pytest
from tests.service import DAY, NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.identifiers import BY_CODE, SCHEMES, refused_identifier
from commonweal.core.maturity.models import Index
from commonweal.core.organisations import Kind, Size, Takeover
from commonweal.services.actions.answers import keep_plan_note
from commonweal.services.actions.organisations import Description, describe_organisation, end_succession, follow
from commonweal.services.actions.programmes import Frame, start_programme
from commonweal.services.errors import Forbidden, NotFound, Stale
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.organisations import described
from commonweal.services.queries.trail import whole_trail
from commonweal.store.models import Change, Membership, OrganisationPart, Work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.code)
def test_every_example_has_the_form_of_its_scheme(scheme: object) -> None:
    assert refused_identifier(scheme, scheme.example) is None  # type: ignore[arg-type, attr-defined]
    assert refused_identifier(scheme, "walden council")  # type: ignore[arg-type]
    assert refused_identifier(scheme, scheme.example + "?")  # type: ignore[arg-type, attr-defined]


def test_settings_are_saved_from_a_version_and_written_down() -> None:
    owner = somebody()
    id_ = an_organisation(owner)
    said = Description(
        "Walden Borough Council",
        Kind.BOROUGH,
        Size.LARGE,
        starts_on=datetime.date(2028, 4, 1),
        identifiers={"GSS": "E08000030", "GB-PPON": "PBZB-4962-TVLR"},
        departments=("Housing", "Adult care"),
        partners=(),
    )
    describe_organisation(organisation_id=id_, version=0, said=said, by=owner, now=NOW)
    found = described(id_, by=owner)
    assert (found.version, found.identifiers, found.departments) == (1, said.identifiers, ("Adult care", "Housing"))
    assert found.is_shadow(datetime.date(2028, 3, 31))
    assert not found.is_shadow(datetime.date(2028, 4, 1))
    with pytest.raises(Stale):
        describe_organisation(organisation_id=id_, version=0, said=said, by=owner, now=NOW)
    entry = rows(Change).get(act="settings changed")
    assert entry.said["before"]["name"] == "Example Council"
    assert entry.said["after"]["identifiers"] == ["GB-PPON-PBZB-4962-TVLR", "GSS-E08000030"]
    describe_organisation(organisation_id=id_, version=1, said=said, by=owner, now=NOW)
    assert rows(Change).filter(act="settings changed").count() == 1  # the same once more is nothing to write down


def test_a_department_may_be_renamed_and_does_not_go_while_work_lies_with_it() -> None:
    owner = somebody()
    id_ = an_organisation(owner)

    def save(*departments: str) -> None:
        said = Description("Walden", Kind.BOROUGH, None, departments=departments)
        describe_organisation(
            organisation_id=id_, version=described(id_, by=owner).version, said=said, by=owner, now=NOW
        )

    save("Estates", "Health", "Housing")
    health = rows(OrganisationPart).get(organisation_id=id_, name="Health").pk
    frame = Frame("P", "scotland", None, None)
    made = start_programme(
        organisation_id=id_,
        reference="guiding-principles@1",
        frame=frame,
        anchors={"start": NOW.date()},
        by=owner,
        now=NOW,
    )
    work = rows(Work).filter(programme=made)[0]
    rows(Work).filter(pk=work.pk).update(department_id=health)
    save("Estates", "Health and care", "Housing")
    assert rows(OrganisationPart).get(pk=health).name == "Health and care"
    with pytest.raises(BadInput) as bad:
        save("Estates", "Housing")
    assert bad.value.problems[0].what == "One piece of work lies with Health and care."
    assert rows(Work).get(pk=work.pk).department_id == health
    rows(Work).filter(pk=work.pk).update(state="confirmed")
    save("Estates", "Housing")
    assert not rows(OrganisationPart).filter(pk=health).exists()


def test_a_wrong_identifier_is_placed_and_nothing_is_saved() -> None:
    owner = somebody()
    id_ = an_organisation(owner)
    said = Description("Walden", Kind.UNITARY, None, identifiers={"GB-COH": "12"})
    with pytest.raises(BadInput) as caught:
        describe_organisation(organisation_id=id_, version=0, said=said, by=owner, now=NOW)
    assert [problem.place for problem in caught.value.problems] == ["GB-COH"]
    assert BY_CODE["GB-COH"].example in caught.value.problems[0].remedy
    assert described(id_, by=owner).version == 0


def test_only_owners_change_settings() -> None:
    owner, lead = somebody(), somebody("Lead")
    id_ = an_organisation(owner)
    Membership.objects.create(organisation_id=id_, person=lead, role=Role.LEAD_OFFICER, created_at=NOW)
    said = Description("Walden", Kind.UNITARY, None)
    with pytest.raises(Forbidden):
        describe_organisation(organisation_id=id_, version=0, said=said, by=lead, now=NOW)
    with pytest.raises(NotFound):
        describe_organisation(organisation_id=id_, version=0, said=said, by=somebody("Stranger"), now=NOW)


def test_a_successor_reads_what_was_left_and_changes_nothing(index: Index) -> None:
    owner, member, placed_only = somebody(), somebody("Member"), somebody("Evaluator")
    old, new = an_organisation(owner, "Old District"), an_organisation(owner, "New Unitary")
    round_ = a_round(owner, index, organisation=old)
    for person, role in ((member, Role.ELECTED_MEMBER), (placed_only, Role.EVALUATOR)):
        Membership.objects.create(organisation_id=new, person=person, role=role, created_at=NOW)
    with pytest.raises(NotFound):
        assessment_round(round_, by=member)
    follow(successor_id=new, predecessor_id=old, kind=Takeover.MERGER, on=DAY, by=owner, now=NOW)
    follow(successor_id=new, predecessor_id=old, kind=Takeover.MERGER, on=DAY, by=owner, now=NOW)
    member, placed_only = (Person.objects.get(pk=person.pk) for person in (member, placed_only))
    assert assessment_round(round_, by=member).organisation == "Old District"
    with pytest.raises(Forbidden):
        keep_plan_note(assessment_id=round_, code=index.themes[0].code, version=0, text="x", by=member, now=NOW)
    with pytest.raises(NotFound):
        assessment_round(round_, by=placed_only)
    assert [name for _, name, _, _ in described(new, by=member).predecessors] == ["Old District"]
    assert described(new, by=placed_only).predecessors == ()  # who inherits nothing is told of nothing
    assert rows(Change).filter(act="succession recorded").count() == 2


def test_what_a_predecessor_took_over_itself_is_read_too_with_its_trail(index: Index) -> None:
    owner, lead, officer = somebody(), somebody("Lead"), somebody("Officer")
    oldest, old, new = (an_organisation(owner, name) for name in ("Parish", "District", "Unitary"))
    round_ = a_round(owner, index, organisation=oldest)
    for person, role in ((lead, Role.LEAD_OFFICER), (officer, Role.OFFICER)):
        Membership.objects.create(organisation_id=new, person=person, role=role, created_at=NOW)
    follow(successor_id=old, predecessor_id=oldest, kind=Takeover.MERGER, on=DAY, by=owner, now=NOW)
    follow(successor_id=new, predecessor_id=old, kind=Takeover.MERGER, on=DAY, by=owner, now=NOW)
    lead, officer = (Person.objects.get(pk=person.pk) for person in (lead, officer))
    for person in (lead, officer):
        assert assessment_round(round_, by=person).organisation == "Parish"
    assert [entry.act for entry in whole_trail(oldest, by=lead)][:2] == ["organisation created", "assessment opened"]
    with pytest.raises(Forbidden):
        whole_trail(oldest, by=officer)
    end_succession(successor_id=old, predecessor_id=oldest, by=owner, now=NOW)
    with pytest.raises(NotFound):
        assessment_round(round_, by=Person.objects.get(pk=lead.pk))


def test_nobody_takes_over_what_they_do_not_own() -> None:
    owner, other = somebody(), somebody("Other")
    mine, theirs = an_organisation(owner), an_organisation(other, "Theirs")
    with pytest.raises(NotFound):
        follow(successor_id=mine, predecessor_id=theirs, kind=Takeover.MERGER, on=DAY, by=owner, now=NOW)
    for person in (owner, other):  # a lead officer's seat in the other is not enough
        Membership.objects.create(
            organisation_id=theirs if person is owner else mine,
            person=person,
            role=Role.LEAD_OFFICER,
            created_at=NOW,
        )
        person.forget_access()
    for successor, predecessor in ((mine, theirs), (theirs, mine)):
        with pytest.raises(Forbidden):
            follow(successor_id=successor, predecessor_id=predecessor, kind=Takeover.MERGER, on=DAY, by=owner, now=NOW)
    with pytest.raises(BadInput):
        follow(successor_id=mine, predecessor_id=mine, kind=Takeover.MERGER, on=DAY, by=owner, now=NOW)


def test_a_succession_begins_on_its_day_and_can_be_taken_back(index: Index) -> None:
    owner, member = somebody(), somebody("Member")
    old, new = an_organisation(owner, "Old District"), an_organisation(owner, "New Unitary")
    round_ = a_round(owner, index, organisation=old)
    seat = Membership.objects.create(organisation_id=new, person=member, role=Role.ELECTED_MEMBER, created_at=NOW)
    later = datetime.date.today() + datetime.timedelta(days=400)  # noqa: DTZ011  a day far off
    follow(successor_id=new, predecessor_id=old, kind=Takeover.SPLIT, on=later, by=owner, now=NOW)
    assert [name for _, name, _ in described(old, by=owner).successors] == ["New Unitary"]
    with pytest.raises(NotFound):
        assessment_round(round_, by=Person.objects.get(pk=member.pk))
    end_succession(successor_id=new, predecessor_id=old, by=owner, now=NOW)
    with pytest.raises(NotFound):
        end_succession(successor_id=new, predecessor_id=old, by=owner, now=NOW)
    follow(successor_id=new, predecessor_id=old, kind=Takeover.SPLIT, on=DAY, by=owner, now=NOW)
    assert assessment_round(round_, by=Person.objects.get(pk=member.pk))
    for role in (Role.GLASS_BREAKER, Role.READER, Role.SUPPLIER_CONTACT):  # not their own people
        rows(Membership).filter(pk=seat.pk).update(role=role)
        with pytest.raises(NotFound):
            assessment_round(round_, by=Person.objects.get(pk=member.pk))


@pytest.mark.parametrize(("kind", "on"), [(Takeover.SPLIT, DAY), (Takeover.MERGER, DAY + datetime.timedelta(days=1))])
def test_a_succession_is_not_changed_unseen(kind: Takeover, on: datetime.date) -> None:
    owner = somebody()
    old, new = an_organisation(owner, "Old District"), an_organisation(owner, "New Unitary")
    follow(successor_id=new, predecessor_id=old, kind=Takeover.MERGER, on=DAY, by=owner, now=NOW)
    with pytest.raises(BadInput, match="It follows Old District already"):
        follow(successor_id=new, predecessor_id=old, kind=kind, on=on, by=owner, now=NOW)
    assert rows(Change).filter(act="succession recorded").count() == 2


def test_nobody_else_takes_a_succession_back() -> None:
    owner, other = somebody(), somebody("Other")
    old, new = an_organisation(owner, "Old District"), an_organisation(owner, "New Unitary")
    an_organisation(other, "Elsewhere")
    follow(successor_id=new, predecessor_id=old, kind=Takeover.SPLIT, on=DAY, by=owner, now=NOW)
    with pytest.raises(NotFound):
        end_succession(successor_id=new, predecessor_id=old, by=Person.objects.get(pk=other.pk), now=NOW)
    assert [name for _, name, _ in described(old, by=owner).successors] == ["New Unitary"]


def test_both_trails_tell_that_a_succession_was_taken_back() -> None:
    both, left = somebody(), somebody("Left")
    old, new = an_organisation(both, "Old District"), an_organisation(both, "New Unitary")
    follow(successor_id=new, predecessor_id=old, kind=Takeover.SPLIT, on=DAY, by=both, now=NOW)
    Membership.objects.create(organisation_id=old, person=left, role=Role.OWNER, created_at=NOW)
    end_succession(successor_id=new, predecessor_id=old, by=Person.objects.get(pk=left.pk), now=NOW)
    told = rows(Change).filter(act="succession taken back").values_list("organisation_id", flat=True)
    assert set(told) == {old, new}


def test_digits_are_those_that_a_register_uses() -> None:
    assert refused_identifier(BY_CODE["GB-COH"], "0123456\u0667")
