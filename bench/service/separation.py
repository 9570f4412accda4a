"""A service for one council among others, with both fences between organisations or with neither.

Run as a program with a folder, `with` or `without`, and the address of a PostgreSQL database or nothing; prints its
port, the cookies of a member of that council, and the path of a theme with its first question. What the fences cost
is measured over HTTP from outside (bench/service/measure.py).
"""

import contextlib
import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID


@contextlib.contextmanager
def _neither() -> Iterator[None]:
    """No fence: everybody sees everything, and nobody's seats are looked up."""

    from commonweal.core.seats import Access
    from commonweal.services import writing
    from commonweal.store.models.organisation import OrganisationQuerySet
    from commonweal.store.models.owned import OwnedQuerySet
    from commonweal.store.models.person import Person
    from commonweal.web.accounts import arrival

    def everything(self: Any, _actor: object, _action: object = None, **also: Any) -> Any:
        return self.scoped(**also)

    @contextlib.contextmanager
    def open_(_person: object) -> Iterator[None]:
        yield

    @contextlib.contextmanager
    def known(person_id: UUID) -> Iterator[Person | None]:
        yield Person.objects.filter(pk=person_id).first()

    with (
        mock.patch.object(OwnedQuerySet, "for_actor", everything),
        mock.patch.object(OrganisationQuerySet, "for_actor", everything),
        mock.patch.object(Person, "access", Access()),
        mock.patch.object(Access, "may", lambda *_: True),
        mock.patch.object(Access, "may_with", lambda *_: True),
        mock.patch.object(writing, "fenced", open_),
        mock.patch.object(arrival, "arriving", known),
    ):
        yield


def _take_down_row_level_security() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
            for (table,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def main(folder: Path, fences: str, database: str) -> None:
    os.environ["COMMONWEAL_HOME"] = str(folder)
    os.environ["COMMONWEAL_DATABASE_URL"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "commonweal.config.settings"
    import django

    django.setup()
    told, listening = _a_council_among_others(), socket.create_server(("127.0.0.1", 0))
    with contextlib.ExitStack() as patched:
        if fences == "without":
            _take_down_row_level_security()
            patched.enter_context(_neither())
        from commonweal.cli.web_server import web_server

        print(json.dumps({"port": listening.getsockname()[1], **told}), flush=True)
        web_server(listening).run()


def _a_council_among_others() -> dict[str, Any]:
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from commonweal.core.organisations import Kind
    from commonweal.intake.assessment import read_assessment
    from commonweal.services.actions.assessments import Opening, open_assessment
    from commonweal.services.actions.examples import load_examples
    from commonweal.services.actions.organisations import create_organisation
    from commonweal.services.people import Person
    from commonweal.standards.shipped_examples import EXAMPLES

    call_command("migrate", verbosity=0)
    load_examples(by=Person.objects.local(), now=timezone.now())
    me, read = Person.objects.create(name="Lead", email="lead@council.example"), read_assessment(EXAMPLES[0].path)
    own = create_organisation(name="Bench", kind=Kind.UNITARY, size=None, by=me, now=timezone.now())
    opening = Opening(index=read.index, name="Bench", date=None, horizon_years=2, answers=read.answers)
    round_ = open_assessment(organisation_id=own, opening=opening, by=me, now=timezone.now())
    theme = read.index.themes[0]
    client = Client(headers={"host": "localhost"})
    client.force_login(me)
    path = f"/assessments/{round_}/themes/{theme.code}/"
    client.get(path)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return {"cookies": cookies, "path": path, "question": theme.questions[0].id}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "")
