"""A round moves to a later version of its index: a new round, with the answers that go over."""

import datetime
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.maturity.edition import carry
from commonweal.core.problems import Refused
from commonweal.core.words import long_date
from commonweal.services.actions.assessments import open_assessment
from commonweal.services.allowed import require_with
from commonweal.services.errors import Closed
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.editions import edition_after
from commonweal.services.writing import writing
from commonweal.store.models import Person


@writing
def move_round(*, assessment_id: UUID, today: datetime.date, by: Person, now: datetime.datetime) -> UUID:
    """Open a round by the latest version of the index, with every answer that goes over. Gives its id.

    The round that it comes from stays as it is. Raises NotFound, Forbidden, or Closed where there is no later version.
    """
    round_ = assessment_round(assessment_id, by=by)
    require_with(by, Action.OPEN, round_.organisation_id, round_.id)
    between = edition_after(round_, by=by)
    if between is None:
        what = "This round answers the latest version of its index already."
        raise Closed(Refused(what, "To answer it anew, start another round."))
    given = round_.given
    return open_assessment(
        organisation_id=round_.organisation_id,
        index=between.after,
        name=f"{round_.name[:80]}, version {between.after.version}",
        date=today,
        horizon_years=given.horizon_years,
        answers=carry(between, given.answers).answers,
        answers_are=given.answers_are,
        source=f"Moved from {round_.name}, which answers version {round_.index.version}, on {long_date(today)}",
        moved_from=round_.id,
        by=by,
        now=now,
    )
