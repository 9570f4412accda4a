"""Links that sign a person in once."""

from django.db import models


class SignInLink(models.Model):
    """A link. Only a digest of its token is kept, so that a copy of the table signs nobody in."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} until {self.expires_at:%Y-%m-%d %H:%M}"
