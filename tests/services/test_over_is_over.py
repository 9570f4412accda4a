"""What ended, was taken back or was accepted stays as it was: no later act begins it again, or ends it once more."""

import datetime
from uuid import UUID

import pytest
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index
from commonweal.core.seats import WHOLE
from commonweal.services.actions.people import accept_invitation, end_seat, invite, place, revoke_invitation
from commonweal.services.actions.platform import break_glass
from commonweal.services.actions.privacy import erase_person
from commonweal.services.errors import NotFound
from commonweal.services.people import Person
from commonweal.store.models import Change, Invitation, Membership, Placement

pytestmark = pytest.mark.django_db
LATER = NOW + datetime.timedelta(hours=1)


def _invited(by: Person, organisation: UUID, who: Person, now: datetime.datetime = NOW) -> str:
    return invite(
        organisation_id=organisation,
        email=str(who.email),
        role=Role.OFFICER,
        on_behalf_of="",
        ends_at=None,
        by=Person.objects.get(pk=by.pk),
        now=now,
    )


def _seat(organisation: UUID, who: Person, role: Role = Role.OWNER, *, ended: bool = False) -> Membership:
    ended_at = NOW if ended else None
    return Membership.objects.create(
        organisation_id=organisation, person=who, role=role, created_at=NOW, ended_at=ended_at
    )


def _moments() -> dict[UUID, tuple[object, object]]:
    return {pk: (accepted, revoked) for pk, accepted, revoked in _invitations()}


def _invitations() -> list[tuple[UUID, object, object]]:
    return list(rows(Invitation).values_list("pk", "accepted_at", "revoked_at"))


def test_another_invitation_takes_back_only_what_is_open() -> None:
    owner, guest = somebody(), somebody("Guest")
    organisation = an_organisation(owner)
    _invited(owner, organisation, guest)
    accept_invitation(token=_invited(owner, organisation, guest), by=guest, now=NOW)
    before = _moments()
    _invited(owner, organisation, guest, LATER)
    after = _moments()
    assert {pk: after[pk] for pk in before} == before
    assert rows(Change).filter(act="invitation taken back").count() == 1  # the first, by the second


def test_what_was_accepted_is_not_taken_back() -> None:
    owner, guest = somebody(), somebody("Guest")
    organisation = an_organisation(owner)
    accept_invitation(token=_invited(owner, organisation, guest), by=guest, now=NOW)
    with pytest.raises(NotFound):
        revoke_invitation(invitation_id=rows(Invitation).get().pk, by=Person.objects.get(pk=owner.pk), now=LATER)


def test_who_comes_back_has_a_new_seat_and_nothing_of_the_ended_one(index: Index) -> None:
    owner, guest = somebody(), somebody("Guest")
    organisation = an_organisation(owner)
    round_ = a_round(owner, index, organisation=organisation)
    accept_invitation(token=_invited(owner, organisation, guest), by=guest, now=NOW)
    seat = rows(Membership).get(person=guest)
    owner = Person.objects.get(pk=owner.pk)
    place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=owner, now=NOW)
    end_seat(membership_id=seat.pk, by=owner, now=NOW)
    token = _invited(owner, organisation, guest, LATER)
    accept_invitation(token=token, by=Person.objects.get(pk=guest.pk), now=LATER)
    seat.refresh_from_db()
    assert seat.ended_at == NOW
    assert not rows(Placement).filter(membership__ended_at=None).exists()


def test_an_owner_whose_account_is_closed_is_none() -> None:
    owner, closed = somebody(), somebody("Closed")
    organisation = an_organisation(owner)
    _seat(organisation, closed)
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    with pytest.raises(BadInput, match="the last owner"):
        end_seat(
            membership_id=rows(Membership).get(person=owner, role=Role.OWNER).pk,
            by=Person.objects.get(pk=owner.pk),
            now=NOW,
        )


def test_who_has_to_leave_loses_only_the_offers_that_are_open() -> None:
    owner, leaving, guest, other = somebody(), somebody("Leaving"), somebody("Guest"), somebody("Other")
    organisation = an_organisation(owner)
    seat = _seat(organisation, leaving)
    accept_invitation(token=_invited(leaving, organisation, guest), by=guest, now=NOW)
    _invited(leaving, organisation, other)
    _invited(leaving, organisation, other)
    before = {pk: moments for pk, moments in _moments().items() if moments != (None, None)}
    end_seat(membership_id=seat.pk, by=Person.objects.get(pk=owner.pk), now=LATER)
    after = _moments()
    assert {pk: after[pk] for pk in before} == before
    assert sorted(map(str, after.values())) == sorted(map(str, [*before.values(), (None, LATER)]))
    assert rows(Change).filter(act="invitation taken back").count() == 2


def test_a_glass_that_was_broken_before_ended_when_it_did() -> None:
    operator, organisation = somebody("Operator"), an_organisation(somebody())
    Person.objects.filter(pk=operator.pk).update(is_operator=True)
    reason = "The owner asked on the telephone"
    for now in (NOW, LATER, LATER + datetime.timedelta(hours=1)):
        break_glass(organisation_id=organisation, reason=reason, by=Person.objects.get(pk=operator.pk), now=now)
    ended = rows(Membership).filter(person=operator).order_by("created_at").values_list("ended_at", flat=True)
    assert list(ended) == [LATER, LATER + datetime.timedelta(hours=1), None]


@pytest.mark.parametrize("how", ["ended", "closed"])
def test_who_is_gone_needs_no_owner(how: str) -> None:
    owner, other = somebody(), somebody("Other")
    _seat(an_organisation(owner), other, Role.OFFICER, ended=how == "ended")
    Person.objects.filter(pk=other.pk).update(is_active=how != "closed")
    erase_person(email=str(owner.email), now=LATER)
    assert not Person.objects.get(pk=owner.pk).is_active


def test_an_erasure_ends_what_is_open_and_nothing_else() -> None:
    owner, erased, guest, other = somebody(), somebody("Erased"), somebody("Guest"), somebody("Other")
    organisation = an_organisation(owner)
    _seat(organisation, erased)
    seat = _seat(organisation, erased, Role.READER, ended=True)
    accept_invitation(token=_invited(erased, organisation, guest), by=guest, now=NOW)
    _invited(erased, organisation, other)
    _invited(erased, organisation, other)
    before = {pk: moments for pk, moments in _moments().items() if moments != (None, None)}
    erase_person(email=str(erased.email), now=LATER)
    seat.refresh_from_db()
    assert seat.ended_at == NOW
    assert rows(Change).filter(act="seat ended").count() == 1
    after = _moments()
    assert {pk: after[pk] for pk in before} == before


def test_only_their_own_earlier_addresses_are_taken_for_theirs() -> None:
    """An invitation to somebody else, who has not accepted, is not the erased person's."""
    owner, guest = somebody(), somebody("Guest")
    organisation = an_organisation(owner)
    accept_invitation(token=_invited(owner, organisation, guest), by=guest, now=NOW)
    _invited(owner, organisation, somebody("Waiting"), NOW)
    erase_person(email=str(guest.email), now=LATER)
    assert list(rows(Invitation).values_list("email", flat=True)) == ["waiting@council.example"]
