"""Who a session names, their seats and where these reach: the database's function says the same as the rules."""

import datetime
from uuid import uuid4

import pytest
from django.db import connection
from tests.conftest import ON_POSTGRESQL
from tests.service import NOW, an_organisation, somebody

from commonweal.core.access import Role
from commonweal.services.people import Person
from commonweal.store.arrival import arriving
from commonweal.store.fence import unfenced
from commonweal.store.models import Membership, Succession
from commonweal.store.own_seats import own_seats

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.date(2020, 4, 1)


def _with_a_seat(role: Role) -> Person:
    """Somebody in an organisation that took over from another one."""
    lead, person = somebody(), somebody("New here")
    own, left, first = (an_organisation(lead, name) for name in ("Here", "Gone Council", "Long Gone Council"))
    with unfenced("a test"):
        Membership.objects.create(organisation_id=own, person=person, role=role.value, created_at=NOW)
        for gone, after in ((left, own), (first, left), (own, first)):  # each way round, once too often
            Succession.objects.create(
                predecessor_id=gone, successor_id=after, kind="merger", on=LONG_AGO, recorded_at=NOW, recorded_by=lead
            )
    return person


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.OPERATOR, Role.SUCCESSOR, Role.SUCCESSOR_LEAD}]
)
def test_they_arrive_as_they_are_with_their_seats(role: Role) -> None:
    person = _with_a_seat(role)
    with arriving(person.pk) as arrived:
        assert arrived
        assert {name: getattr(arrived, name) for name in vars(person) if name[0] != "_"} == {
            name: value for name, value in vars(person).items() if name[0] != "_"
        }
        assert arrived.access.seats
        assert set(map(str, arrived.access.seats)) == set(map(str, own_seats(person.pk, NOW)))
        if ON_POSTGRESQL:
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('commonweal.organisations')")
                (told,) = cursor.fetchone()
            assert set(filter(None, told.split(","))) == set(map(str, arrived.access.organisations()))


def test_nobody_arrives_whom_nobody_knows() -> None:
    with arriving(uuid4()) as arrived:
        assert arrived is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no row-level security")
def test_nothing_stays_open_behind_them() -> None:
    person = _with_a_seat(Role.OWNER)

    def seen() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM store_organisation")
            (count,) = cursor.fetchone()
            return int(count)

    with arriving(person.pk):
        assert seen() == 3
    assert seen() == 0
    with pytest.raises(RuntimeError), arriving(person.pk):
        raise RuntimeError
    assert seen() == 0
