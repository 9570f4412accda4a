"""Links that work once."""

import datetime

import pytest
from tests.service import NOW

from commonweal.services.actions.sign_in import LINK_LIVES, make_local_link, use_link
from commonweal.store.models import Person, SignInLink

pytestmark = pytest.mark.django_db


def test_a_link_signs_in_once() -> None:
    token = make_local_link(now=NOW)
    person = use_link(token=token, now=NOW)
    assert person == Person.objects.local()
    assert use_link(token=token, now=NOW) is None


def test_a_link_ends_after_a_day_and_with_the_next_one() -> None:
    token = make_local_link(now=NOW)
    assert use_link(token=token, now=NOW + LINK_LIVES + datetime.timedelta(seconds=1)) is None
    newer = make_local_link(now=NOW)
    assert use_link(token=token, now=NOW) is None
    assert use_link(token=newer, now=NOW)


def test_the_table_does_not_hold_the_token() -> None:
    token = make_local_link(now=NOW)
    assert token not in str(SignInLink.objects.values())


def test_nothing_else_signs_in() -> None:
    make_local_link(now=NOW)
    assert use_link(token="", now=NOW) is None
    assert use_link(token="x" * 43, now=NOW) is None


def test_there_is_one_local_person() -> None:
    assert Person.objects.local() == Person.objects.local()
    assert Person.objects.count() == 1
    assert not Person.objects.local().has_usable_password()
