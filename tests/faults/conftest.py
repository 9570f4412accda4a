"""Tests of faults speak to a service that they started themselves."""

import pytest


@pytest.fixture(autouse=True)
def _loopback(_no_network: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the service that the test started itself."""
    monkeypatch.undo()
