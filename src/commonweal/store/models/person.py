"""People who use the service."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from commonweal.core.access import Role
from commonweal.core.seats import Access, Seat
from commonweal.store.own_seats import enter, own_seats


class People(BaseUserManager["Person"]):
    """How people are found."""

    def local(self) -> "Person":
        """The one person of an installation on somebody's own computer; made when first asked for."""
        person, is_new = self.get_or_create(is_local=True, defaults={"name": "You"})
        if is_new:
            person.set_unusable_password()
            person.save(update_fields=["password"])
        return person

    def installation(self) -> "Person":
        """Who does what the command line and the retention do: nobody who could sign in, under a name that says so."""
        named = {"name": INSTALLATION, "is_active": False, "password": "!"}
        return self.get_or_create(pk=_INSTALLATION, defaults=named)[0]


INSTALLATION = "Whoever runs this installation"
_INSTALLATION = uuid.UUID("c0330e4e-a100-5000-8000-000000000001")


class Person(AbstractBaseUser):
    """Someone who can sign in. On one's own computer that is the local person, who has no e-mail and no password."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True, null=True, blank=True)
    is_local = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

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
            found = self.take_seats(own_seats(self.pk, timezone.now()))
        return found

    def enter(self) -> Access:
        """The same, found anew, while PostgreSQL is told who asks (store/fence.py)."""
        return self.take_seats(enter(self.pk, timezone.now()))

    def forget_access(self) -> None:
        """Their seats were changed."""
        self.__dict__.pop("_access", None)

    def take_seats(self, seats: tuple[Seat, ...]) -> Access:
        """Remember the seats, which were just read."""
        found = Access((*seats, Seat(None, Role.OPERATOR)) if self.is_operator else seats)
        self.__dict__["_access"] = found
        return found
