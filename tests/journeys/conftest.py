"""The service as it is installed, in a process of its own, and a browser."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.journeys.visitor import Visitor

ROOT = Path(__file__).parents[2]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def _environment(folder: Path, kind: str = "journeys") -> dict[str, str]:
    environment = {**os.environ, "COMMONWEAL_HOME": str(folder / "home"), "PYTHONUNBUFFERED": "1"}
    server = environment.pop("COMMONWEAL_DATABASE_URL", None)
    if server:  # a database of its own beside those of the other tests
        import psycopg

        name = f"{kind}_{os.getpid()}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        environment["COMMONWEAL_DATABASE_URL"] = server.replace("/postgres?", f"/{name}?")
    return environment


@pytest.fixture(scope="session")
def with_accounts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a service with accounts."""
    found = _environment(tmp_path_factory.mktemp("accounts"), "accounts") | {"COMMONWEAL_ACCOUNTS": "1"}
    return found | {"DJANGO_SETTINGS_MODULE": "commonweal.config.settings"}


_AGE = """
import django; django.setup()
from django.contrib.sessions.models import Session
for one in Session.objects.all():
    store = one.get_session_store_class()(one.session_key)
    if "seen_at" in store:
        store["seen_at"] -= 31 * 60
        store.save()
"""


@pytest.fixture
def everybody_was_away(with_accounts: dict[str, str]) -> Callable[[], None]:
    """Half an hour and more goes by in every session."""

    def away() -> None:
        subprocess.run([sys.executable, "-c", _AGE], env=with_accounts, check=True)

    return away


@pytest.fixture(scope="session")
def accounts(with_accounts: dict[str, str]) -> Iterator[Callable[..., str]]:
    """A service with accounts; gives what makes one and answers with the link where its password is chosen."""
    environment = with_accounts
    command = [sys.executable, "-m", "commonweal"]

    def invite(email: str, *options: str) -> str:
        done = subprocess.run(
            [*command, "invite", email, "--address", home, *options],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    with subprocess.Popen(
        [*command, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
    ) as one:
        try:
            assert one.stdout
            home = next(line.strip() for line in one.stdout if "http://" in line).rstrip("/")
            yield invite
        finally:
            one.terminate()


@pytest.fixture(scope="session")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sign-in link of a service with the examples in it."""
    environment = _environment(tmp_path_factory.mktemp("journeys"))
    command = [sys.executable, "-m", "commonweal"]
    subprocess.run([*command, "load-examples"], env=environment, check=True, capture_output=True)
    with subprocess.Popen(
        [*command, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
    ) as one:
        try:
            assert one.stdout
            yield next(line.strip() for line in one.stdout if "/sign-in/" in line)
        finally:
            one.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    assert found, "A browser is needed: apt install chromium (bin/test does so as root on Debian)."
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=_FLAGS)


@pytest.fixture(scope="session")
def signed_in(link: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a browser keeps once somebody has used the link, by the keyboard."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    Visitor(page, link).tab_to("Open Commonweal", kind="submit").press("Enter")
    page.wait_for_selector("h1:text-is('Your organisations')")
    kept = tmp_path_factory.mktemp("session") / "state.json"
    context.storage_state(path=kept)
    return kept


def _visitor(browser: Browser, link: str, signed_in: Path, width: int, scripts: bool) -> Iterator[Visitor]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, storage_state=signed_in, java_script_enabled=scripts
    )
    context.set_default_timeout(15_000)
    faults: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield Visitor(page, link)
    context.close()
    assert [fault for fault in faults if "status of 4" not in fault] == []


@pytest.fixture
def visitor(browser: Browser, link: str, signed_in: Path) -> Iterator[Visitor]:
    """Somebody at a desk."""
    yield from _visitor(browser, link, signed_in, 1280, scripts=True)


@pytest.fixture
def phone(browser: Browser, link: str, signed_in: Path) -> Iterator[Visitor]:
    """Somebody with a small screen, or at 400 % zoom."""
    yield from _visitor(browser, link, signed_in, 320, scripts=True)


@pytest.fixture
def plain(browser: Browser, link: str, signed_in: Path) -> Iterator[Visitor]:
    """Somebody without scripts."""
    yield from _visitor(browser, link, signed_in, 1280, scripts=False)
