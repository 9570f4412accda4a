"""Organisations, who sits in them, and where somebody was placed."""

import datetime
import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from commonweal.core.access import Action
from commonweal.store.models.owned import Owned, OwnedQuerySet, ScopedQuerySet

if TYPE_CHECKING:
    from commonweal.store.models.person import Person


class OrganisationQuerySet(ScopedQuerySet["Organisation"]):
    """Organisations."""

    def for_actor(self, actor: "Person", action: Action = Action.SEE) -> Self:
        """The organisations in which this person may do this at least somewhere."""
        return self.scoped(Q(pk__in=actor.access.organisations(action)))

    def within(self, organisation: models.Model | uuid.UUID) -> Self:
        """The organisation itself, let in already."""
        return self.scoped(pk=organisation.pk if isinstance(organisation, models.Model) else organisation)


class Organisation(models.Model):
    """A body that assesses itself, or takes part. `kind` and `size` are the ids of core/organisations.py.

    `trail_number` and `trail_digest` are the head of its audit trail.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    size = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField(null=True, help_text="A body that begins later is a shadow body until then.")
    ends_on = models.DateField(null=True)
    publishes_to_everybody = models.BooleanField(
        default=False, help_text="Whether the operator lets its index keepers publish to all organisations."
    )
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    trail_number = models.PositiveBigIntegerField(default=0)
    trail_digest = models.CharField(max_length=64, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["name", "created_at"]

    def __str__(self) -> str:
        return self.name


def held(now: datetime.datetime, seat: str = "") -> Q:
    """That a seat is held: not ended, and not past its last day. `seat` is the way to it, such as `membership__`."""
    dated = Q(**{f"{seat}ends_at": None}) | Q(**{f"{seat}ends_at__gt": now})
    return Q(**{f"{seat}ended_at": None}) & dated


class Membership(Owned):
    """A seat: the role of a person in an organisation, from a moment, until one if it is dated, unless ended before.

    A seat of somebody who acts for another organisation (a supplier, an assurer, a partner) is a grant:
    `on_behalf_of` names that organisation.
    """

    ASSESSMENT: ClassVar = ""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    given_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+", null=True)
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+", null=True)

    objects = OwnedQuerySet["Membership"].as_manager()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"], condition=Q(ended_at=None), name="seat_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.role} in {self.organisation_id}"


class Placement(Owned):
    """That a seat was placed on an assessment, or on one theme of it."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="placements")
    assessment = models.ForeignKey("store.Assessment", on_delete=models.CASCADE, related_name="placements")
    theme = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["Placement"].as_manager()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "assessment", "theme"], name="placed_once")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} on {self.assessment_id} {self.theme}"


class Identifier(Owned):
    """What an organisation is called in a list of organisations (core/identifiers.py)."""

    ASSESSMENT: ClassVar = ""

    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=40)

    objects = OwnedQuerySet["Identifier"].as_manager()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "scheme"], name="identifier_once")]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"


class OrganisationPart(Owned):
    """A department of an organisation, or an organisation that belongs to a partnership, by name."""

    ASSESSMENT: ClassVar = ""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)

    objects = OwnedQuerySet["OrganisationPart"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "kind", "name"], name="part_once")]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """That an organisation follows another: a public fact, by which its people may read what the other left."""

    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="predecessors")
    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successors")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["successor", "predecessor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(successor=models.F("predecessor")), name="not_ones_own_successor"),
        ]

    def __str__(self) -> str:
        return f"{self.successor_id} after {self.predecessor_id}"
