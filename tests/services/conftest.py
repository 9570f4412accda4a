"""Every action that a test of the services takes leaves an entry, where it changes what belongs to an organisation."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from commonweal.services import writing
from commonweal.store.models.owned import Owned

_WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(store_\w+)"')
WITHOUT_ENTRY = {
    "store_calendarfeed": "an address of one's own; no page shows more of it than that it is there",
    "store_lettersent": "that a letter has left",
    "store_upload": "what somebody is about to take in",
    "store_workupload": "the same, for work",
    "store_invitation": "thrown away once it is long over",
    "store_evidence": "files of what was withdrawn long ago go, and the row says so",
    "store_identifier": "written anew as they were, where settings are sent unchanged",
}
"""Tables of organisations that are written without an entry, with what they hold: no kept page shows any of it
(tests/web/test_kept.py)."""


def watched() -> set[str]:
    """The tables of which a page that is kept may show something."""
    owned = {table._meta.db_table for table in apps.get_app_config("store").get_models() if issubclass(table, Owned)}
    return owned - WITHOUT_ENTRY.keys()


@pytest.fixture(autouse=True)
def _every_change_has_its_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    waits, tables = writing._turn_taken, watched()
    inside: list[set[str]] = []

    def note(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        done = execute(sql, parameters, many, context)
        found = _WRITES.match(sql)
        if found and (sql.startswith("INSERT") or context["cursor"].rowcount):
            inside[-1].add(found[1])
        return done

    @contextmanager
    def taken() -> Iterator[None]:
        with waits():
            if inside:  # an action that is a part of another
                yield
                return
            inside.append(set())
            try:
                with connection.execute_wrapper(note):
                    yield
                wrote = inside[-1]
            finally:
                inside.pop()
            assert "store_change" in wrote or not wrote & tables, wrote & tables

    monkeypatch.setattr(writing, "_turn_taken", taken)
