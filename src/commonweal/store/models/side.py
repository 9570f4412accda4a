"""What a buyer asks its suppliers to show, and what a supplier agreed to."""

import uuid
from typing import ClassVar

from django.db import models

from commonweal.store.models.owned import Owned, OwnedQuerySet


class SideRequest(Owned):
    """That an organisation asked a supplier, whom it calls `label`, to show where it stands.

    `shown` is what the supplier agreed to show, as it stood that day: its name, the round, a level for each theme.
    It is a copy, so that nothing else of the supplier can be seen by it, and it is emptied when either side ends it.
    """

    ASSESSMENT: ClassVar = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    shown = models.JSONField(null=True)
    shown_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = OwnedQuerySet["SideRequest"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["label", "created_at"]

    def __str__(self) -> str:
        return f"{self.organisation_id} asked {self.label}"


class SideAgreement(Owned):
    """That a supplier shows a round to whoever asked (`asked_by`, by name); `request` is the other's row, by id."""

    ASSESSMENT: ClassVar = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey("store.Assessment", on_delete=models.PROTECT, related_name="+")
    request = models.UUIDField()
    asked_by = models.CharField(max_length=200)
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = OwnedQuerySet["SideAgreement"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["-agreed_at"]

    def __str__(self) -> str:
        return f"{self.assessment_id} shown to {self.asked_by}"
