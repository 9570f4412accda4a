"""What the operator of the platform does."""

import datetime
from uuid import UUID

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.organisations import Kind
from commonweal.core.problems import Problem
from commonweal.formats.characters import is_blank
from commonweal.services.actions.answers import refused_text
from commonweal.services.errors import NotFound
from commonweal.services.record import record
from commonweal.services.writing import writing_for_all
from commonweal.store.models import Membership, Organisation, Person

_NO_SEAT_YET = "the operator has no seat there until this is written down"
GLASS_BROKEN_FOR = datetime.timedelta(hours=4)
_SHORTEST_REASON, _LONGEST_REASON = 20, 500


@writing_for_all(_NO_SEAT_YET)
def break_glass(*, organisation_id: UUID, reason: str, by: Person, now: datetime.datetime) -> None:
    """Let the operator read an organisation for a few hours. It stands in its audit trail and on its pages.

    Raises NotFound for anybody else, or BadInput (place is `reason`).
    """
    if not by.access.runs_the_platform:
        raise NotFound
    organisation = Organisation.objects.across(_NO_SEAT_YET).filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound
    refused = refused_text("The reason", reason)
    if refused:
        raise BadInput([Problem.at("reason", refused)])
    if is_blank(reason) or not _SHORTEST_REASON <= len(reason) <= _LONGEST_REASON:
        remedy = "Write in 20 to 500 characters what for, and who asked you to."
        raise BadInput([Problem("reason", "The organisation has to learn why.", remedy)])
    until = now + GLASS_BROKEN_FOR
    seats = Membership.objects.across(_NO_SEAT_YET).filter(organisation=organisation, person=by, ended_at=None)
    seats.filter(role=Role.GLASS_BREAKER).update(ended_at=now, ended_by=by)
    Membership.objects.create(
        organisation=organisation,
        person=by,
        role=Role.GLASS_BREAKER,
        reason=reason,
        created_at=now,
        given_by=by,
        ends_at=until,
    )
    record(
        "platform operator let in",
        organisation_id=organisation_id,
        by=by,
        now=now,
        after={"until": until.isoformat(timespec="minutes")},
        why=reason,
    )
    by.forget_access()


_LETS_PUBLISH = "whose indexes may go to everybody is for the operator to say, who has no seat there"


@writing_for_all(_LETS_PUBLISH)
def let_publish(*, organisation_id: UUID, is_let: bool, by: Person, now: datetime.datetime) -> None:
    """Say whether the index keepers of an organisation may publish to everybody; it stands in its audit trail.

    What was published before stays. Raises NotFound for anybody but the operator, or where it publishes no indexes.
    """
    if not by.access.runs_the_platform:
        raise NotFound
    found = Organisation.objects.across(_LETS_PUBLISH).filter(pk=organisation_id, kind=Kind.INDEX_KEEPER.value)
    if not found.update(publishes_to_everybody=is_let):
        raise NotFound
    after = {"may publish indexes to everybody": is_let}
    record("said whether it publishes to everybody", organisation_id=organisation_id, by=by, now=now, after=after)
