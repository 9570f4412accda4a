"""Whether an address has an account is not told by the clock: medians of many tries, taken in turn (bin/check, S6)."""

import statistics
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.service import somebody

pytestmark = pytest.mark.slow
TRIES = 200
APART = 0.010
"""Seconds between the medians."""


@pytest.fixture(autouse=True)
def _with_accounts(settings: Any, db: None) -> Iterator[None]:
    settings.ACCOUNTS, settings.LOGIN_URL = True, "account_login"
    person = somebody("Officer")
    person.set_password("three green herons wade")
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    yield
    cache.clear()


def _took(route: str, sent: dict[str, str]) -> float:
    cache.clear()  # the limit of tries is another test's
    client = Client(headers={"host": "localhost"})
    start = time.perf_counter()
    assert client.post(reverse(route), sent).status_code in {200, 302}
    return time.perf_counter() - start


@pytest.mark.parametrize(
    ("route", "field", "also"),
    [("account_login", "login", {"password": "three grey herons wade"}), ("account_reset_password", "email", {})],
)
def test_known_and_unknown_take_as_long(route: str, field: str, also: dict[str, str]) -> None:
    known, unknown = [], []
    for number in range(TRIES):
        known.append(_took(route, {field: "officer@council.example", **also}))
        unknown.append(_took(route, {field: f"nobody.{number}@council.example", **also}))
    assert abs(statistics.median(known) - statistics.median(unknown)) < APART
