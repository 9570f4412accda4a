"""By which round later ones are measured, and when to measure again."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.services.allowed import assessment_for, organisation_taken
from commonweal.services.errors import Stale
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Assessment, Person

_EARLIEST = datetime.date(2000, 1, 1)
"""No round of these indexes is older; one without a date is measured again after it."""


@dataclass(frozen=True, slots=True)
class Measuring:
    """Whether later rounds of the series are measured by this one, and the day on which to measure again."""

    is_baseline: bool
    again_on: datetime.date | None


@writing
def set_measuring(*, assessment_id: UUID, said: Measuring, seen: Measuring, by: Person, now: datetime.datetime) -> None:
    """Say it of a round, by somebody who has `seen` what was said before. A series has one baseline at most.

    It may be said of a round that was endorsed too: none of its answers is touched. Raises NotFound, Forbidden,
    BadInput (places are fields), or Stale.
    """
    round_ = assessment_for(by, Action.OPEN, assessment_id)
    held = Measuring(round_.is_baseline, round_.again_on)
    if said == held:
        return
    if seen != held:
        raise Stale
    if said.again_on and said.again_on < (round_.date or _EARLIEST) + datetime.timedelta(days=1):
        raise BadInput([Problem("again_on", "This is not after the round itself.", "Enter a later day, or none.")])
    if said.is_baseline and not held.is_baseline:
        organisation_taken(round_.organisation_id)  # of two who say it of two rounds, one comes after the other
        for other in _others(round_).filter(is_baseline=True):
            _say(other, Measuring(is_baseline=False, again_on=other.again_on), by, now)
    _say(round_, said, by, now)


def _others(round_: Assessment) -> QuerySet[Assessment]:
    """The other rounds of its series."""
    index, _, _ = round_.index.partition("@")
    same = Assessment.objects.within(round_.organisation_id).filter(index__startswith=f"{index}@")
    return same.filter(department=round_.department_id).exclude(pk=round_.pk)


def _say(round_: Assessment, said: Measuring, by: Person, now: datetime.datetime) -> None:
    before = _plain(Measuring(round_.is_baseline, round_.again_on))
    round_.is_baseline, round_.again_on = said.is_baseline, said.again_on
    round_.save(update_fields=["is_baseline", "again_on"])
    record(
        "measuring set",
        organisation_id=round_.organisation_id,
        assessment_id=round_.pk,
        by=by,
        now=now,
        before=before,
        after=_plain(said),
    )


def _plain(said: Measuring) -> dict[str, object]:
    return {"is_baseline": said.is_baseline, "again_on": said.again_on.isoformat() if said.again_on else None}
