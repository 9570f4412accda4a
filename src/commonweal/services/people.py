"""The person behind a request, for the doors, which never touch tables."""

from commonweal.store.fence import fenced
from commonweal.store.models import Person

__all__ = ["Person", "fenced"]
