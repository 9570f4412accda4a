"""What an organisation keeps beside its programmes: registers, own templates, papers for a committee, files of work."""

import uuid
from typing import ClassVar

from django.db import models

from commonweal.store.models.owned import Owned, OwnedQuerySet
from commonweal.store.models.programme import Programme, Work


class RegisterEntry(Owned):
    """An entry of a register (core/governance/registers.py says which there are, and what the fields of each are).

    What names another entry holds its id. An entry that was taken away stays, so that what named it can be read.
    """

    ASSESSMENT: ClassVar = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(max_length=30)
    fields = models.JSONField()
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    taken_away_at = models.DateTimeField(null=True)

    objects = OwnedQuerySet["RegisterEntry"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["created_at", "id"]
        indexes: ClassVar = [models.Index(fields=["organisation", "register"], name="entries_of_a_register")]

    def __str__(self) -> str:
        return f"{self.register}, {self.pk}"


class WorkServes(Owned):
    """That a piece of work serves an entry of a register: a corporate priority, or a group that it goes to."""

    ASSESSMENT: ClassVar = "work__programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="serves")
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="served_by")

    objects = OwnedQuerySet["WorkServes"].as_manager()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["work", "entry"], name="serves_once")]

    def __str__(self) -> str:
        return f"{self.work_id} serves {self.entry_id}"


class WorkFile(Owned):
    """A file that shows how a piece of work was done. Its content stands outside the database, under `stored_as`."""

    ASSESSMENT: ClassVar = "work__programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="files")
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    file_type = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=100)
    scanned = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["WorkFile"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.title


class ProgrammePaper(Owned):
    """What a paper for a committee says of a programme beside its work (core/programme/paper.py names the fields)."""

    ASSESSMENT: ClassVar = "programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="paper")
    fields = models.JSONField()
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["ProgrammePaper"].as_manager()

    def __str__(self) -> str:
        return f"Paper of {self.programme_id}"


class ActionCostings(Owned):
    """What the actions above an assessment are estimated to cost and take: by action id, each figure as text."""

    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    assessment = models.OneToOneField("store.Assessment", on_delete=models.PROTECT, related_name="costings")
    fields = models.JSONField()
    price_year = models.PositiveSmallIntegerField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["ActionCostings"].as_manager()

    def __str__(self) -> str:
        return f"Costings of {self.assessment_id}"


class WorkSpent(Owned):
    """How much was spent on a piece of work by a day, in pounds, as somebody said it. Never changed.

    Work.spent is the figure said last.
    """

    ASSESSMENT: ClassVar = "work__programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="spendings")
    spent = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["WorkSpent"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.work_id} by {self.on}"


class OwnTemplate(Owned):
    """A programme that was saved as a template of one's own; `content` as standards/programme.schema.json says.

    One that belongs to a partnership can be started from by everybody who has a seat there.
    """

    ASSESSMENT: ClassVar = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    content = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["OwnTemplate"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class WorkUpload(Owned):
    """What a workbook of a programme's work would change, as read; the file itself is not kept."""

    ASSESSMENT: ClassVar = "programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="uploads")
    file_name = models.CharField(max_length=200)
    changes = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)

    objects = OwnedQuerySet["WorkUpload"].as_manager()

    def __str__(self) -> str:
        return f"{self.programme_id}, {self.file_name}"
