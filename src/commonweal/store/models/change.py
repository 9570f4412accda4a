"""What was done, by whom and when: a row for each act, written in the same transaction, never edited."""

from typing import ClassVar

from django.db import models

from commonweal.store.models.owned import Owned, OwnedQuerySet


class Change(Owned):
    """One act. `subject` says on what; `before` and `after` hold the fields that changed."""

    assessment = models.ForeignKey("store.Assessment", on_delete=models.PROTECT, null=True, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=100, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = OwnedQuerySet["Change"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
