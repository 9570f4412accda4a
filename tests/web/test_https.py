"""The service as it is set up for the public: HTTPS alone, cookies that only this host sets and gets."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_ASK = """
import json, django; django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["walden.example"]
from django.core.management import call_command
call_command("migrate", verbosity=0)
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from commonweal.services.people import Person
person = Person(name="Lead", email="lead@walden.example")
person.set_password("three green herons wade")
person.save()
EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
client, plain = (Client(headers={"host": "walden.example"}, enforce_csrf_checks=True) for _ in range(2))
page = client.get(reverse("account_login"), secure=True)
token = client.cookies["__Host-csrf"].value
given = {"login": person.email, "password": "three green herons wade", "csrfmiddlewaretoken": token}
header = {"referer": "https://walden.example/account/sign-in/"}
unmarked = client.post(reverse("account_login"), {**given, "csrfmiddlewaretoken": ""}, secure=True, headers=header)
elsewhere = client.post(
    reverse("account_login"), given, secure=True, headers={"referer": "https://elsewhere.example/"}
)
inside = client.post(reverse("account_login"), given, secure=True, headers=header)
cookies = {
    name: {key: cookie[key] for key in ("secure", "httponly", "samesite", "path", "domain")}
    for name, cookie in client.cookies.items()
}
print(json.dumps({
    "status": page.status_code,
    "headers": dict(page.headers),
    "plain": [plain.get("/about/").status_code, plain.get("/about/").headers["Location"]],
    "unmarked": unmarked.status_code,
    "elsewhere": elsewhere.status_code,
    "inside": inside.status_code,
    "cookies": cookies,
}))
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Any:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COMMONWEAL")},
        "COMMONWEAL_HOME": str(tmp_path_factory.mktemp("https")),
        "COMMONWEAL_HTTPS": "1",
        "COMMONWEAL_ACCOUNTS": "1",
        "COMMONWEAL_HOSTS": "walden.example",
        "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
    }
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _ASK], env=environment, cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_cookies_are_of_this_host_alone_and_travel_encrypted(asked: Any) -> None:
    assert set(asked["cookies"]) == {"__Host-session", "__Host-csrf"}
    for cookie in asked["cookies"].values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")


def test_what_comes_unencrypted_is_sent_to_https_and_browsers_remember(asked: Any) -> None:
    assert asked["plain"] == [301, "https://walden.example/about/"]
    assert asked["status"] == 200
    assert asked["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_a_form_of_another_site_is_not_taken(asked: Any) -> None:
    assert (asked["unmarked"], asked["elsewhere"], asked["inside"]) == (403, 403, 302)
