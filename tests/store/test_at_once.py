"""Several processes that start at once on an empty place: one makes the tables, the others wait and find them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ON_POSTGRESQL


def _address() -> dict[str, str]:
    """A new database where the tests run on a server."""
    if not ON_POSTGRESQL:
        return {}
    import psycopg
    from psycopg import sql

    server, name = os.environ["COMMONWEAL_DATABASE_URL"], f"at_once_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return {"COMMONWEAL_DATABASE_URL": server.replace("/postgres?", f"/{name}?")}


def test_processes_that_start_at_once_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COMMONWEAL")}
    environment = {**plain, "COMMONWEAL_HOME": str(tmp_path), **_address()}
    command = [sys.executable, "-m", "commonweal", "jobs", "--once"]
    started = [
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in started]
    assert ended == [("", 0)] * 3


@pytest.mark.skipif(ON_POSTGRESQL, reason="a server turns nothing on at the first connection")
def test_the_embedded_database_is_opened_first_by_whoever_may_change_it(tmp_path: Path) -> None:
    """SQLite refuses, without waiting, a second connection that turns on write-ahead logging beside the first."""
    watched = tmp_path / "commonweal.sqlite3"
    program = f"""
import sqlite3, sys
from pathlib import Path

import pytest

def held() -> bool:
    beside = sqlite3.connect({str(tmp_path / "starting.lock")!r}, timeout=0, isolation_level=None)
    try:
        beside.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        return True
    else:
        return False
    finally:
        beside.close()

def watch(event, given):
    if event == "sqlite3.connect" and "commonweal.sqlite3" in str(given[0]) and not Path({str(watched)!r}).exists():
        print(held())

sys.addaudithook(watch)
from commonweal.cli.service import bring_tables_up_to_date, start_django
start_django()
bring_tables_up_to_date()
"""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COMMONWEAL")}
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={**environment, "COMMONWEAL_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (ended.stdout, ended.stderr) == ("True\n", "")
