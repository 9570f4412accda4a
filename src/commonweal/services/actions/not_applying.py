"""Questions that cannot apply are marked at once, reason by reason."""

import datetime
from collections.abc import Collection
from uuid import UUID

from django.db.models import F

from commonweal.core.access import Action
from commonweal.core.maturity.not_applying import marked
from commonweal.services.actions.answers import stored_answers, write_answers
from commonweal.services.allowed import open_assessment_for
from commonweal.services.indexes import held_index
from commonweal.services.writing import writing
from commonweal.store.models import AssessedTheme, Person


@writing
def mark_not_applying(*, assessment_id: UUID, reasons: Collection[str], by: Person, now: datetime.datetime) -> int:
    """Mark the open questions of some reasons as not applying, and take away the marks of the others.

    What somebody answered stays as it is. Gives how many questions changed. Raises NotFound, Forbidden or Closed.
    """
    assessment = open_assessment_for(by, Action.ANSWER, assessment_id)
    index = held_index(assessment.index)
    stored = stored_answers(assessment, [question.id for question in index.questions])
    changed = marked(index, stored, reasons)
    for theme in index.themes:
        own = {id_: answer for id_, answer in changed.items() if id_ in theme.by_id}
        if own:
            AssessedTheme.objects.for_actor(by, assessment=assessment, code=theme.code).update(
                version=F("version") + 1, saved_at=now, saved_by=by
            )
            write_answers(assessment, stored, own, by=by, now=now, subject=theme.code)
    return len(changed)
