"""An installation made by an earlier release becomes one of this release, in place, with all that is in it."""

import json
import os
import sqlite3
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ON_POSTGRESQL

OLD = sorted((Path(__file__).parents[1] / "upgrades").glob("*.sql"))
_LOOK = """
import json, sys
import django; django.setup()
from commonweal.core.trail import faults
from commonweal.services.queries.assessments import all_rounds
from commonweal.services.queries.trail import whole_trail
from commonweal.services.queries.organisations import organisations
from commonweal.store.models import Person
from commonweal.store.convert import to_plain
from commonweal.store.fence import fenced
from django.db import transaction
from commonweal.services.queries.evidence import evidence_of
from commonweal.services.queries.lifecycle import decisions
from commonweal.store.models import Evidence
me = Person.objects.local()
with transaction.atomic(), fenced(me):
    stated = dict(Evidence.objects.for_actor(me).values_list("title", "stated"))
json.dump({
    "rounds": {
        f"{one.organisation}, {one.name}": [
            {id_: to_plain(answer) for id_, answer in one.given.answers.items()},
            {code: [state.version, state.plan_note] for code, state in one.themes.items()},
            sorted(one.estimates),
        ]
        for one in all_rounds(by=me)
    },
    "trails": [[len(trail := whole_trail(line.id, by=me)), len(faults(trail))] for line in organisations(by=me)],
    "evidence": {
        line.title: [line.strength, line.changed_by_id == line.owner_id, len(line.questions), len(line.criteria)]
        for one in all_rounds(by=me) for line in evidence_of(one.id, by=me)
    },
    "stated": stated,
    "decided": [line.step for one in all_rounds(by=me) for line in decisions(one.id, by=me)],
    "roles": sorted({role for line in organisations(by=me) for role in me.access.roles(line.id)}),
}, sys.stdout)
"""


TABLES = (
    "person",
    "organisation",
    "membership",
    "assessment",
    "assessedtheme",
    "answer",
    "change",
    "decision",
    "remark",
    "evidence",
    "evidenceuse",
)
"""What the old installations have rows in, each after what it names."""
_PIECES = {
    "Policy": [["verified", True, 2, 0], "documented"],
    "What was said": [["verified", True, 2, 0], "claimed"],
    "Draft": [["claimed", True, 2, 0], "claimed"],
}
EVIDENCE: dict[str, Any] = {"before-trust": {}, "with-evidence": _PIECES, "before-unsent": _PIECES}
"""Each piece with its strength, whether its owner wrote on it last, what it serves and shows, and what was stated."""


_NUMBERS = count()
"""Of the databases on the server."""


def _django(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "django", *command], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _rows(old: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(old.read_text(encoding="utf-8"))
    return connection


def _installed(old: Path, folder: Path) -> dict[str, str]:
    """The old installation, as files in a folder or as a database on the server."""
    environment = {
        **os.environ,
        "COMMONWEAL_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
    }
    if not ON_POSTGRESQL:
        with sqlite3.connect(folder / "commonweal.sqlite3") as file:
            _rows(old).backup(file)
        return environment
    import psycopg
    from psycopg import sql
    from psycopg.types.json import Json

    server, name = os.environ["COMMONWEAL_DATABASE_URL"], f"upgrade_{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    environment["COMMONWEAL_DATABASE_URL"] = address = server.replace("/postgres?", f"/{name}?")
    last = _rows(old).execute("SELECT name FROM django_migrations WHERE app = 'store' ORDER BY id DESC").fetchone()[0]
    _django(environment, "migrate", "store", last)
    there = {name for (name,) in _rows(old).execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    with psycopg.connect(address) as connection:
        connection.execute("SELECT set_config('commonweal.everything', 'on', false)")
        for table in (f"store_{table}" for table in TABLES if f"store_{table}" in there):
            found = _rows(old).execute(f"SELECT * FROM {table}")  # noqa: S608  a name of ours
            columns = [column[0] for column in found.description]
            kinds: dict[str, str] = dict(
                connection.execute(
                    "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table]
                ).fetchall()
            )
            into = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.SQL(", ").join(sql.Placeholder() * len(columns)),
            )
            for row in found:
                values = [_as(kinds[name], value, Json) for name, value in zip(columns, row, strict=True)]
                connection.execute(into, values)
            if "id" in columns and kinds["id"] == "bigint":
                connection.execute(
                    sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                        sql.Literal(table), sql.Identifier(table)
                    )
                )
    return environment


def _as(kind: str, value: Any, wrap: Any) -> Any:
    if value is None:
        return None
    return {"boolean": bool, "jsonb": lambda text: wrap(json.loads(text))}.get(kind, lambda same: same)(value)


@pytest.mark.parametrize("old", OLD, ids=lambda old: old.stem)
def test_everything_is_still_there(old: Path, tmp_path: Path) -> None:
    environment = _installed(old, tmp_path)
    _django(environment, "migrate")
    looked = subprocess.run([sys.executable, "-c", _LOOK], env=environment, capture_output=True, text=True, check=False)
    assert looked.returncode == 0, looked.stderr
    found = json.loads(looked.stdout)
    before = _rows(old)
    answers: dict[str, dict[str, list[Any]]] = {}
    for organisation, round_ in before.execute(
        "SELECT o.name, a.name FROM store_assessment a JOIN store_organisation o ON o.id = a.organisation_id"
    ):
        answers[f"{organisation}, {round_}"] = {}
    for organisation, round_, question, *fields in before.execute(
        "SELECT o.name, a.name, question, present, future, note, reason, step_back FROM store_answer"
        " JOIN store_assessment a ON a.id = assessment_id JOIN store_organisation o ON o.id = a.organisation_id"
    ):
        answers[f"{organisation}, {round_}"][question] = fields
    assert {name: kept[0] for name, kept in found["rounds"].items()} == answers
    themes = found["rounds"]["Harrowmere District Council, 2026 assessment"]
    assert ([2, "Ask the director"] in themes[1].values(), len(themes[2])) == (True, 1)
    entries = before.execute("SELECT count(*) FROM store_change GROUP BY organisation_id").fetchall()
    assert sorted(found["trails"]) == sorted([count, 0] for (count,) in entries)
    assert found["roles"] == ["lead-officer", "owner"]
    kept = {title: [line, found["stated"][title]] for title, line in found["evidence"].items()}
    assert kept == EVIDENCE[old.stem]
    assert found["decided"] == (["agree"] if kept else [])


@pytest.mark.skipif(ON_POSTGRESQL, reason="the question is the same")
def test_an_earlier_release_leaves_the_tables_of_a_later_one_alone(tmp_path: Path) -> None:
    environment = {**os.environ, "COMMONWEAL_HOME": str(tmp_path)}
    load = [sys.executable, "-m", "commonweal", "load-examples"]
    subprocess.run(load, env=environment, check=True, capture_output=True)
    with sqlite3.connect(tmp_path / "commonweal.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', '2030-01-01')"
        )
        database.execute("DELETE FROM django_migrations WHERE name LIKE '0012%'")
        before = list(database.iterdump())
    done = subprocess.run(load, env=environment, check=False, capture_output=True, text=True)
    assert (done.returncode, "of a later release of Commonweal (they know 9999_later)" in done.stderr) == (2, True)
    with sqlite3.connect(tmp_path / "commonweal.sqlite3") as database:
        assert list(database.iterdump()) == before


def test_every_kind_of_row_of_an_old_installation_is_looked_at() -> None:
    """Otherwise it would not be carried over to PostgreSQL, and nothing would be known of it."""
    for old in OLD:
        rows = _rows(old)
        filled = {
            name.removeprefix("store_")
            for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE name LIKE 'store_%' AND type = 'table'")
            if rows.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608  a name of ours
        }
        assert filled <= {*TABLES, "signinlink"}, old.stem  # a link lasts a day
