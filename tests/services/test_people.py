"""Invitations, seats and placements: who gives what to whom, and when it ends."""

import datetime
from typing import Any

import pytest
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import FOR_OUTSIDERS, PLATFORMS, TABLE, Action, Reach, Role
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.organisations import Kind
from commonweal.core.seats import WHOLE
from commonweal.services.actions.answers import save_theme
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.actions.people import (
    MOST_A_DAY,
    accept_invitation,
    change_own_name,
    end_seat,
    invite,
    place,
    revoke_invitation,
    unplace,
)
from commonweal.services.errors import Forbidden, NotFound, Stale
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.people import invitations, offer, placeable, placements, seats
from commonweal.store.models import Change, Invitation, Membership, Placement

pytestmark = pytest.mark.django_db
WEEK = datetime.timedelta(days=7)


def _invite(by: Person, organisation: object, email: str = "guest@council.example", **other: object) -> str:
    given = {"role": Role.OFFICER, "on_behalf_of": "", "ends_at": None, "by": by, "now": NOW, **other}
    return invite(organisation_id=organisation, email=email, **given)  # type: ignore[arg-type]


def _again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_an_invitation_is_for_one_address_and_works_once() -> None:
    owner, guest, other = somebody(), somebody("Guest"), somebody("Other")
    organisation = an_organisation(owner)
    token = _invite(owner, organisation, "GUEST@council.example")
    assert offer(token, now=NOW).role is Role.OFFICER
    assert token not in str(list(rows(Invitation).values()))
    with pytest.raises(NotFound):
        accept_invitation(token=token, by=other, now=NOW)
    assert accept_invitation(token=token, by=guest, now=NOW) == organisation
    assert _again(guest).access.roles(organisation) == (Role.OFFICER,)
    with pytest.raises(NotFound):
        accept_invitation(token=token, by=guest, now=NOW)
    with pytest.raises(NotFound):
        offer(token, now=NOW)


@pytest.mark.parametrize("how", ["too old", "taken back", "invited again"])
def test_an_invitation_that_is_over_opens_nothing(how: str) -> None:
    owner, guest = somebody(), somebody("Guest")
    organisation = an_organisation(owner)
    token, now = _invite(owner, organisation), NOW
    if how == "too old":
        now = NOW + WEEK
    elif how == "taken back":
        revoke_invitation(invitation_id=rows(Invitation).get().pk, by=owner, now=NOW)
    else:
        _invite(owner, organisation)
    with pytest.raises(NotFound):
        accept_invitation(token=token, by=guest, now=now)
    assert not _again(guest).access.seats


@pytest.mark.parametrize("role", sorted(PLATFORMS))
def test_what_is_the_platforms_cannot_be_given(role: Role) -> None:
    owner = somebody()
    with pytest.raises(BadInput):
        _invite(owner, an_organisation(owner), role=role)
    assert not rows(Invitation).exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in FOR_OUTSIDERS])
def test_outsiders_get_only_what_is_for_outsiders(role: Role) -> None:
    owner = somebody()
    with pytest.raises(BadInput):
        _invite(owner, an_organisation(owner), role=role, on_behalf_of="Brightway Builders", ends_at=NOW + WEEK)


def test_who_acts_for_another_organisation_has_a_seat_for_a_time() -> None:
    owner = somebody()
    given = {"role": Role.SUPPLIER_CONTACT, "on_behalf_of": "Brightway Builders"}
    with pytest.raises(BadInput) as caught:
        _invite(owner, an_organisation(owner), **given)
    assert [problem.place for problem in caught.value.problems] == ["ends_at"]
    assert _invite(owner, an_organisation(owner), **given, ends_at=NOW + WEEK)


def test_only_a_publisher_of_indexes_has_index_keepers() -> None:
    owner = somebody()
    with pytest.raises(BadInput, match="publishes indexes"):
        _invite(owner, an_organisation(owner), role=Role.INDEX_KEEPER)
    publisher = create_organisation(name="Task force", kind=Kind.INDEX_KEEPER, size=None, by=owner, now=NOW)
    assert _invite(_again(owner), publisher, role=Role.INDEX_KEEPER)


def test_only_owners_invite_and_end() -> None:
    owner, officer = somebody(), somebody("Officer")
    organisation = an_organisation(owner)
    Membership.objects.create(organisation_id=organisation, person=officer, role=Role.LEAD_OFFICER, created_at=NOW)
    with pytest.raises(Forbidden):
        _invite(officer, organisation)
    with pytest.raises(Forbidden):
        seats(organisation, by=officer, now=NOW)
    with pytest.raises(Forbidden):
        invitations(organisation, by=officer, now=NOW)
    with pytest.raises(NotFound):
        end_seat(membership_id=rows(Membership).filter(role=Role.OWNER).get().pk, by=officer, now=NOW)
    assert [line.role for line in seats(organisation, by=owner, now=NOW)] == [
        Role.OWNER,
        Role.LEAD_OFFICER,
        Role.LEAD_OFFICER,
    ]


def test_the_last_owner_stays() -> None:
    owner, second = somebody(), somebody("Second")
    organisation = an_organisation(owner)
    first = rows(Membership).get(role=Role.OWNER)
    with pytest.raises(BadInput):
        end_seat(membership_id=first.pk, by=owner, now=NOW)
    accept_invitation(token=_invite(owner, organisation, str(second.email), role=Role.OWNER), by=second, now=NOW)
    end_seat(membership_id=first.pk, by=_again(second), now=NOW)
    assert _again(owner).access.roles(organisation) == (Role.LEAD_OFFICER,)
    with pytest.raises(BadInput):
        end_seat(membership_id=rows(Membership).get(role=Role.OWNER, ended_at=None).pk, by=_again(second), now=NOW)


def test_a_dated_seat_ends_by_itself() -> None:
    owner, guest = somebody(), somebody("Guest")
    organisation = an_organisation(owner)
    yesterday = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    before = yesterday - WEEK
    token = _invite(owner, organisation, role=Role.READER, ends_at=yesterday, now=before)
    accept_invitation(token=token, by=guest, now=before)
    assert not _again(guest).access.seats
    with pytest.raises(BadInput):
        _invite(owner, organisation, ends_at=NOW)


def test_an_officer_answers_where_placed_and_nowhere_else(index: Index) -> None:
    owner, officer = somebody(), somebody("Officer")
    organisation = an_organisation(owner)
    round_ = a_round(owner, index, organisation=organisation)
    accept_invitation(token=_invite(owner, organisation, str(officer.email)), by=officer, now=NOW)
    seat = rows(Membership).get(person=officer)
    first, second = index.themes[:2]
    place(assessment_id=round_, membership_id=seat.pk, theme=first.code, by=owner, now=NOW)
    place(assessment_id=round_, membership_id=seat.pk, theme=first.code, by=owner, now=NOW)
    assert [line.theme for line in placements(round_, by=owner)] == [first.code]
    officer = _again(officer)

    def save(theme: object) -> None:
        answers = {theme.questions[0].id: QuestionAnswer(1, 1)}  # type: ignore[attr-defined]
        save_theme(assessment_id=round_, code=theme.code, version=0, read=lambda _: answers, by=officer, now=NOW)  # type: ignore[attr-defined]

    save(first)
    with pytest.raises(Forbidden):
        save(second)
    shown = assessment_round(round_, by=officer)
    assert (shown.may_change(first.code), shown.may_change(second.code), shown.may_change()) == (True, False, False)
    unplace(placement_id=rows(Placement).get().pk, by=owner, now=NOW)
    officer = _again(officer)
    with pytest.raises(Forbidden):
        save(first)


def test_who_has_no_address_takes_no_invitation_up() -> None:
    owner = somebody("Owner")
    asked: dict[str, Any] = {"role": Role.READER, "on_behalf_of": "", "ends_at": None}
    token = invite(organisation_id=an_organisation(owner), email="guest@council.example", by=owner, now=NOW, **asked)
    with pytest.raises(NotFound):
        accept_invitation(token=token, by=Person.objects.local(), now=NOW)


def test_nobody_is_placed_on_a_theme_that_is_not_there(index: Index) -> None:
    owner = somebody("Owner")
    organisation = an_organisation(owner)
    round_ = a_round(owner, index, organisation=organisation)
    seat = rows(Membership).get(organisation_id=organisation, role=Role.OWNER)
    with pytest.raises(NotFound):
        place(assessment_id=round_, membership_id=seat.pk, theme="Z", by=owner, now=NOW)


def test_nobody_is_placed_on_what_belongs_to_others(index: Index) -> None:
    owner, other = somebody(), somebody("Other owner")
    mine, theirs = an_organisation(owner), an_organisation(other, "Other Council")
    round_ = a_round(owner, index, organisation=mine)
    foreign_round = a_round(other, index, organisation=theirs)
    foreign_seat = rows(Membership).filter(organisation_id=theirs).first()
    own_seat = rows(Membership).filter(organisation_id=mine).first()
    assert foreign_seat
    assert own_seat
    for assessment, seat in ((round_, foreign_seat), (foreign_round, own_seat)):
        with pytest.raises(NotFound):
            place(assessment_id=assessment, membership_id=seat.pk, theme=WHOLE, by=owner, now=NOW)
    assert not rows(Placement).exists()


def test_every_act_is_written_down() -> None:
    owner, guest = somebody(), somebody("Guest")
    organisation = an_organisation(owner)
    _invite(owner, organisation, "late@council.example")
    revoke_invitation(invitation_id=invitations(organisation, by=owner, now=NOW)[0].id, by=owner, now=NOW)
    accept_invitation(token=_invite(owner, organisation), by=guest, now=NOW)
    end_seat(membership_id=rows(Membership).get(person=guest).pk, by=owner, now=NOW)
    assert [change.act for change in rows(Change)] == [
        "organisation created",
        "person invited",
        "invitation taken back",
        "person invited",
        "seat taken",
        "seat ended",
    ]


@pytest.mark.parametrize("email", ["mar\u212a@council.example", "b\u00fcro@council.example"])
def test_an_address_with_signs_that_look_alike_is_refused(email: str) -> None:
    owner = somebody()
    with pytest.raises(BadInput, match="mail servers"):
        _invite(owner, an_organisation(owner), email)


def test_a_dated_owner_is_not_the_one_who_stays() -> None:
    owner, second = somebody(), somebody("Second")
    organisation = an_organisation(owner)
    later = datetime.datetime.now(datetime.UTC) + WEEK
    token = _invite(owner, organisation, str(second.email), role=Role.OWNER, ends_at=later)
    accept_invitation(token=token, by=second, now=NOW)
    with pytest.raises(BadInput, match="last owner"):
        end_seat(membership_id=rows(Membership).get(person=owner, role=Role.OWNER).pk, by=owner, now=NOW)


def test_a_new_invitation_renews_a_seat_that_ran_out() -> None:
    owner, guest = somebody(), somebody("Guest")
    organisation = an_organisation(owner)
    yesterday = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    before = yesterday - WEEK
    token = _invite(owner, organisation, role=Role.READER, ends_at=yesterday, now=before)
    accept_invitation(token=token, by=guest, now=before)
    assert not _again(guest).access.seats
    accept_invitation(token=_invite(owner, organisation, role=Role.READER), by=guest, now=NOW)
    assert _again(guest).access.roles(organisation) == (Role.READER,)
    assert rows(Membership).filter(person=guest, ended_at=None).count() == 1


def test_who_reads_only_where_placed_is_placed_on_the_whole(index: Index) -> None:
    owner, supplier = somebody(), somebody("Supplier")
    organisation = an_organisation(owner)
    round_ = a_round(owner, index, organisation=organisation)
    seat = Membership.objects.create(
        organisation_id=organisation, person=supplier, role=Role.SUPPLIER_CONTACT, created_at=NOW
    )
    with pytest.raises(BadInput, match="read as a whole"):
        place(assessment_id=round_, membership_id=seat.pk, theme=index.themes[0].code, by=owner, now=NOW)
    place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=owner, now=NOW)


def test_one_person_does_not_write_to_the_whole_world() -> None:
    owner = somebody()
    organisation = an_organisation(owner)
    for number in range(MOST_A_DAY):
        _invite(owner, organisation, f"guest{number}@council.example")
    with pytest.raises(BadInput, match="very many people"):
        _invite(owner, organisation)
    _invite(owner, organisation, now=NOW + datetime.timedelta(days=1, seconds=1))


@pytest.mark.parametrize("role", [role for role in Role if TABLE[role, Action.PLACE] is Reach.NOTHING])
def test_only_owners_and_lead_officers_place_people(role: Role, index: Index) -> None:
    owner, other = somebody(), somebody("Other")
    organisation = an_organisation(owner)
    round_ = a_round(owner, index, organisation=organisation)
    seat = Membership.objects.create(organisation_id=organisation, person=other, role=role, created_at=NOW)
    place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=owner, now=NOW)
    placement = rows(Placement).get()
    reads = TABLE[role, Action.READ] in {Reach.EVERYTHING, Reach.PLACED}
    with pytest.raises(Forbidden if reads else NotFound):
        place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=other, now=NOW)
    with pytest.raises((Forbidden, NotFound)):
        unplace(placement_id=placement.pk, by=other, now=NOW)
    with pytest.raises((Forbidden, NotFound)):
        placements(round_, by=other)
    with pytest.raises((Forbidden, NotFound)):
        placeable(round_, by=other, now=NOW)
    assert rows(Placement).count() == 1


def test_a_renewed_seat_keeps_what_it_was_placed_on(index: Index) -> None:
    owner, assurer = somebody(), somebody("Guest")
    organisation = an_organisation(owner)
    round_ = a_round(owner, index, organisation=organisation)
    accept_invitation(token=_invite(owner, organisation, role=Role.ASSURER), by=assurer, now=NOW)
    seat = rows(Membership).get(person=assurer, ended_at=None)
    place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=owner, now=NOW)
    later = NOW + WEEK / 7
    accept_invitation(token=_invite(owner, organisation, role=Role.ASSURER), by=assurer, now=later)
    assert rows(Membership).filter(person=assurer, ended_at=None).exclude(pk=seat.pk).exists()
    assert _again(assurer).access.may_with(Action.READ, organisation, round_)


def test_the_last_owner_does_not_become_one_with_an_end() -> None:
    owner = somebody()
    organisation = an_organisation(owner)
    token = _invite(owner, organisation, str(owner.email), role=Role.OWNER, ends_at=NOW + WEEK)
    with pytest.raises(BadInput, match="last owner"):
        accept_invitation(token=token, by=owner, now=NOW)
    assert _again(owner).access.may(Action.MANAGE_PEOPLE, organisation)


def test_who_has_to_leave_does_not_come_back_by_an_invitation_of_their_own() -> None:
    first, second, friend = somebody(), somebody("Second"), somebody("Guest")
    organisation = an_organisation(first)
    accept_invitation(token=_invite(first, organisation, str(second.email), role=Role.OWNER), by=second, now=NOW)
    token = _invite(_again(second), organisation, role=Role.OWNER)
    seat = rows(Membership).get(person=second, role=Role.OWNER, ended_at=None)
    end_seat(membership_id=seat.pk, by=_again(first), now=NOW)
    with pytest.raises(NotFound):
        accept_invitation(token=token, by=friend, now=NOW)


def test_nobody_is_placed_whose_seat_ran_out(index: Index) -> None:
    owner, guest = somebody(), somebody("Guest")
    organisation = an_organisation(owner)
    round_ = a_round(owner, index, organisation=organisation)
    token = _invite(owner, organisation, role=Role.ASSURER, ends_at=NOW + WEEK)
    accept_invitation(token=token, by=guest, now=NOW)
    seat = rows(Membership).get(person=guest)
    with pytest.raises(NotFound):
        place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=owner, now=NOW + 2 * WEEK)


def test_one_puts_ones_own_name_right_and_every_trail_says_so() -> None:
    me, other = somebody("Jane Smth"), somebody("Other")
    homes = [an_organisation(me), an_organisation(other)]
    Membership.objects.create(organisation_id=homes[1], person=me, role=Role.READER, created_at=NOW)
    left = an_organisation(other)
    Membership.objects.create(organisation_id=left, person=me, role=Role.READER, created_at=NOW, ended_at=NOW)
    me = Person.objects.get(pk=me.pk)
    change_own_name(was=me.name, name="Jane Smith", by=me, now=NOW)
    change_own_name(was="Jane Smith", name="Jane Smith", by=me, now=NOW)
    with pytest.raises(Stale):
        change_own_name(was="Somebody else", name="Jane", by=me, now=NOW)
    assert Person.objects.get(pk=me.pk).name == "Jane Smith"
    found = {entry.organisation_id: entry.said for entry in rows(Change).filter(act="name changed")}
    assert set(found) == set(homes)
    said = found[homes[1]]
    assert (said["before"], said["after"]) == ({"name": "Jane Smth"}, {"name": "Jane Smith"})


@pytest.mark.parametrize("name", ["", "\u200b", "x" * 121, "Jane\u202eSmith"])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    me = somebody("Jane Smith")
    with pytest.raises(BadInput) as caught:
        change_own_name(was=me.name, name=name, by=me, now=NOW)
    assert caught.value.problems[0].place == "name"
    assert Person.objects.get(pk=me.pk).name == "Jane Smith"
