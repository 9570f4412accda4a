"""A workbook that was sent in and read, and waits for a decision."""

import uuid

from django.db import models

from commonweal.store.models.assessment import Assessment
from commonweal.store.models.owned import Owned, OwnedQuerySet


class Upload(Owned):
    """What a workbook would change, as read; the file itself is not kept.

    `versions` are the versions of the themes when it was read: what was saved since makes it stale.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="uploads")
    file_name = models.CharField(max_length=200)
    changes = models.JSONField()
    versions = models.JSONField()
    overtaken = models.JSONField(default=list, help_text="Themes that were saved since the workbook was given out.")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)

    objects = OwnedQuerySet["Upload"].as_manager()

    def __str__(self) -> str:
        return f"{self.assessment_id}, {self.file_name}"
