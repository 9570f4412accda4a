"""People who use the service."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from commonweal.core.access import TABLE, Access, Action, Reach, Role, Seat


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
        rows = (
            self.memberships.across("a person's own seats")
            .filter(Q(ends_at=None) | Q(ends_at__gt=now), ended_at=None)
            .values_list(
                "id",
                "organisation_id",
                "role",
                "placements__assessment_id",
                "placements__theme",
                "organisation__predecessors__predecessor_id",
            )
        )
        seats = _seats(rows)
        return Access((*seats, Seat(None, Role.OPERATOR)) if self.is_operator else seats)


def _seats(rows: Iterable[tuple[Any, ...]]) -> tuple[Seat, ...]:
    """Seats from rows of a membership, each with one of its placements and one of its organisation's predecessors."""
    held: dict[int, tuple[UUID, str]] = {}
    placed: dict[int, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
    left: set[UUID] = set()
    for id_, organisation, role, assessment, theme, predecessor in rows:
        held[id_] = organisation, role
        if assessment:
            placed[id_][assessment].add(theme)
        if predecessor and TABLE[Role(role), Action.READ] is Reach.EVERYTHING:
            left.add(predecessor)
    own = tuple(
        Seat(organisation, Role(role), {assessment: frozenset(codes) for assessment, codes in placed[id_].items()})
        for id_, (organisation, role) in held.items()
    )
    return (*own, *(Seat(organisation, Role.SUCCESSOR) for organisation in left))
