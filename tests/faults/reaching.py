"""A plugin of pytest for copies of the product: notes which tests pass which guard, or runs only those that were noted.

`COMMONWEAL_TESTS_REACHED` names the file that is written, `COMMONWEAL_TESTS_TO_RUN` one with the tests to run, in that
order.
"""

import builtins
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

NOTED, WANTED = "COMMONWEAL_TESTS_REACHED", "COMMONWEAL_TESTS_TO_RUN"
_reached: dict[str, set[str]] = defaultdict(set)
_running = ""


def _note(guard: str) -> None:
    if _running:
        _reached[guard].add(_running)


builtins.reached = _note  # type: ignore[attr-defined]  # the copy's modules call it without importing it


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Know which test it is that passes."""
    global _running
    _running = item.nodeid
    return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave only those asked for."""
    if WANTED in os.environ:
        asked = Path(os.environ[WANTED]).read_text(encoding="utf-8").splitlines()
        place = {name: number for number, name in enumerate(asked)}
        items[:] = sorted((one for one in items if one.nodeid in place), key=lambda one: place[one.nodeid])


def pytest_sessionfinish() -> None:
    """Write down what was noted."""
    if NOTED in os.environ:
        found = {guard: sorted(tests) for guard, tests in _reached.items()}
        Path(os.environ[NOTED]).write_text(json.dumps(found), encoding="utf-8")
