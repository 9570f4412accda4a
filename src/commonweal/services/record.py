"""Writes down what was done."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from commonweal.store.models import Change, Person


def record(
    act: str,
    *,
    organisation_id: UUID,
    by: Person,
    now: datetime.datetime,
    assessment_id: UUID | None = None,
    subject: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """One row for one act, in the transaction of the act."""
    Change.objects.create(
        organisation_id=organisation_id,
        assessment_id=assessment_id,
        at=now,
        by=by,
        act=act,
        subject=subject,
        before=dict(before or {}),
        after=dict(after or {}),
    )
