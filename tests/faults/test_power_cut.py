"""The power goes at any moment: what was acknowledged is there, and the database is whole (bin/check).

A disk of our own stands under SQLite. It notes every write and every synchronisation; a cut keeps what was
synchronised and, of each file's later writes, any subset. The settings are those of an installation; the controls,
with less of them, must lose what was acknowledged, or this test would say little.
"""

import random
import sqlite3
from pathlib import Path
from typing import Any

import apsw
import pytest
from django.conf import settings

pytestmark = pytest.mark.slow
_COMMITS, _CUTS = 150, 1000
_NAME = "cut"

Log = list[tuple[str, str, int, bytes]]
"""What the disk was told: act, file, place, bytes."""


class _Disk(apsw.VFS):
    """The system's own, noting what it is told."""

    def __init__(self, log: Log) -> None:
        self.log = log
        super().__init__(_NAME, base="")

    def xOpen(self, name: Any, flags: list[int]) -> "_File":  # noqa: N802  SQLite's name
        return _File(name, flags, self.log)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
        super().xDelete(name, sync)
        self.log.append(("delete", Path(name).name, 0, b""))


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], log: Log) -> None:
        self.log, self.name = log, Path(name.filename() if isinstance(name, apsw.URIFilename) else str(name)).name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self.log.append(("write", self.name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        super().xTruncate(size)
        self.log.append(("truncate", self.name, size, b""))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self.log.append(("sync", self.name, 0, b""))


def _life(folder: Path, synchronous: str, log: Log) -> list[int]:
    """A database that is written to. Gives where in the log each commit was acknowledged."""
    path = folder / "commonweal.sqlite3"
    with sqlite3.connect(path) as begun:
        begun.execute("PRAGMA journal_mode=WAL")
        begun.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, note TEXT)")
    begun.close()
    disk = _Disk(log)
    connection = apsw.Connection(str(path), vfs=_NAME)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # no shared memory on a disk of our own
    for pragma in settings.DATABASES["default"]["OPTIONS"]["init_command"].split(";"):
        connection.execute(pragma.replace("synchronous=FULL", f"synchronous={synchronous}"))
    connection.execute("PRAGMA wal_autocheckpoint=30")
    acknowledged = []
    for number in range(_COMMITS):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO answer VALUES (?, ?)", (number, "x" * random.Random(number).randrange(4000)))
        connection.execute("COMMIT")
        acknowledged.append(len(log))
    connection.close()
    disk.unregister()
    return acknowledged


def _after_the_cut(start: dict[str, bytes], log: Log, cut: int, dice: random.Random) -> dict[str, bytes]:
    """The files as the disk has them: all that was synchronised, and any subset of the rest."""
    last_sync = {name: at for at, (act, name, _, _) in enumerate(log[:cut]) if act == "sync"}
    files = {name: bytearray(content) for name, content in start.items()}
    for at, (act, name, place, data) in enumerate(log[:cut]):
        if at > last_sync.get(name, -1) and dice.random() < 0.5:
            continue
        file = files.setdefault(name, bytearray())
        if act == "write":
            file.extend(bytes(max(0, place + len(data) - len(file))))
            file[place : place + len(data)] = data
        elif act == "truncate":
            del file[place:]
        elif act == "delete":
            files.pop(name, None)
    return {name: bytes(content) for name, content in files.items()}


def _found(folder: Path, files: dict[str, bytes]) -> set[int] | None:
    """The rows that are there once the power is back; None where the database is broken."""
    folder.mkdir()
    for name, content in files.items():
        if not name.endswith("-shm"):
            (folder / name).write_bytes(content)
    connection = sqlite3.connect(folder / "commonweal.sqlite3")
    try:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return None
        return {row[0] for row in connection.execute("SELECT id FROM answer")}
    except sqlite3.DatabaseError:
        return None
    finally:
        connection.close()


def _cuts(folder: Path, synchronous: str) -> tuple[int, int]:
    """Of many cuts: how many acknowledged commits were lost, and how many databases broken."""
    log: Log = []
    (folder / "life").mkdir()
    acknowledged = _life(folder / "life", synchronous, log)
    with sqlite3.connect(folder / "begun.sqlite3") as begun:
        begun.execute("PRAGMA journal_mode=WAL")
        begun.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, note TEXT)")
    begun.close()
    start = {"commonweal.sqlite3": (folder / "begun.sqlite3").read_bytes()}
    lost = broken = 0
    for number in range(_CUTS):
        dice = random.Random(number)
        cut = dice.randrange(len(log))
        found = _found(folder / f"cut-{number}", _after_the_cut(start, log, cut, dice))
        expected = {commit for commit, at in enumerate(acknowledged) if at <= cut}
        broken += found is None
        lost += len(expected - found) if found is not None else 0
    return lost, broken


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    assert _cuts(tmp_path, "FULL") == (0, 0)


def test_the_control_with_less_synchronising_loses_some(tmp_path: Path) -> None:
    lost, broken = _cuts(tmp_path, "NORMAL")
    assert lost > 0
    assert broken == 0


def test_the_control_without_synchronising_breaks(tmp_path: Path) -> None:
    _, broken = _cuts(tmp_path, "OFF")
    assert broken > 0
