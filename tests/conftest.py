"""For every test: no network, and the index that is shipped."""

import socket

import pytest
from hypothesis import settings

from commonweal.core.maturity.models import Index
from commonweal.standards.catalogue import load_index

# A test must not fail because the machine is busy, nor today and not tomorrow.
settings.register_profile("commonweal", deadline=None, derandomize=True)
settings.load_profile("commonweal")


def _refuse_connection(*_arguments: object, **_named: object) -> None:
    raise AssertionError("A test tried to reach the network.")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _refuse_connection)
    monkeypatch.setattr(socket.socket, "connect_ex", _refuse_connection)


@pytest.fixture(scope="session")
def index() -> Index:
    return load_index("svmi-public")
