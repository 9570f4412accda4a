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

_LINE = """
WITH RECURSIVE line (gone) AS (
  {first} UNION SELECT further.predecessor_id FROM store_succession AS further
  JOIN line ON further.successor_id = line.gone WHERE further."on" <= {today}
) SELECT line.gone FROM line
"""
"""Predecessors with theirs, all the way back."""

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
    IF predecessor IS NOT NULL AND role = ANY (inherits) THEN
      reached := reached || ARRAY({_LINE.format(first="SELECT predecessor", today="today")});
    END IF;
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
    return _asked(*looking(person, now), now)


def enter(person: UUID, now: datetime.datetime) -> tuple[Seat, ...]:
    """The same; and PostgreSQL shows what is of those organisations until the transaction ends."""
    return _asked(*entering(person, now), now)


def looking(person: UUID, now: datetime.datetime) -> tuple[str, list[Any]]:
    """The seats as what stands after FROM, and its parameters."""
    today = connection.ops.adapt_datefield_value(timezone.localdate(now))
    who, at = _ID.get_db_prep_value(person, connection), connection.ops.adapt_datetimefield_value(now)
    return _LOOKED_UP, [today, who, at]


def entering(person: UUID, now: datetime.datetime) -> tuple[str, list[Any]]:
    """The same as a call of the function that opens the fence."""
    return "commonweal_enter(%s, %s, %s, %s)", [person, timezone.localdate(now), now, _INHERIT]


def _asked(seats: str, parameters: list[Any], now: datetime.datetime) -> tuple[Seat, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {seats} AS seat", parameters)  # noqa: S608  one of the two above
        rows = cursor.fetchall()
    return seats_of(rows, now)


def seats_of(rows: Iterable[tuple[Any, ...]], now: datetime.datetime) -> tuple[Seat, ...]:
    """Seats from rows of a membership, each with one of its placements and one of its organisation's predecessors.

    What these have taken over themselves is asked for where there are any, which is seldom.
    """
    held: dict[int, tuple[UUID, str]] = {}
    placed: dict[int, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
    left: dict[Role, set[UUID]] = defaultdict(set)
    for id_, organisation, role, assessment, theme, predecessor in rows:
        held[id_] = _uuid(organisation), role
        if assessment:
            placed[id_][_uuid(assessment)].add(theme)
        if predecessor and Role(role) in HEIRS:
            left[HEIRS[Role(role)]].add(_uuid(predecessor))
    own = tuple(
        Seat(organisation, Role(role), {assessment: frozenset(codes) for assessment, codes in placed[id_].items()})
        for id_, (organisation, role) in held.items()
    )
    inherited = (Seat(one, role) for role, direct in left.items() for one in _all_the_way_back(direct, now))
    return (*own, *inherited)


def _all_the_way_back(direct: set[UUID], now: datetime.datetime) -> set[UUID]:
    today = connection.ops.adapt_datefield_value(timezone.localdate(now))
    first = " UNION ".join(["SELECT predecessor_id FROM store_succession WHERE predecessor_id = %s"] * len(direct))
    with connection.cursor() as cursor:
        ids = [_ID.get_db_prep_value(one, connection) for one in direct]
        cursor.execute(_LINE.format(first=first, today="%s"), [*ids, today])
        return direct | {_uuid(gone) for (gone,) in cursor.fetchall()}


def _uuid(stored: UUID | str) -> UUID:
    """SQLite keeps them as text."""
    return stored if isinstance(stored, UUID) else UUID(stored)
