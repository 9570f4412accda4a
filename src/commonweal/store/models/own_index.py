"""Indexes that organisations write themselves: what is being written, and what was published and never changes."""

import uuid
from typing import ClassVar

from django.db import models

from commonweal.core.maturity.own_index import IndexReach, IndexState
from commonweal.store.models.owned import Owned, OwnedQuerySet


class OwnIndex(Owned):
    """A version of an index of an organisation's own, from its draft on.

    `index` is its id and `number` the version's; `content` is that of an index file while it is a draft, and stands in
    PublishedIndex from then on.
    """

    ASSESSMENT: ClassVar = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    index = models.CharField(max_length=53)
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    edition = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=12, default=IndexState.DRAFT.value)
    reach = models.CharField(max_length=12, default=IndexReach.ORGANISATION.value)
    content = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = OwnedQuerySet["OwnIndex"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["title", "number", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["index", "number"], name="one_row_a_version")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class PublishedIndex(Owned):
    """The content of a published version under its reference, `id@version`. The database refuses to change a row."""

    ASSESSMENT: ClassVar = ""

    own_index = models.OneToOneField(OwnIndex, on_delete=models.PROTECT, related_name="published")
    reference = models.CharField(max_length=80, unique=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["PublishedIndex"].as_manager()

    def __str__(self) -> str:
        return self.reference
