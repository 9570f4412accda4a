"""The disk is full, in turn where the database, the files of evidence, what is in passing and the log stand.

What cannot be kept is refused in words, reading goes on, nothing is torn, and writing goes on once there is room,
without a new start (bin/check, F4).
"""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.faults.officer import Officer, files, written
from tests.faults.serving import COMMAND, environment_of, serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="mounts of POSIX")]
WRITES = 200
ROOM = 600_000
"""Bytes that are left for the writes of a test at first."""


@contextlib.contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    """A disk of eight megabytes."""
    folder.mkdir(parents=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root alone")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(disk: Path, room: int = ROOM) -> Path:
    filler = disk / "filler"
    filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - room)))
    return filler


def _eventually(act: Callable[[], int]) -> int:
    for _ in range(20):
        status = act()
        if status == 302:
            break
        time.sleep(0.1)
    return status


def _whole(home: Path, officer: Officer) -> None:
    """All that was acknowledged is there, and the files are what their rows say (the backup checks that)."""
    assert written(home) == (officer.saved, officer.added, 0)
    file = home.parent / "after.backup"
    done = subprocess.run([*COMMAND, "backup", str(file)], env=environment_of(home), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(files(home)) == officer.added  # and nothing half written beside them


def test_where_the_database_stands(tmp_path: Path) -> None:
    with _small_disk(tmp_path / "disk") as disk:
        with serving(disk) as (_, link):
            officer = Officer(link)
            filler = _fill(disk)
            answered = [officer.saves("x" * 1500) for _ in range(WRITES)]
            assert set(answered) == {302, 503}
            assert "Commonweal cannot reach its records" in officer.last
            assert f"{officer.saved + 1} xxx" in officer.last  # what was typed is there
            assert officer.reads() == 200
            filler.unlink()
            assert _eventually(officer.saves) == 302
        _whole(disk, officer)


def test_where_the_files_stand(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with _small_disk(home / "evidence") as disk:
        with serving(home) as (_, link):
            officer = Officer(link)
            filler = _fill(disk)
            answered = [officer.adds(20_000) for _ in range(WRITES)]
            assert set(answered) == {302, 422}
            assert "The file could not be kept" in officer.last
            assert (officer.reads(), officer.saves()) == (200, 302)
            filler.unlink()
            assert _eventually(lambda: officer.adds(20_000)) == 302
        _whole(home, officer)


@pytest.mark.parametrize("room", [ROOM, 4_000_000], ids=["for none", "for the first of two times"])
def test_where_files_stand_in_passing(room: int, tmp_path: Path) -> None:
    """A larger file is put aside on its way in, once by the web server and once by Django."""
    home = tmp_path / "home"
    with _small_disk(tmp_path / "passing") as disk:
        with serving(home, TMPDIR=str(disk)) as (_, link):
            officer = Officer(link)
            filler = _fill(disk, room)
            assert {officer.adds(3_000_000) for _ in range(WRITES)} == {507}
            assert "There is no room for this at the moment" in officer.last
            assert (officer.reads(), officer.saves(), officer.adds(20_000)) == (200, 302, 302)
            filler.unlink()
            assert _eventually(lambda: officer.adds(3_000_000)) == 302
        _whole(home, officer)


def test_where_the_log_stands(tmp_path: Path) -> None:
    """What cannot be logged stops nobody."""
    home = tmp_path / "home"
    with _small_disk(tmp_path / "logs") as disk:
        log = disk / "commonweal.log"
        with serving(home, log) as (_, link):
            officer = Officer(link)
            filler = _fill(disk, 0)
            for _ in range(WRITES):
                assert officer.browser.ask(officer.port, "GET", "/nowhere/")[0] == 404
                assert officer.saves() == 302
            assert officer.reads() == 200
            before = log.stat().st_size
            filler.unlink()
            assert officer.browser.ask(officer.port, "GET", "/nowhere/")[0] == 404
            assert log.stat().st_size > before
        _whole(home, officer)
