"""People who use the service."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from commonweal.core.access import HEIRS, Role
from commonweal.core.seats import Access, Seat


class People(BaseUserManager["Person"]):
    """How people are found."""

    def local(self) -> "Person":
        """The one person of an installation on somebody's own computer; made when first asked for."""
        person, is_new = self.get_or_create(is_local=True, defaults={"name": "You"})
        if is_new:
            person.set_unusable_password()
            person.save(update_fields=["password"])
        return person


class Person(AbstractBaseUser):
    """Someone who can sign in. On one's own computer that is the local person, who has no e-mail and no password."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True, null=True, blank=True)
    is_local = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["is_local"], condition=Q(is_local=True), name="one_local_person")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access(self) -> Access:
        """The seats held now: one statement, then remembered by this object, which lives as long as a request."""
        found: Access | None = self.__dict__.get("_access")
        if found is None:
            found = self.__dict__["_access"] = self._load_access(timezone.now())
        return found

    def forget_access(self) -> None:
        """Their seats were changed."""
        self.__dict__.pop("_access", None)

    def _load_access(self, now: datetime.datetime) -> Access:
        """By a statement of our own: every request asks it, and building it anew takes longer than its answer."""
        key = self._meta.pk.get_db_prep_value(self.pk, connection)
        with connection.cursor() as cursor:
            today = connection.ops.adapt_datefield_value(timezone.localdate(now))
            cursor.execute(_OWN_SEATS, [today, key, connection.ops.adapt_datetimefield_value(now)])
            seats = _seats(cursor.fetchall())
        return Access((*seats, Seat(None, Role.OPERATOR)) if self.is_operator else seats)


_OWN_SEATS = """
SELECT seat.id, seat.organisation_id, seat.role, placement.assessment_id, placement.theme, succession.predecessor_id
FROM store_membership AS seat
LEFT JOIN store_placement AS placement ON placement.membership_id = seat.id
LEFT JOIN store_succession AS succession ON succession.successor_id = seat.organisation_id AND succession."on" <= %s
WHERE seat.person_id = %s AND seat.ended_at IS NULL AND (seat.ends_at IS NULL OR seat.ends_at > %s)
"""


def _uuid(stored: UUID | str) -> UUID:
    """SQLite keeps them as text."""
    return stored if isinstance(stored, UUID) else UUID(stored)


def _seats(rows: Iterable[tuple[Any, ...]]) -> tuple[Seat, ...]:
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
