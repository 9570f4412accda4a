"""What became of an assessment: who agreed, which body endorsed it, and the documents that it endorsed."""

from typing import ClassVar

from django.db import models

from commonweal.store.models.owned import Owned, OwnedQuerySet


class Decision(Owned):
    """One step of core/lifecycle.py. A body's step names the body, its meeting and the minute."""

    assessment = models.ForeignKey("store.Assessment", on_delete=models.CASCADE, related_name="decisions")
    step = models.CharField(max_length=40)
    body = models.CharField(max_length=200, blank=True)
    met_on = models.DateField(null=True)
    minute = models.CharField(max_length=100, blank=True)
    words = models.TextField(blank=True)
    trail_number = models.PositiveBigIntegerField(help_text="The entry of the audit trail that recorded it.")
    at = models.DateTimeField()
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["Decision"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.assessment_id}, {self.step}"


class FrozenDocument(Owned):
    """A document as it was endorsed, byte for byte."""

    ASSESSMENT: ClassVar = "decision__assessment"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="documents")
    format = models.CharField(max_length=10)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    objects = OwnedQuerySet["FrozenDocument"].as_manager()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["decision", "format"], name="document_once")]

    def __str__(self) -> str:
        return f"{self.decision_id}, {self.format}"


class Remark(Owned):
    """What somebody remarked on a question, for the next reader."""

    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    assessment = models.ForeignKey("store.Assessment", on_delete=models.CASCADE, related_name="remarks")
    question = models.CharField(max_length=20)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["Remark"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.assessment_id}, {self.question}"


class Assurance(Owned):
    """What an independent assurer signed: their statement, on the assessment as it was at a version of its state."""

    assessment = models.ForeignKey("store.Assessment", on_delete=models.CASCADE, related_name="assurances")
    statement = models.TextField()
    acts_for = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20)
    state_version = models.PositiveIntegerField()
    trail_number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["Assurance"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.assessment_id}, signed {self.at:%Y-%m-%d}"
