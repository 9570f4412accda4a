"""A round moves to a later version of its index: a new round, with the answers that go over."""

import datetime
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.maturity.edition import carry_through
from commonweal.core.problems import Refused
from commonweal.core.words import long_date
from commonweal.services.actions.assessments import open_assessment
from commonweal.services.allowed import require_with
from commonweal.services.errors import Closed
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.editions import editions_after
from commonweal.services.writing import writing
from commonweal.store.models import Person


@writing
def move_round(*, assessment_id: UUID, today: datetime.date, by: Person, now: datetime.datetime) -> UUID:
    """Open a round by the latest version of the index, with every answer that goes over. Gives its id.

    The round that it comes from stays as it is. Raises NotFound, Forbidden, or Closed where there is no later version.
    """
    round_ = assessment_round(assessment_id, by=by)
    require_with(by, Action.OPEN, round_.organisation_id, round_.id)
    editions = editions_after(round_, by=by)
    if not editions:
        what = "This round answers the latest version of its index already."
        raise Closed(Refused(what, "To answer it anew, start another round."))
    given, latest = round_.given, editions[-1].after
    return open_assessment(
        organisation_id=round_.organisation_id,
        index=latest,
        name=f"{round_.name[:80]}, version {latest.version}",
        date=today,
        horizon_years=given.horizon_years,
        answers=carry_through(editions, given.answers).answers,
        answers_are=given.answers_are,
        source=f"Moved from {round_.name}, which answers version {round_.index.version}, on {long_date(today)}",
        moved_from=round_.id,
        department=round_.department_id,
        again_on=round_.again_on,
        by=by,
        now=now,
    )
