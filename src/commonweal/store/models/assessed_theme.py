"""A theme of an assessment: the version that a save must name, the quick estimate, and the note to the plan."""

from typing import ClassVar

from django.db import models

from commonweal.store.models.assessment import Assessment
from commonweal.store.models.owned import Owned, OwnedQuerySet


class AssessedTheme(Owned):
    """One theme, made with its assessment.

    `version` counts the saves of its answers: a form names the version that it was made from, so that a stale one is
    told. `estimate_present` and `estimate_future` are levels chosen in the short form. `plan_note` is kept beside the
    theme's row of the plan, with a version of its own.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="themes")
    code = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+", null=True)
    estimate_present = models.PositiveSmallIntegerField(null=True)
    estimate_future = models.PositiveSmallIntegerField(null=True)
    plan_note = models.TextField(blank=True)
    plan_note_version = models.PositiveIntegerField(default=0)

    objects = OwnedQuerySet["AssessedTheme"].as_manager()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["assessment", "code"], name="theme_once")]

    def __str__(self) -> str:
        return f"{self.assessment_id}, {self.code}"
