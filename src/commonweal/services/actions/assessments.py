"""Assessments are opened."""

import datetime
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from commonweal.core.maturity.answers import QuestionAnswer, Standing
from commonweal.core.maturity.models import Index
from commonweal.services.errors import NotFound
from commonweal.services.record import record
from commonweal.store.convert import to_rows
from commonweal.store.models import Answer, AssessedTheme, Assessment, Organisation, Person


@transaction.atomic
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
) -> UUID:
    """Open a round for an organisation, with the answers there are already. Gives its id. Raises NotFound."""
    organisation = Organisation.objects.for_actor(by).filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound
    assessment = Assessment.objects.create(
        organisation=organisation,
        index=index.reference,
        name=name,
        date=date,
        horizon_years=horizon_years,
        answers_are=answers_are,
        source=source,
        created_at=now,
        created_by=by,
    )
    given = answers or {}
    AssessedTheme.objects.bulk_create(
        AssessedTheme(
            organisation=organisation,
            assessment=assessment,
            code=theme.code,
            version=1 if any(question.id in given for question in theme.questions) else 0,
        )
        for theme in index.themes
    )
    Answer.objects.bulk_create(to_rows(assessment, given))
    after = {"name": name, "index": index.reference, "date": date.isoformat() if date else None, "horizon_years": horizon_years}
    if given:
        after["answers"] = len(given)
    record(
        "assessment opened",
        organisation_id=organisation.id,
        assessment_id=assessment.id,
        by=by,
        now=now,
        after=after,
    )
    return assessment.id
