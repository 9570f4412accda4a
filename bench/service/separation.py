"""What keeping organisations apart costs: the same pages with both fences and with neither, in turns.

Run as a program with a folder, and the address of a PostgreSQL server or nothing; prints a line of JSON: seconds a
request with and without, for the page of a theme and for its save, by somebody of one council.
"""

import contextlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

_TURNS, _WARM, _MEASURED = 10, 15, 20


@contextlib.contextmanager
def _neither() -> Iterator[None]:
    """No fence: everybody sees everything, and nobody's seats are looked up."""

    from commonweal.core.seats import Access
    from commonweal.services import writing
    from commonweal.store.models.organisation import OrganisationQuerySet
    from commonweal.store.models.owned import OwnedQuerySet
    from commonweal.store.models.person import Person
    from commonweal.web.components import safeguards

    def everything(self: Any, _actor: object, _action: object = None, **also: Any) -> Any:
        return self.scoped(**also)

    @contextlib.contextmanager
    def open_(_person: object) -> Iterator[None]:
        yield

    with (
        mock.patch.object(OwnedQuerySet, "for_actor", everything),
        mock.patch.object(OrganisationQuerySet, "for_actor", everything),
        mock.patch.object(Person, "access", Access()),
        mock.patch.object(Access, "may", lambda *_: True),
        mock.patch.object(Access, "may_with", lambda *_: True),
        mock.patch.object(writing, "fenced", open_),
        mock.patch.object(safeguards, "fenced", open_),
    ):
        _row_level_security("DISABLE")
        try:
            yield
        finally:
            _row_level_security("ENABLE")


def _row_level_security(what: str) -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
            for (table,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} {what} ROW LEVEL SECURITY")


def main(folder: Path, database: str) -> None:
    os.environ["COMMONWEAL_HOME"] = str(folder)
    os.environ["COMMONWEAL_DATABASE_URL"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "commonweal.config.settings"
    import django

    django.setup()
    found = {}
    for name, act in _acts().items():
        times = _in_turns(act)
        found[name] = {kind: statistics.median(taken) for kind, taken in times.items()}
    print(json.dumps(found))


def _acts() -> dict[str, Callable[[], None]]:
    """What somebody of one council does, with others there."""
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from commonweal.core.organisations import Kind
    from commonweal.intake.assessment import read_assessment
    from commonweal.services.actions.assessments import open_assessment
    from commonweal.services.actions.examples import load_examples
    from commonweal.services.actions.organisations import create_organisation
    from commonweal.services.people import Person
    from commonweal.standards.shipped_examples import EXAMPLES

    call_command("migrate", verbosity=0)
    load_examples(by=Person.objects.local(), now=timezone.now())
    me, read = Person.objects.create(name="Lead", email="lead@council.example"), read_assessment(EXAMPLES[0].path)
    own = create_organisation(name="Bench", kind=Kind.UNITARY, size=None, by=me, now=timezone.now())
    given: dict[str, Any] = {"index": read.index, "answers": read.answers, "by": me, "now": timezone.now()}
    round_ = open_assessment(organisation_id=own, name="Bench", date=None, horizon_years=2, **given)
    theme = read.index.themes[0]
    client = Client(headers={"host": "localhost"})
    client.force_login(me, backend="django.contrib.auth.backends.ModelBackend")
    page, version = f"/assessments/{round_}/themes/{theme.code}/", [1]

    def look() -> None:
        assert client.get(page).status_code == 200

    def save() -> None:
        sent = {"version": str(version[0]), "do": "stop", f"{theme.questions[0].id}-note": f"note {version[0]}"}
        assert client.post(page, sent).status_code == 302
        version[0] += 1

    return {"page": look, "save": save}


def _in_turns(act: Callable[[], None]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {"with": [], "without": []}
    for number in range(2 * _TURNS):
        kind = "with" if number % 2 else "without"
        with _neither() if kind == "without" else contextlib.nullcontext():
            for _ in range(_WARM):  # a change of fences makes PostgreSQL plan anew, which is not what is measured
                act()
            for _ in range(_MEASURED):
                start = time.perf_counter()
                act()
                times[kind].append(time.perf_counter() - start)
    return times


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
