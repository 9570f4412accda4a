"""The second fence: PostgreSQL itself lets through only the rows of the organisations that the actor sits in.

The first fence is `for_actor`. Should a query ever slip past it, row-level security (forced, so that it binds the
tables' owner too) still gives nothing of others. What it goes by are settings of the *transaction*, never of the
session, so that nothing is left for the next request on the same connection; without them no row is seen at all.
SQLite has no such thing: there, this module does nothing. docs/adr/0008-two-fences.md tells why it is built so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

if TYPE_CHECKING:
    from commonweal.store.models.person import Person

Inside = tuple[str, str, str]
"""The three settings: person, organisations with commas between, "on" for everything."""

_OUTSIDE: Inside = ("", "", "")
_EVERYTHING: Inside = ("", "", "on")
_inside: ContextVar[Inside] = ContextVar("inside", default=_OUTSIDE)

_SET = (
    "SELECT set_config('commonweal.person', %s, true), set_config('commonweal.organisations', %s, true),"
    " set_config('commonweal.everything', %s, true)"
)


@contextmanager
def fenced(person: "Person") -> Iterator[None]:
    """Inside, the database shows what belongs to the organisations of this person, in one transaction."""
    if connection.vendor != "postgresql":
        yield
        return
    if _inside.get()[0] == str(person.pk):
        with _inside_of(_wanted(person)):
            yield
        return
    with part_of_a_transaction():
        person.enter()
        with opened_for(person):
            yield


@contextmanager
def opened_for(person: "Person") -> Iterator[None]:
    """What the database was told already (store/own_seats.py), remembered."""
    with _remembered(_wanted(person)):
        yield


def _wanted(person: "Person") -> Inside:
    return str(person.pk), ",".join(sorted(map(str, person.access.organisations()))), ""


@contextmanager
def unfenced(reason: str) -> Iterator[None]:
    """Inside, the database shows everything: for what no single person does. The reason stands where it is asked."""
    if connection.vendor != "postgresql":
        yield
        return
    assert reason  # noqa: S101  said where it is asked
    with _inside_of(_EVERYTHING):
        yield


@contextmanager
def _inside_of(wanted: Inside) -> Iterator[None]:
    """The settings for a part of a transaction."""
    if wanted == _inside.get():
        yield
        return
    with part_of_a_transaction():
        _set(wanted)
        with _remembered(wanted):
            yield


@contextmanager
def part_of_a_transaction() -> Iterator[None]:
    """What is set inside is as before afterwards; a part that fails takes it back by itself, and so does the end."""
    before, is_whole = _inside.get(), not connection.in_atomic_block
    with transaction.atomic():
        yield
        if not is_whole and not connection.needs_rollback:
            _set(before)


@contextmanager
def _remembered(settings: Inside) -> Iterator[None]:
    token = _inside.set(settings)
    try:
        yield
    finally:
        _inside.reset(token)


def admit(organisation: UUID) -> None:
    """Let through what belongs to an organisation that is being made in this transaction."""
    if connection.vendor == "postgresql":
        person, organisations, everything = _inside.get()
        _set((person, ",".join(filter(None, [organisations, str(organisation)])), everything))


def _set(settings: Inside) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, settings)


_SETTING = "string_to_array(nullif(current_setting('commonweal.organisations', true), ''), ',')"
_MINE = f"organisation_id = ANY ((SELECT {_SETTING}::uuid[])::uuid[])"  # a SELECT, to be worked out once, not per row
_ALL = "coalesce(current_setting('commonweal.everything', true), '') = 'on'"
_OWN_SEATS = "person_id = nullif(current_setting('commonweal.person', true), '')::uuid"
_SEAT = "EXISTS (SELECT 1 FROM store_membership AS seat WHERE"
_BEFORE_IT_IS_KNOWN_WHERE_THEY_MAY_GO = {
    "store_membership": _OWN_SEATS,
    "store_placement": f"{_SEAT} seat.id = store_placement.membership_id AND seat.{_OWN_SEATS})",
}


def policy(table: str) -> list[str]:
    """The statements that fence a table; a migration runs them for each table that has rows of organisations.

    Databases that are there already keep what they were given: whoever changes this adds a migration that does it anew.

    One's seats with their placements can be read as soon as it is known who asks: they say where that person may go.
    """
    organisation = "id" if table == "store_organisation" else "organisation_id"
    rule = f"{_MINE.replace('organisation_id', organisation, 1)} OR {_ALL}"
    also = _BEFORE_IT_IS_KNOWN_WHERE_THEY_MAY_GO.get(table)
    reads = f"{rule} OR {also}" if also else rule
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY fence ON {table} USING ({reads}) WITH CHECK ({rule})",
    ]


def fence(*tables: str) -> RunPython:
    """The operation of a migration that fences new tables, each named without its prefix."""

    def put_up(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for statement in (statement for table in tables for statement in policy(f"store_{table}")):
                schema_editor.execute(statement)

    return RunPython(put_up, RunPython.noop)
