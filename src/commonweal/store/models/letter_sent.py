"""That somebody's letter of a day was sent, or is just leaving: nobody gets two."""

from typing import ClassVar

from django.db import models


class LetterSent(models.Model):
    """A person and a day. It is written before the letter leaves, so that a job done twice sends it once."""

    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "day"], name="one_letter_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.day}"
