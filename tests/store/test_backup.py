"""A backup is whole or refused, and what is restored from it is what there was: here, or in the other database."""

import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import ON_POSTGRESQL

Ran = subprocess.CompletedProcess[str]

_LIFE = """
import datetime, django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from commonweal.core.evidence import EvidenceKind, Strength
from commonweal.core.lifecycle import Step
from commonweal.services.actions.evidence import Piece, add_evidence
from commonweal.services.actions.examples import load_examples
from commonweal.services.actions.lifecycle import Meeting, take_step
from commonweal.services.people import Person
from commonweal.services.queries.assessments import all_rounds
now = datetime.datetime(2026, 11, 21, 9, 30, 15, 123456, tzinfo=datetime.UTC)
me = Person.objects.local()
load_examples(by=me, now=now)
round_ = all_rounds(by=me)[0]
question = round_.index.questions[0].id
add_evidence(assessment_id=round_.id, by=me, now=now, piece=Piece(EvidenceKind.FILE, "Policy", frozenset({question}),
    Strength.DOCUMENTED, file_name="policy.txt", content=b"We weigh social value.", dated=now.date()))
from commonweal.core.programme.work import WorkStep
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.services.actions.work import add_work
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.queries.programmes import programme
chosen = {step.id for step in round_.results().actions[:3]}
made = adopt_plan(assessment_id=round_.id, frame=Frame("Work", "scotland", now.date(), 2), chosen=chosen,
    by=me, now=now)
first, second, third = programme(made, by=me).programme.work
part = WorkDetails("A part", 1, needs=frozenset({third.id}))
add_work(programme_id=made, details=part, parent=second.id, by=me, now=now)
for version, step in enumerate((WorkStep.AGREE, WorkStep.CLAIM, WorkStep.CONFIRM)):
    take_work_step(work_id=first.id, step=step, version=version, words="Said", link="", today=now.date(),
        by=me, now=now)
take_step(assessment_id=round_.id, step=Step.AGREE, state_version=0, meeting=Meeting(), words="", today=now.date(),
    by=me, now=now)
"""
_TABLES = """
import django, json, sys; django.setup()
from django.apps import apps
from commonweal.store.fence import unfenced
from django.db import transaction
with transaction.atomic(), unfenced("a test"):
    json.dump({
        model._meta.db_table: sorted(
            json.dumps(row, sort_keys=True, default=repr) for row in model._base_manager.values_list()
        )
        for model in apps.get_app_config("store").get_models()
    }, sys.stdout)
"""


class Installation:
    """A place with a home folder and a database of its own."""

    def __init__(self, home: Path, database: str | None) -> None:
        self.home = home
        self.environment = {
            **os.environ,
            "COMMONWEAL_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
        }
        self.environment.pop("COMMONWEAL_DATABASE_URL", None)
        if database:
            self.environment["COMMONWEAL_DATABASE_URL"] = database

    def python(self, program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def command(self, *words: str) -> Ran:
        return subprocess.run(
            [sys.executable, "-m", "commonweal", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def tables(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = json.loads(self.python(_TABLES))
        return found


def _database(name: str) -> str | None:
    """A new one on the server, where the tests run on one."""
    if not ON_POSTGRESQL:
        return None
    import psycopg
    from psycopg import sql

    server, name = os.environ["COMMONWEAL_DATABASE_URL"], f"{name}_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation on SQLite with something in every corner; restored into the database that the tests run on."""
    place = Installation(tmp_path_factory.mktemp("lived-in"), None)
    place.python(_LIFE)
    yield place


@pytest.fixture(scope="module")
def backup(lived_in: Installation) -> Path:
    file = lived_in.home.parent / "all.backup"
    done = lived_in.command("backup", str(file))
    assert done.returncode == 0, done.stderr
    assert "4 organisations" in done.stdout
    assert "1 files" in done.stdout
    return file


def test_what_is_restored_is_what_there_was(lived_in: Installation, backup: Path, tmp_path: Path) -> None:
    place = Installation(tmp_path / "new", _database("restored"))
    done = place.command("restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert place.tables() == lived_in.tables()
    kept = [path.read_bytes() for path in (place.home / "evidence").rglob("*") if path.is_file()]
    assert kept == [b"We weigh social value."]
    assert (place.home / "secret-key").read_bytes() == (lived_in.home / "secret-key").read_bytes()
    second, back = tmp_path / "second.backup", Installation(tmp_path / "back", None)
    assert place.command("backup", str(second)).returncode == 0  # of the database that the tests run on
    assert back.command("restore", str(second)).returncode == 0
    assert back.tables() == lived_in.tables()
    assert place.command("load-examples").stdout == "All examples are there already.\n"  # it writes again, too


_GUEST = """
import django; django.setup()
from commonweal.services.people import Person
Person.objects.create(name="Guest", email="guest@council.example")
"""
_WHO = """
import django; django.setup()
from commonweal.services.people import Person
print(sorted(filter(None, Person.objects.values_list("email", flat=True))))
"""


def test_who_was_forgotten_does_not_come_back(lived_in: Installation, tmp_path: Path) -> None:
    shutil.copytree(lived_in.home, tmp_path / "home")
    place, before, after = Installation(tmp_path / "home", None), tmp_path / "before", tmp_path / "after"
    place.python(_GUEST)
    assert place.command("backup", str(before)).returncode == 0
    assert place.command("person", "erase", "Guest@council.example", "--yes").returncode == 0
    place.python(_GUEST)  # who comes back by an invitation of their own is nobody to forget
    assert place.command("backup", str(after)).returncode == 0
    erased = place.home / "erased"
    assert "guest" not in erased.read_text(encoding="ascii").lower()
    expected = {
        ("control", before): ["guest@council.example"],  # what nobody says is not known
        ("with the list", before, "--erased", str(erased)): [],
        ("made afterwards", after): ["guest@council.example"],
    }
    for (name, file, *options), left in expected.items():
        back = Installation(tmp_path / str(name), _database(str(name).replace(" ", "_")))
        done = back.command("restore", str(file), *map(str, options))
        assert done.returncode == 0, done.stderr
        assert back.python(_WHO).strip() == str(left), name
        assert ("1 who had been erased" in done.stdout) is (name == "with the list")
    assert back.command("backup", str(tmp_path / "again")).returncode == 0  # and every trail holds


def test_a_place_with_something_in_it_is_left_alone(lived_in: Installation, backup: Path) -> None:
    before = lived_in.tables()
    done = lived_in.command("restore", str(backup))
    assert (done.returncode, "into an empty place only" in done.stderr) == (2, True)
    assert lived_in.tables() == before


def _flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :]


@pytest.mark.parametrize("damage", range(20))
def test_one_flipped_bit_is_seen(damage: int, backup: Path, tmp_path: Path) -> None:
    from commonweal.core.errors import BadInput
    from commonweal.formats.backup_file import read_backup

    content = backup.read_bytes()
    broken = tmp_path / "broken.backup"
    broken.write_bytes(_flip(content, random.Random(damage).randrange(len(content))))
    with pytest.raises(BadInput), read_backup(broken):
        pass


@pytest.mark.parametrize("change", [lambda all_: all_[:-1], lambda all_: all_[: len(all_) // 2], lambda _all: b""])
def test_a_cut_backup_is_seen(change: Callable[[bytes], bytes], backup: Path, tmp_path: Path) -> None:
    from commonweal.core.errors import BadInput
    from commonweal.formats.backup_file import read_backup

    broken = tmp_path / "broken.backup"
    broken.write_bytes(change(backup.read_bytes()))
    with pytest.raises(BadInput), read_backup(broken):
        pass


def test_a_part_that_was_taken_out_is_seen(backup: Path, tmp_path: Path) -> None:
    """By somebody who makes the digest of the whole anew."""
    from commonweal.core.errors import BadInput
    from commonweal.formats.backup_file import FIRST_LINE, read_backup

    broken = tmp_path / "broken.backup"
    with zipfile.ZipFile(backup) as whole:
        for missing in whole.namelist():
            with broken.open("wb") as opened:
                opened.write(FIRST_LINE)
                with zipfile.ZipFile(opened, "w") as archive:
                    for name in whole.namelist():
                        if name != missing:
                            archive.writestr(name, whole.read(name))
            broken.write_bytes(broken.read_bytes() + hashlib.sha256(broken.read_bytes()).digest())
            with pytest.raises(BadInput), read_backup(broken):
                pass


def test_verify_says_what_is_wrong_and_nothing_is_restored(
    lived_in: Installation, backup: Path, tmp_path: Path
) -> None:
    assert "whole" in lived_in.command("verify", str(backup)).stdout
    broken = tmp_path / "broken.backup"
    broken.write_bytes(_flip(backup.read_bytes(), 1000))
    assert "damaged or cut short" in lived_in.command("verify", str(broken)).stderr
    place = Installation(tmp_path / "new", None)
    assert place.command("restore", str(broken)).returncode == 2
    assert not (place.home / "commonweal.sqlite3").exists()


def test_an_encrypted_backup_opens_with_its_key_alone(lived_in: Installation, tmp_path: Path) -> None:
    key, other, file = tmp_path / "key", tmp_path / "other", tmp_path / "sealed.backup"
    public = lived_in.command("backup-key", str(key)).stdout.strip()
    lived_in.command("backup-key", str(other))
    assert lived_in.command("backup", str(file), "--recipient", public).returncode == 0
    assert b"social value" not in file.read_bytes()
    assert "is encrypted" in lived_in.command("verify", str(file)).stderr
    assert "not its key" in lived_in.command("verify", str(file), "--identity", str(other)).stderr
    assert "whole" in lived_in.command("verify", str(file), "--identity", str(key)).stdout
    broken = tmp_path / "broken.backup"
    broken.write_bytes(_flip(file.read_bytes(), file.stat().st_size // 2))
    assert "damaged" in lived_in.command("verify", str(broken), "--identity", str(key)).stderr


def test_a_missing_file_is_said_and_no_backup_is_written(lived_in: Installation, tmp_path: Path) -> None:
    (file,) = (path for path in (lived_in.home / "evidence").rglob("*") if path.is_file())
    aside = file.with_name("aside")
    file.rename(aside)
    try:
        done = lived_in.command("backup", str(tmp_path / "none.backup"))
        assert (done.returncode, "The file of 'Policy' is missing" in done.stderr) == (2, True)
        assert not list(tmp_path.iterdir())
    finally:
        aside.rename(file)


def test_a_changed_file_is_said(lived_in: Installation, tmp_path: Path) -> None:
    (file,) = (path for path in (lived_in.home / "evidence").rglob("*") if path.is_file())
    before = file.read_bytes()
    file.write_bytes(before + b".")
    try:
        assert "is not what was sent in" in lived_in.command("backup", str(tmp_path / "none.backup")).stderr
    finally:
        file.write_bytes(before)


_ONE_CHANGED = (
    "DROP TRIGGER trail_is_never_updated",
    "UPDATE store_change SET act = 'nothing to see' WHERE number = 1",
)
_END_CUT_OFF = (
    "DROP TRIGGER trail_is_never_deleted",
    "DROP TRIGGER store_decision_refuses_delete",
    "DELETE FROM store_decision",
    "DELETE FROM store_change WHERE act = 'agreed by officers'",
)
_MADE_ANEW = ("UPDATE store_organisation SET trail_digest = 'another' WHERE trail_number > 0",)
"""In effect: every link holds, and the head that the organisation had is another."""


def _tampered(lived_in: Installation, home: Path, statements: tuple[str, ...]) -> Installation:
    """A copy of the installation in which somebody was at work who has the whole database."""
    shutil.copytree(lived_in.home, home)
    with sqlite3.connect(home / "commonweal.sqlite3") as database:
        for statement in statements:
            database.execute(statement)
    return Installation(home, None)


@pytest.mark.parametrize(
    ("statements", "words"),
    [(_ONE_CHANGED, "was changed"), (_END_CUT_OFF, "end of the audit trail is missing"), (_MADE_ANEW, "made anew")],
)
def test_a_trail_that_was_tampered_with_is_found(
    statements: tuple[str, ...], words: str, lived_in: Installation, tmp_path: Path
) -> None:
    file = str(tmp_path / "tampered.backup")
    done = _tampered(lived_in, tmp_path / "tampered", statements).command("backup", file)
    assert (done.returncode, words in done.stderr) == (2, True)


def test_one_bad_entry_loses_nothing_else(lived_in: Installation, tmp_path: Path) -> None:
    place, file = _tampered(lived_in, tmp_path / "tampered", _ONE_CHANGED), str(tmp_path / "tampered.backup")
    again = Installation(tmp_path / "again", None)
    for installation, act in ((place, "backup"), (place, "verify"), (again, "restore")):
        done = installation.command(act, file)
        assert (done.returncode, "was changed" in done.stderr) == (2, True)
    assert again.tables() == place.tables()


def test_an_encrypted_backup_is_checked_before_it_is_sealed(lived_in: Installation, tmp_path: Path) -> None:
    place = _tampered(lived_in, tmp_path / "sealed", _ONE_CHANGED)
    public = place.command("backup-key", str(tmp_path / "sealed.key")).stdout.strip()
    done = place.command("backup", str(tmp_path / "sealed.backup"), "--recipient", public)
    assert (done.returncode, "was changed" in done.stderr) == (2, True)
