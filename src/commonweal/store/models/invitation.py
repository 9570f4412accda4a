"""Invitations into an organisation."""

import uuid
from typing import ClassVar

from django.db import models

from commonweal.store.models.owned import Owned, OwnedQuerySet


class Invitation(Owned):
    """A role that waits for somebody with an e-mail address. Only a digest of the token is kept."""

    ASSESSMENT: ClassVar = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    role = models.CharField(max_length=30)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    ends_at = models.DateTimeField(null=True, help_text="When the seat ends that it leads to.")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = OwnedQuerySet["Invitation"].as_manager()

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.role}, until {self.expires_at:%Y-%m-%d}"
