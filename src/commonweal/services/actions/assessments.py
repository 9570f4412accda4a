"""Assessments are opened."""

import datetime
from collections.abc import Mapping
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.maturity.answers import QuestionAnswer, Standing
from commonweal.core.maturity.models import Index
from commonweal.services.allowed import organisation_for
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.convert import to_rows
from commonweal.store.models import Answer, AssessedTheme, Assessment, Person


@writing
def open_assessment(
    *,
    organisation_id: UUID,
    index: Index,
    name: str,
    date: datetime.date | None,
    horizon_years: int | None,
    by: Person,
    now: datetime.datetime,
    answers: Mapping[str, QuestionAnswer] | None = None,
    answers_are: Standing = Standing.GIVEN,
    source: str = "",
    moved_from: UUID | None = None,
) -> UUID:
    """Open a round for an organisation, with the answers there are already. Gives its id.

    `moved_from` is a round of the organisation by an earlier version of the index, if they were carried over from it.

    Raises NotFound or Forbidden.
    """
    organisation = organisation_for(by, Action.OPEN, organisation_id)
    assessment = Assessment.objects.create(
        organisation=organisation,
        index=index.reference,
        name=name,
        date=date,
        horizon_years=horizon_years,
        answers_are=answers_are,
        source=source,
        moved_from_id=moved_from,
        created_at=now,
        created_by=by,
    )
    given = answers or {}
    _fill_in(assessment, index, given)
    after = {"name": name, "index": index.reference, "date": date.isoformat() if date else None}
    record(
        "assessment opened",
        organisation_id=organisation.id,
        assessment_id=assessment.id,
        by=by,
        now=now,
        after={**after, "horizon_years": horizon_years, "answers": len(given)},
    )
    return assessment.id


def _fill_in(assessment: Assessment, index: Index, given: Mapping[str, QuestionAnswer]) -> None:
    """A row for each theme, and the answers that there are."""
    AssessedTheme.objects.bulk_create(
        AssessedTheme(
            organisation_id=assessment.organisation_id,
            assessment=assessment,
            code=theme.code,
            version=1 if any(question.id in given for question in theme.questions) else 0,
        )
        for theme in index.themes
    )
    Answer.objects.bulk_create(to_rows(assessment, given))
