"""Who a session names, with their seats and behind their fence: one statement, since every request asks for it."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from commonweal.store.fence import opened_for, part_of_a_transaction
from commonweal.store.models.person import Person
from commonweal.store.own_seats import entering, looking, seats_of

_FIELDS = Person._meta.concrete_fields
_NAMES = [field.attname for field in _FIELDS]
_COLUMNS = [field.get_col("person") for field in _FIELDS]
_ID = Person._meta.pk
_PERSON_AND = (
    f"SELECT {', '.join(f'person.{field.column}' for field in _FIELDS)}, seat.*"  # noqa: S608  names of our own columns
    " FROM store_person AS person LEFT JOIN {} AS seat ON true WHERE person.id = %s"
)


@contextmanager
def arriving(person_id: UUID) -> Iterator[Person | None]:
    """The person, or None. Inside, PostgreSQL shows what belongs to their organisations, in one transaction."""
    if connection.vendor != "postgresql":
        now = timezone.now()
        yield _arrived(person_id, *looking(person_id, now), now)
        return
    with part_of_a_transaction():
        now = timezone.now()
        person = _arrived(person_id, *entering(person_id, now), now)
        if person is None:
            yield None
            return
        with opened_for(person):
            yield person


def take_back() -> None:
    """Undo what the request has written so far: PostgreSQL has it in one transaction, SQLite in one an action."""
    if connection.vendor == "postgresql":
        transaction.set_rollback(True)


def _arrived(person_id: UUID, seats: str, parameters: list[Any], now: datetime.datetime) -> Person | None:
    with connection.cursor() as cursor:
        cursor.execute(_PERSON_AND.format(seats), [*parameters, _ID.get_db_prep_value(person_id, connection)])
        rows = cursor.fetchall()
    if not rows:
        return None
    person = Person.from_db(connection.alias, _NAMES, list(map(_converted, _COLUMNS, rows[0])))
    person.take_seats(seats_of((row[len(_COLUMNS) :] for row in rows if row[len(_COLUMNS)] is not None), now))
    return person


def _converted(column: Any, stored: Any) -> Any:
    """As Django reads it; SQLite has no dates and no ids of its own."""
    for convert in connection.ops.get_db_converters(column):
        stored = convert(stored, column, connection)
    return stored
