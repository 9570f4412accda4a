"""Single sign-on against a certified identity provider, on loopback: who gets in, and who does not."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser
from tests.journeys.conftest import _environment
from tests.journeys.test_together import _invites, _sets_up_codes
from tests.journeys.visitor import Visitor

HERE = Path(__file__).parent
PASSWORD = "three green herons wade"  # noqa: S105  of somebody invented


class Service(NamedTuple):
    home: str
    environment: dict[str, str]

    def invite(self, email: str, name: str) -> str:
        command = [sys.executable, "-m", "commonweal", "invite", email, "--name", name, "--address", self.home]
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout.strip()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that trusts a provider for the addresses of one council."""
    folder, port = tmp_path_factory.mktemp("sign-on"), _free_port()
    home = f"http://127.0.0.1:{port}"
    node = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert node, "node comes with bin/setup"
    command = [node, str(HERE / "provider.mjs"), f"{home}/account/sign-on/by/walden/back/"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as provider:
        try:
            assert provider.stdout
            listed = {
                "id": "walden",
                "name": "Walden Council",
                "issuer": provider.stdout.readline().strip(),
                "client_id": "commonweal",
                "secret": "secret-of-the-journeys",
                "domains": ["walden.example"],
            }
            file = folder / "sign-on.json"
            file.write_text(json.dumps([listed]))
            named = {"COMMONWEAL_ACCOUNTS": "1", "COMMONWEAL_SIGN_ON": str(file)}
            environment = _environment(folder, "sign_on") | named
            serve = [sys.executable, "-m", "commonweal", "serve", "--port", str(port)]
            with subprocess.Popen(serve, env=environment, stdout=subprocess.PIPE, text=True) as one:
                try:
                    assert one.stdout
                    next(line for line in one.stdout if "http://" in line)
                    yield Service(home, environment)
                finally:
                    one.terminate()
        finally:
            provider.terminate()


@pytest.fixture
def visitors(browser: Browser) -> Iterator[list[Visitor]]:
    contexts = [browser.new_context() for _ in range(4)]
    for context in contexts:
        context.set_default_timeout(15_000)
    yield [Visitor(context.new_page(), "") for context in contexts]
    for context in contexts:
        context.close()


def _elsewhere(visitor: Visitor, email: str) -> None:
    """Signs in at the provider, and agrees that it tells who they are."""
    visitor.page.fill("input[name=login]", email)
    visitor.page.fill("input[name=password]", "anything")
    visitor.page.click("button[type=submit]")
    visitor.page.click("button[type=submit]")
    visitor.page.wait_for_load_state()


def test_an_organisations_own_sign_in(service: Service, visitors: list[Visitor]) -> None:
    lead, guest, stranger, unverified = visitors

    # whoever has an account, with a password of their own so far
    lead.goes_to(service.invite("lead@walden.example", "Walden lead"))
    lead.fills("New password", PASSWORD).fills("New password again", PASSWORD).presses("Save password")
    lead.goes_to(f"{service.home}/account/sign-in/").checks_the_page()
    lead.fills("E-mail address", "lead@walden.example").fills("Password", PASSWORD).presses("Sign in")
    _sets_up_codes(lead)
    lead.presses("Start now").fills("What is your organisation called?", "Walden Council")
    lead.chooses("kind", "unitary-council").presses("Save and continue").presses("Save and continue")

    # somebody new comes by an invitation, and needs no password here and no second step of ours
    link = _invites(lead, "Walden Council", "member@walden.example", "elected-member")
    guest.goes_to(link).presses("Make an account").checks_the_page().presses("Use Walden Council instead")
    _elsewhere(guest, "member@walden.example")
    assert guest.heading() == "You are invited to Walden Council"
    guest.presses("Take the seat")
    assert guest.heading() == "Walden Council"

    # and comes back
    guest.follows("Your account")
    guest.page.context.clear_cookies()
    guest.goes_to(f"{service.home}/account/sign-in/").presses("Sign in with Walden Council")
    _elsewhere(guest, "member@walden.example")
    assert guest.heading() == "Your organisations"

    # an address of elsewhere, one that is not verified, one without account or invitation: none gets in
    for visitor, email, words in (
        (stranger, "lead@aldermoor.example", "You could not be signed in"),
        (unverified, "unverified@walden.example", "You could not be signed in"),
    ):
        visitor.goes_to(f"{service.home}/account/sign-in/").presses("Sign in with Walden Council")
        _elsewhere(visitor, email)
        assert visitor.heading() == words
        assert visitor.checks_the_page().goes_to(service.home).heading() == "Sign in"
    stranger.page.context.clear_cookies()
    stranger.goes_to(f"{service.home}/account/sign-in/").presses("Sign in with Walden Council")
    _elsewhere(stranger, "nobody@walden.example")
    assert stranger.heading() == "Accounts are made by invitation"
    assert stranger.checks_the_page().goes_to(service.home).heading() == "Sign in"
