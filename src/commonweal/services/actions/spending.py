"""What was spent on work is kept with its day, so that it can be told how money went over time."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from commonweal.store.models import Person, Work, WorkSpent


def note_spent(works: Iterable[tuple[Work, Decimal | None]], by: Person, now: datetime.datetime) -> None:
    """Keep the new figure of each piece of work (saved, and allowed to be changed) of which it differs from the old."""
    WorkSpent.objects.bulk_create(
        WorkSpent(
            organisation_id=work.organisation_id,
            work=work,
            spent=work.spent,
            on=timezone.localtime(now).date(),
            at=now,
            by=by,
        )
        for work, before in works
        if work.spent != before
    )
