"""What waits to be sent once more."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from commonweal.services.writing import reading
from commonweal.store.models import Person, Unsent

KEPT_FOR = datetime.timedelta(hours=12)
"""As long as a session lasts at most."""


@dataclass(frozen=True, slots=True)
class UnsentLine:
    """Where something was sent to, and what."""

    id: UUID
    path: str
    fields: tuple[tuple[str, str], ...]
    at: datetime.datetime


@reading
def unsent_of(*, by: Person, now: datetime.datetime) -> list[UnsentLine]:
    """What they sent after their session had ended, the latest first."""
    found = Unsent.objects.filter(person=by, at__gte=now - KEPT_FOR).order_by("-at")
    return [UnsentLine(one.pk, one.path, tuple((name, value) for name, value in one.fields), one.at) for one in found]
