"""That somebody's letter of a day was sent, or is just leaving: nobody gets two, and none is lost."""

from typing import ClassVar

from django.db import models


class LetterSent(models.Model):
    """A person and a day. It is written before the letter leaves, so that a job done twice sends it once.

    `sent_at` follows once it has left. Where it does not, because a worker was killed or no server took the letter, the
    row counts for a while and then for nothing: the next run tries again.
    """

    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "day"], name="one_letter_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.day}"
