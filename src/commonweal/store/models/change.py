"""The audit trail: a row for each act, written in the same transaction, chained, never edited."""

from typing import ClassVar

from django.db import models

from commonweal.store.models.owned import Owned, OwnedQuerySet


class Change(Owned):
    """One act, as core/trail.py chains it. `subject` says on what; `said` holds before, after and why.

    Triggers in the database refuse to change or delete a row. One thing may be taken away, by erasure: `said`, whose
    digest stays.
    """

    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    number = models.PositiveBigIntegerField()
    assessment = models.ForeignKey("store.Assessment", on_delete=models.PROTECT, null=True, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=100, blank=True)
    said = models.JSONField(null=True)
    said_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = OwnedQuerySet["Change"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "number"], name="entry_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.at:%Y-%m-%d %H:%M} {self.act}"
