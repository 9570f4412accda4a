"""The answers to one question."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from commonweal.store.models.assessment import Assessment
from commonweal.store.models.owned import Owned, OwnedQuerySet

NOT_APPLICABLE = -1
"""What stands in a column for "does not apply to us"; nothing (null) stands for "not answered yet"."""


class Answer(Owned):
    """Both columns of a question and what was written beside them. Positions count from 0."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=20)
    present = models.SmallIntegerField(null=True)
    future = models.SmallIntegerField(null=True)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    step_back = models.TextField(blank=True)

    objects = OwnedQuerySet["Answer"].as_manager()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "question"], name="question_once"),
            models.CheckConstraint(
                condition=(Q(present=None) | Q(present__gte=NOT_APPLICABLE))
                & (Q(future=None) | Q(future__gte=NOT_APPLICABLE)),
                name="answer_is_a_position",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}, {self.question}"
