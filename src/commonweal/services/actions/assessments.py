"""Assessments are opened."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.maturity.answers import QuestionAnswer, Standing
from commonweal.core.maturity.models import Index
from commonweal.core.organisations import Part
from commonweal.services.allowed import organisation_for
from commonweal.services.errors import NotFound
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.convert import to_rows
from commonweal.store.models import Answer, AssessedTheme, Assessment, Organisation, OrganisationPart, Person


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
    department: int | None = None,
    again_on: datetime.date | None = None,
) -> UUID:
    """Open a round for an organisation or a department of it, with the answers there are already. Gives its id.

    `moved_from` is a round of the organisation by an earlier version of the index, if they were carried over from it;
    `again_on` is the day on which to measure again.

    Raises NotFound or Forbidden; NotFound too where there is no such department.
    """
    organisation = organisation_for(by, Action.OPEN, organisation_id)
    whose = _department(organisation, department)
    assessment = Assessment.objects.create(
        organisation=organisation,
        index=index.reference,
        name=name,
        date=date,
        horizon_years=horizon_years,
        answers_are=answers_are,
        source=source,
        moved_from_id=moved_from,
        department=whose,
        again_on=again_on,
        created_at=now,
        created_by=by,
    )
    given = answers or {}
    _fill_in(assessment, index, given)
    _record_opened(assessment, len(given), by, now)
    return assessment.id


def _record_opened(made: Assessment, answers: int, by: Person, now: datetime.datetime) -> None:
    department = {"department": made.department.name} if made.department else {}
    record(
        "assessment opened",
        organisation_id=made.organisation_id,
        assessment_id=made.pk,
        by=by,
        now=now,
        after={
            "name": made.name,
            "index": made.index,
            "date": made.date.isoformat() if made.date else None,
            **department,
            "horizon_years": made.horizon_years,
            "answers": answers,
        },
    )


@dataclass(frozen=True, slots=True)
class Opening:
    """A round that is to be opened, as `open_assessment` takes it."""

    index: Index
    name: str
    date: datetime.date
    horizon_years: int
    department: int | None
    again_on: datetime.date | None
    answers: Mapping[str, QuestionAnswer]
    source: str
    moved_from: UUID | None


@writing
def open_assessments(
    *, organisation_id: UUID, openings: Sequence[Opening], by: Person, now: datetime.datetime
) -> list[UUID]:
    """Open rounds of one organisation, all or none. Gives their ids. Raises NotFound or Forbidden."""
    return [
        open_assessment(
            organisation_id=organisation_id, by=by, now=now, **{name: getattr(one, name) for name in Opening.__slots__}
        )
        for one in openings
    ]


def _department(organisation: Organisation, department: int | None) -> OrganisationPart | None:
    if department is None:
        return None
    found = OrganisationPart.objects.within(organisation).filter(pk=department, kind=Part.DEPARTMENT).first()
    if found is None:
        raise NotFound
    return found


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
