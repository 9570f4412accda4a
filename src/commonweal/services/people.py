"""The person behind a request, for the doors, which never touch tables; and what people are called."""

from collections.abc import Mapping
from uuid import UUID

from commonweal.store.arrival import arriving, take_back
from commonweal.store.models import Person

__all__ = ["Person", "arriving", "still_called", "take_back"]


def still_called(names: Mapping[UUID, str]) -> bool:
    """Whether people, by their ids, are called as they were: for a page that was let in, and names them."""
    return not names or dict(Person.objects.filter(pk__in=names).values_list("pk", "name")) == names
