"""Mail, virus scanner and store of files hang: who asks is answered soon, and in words (bin/check, F11)."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.faults.serving import COMMAND, Browser, a_theme, environment_of, serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")]
SOON = 2.0
"""Seconds."""


@contextmanager
def _hanging() -> Iterator[str]:
    """The address of something that takes a call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield f"127.0.0.1:{silent.getsockname()[1]}"


def _adding(browser: Browser, port: int, theme: str) -> tuple[int, str, float]:
    """Status, page and seconds of sending a file as evidence."""
    assessment = theme.partition("themes/")[0]
    question = f"{theme.strip('/').split('/')[-1]}1"
    address = f"{assessment}evidence/add/"
    browser.ask(port, "GET", address)
    fields = {"kind": "file", "title": "Minutes", "strength": "documented", "questions": question}
    since = time.monotonic()
    status, _, page = browser.sends_a_file(port, address, fields, "file", ("minutes.txt", b"It was agreed."))
    return status, page, time.monotonic() - since


@pytest.mark.parametrize(
    ("setting", "words"),
    [("COMMONWEAL_CLAMAV", "could not be checked for viruses"), ("COMMONWEAL_S3_ADDRESS", "could not be kept")],
)
def test_a_file_is_refused_in_words(setting: str, words: str, tmp_path: Path) -> None:
    browser = Browser()
    with _hanging() as address:
        settings = {setting: address}
        if setting == "COMMONWEAL_S3_ADDRESS":
            settings = {setting: f"http://{address}", "COMMONWEAL_S3_BUCKET": "evidence", "AWS_DEFAULT_REGION": "x"}
            settings |= {"AWS_ACCESS_KEY_ID": "of-the-tests", "AWS_SECRET_ACCESS_KEY": "of-the-tests"}
        with serving(tmp_path, **settings) as (_, link):
            port = browser.signs_in(link)
            theme = a_theme(browser, port)
            _adding(browser, port, theme)  # the first one loads what speaks S3
            status, page, took = _adding(browser, port, theme)
            assert status == 422
            assert words in page
            assert took < SOON
            since = time.monotonic()
            assert browser.ask(port, "GET", theme)[0] == 200  # and everything else goes on
            assert time.monotonic() - since < SOON


def test_a_letter_that_does_not_leave_stops_nobody(tmp_path: Path) -> None:
    browser = Browser()
    with _hanging() as address:
        host, _, mail = address.partition(":")
        settings = {"COMMONWEAL_ACCOUNTS": "1", "COMMONWEAL_SMTP_HOST": host, "COMMONWEAL_SMTP_PORT": mail}
        with serving(tmp_path, **settings) as (_, shown):
            port = int(shown.split(":")[2].partition("/")[0])
            invite = [*COMMAND, "invite", "lead@council.example", "--name", "Lead", "--address", "http://localhost"]
            subprocess.run(invite, env=environment_of(tmp_path) | settings, check=True, capture_output=True)
            browser.ask(port, "GET", "/account/password/forgotten/")
            since = time.monotonic()
            status, _, _ = browser.ask(port, "POST", "/account/password/forgotten/", {"email": "lead@council.example"})
            assert status == 302
            assert time.monotonic() - since < SOON
