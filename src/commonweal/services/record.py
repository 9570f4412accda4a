"""Writes down what was done, as the next entry of the organisation's audit trail."""

import datetime
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from commonweal.core.trail import START, digest_of, digest_of_said
from commonweal.store.models import Change, Organisation, Person

_WHY = "the head of a trail is moved by whoever may act there, also where they may not see the organisation"


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
    why: str = "",
) -> int:
    """One entry for one act, in the transaction of the act. Gives its number.

    The head's row is the lock that makes entries queue.
    """
    heads = Organisation.objects.across(_WHY).filter(pk=organisation_id)
    last_number, last = heads.select_for_update().values_list("trail_number", "trail_digest").get()
    number = last_number + 1
    said: dict[str, Any] = {"before": dict(before or {}), "after": dict(after or {})} | ({"why": why} if why else {})
    said["salt"] = secrets.token_hex(8)  # gone with the rest after an erasure, so that the digest gives nothing away
    said_digest = digest_of_said(said)
    digest = digest_of(
        organisation=organisation_id,
        number=number,
        at=now,
        by=by.pk,
        act=act,
        subject=subject,
        assessment=assessment_id,
        said_digest=said_digest,
        before=last or START,
    )
    Change.objects.create(
        organisation_id=organisation_id,
        number=number,
        assessment_id=assessment_id,
        at=now,
        by=by,
        act=act,
        subject=subject,
        said=said,
        said_digest=said_digest,
        digest=digest,
    )
    heads.update(trail_number=number, trail_digest=digest)
    return number
