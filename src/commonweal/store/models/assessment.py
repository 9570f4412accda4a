"""One round of an organisation's self-assessment."""

import uuid
from typing import ClassVar

from django.db import models

from commonweal.core.lifecycle import State
from commonweal.core.maturity.answers import Standing
from commonweal.store.models.owned import Owned, OwnedQuerySet


class Assessment(Owned):
    """A round: which version of which index, on which day, how many years ahead the target lies."""

    ASSESSMENT: ClassVar = "pk"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    index = models.CharField(max_length=80, help_text="The version of the index: `id@version`.")
    name = models.CharField(max_length=100)
    date = models.DateField(null=True)
    horizon_years = models.PositiveSmallIntegerField(null=True)
    answers_are = models.CharField(max_length=20, default=Standing.GIVEN.value)
    source = models.CharField(max_length=500, blank=True)
    moved_from = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The round by an earlier version of the index whose answers were carried over.",
    )
    department = models.ForeignKey(
        "store.OrganisationPart",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The department whose answers these are, where they are not those of the whole organisation.",
    )
    is_baseline = models.BooleanField(default=False, help_text="Whether later rounds are measured by this one.")
    again_on = models.DateField(null=True, help_text="When to measure again.")
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    state_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["Assessment"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["-date", "-created_at"]

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.name}"
