"""What somebody sent after their session had ended is kept for them, so that nothing typed is lost by it."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from commonweal.services.queries.unsent import KEPT_FOR
from commonweal.services.writing import writing
from commonweal.store.models import Person, Unsent

_MOST = 5
"""Pieces that are kept of one person, the latest."""
_LONGEST_PATH = 1000


def keep_unsent(*, person_id: UUID, path: str, fields: Iterable[tuple[str, str]], now: datetime.datetime) -> bool:
    """Keep what was sent. Says whether it is kept: there may be nothing in it, or nobody any more whose it is."""
    sent = [[name.replace("\0", ""), value.replace("\0", "")] for name, value in fields]
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None or not sent or len(path) > _LONGEST_PATH:
        return False
    _keep(path, sent, by=person, now=now)
    return True


@writing
def _keep(path: str, sent: list[list[str]], *, by: Person, now: datetime.datetime) -> None:
    Unsent.objects.create(person=by, path=path, fields=sent, at=now)
    latest = Unsent.objects.filter(person=by).order_by("-at").values_list("pk", flat=True)[:_MOST]
    Unsent.objects.filter(person=by).exclude(pk__in=list(latest)).delete()


@writing
def forget_unsent(*, id_: UUID, by: Person) -> None:
    """It was sent once more, or thrown away."""
    Unsent.objects.filter(pk=id_, person=by).delete()


def throw_away_unsent(*, now: datetime.datetime) -> int:
    """Delete what is too old, of everybody. Gives how many."""
    return Unsent.objects.filter(at__lt=now - KEPT_FOR).delete()[0]
