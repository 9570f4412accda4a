"""What somebody sent after their session had ended."""

import uuid

from django.db import models


class Unsent(models.Model):
    """Kept for whoever sent it, and for nobody else, until they send it once more, throw it away, or it is too old."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=1000, help_text="Where it was sent to.")
    fields = models.JSONField(help_text="Pairs of name and value, in the order in which they were sent.")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.path
