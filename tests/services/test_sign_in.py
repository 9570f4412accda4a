"""Links that work once."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from tests.service import NOW

from commonweal.services.actions.accounts import make_account
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


def test_an_account_that_becomes_the_operators_keeps_no_other_way_in() -> None:
    email = "officer@council.example"
    make_account(email=email, name="Officer", operator=False, now=NOW)
    person = Person.objects.get(email=email)
    person.set_password("three green herons wade")
    person.save()
    SocialAccount.objects.create(user=person, provider="walden", uid="1")
    EmailAddress.objects.create(user=person, email="other@council.example", verified=True)
    assert make_account(email=email, name="Officer", operator=True, now=NOW).startswith("/account/")
    person.refresh_from_db()
    assert (person.is_operator, person.has_usable_password()) == (True, False)
    assert not SocialAccount.objects.filter(user=person).exists()
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [email]
