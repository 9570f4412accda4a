"""Organisations and who belongs to them."""

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

if TYPE_CHECKING:
    from commonweal.store.models.person import Person


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations."""

    def for_actor(self, actor: "Person") -> Self:
        """The organisations that this person is a member of."""
        return self.filter(memberships__person=actor)


class Organisation(models.Model):
    """A body that assesses itself. `kind` and `size` are the ids of core/organisations.py."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    size = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["name", "created_at"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a person belongs to an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="memberships")
    created_at = models.DateTimeField()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "organisation"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id}"
