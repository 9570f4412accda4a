"""Several processes that start at once on an empty place: one makes the tables, the others wait and find them."""

import os
import subprocess
import sys
from pathlib import Path

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
