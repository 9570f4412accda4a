"""People who use the service."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


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
