"""On PostgreSQL the service can be a role that owns nothing: it uses the tables, and cannot take the fence away."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ON_POSTGRESQL

from commonweal.standards.shipped_examples import EXAMPLES

Ran = subprocess.CompletedProcess[str]
LOOK = """
import django; django.setup()
from commonweal.services.people import Person
from commonweal.services.queries.assessments import all_rounds
print(len(all_rounds(by=Person.objects.local())))
"""


class Place:
    """A database with an owner, and a role that is let at it."""

    def __init__(self, home: Path, owner: str, clerk: str) -> None:
        self.home, self.owner, self.clerk = home, owner, clerk

    def runs(self, address: str, *words: str) -> Ran:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COMMONWEAL")},
            "COMMONWEAL_HOME": str(self.home),
            "COMMONWEAL_DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
        }
        command = [sys.executable, *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def asks(self, statement: str) -> Any:
        import psycopg

        with psycopg.connect(self.clerk) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else None


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    import psycopg
    from psycopg import sql

    server, name = os.environ["COMMONWEAL_DATABASE_URL"], f"tables_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    owner = server.replace("/postgres?", f"/{name}?")
    yield Place(tmp_path_factory.mktemp("tables"), owner, owner.replace("//service:", "//clerk:"))


@pytest.mark.skipif(ON_POSTGRESQL, reason="about the other database")
def test_only_postgresql_has_roles(tmp_path: Path) -> None:
    environment = {**os.environ, "COMMONWEAL_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "commonweal", "tables", "--for", "clerk"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "Only PostgreSQL has roles" in done.stderr) == (2, True)


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no roles")
def test_the_service_owns_nothing_and_does_its_work(place: Place) -> None:
    early = place.runs(place.clerk, "-m", "commonweal", "load-examples")
    assert (early.returncode, "commonweal tables --for ROLE" in early.stderr) == (2, True), early.stderr
    nobody = place.runs(place.owner, "-m", "commonweal", "tables", "--for", "nobody")
    assert (nobody.returncode, "could not be let in" in nobody.stderr) == (2, True), nobody.stderr
    for _ in range(2):  # as often as one likes
        made = place.runs(place.owner, "-m", "commonweal", "tables", "--for", "clerk")
        assert (made.returncode, "clerk may use them" in made.stdout) == (0, True), made.stderr
    done = place.runs(place.clerk, "-m", "commonweal", "load-examples")
    assert done.returncode == 0, done.stderr
    assert place.runs(place.clerk, "-c", LOOK).stdout == f"{len(EXAMPLES)}\n"
    backup = place.runs(place.clerk, "-m", "commonweal", "backup", str(place.home / "all.backup"))
    assert backup.returncode == 0, backup.stderr
    assert place.asks("SELECT count(*) FROM pg_tables WHERE tableowner = current_user") == [(0,)]
    assert place.asks("SELECT count(*) FROM store_assessment") == [(0,)]  # behind the fence like everybody
    _refuses_to_be_taken_apart(place)


def _refuses_to_be_taken_apart(place: Place) -> None:
    import psycopg

    for statement in (
        "ALTER TABLE store_assessment NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE store_assessment DISABLE ROW LEVEL SECURITY",
        "DROP TRIGGER trail_is_never_changed ON store_change",
        "ALTER TABLE store_change DISABLE TRIGGER ALL",
        "DELETE FROM store_change",
        "UPDATE store_change SET act = 'nothing to see'",
        "UPDATE store_decision SET words = ''",
        "DELETE FROM store_frozendocument",
        "TRUNCATE store_answer",
        "CREATE TABLE mine (id int)",
        "UPDATE django_migrations SET name = 'x'",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            place.asks(statement)
