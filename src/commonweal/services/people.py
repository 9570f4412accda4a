"""The person behind a request, for the doors, which never touch tables."""

from commonweal.store.arrival import arriving
from commonweal.store.models import Person

__all__ = ["Person", "arriving"]
