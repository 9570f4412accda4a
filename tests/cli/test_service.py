"""`serve`, `load-examples` and `jobs` as processes."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COMMONWEAL_HOME": str(folder)}
    environment.pop("COMMONWEAL_DATABASE_URL", None)
    command = [sys.executable, "-m", "commonweal", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_examples_are_loaded_into_an_empty_folder_and_only_once(tmp_path: Path) -> None:
    first, second = _run(tmp_path / "new", "load-examples"), _run(tmp_path / "new", "load-examples")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "Aldermere Borough Council" in first.stdout
    assert second.stdout == "All examples are there already.\n"
    if os.name == "posix":
        assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o077 == 0


def test_what_is_due_is_done_and_it_ends(tmp_path: Path) -> None:
    done = _run(tmp_path, "jobs", "--once")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org"])  # noqa: S104  refused
def test_no_other_address_is_listened_at(host: str, tmp_path: Path) -> None:
    done = _run(tmp_path, "serve", "--host", host)
    assert done.returncode == 2
    assert done.stderr.startswith(f"--host: {host} is not this computer's own address")


def test_a_port_that_is_taken_is_told_in_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = _run(tmp_path, "serve", "--port", port)
    assert done.returncode == 2
    assert done.stderr.startswith(f"--port {port}: Nothing can listen there")
