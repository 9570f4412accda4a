"""Remarks on single questions."""

import datetime
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.formats.characters import is_blank
from commonweal.services.actions.answers import refused_text
from commonweal.services.allowed import assessment_for
from commonweal.services.errors import NotFound
from commonweal.services.indexes import held_index
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Person, Remark


@writing
def remark(*, assessment_id: UUID, question: str, text: str, by: Person, now: datetime.datetime) -> None:
    """Keep a remark on a question, whatever state the assessment is in. Raises NotFound, Forbidden or BadInput."""
    assessment = assessment_for(by, Action.REMARK, assessment_id)
    if question not in {one.id for one in held_index(assessment.index).questions}:
        raise NotFound
    if is_blank(text):
        raise BadInput([Problem("remark", "There is no remark.", "Write what you want to remark.")])
    refused = refused_text("The remark", text)
    if refused:
        raise BadInput([Problem.at("remark", refused)])
    Remark.objects.create(
        organisation_id=assessment.organisation_id, assessment=assessment, question=question, text=text, at=now, by=by
    )
    record(
        "remark made",
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.pk,
        subject=question,
        by=by,
        now=now,
        after={"remark": text},
    )
