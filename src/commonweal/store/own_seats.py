"""A person's own seats, in one statement: every request asks for them, and building it takes longer than answering it.

On PostgreSQL the same statement stands in a function of the database, which opens the fence by what it finds
(store/fence.py): to say who asks, to read their seats, and to say where these reach would be three journeys there.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import UUIDField
from django.utils import timezone

from commonweal.core.access import HEIRS, Role
from commonweal.core.seats import Seat

_FOUND = """
SELECT seat.id, seat.organisation_id, seat.role, placement.assessment_id, placement.theme, succession.predecessor_id
FROM store_membership AS seat
LEFT JOIN store_placement AS placement ON placement.membership_id = seat.id
LEFT JOIN store_succession AS succession
  ON succession.successor_id = seat.organisation_id AND succession."on" <= {today}
WHERE seat.person_id = {who} AND seat.ended_at IS NULL AND (seat.ends_at IS NULL OR seat.ends_at > {now})
"""

FUNCTION = f"""
CREATE OR REPLACE FUNCTION commonweal_enter(who uuid, today date, now timestamptz, inherits text[])
RETURNS TABLE (id bigint, organisation uuid, role text, assessment uuid, theme text, predecessor uuid)
LANGUAGE plpgsql AS $$
DECLARE reached uuid[] := '{{}}';
BEGIN
  PERFORM set_config('commonweal.person', who::text, true), set_config('commonweal.organisations', '', true),
    set_config('commonweal.everything', '', true);
  FOR id, organisation, role, assessment, theme, predecessor IN
    {_FOUND.format(today="today", who="who", now="now")}
  LOOP
    reached := reached || organisation;
    IF predecessor IS NOT NULL AND role = ANY (inherits) THEN reached := reached || predecessor; END IF;
    RETURN NEXT;
  END LOOP;
  PERFORM set_config('commonweal.organisations', array_to_string(reached, ','), true);
END $$
"""

_LOOKED_UP = f"({_FOUND.format(today='%s', who='%s', now='%s')})"
_INHERIT = [role.value for role in HEIRS]
_ID = UUIDField()


def own_seats(person: UUID, now: datetime.datetime) -> tuple[Seat, ...]:
    """The seats that a person holds now, and those that an organisation of theirs has inherited."""
    return _asked(*looking(person, now))


def enter(person: UUID, now: datetime.datetime) -> tuple[Seat, ...]:
    """The same; and PostgreSQL shows what is of those organisations until the transaction ends."""
    return _asked(*entering(person, now))


def looking(person: UUID, now: datetime.datetime) -> tuple[str, list[Any]]:
    """The seats as what stands after FROM, and its parameters."""
    today = connection.ops.adapt_datefield_value(timezone.localdate(now))
    who, at = _ID.get_db_prep_value(person, connection), connection.ops.adapt_datetimefield_value(now)
    return _LOOKED_UP, [today, who, at]


def entering(person: UUID, now: datetime.datetime) -> tuple[str, list[Any]]:
    """The same as a call of the function that opens the fence."""
    return "commonweal_enter(%s, %s, %s, %s)", [person, timezone.localdate(now), now, _INHERIT]


def _asked(seats: str, parameters: list[Any]) -> tuple[Seat, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {seats} AS seat", parameters)  # noqa: S608  one of the two above
        return seats_of(cursor.fetchall())


def seats_of(rows: Iterable[tuple[Any, ...]]) -> tuple[Seat, ...]:
    """Seats from rows of a membership, each with one of its placements and one of its organisation's predecessors."""
    held: dict[int, tuple[UUID, str]] = {}
    placed: dict[int, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
    left: set[UUID] = set()
    for id_, organisation, role, assessment, theme, predecessor in rows:
        held[id_] = _uuid(organisation), role
        if assessment:
            placed[id_][_uuid(assessment)].add(theme)
        if predecessor and Role(role) in HEIRS:
            left.add(_uuid(predecessor))
    own = tuple(
        Seat(organisation, Role(role), {assessment: frozenset(codes) for assessment, codes in placed[id_].items()})
        for id_, (organisation, role) in held.items()
    )
    return (*own, *(Seat(organisation, Role.SUCCESSOR) for organisation in left))


def _uuid(stored: UUID | str) -> UUID:
    """SQLite keeps them as text."""
    return stored if isinstance(stored, UUID) else UUID(stored)
