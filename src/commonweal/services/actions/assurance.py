"""An independent assurer signs what was put to them."""

import datetime
from uuid import UUID

from commonweal.core.access import Action, Role
from commonweal.core.errors import BadInput
from commonweal.core.lifecycle import State
from commonweal.core.problems import Problem, Refused
from commonweal.formats.characters import is_blank
from commonweal.services.actions.answers import refused_text
from commonweal.services.allowed import assessment_for
from commonweal.services.errors import Closed, Stale
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Assurance, Membership, Person
from commonweal.store.models.organisation import held


@writing
def sign(*, assessment_id: UUID, state_version: int, statement: str, by: Person, now: datetime.datetime) -> None:
    """Sign an assessment, as it is at a version of its state, with a statement. A draft cannot be signed: it moves.

    Raises NotFound, Forbidden, Closed, BadInput (place is `statement`), or Stale.
    """
    assessment = assessment_for(by, Action.SIGN, assessment_id)
    if State(assessment.state).is_open:
        raise Closed(Refused("This assessment is a draft, and may change yet.", "Sign it once the officers agreed it."))
    if is_blank(statement):
        what = "There is no statement."
        raise BadInput([Problem("statement", what, "Write what you looked at and what you found.")])
    refused = refused_text("The statement", statement)
    if refused:
        raise BadInput([Problem.at("statement", refused)])
    if assessment.state_version != state_version:
        raise Stale
    seats = Membership.objects.across("for whom an assurer acts stands in their own seat").filter(
        held(now), person=by, organisation_id=assessment.organisation_id, role=Role.ASSURER
    )
    acts_for = seats.values_list("on_behalf_of", flat=True).first() or ""
    number = record(
        "assurance signed",
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.pk,
        by=by,
        now=now,
        after={"statement": statement, "acts_for": acts_for, "state": assessment.state},
    )
    Assurance.objects.create(
        organisation_id=assessment.organisation_id,
        assessment=assessment,
        statement=statement,
        acts_for=acts_for,
        state=assessment.state,
        state_version=state_version,
        trail_number=number,
        at=now,
        by=by,
    )
