"""Whom another house's sign-in may vouch for: an address it has verified, in a domain that is its own."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from tests.service import an_organisation, somebody

from commonweal.core.access import Role
from commonweal.services.actions.people import invite
from commonweal.web.accounts.sign_on import SignOn

INVITED = "guest@council.example"


def _sign_in(address: str, *, verified: bool = True) -> Any:
    provider = SimpleNamespace(app=SimpleNamespace(settings={"domains": ["council.example"]}))
    return SimpleNamespace(provider=provider, email_addresses=[EmailAddress(email=address, verified=verified)])


def _request() -> Any:
    request = RequestFactory(headers={"host": "localhost"}).get("/")
    request.session, request.user = Client().session, somebody()
    return request


@pytest.mark.django_db
def test_its_own_verified_address_goes_on() -> None:
    SignOn().pre_social_login(_request(), _sign_in(INVITED))


@pytest.mark.parametrize(
    ("address", "verified"),
    [
        (INVITED, False),
        ("guest@elsewhere.example", True),
        ("guest@sub.council.example", True),
        ("guest@council.example.elsewhere.example", True),
        ("guést@council.example", True),
        ("", True),
    ],
)
@pytest.mark.django_db
def test_any_other_is_refused(address: str, verified: bool) -> None:
    with pytest.raises(ImmediateHttpResponse) as refused:
        SignOn().pre_social_login(_request(), _sign_in(address, verified=verified))
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(("address", "may"), [(INVITED, True), ("other@council.example", False)])
@pytest.mark.django_db
def test_somebody_new_needs_the_invitation_to_that_address(address: str, may: bool) -> None:
    owner, request = somebody("Owner"), _request()
    assert not SignOn().is_open_for_signup(request, _sign_in(address))
    now = timezone.now()
    request.session["invited"] = INVITED
    request.session["invitation"] = invite(
        organisation_id=an_organisation(owner),
        email=INVITED,
        role=Role.READER,
        on_behalf_of="",
        ends_at=now + datetime.timedelta(days=9),
        by=owner,
        now=now,
    )
    assert SignOn().is_open_for_signup(request, _sign_in(address)) is may
