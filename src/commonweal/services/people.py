"""The person behind a request, for the doors, which never touch tables."""

from commonweal.store.arrival import arriving, take_back
from commonweal.store.models import Person

__all__ = ["Person", "arriving", "take_back"]
