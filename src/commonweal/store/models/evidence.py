"""What shows that an answer is true."""

import uuid
from typing import ClassVar

from django.db import models

from commonweal.store.models.owned import Owned, OwnedQuerySet


class Evidence(Owned):
    """A file, a link or a note. A file's content stands outside the database, under `stored_as`.

    `stated` is the strength that it goes back to when what was verified is changed; `changed_by` wrote on it last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey("store.Assessment", on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    dated = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    strength = models.CharField(max_length=20)
    stated = models.CharField(max_length=20, default="claimed")
    version = models.PositiveIntegerField(default=0)
    owner = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+", null=True)
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_type = models.CharField(max_length=10, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    stored_as = models.CharField(max_length=100, blank=True)
    scanned = models.BooleanField(default=False)

    objects = OwnedQuerySet["Evidence"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["added_at"]

    def __str__(self) -> str:
        return self.title


class EvidenceUse(Owned):
    """That a piece of evidence serves a question. One piece may serve several.

    The row without a criterion ties it to the answer; those with one say which criteria of the question it shows.
    """

    ASSESSMENT: ClassVar = "evidence__assessment"

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="uses")
    question = models.CharField(max_length=20)
    criterion = models.CharField(max_length=40, blank=True, default="")

    objects = OwnedQuerySet["EvidenceUse"].as_manager()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evidence", "question", "criterion"], name="use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id}, {self.question} {self.criterion}".rstrip()
