"""What every row of an organisation has: the organisation, and the one way to ask for rows."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from commonweal.store.models.person import Person

Row = TypeVar("Row", bound=models.Model, covariant=True)


class OwnedQuerySet(models.QuerySet[Row]):
    """Rows that belong to organisations."""

    def for_actor(self, actor: "Person") -> Self:
        """The rows that this person may see: those of the organisations that they are a member of."""
        return self.filter(organisation__memberships__person=actor)


class Owned(models.Model):
    """A row that belongs to one organisation."""

    organisation = models.ForeignKey("store.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Django's settings."""

        abstract = True
