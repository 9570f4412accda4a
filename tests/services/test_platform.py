"""Breaking the glass: the operator alone, for a reason that can be read, in an organisation that is there."""

from uuid import uuid4

import pytest
from tests.service import NOW, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.services.actions.platform import GLASS_BROKEN_FOR, break_glass
from commonweal.services.errors import NotFound
from commonweal.services.people import Person
from commonweal.services.queries.organisations import let_in
from commonweal.store.models import Membership

pytestmark = pytest.mark.django_db
REASON = "The owner asked on the telephone why totals differ"


def _operator() -> Person:
    person = somebody("Platform operator")
    person.is_operator = True
    person.save()
    return person


def _let_in() -> list[Membership]:
    return list(rows(Membership).filter(role=Role.GLASS_BREAKER))


def test_the_operator_is_let_in_for_a_few_hours() -> None:
    organisation = an_organisation(somebody())
    break_glass(organisation_id=organisation, reason=REASON, by=_operator(), now=NOW)
    (seat,) = _let_in()
    assert (seat.organisation_id, seat.reason, seat.ends_at) == (organisation, REASON, NOW + GLASS_BROKEN_FOR)


def test_whoever_sees_the_organisation_sees_who_was_let_in() -> None:
    owner, supplier = somebody(), somebody("Supplier")
    organisation = an_organisation(owner)
    break_glass(organisation_id=organisation, reason=REASON, by=_operator(), now=NOW)
    Membership.objects.create(
        organisation_id=organisation, person=supplier, role=Role.SUPPLIER_CONTACT, created_at=NOW, on_behalf_of="Bids"
    )
    for person in (Person.objects.get(pk=owner.pk), Person.objects.get(pk=supplier.pk)):
        assert [line.reason for line in let_in(organisation, by=person, now=NOW)] == [REASON]


@pytest.mark.parametrize("how", ["ended", "over"])
def test_who_was_let_in_before_is_not_shown_as_in(how: str) -> None:
    owner = somebody()
    organisation = an_organisation(owner)
    break_glass(organisation_id=organisation, reason=REASON, by=_operator(), now=NOW)
    now = NOW if how == "ended" else NOW + GLASS_BROKEN_FOR
    rows(Membership).filter(role=Role.GLASS_BREAKER).update(ended_at=NOW if how == "ended" else None)
    assert let_in(organisation, by=Person.objects.get(pk=owner.pk), now=now) == []


def test_nobody_else_is() -> None:
    owner = somebody()
    organisation = an_organisation(owner)
    for person in (owner, somebody("Stranger")):
        with pytest.raises(NotFound):
            break_glass(organisation_id=organisation, reason=REASON, by=person, now=NOW)
    assert not _let_in()


def test_nowhere_is_no_way_in() -> None:
    with pytest.raises(NotFound):
        break_glass(organisation_id=uuid4(), reason=REASON, by=_operator(), now=NOW)


@pytest.mark.parametrize("reason", ["", "too short", "x" * 501, "\u200b" * 40, REASON + "\u202e"])
def test_the_organisation_has_to_learn_why(reason: str) -> None:
    organisation = an_organisation(somebody())
    with pytest.raises(BadInput) as caught:
        break_glass(organisation_id=organisation, reason=reason, by=_operator(), now=NOW)
    assert [problem.place for problem in caught.value.problems] == ["reason"]
    assert not _let_in()
