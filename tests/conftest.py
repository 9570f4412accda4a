"""For every test: no network, and the index that is shipped."""

import os
import socket
from collections.abc import Iterator

import pytest
from hypothesis import settings

from commonweal.core.maturity.models import Index
from commonweal.standards.catalogue import load_index

# A test must not fail because the machine is busy, nor today and not tomorrow.
ON_POSTGRESQL = os.environ.get("COMMONWEAL_TEST_DATABASE") == "postgresql"

settings.register_profile("commonweal", deadline=None, derandomize=True)
settings.load_profile("commonweal")


_CONNECT = socket.socket.connect


def reach_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a test speak to a server that it has started itself, and to nothing else."""

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        assert address[0] == "127.0.0.1", "A test tried to reach the network."
        _CONNECT(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


def _refuse_connection(*_arguments: object, **_named: object) -> None:
    raise AssertionError("A test tried to reach the network.")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _refuse_connection)
    monkeypatch.setattr(socket.socket, "connect_ex", _refuse_connection)


@pytest.fixture(scope="session")
def index() -> Index:
    return load_index("svmi-public")


@pytest.fixture(autouse=True)
def _tests_look_over_the_fence(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test looks up by itself it sees; services and pages put up the fence of whoever asks."""
    marker = request.node.get_closest_marker("django_db")
    named = {"db", "person", "client"} & set(request.fixturenames)
    if ON_POSTGRESQL and (named or (marker and not marker.kwargs.get("transaction"))):
        from commonweal.store.fence import unfenced

        request.getfixturevalue("db")
        with unfenced("a test looks at the tables"):
            yield
    else:
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A test database on disk, with the settings that an installation has: in memory, threads would share one."""
    from django.conf import settings as django_settings

    database = django_settings.DATABASES["default"]
    if "sqlite3" in database["ENGINE"]:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "only")
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(django_settings.HOME / f"test-{worker}.sqlite3")}
