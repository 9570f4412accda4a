"""Assessments are opened."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.maturity.answers import QuestionAnswer, Standing
from commonweal.core.maturity.estimate import Estimate
from commonweal.core.maturity.models import Index
from commonweal.core.organisations import Part
from commonweal.services.allowed import organisation_for
from commonweal.services.errors import NotFound
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.convert import to_rows
from commonweal.store.models import Answer, AssessedTheme, Assessment, Organisation, OrganisationPart, Person


@dataclass(frozen=True, slots=True)
class Opening:
    """A round that is to be opened, with the answers and estimates that there are already.

    `moved_from` is a round of the organisation by an earlier version of the index, if they were carried over from it;
    `again_on` is the day on which to measure again.
    """

    index: Index
    name: str
    date: datetime.date | None
    horizon_years: int | None
    answers: Mapping[str, QuestionAnswer] = field(default_factory=dict)
    answers_are: Standing = Standing.GIVEN
    source: str = ""
    moved_from: UUID | None = None
    department: int | None = None
    again_on: datetime.date | None = None
    estimates: Mapping[str, Estimate] = field(default_factory=dict)


@writing
def open_assessment(*, organisation_id: UUID, opening: Opening, by: Person, now: datetime.datetime) -> UUID:
    """Open a round for an organisation, or for a department of it. Gives its id.

    Raises NotFound (also where there is no such department) or Forbidden.
    """
    return open_in(organisation_for(by, Action.OPEN, organisation_id), opening, by, now)


@writing
def open_assessments(
    *, organisation_id: UUID, openings: Sequence[Opening], by: Person, now: datetime.datetime
) -> list[UUID]:
    """Open rounds of one organisation, all or none. Gives their ids. Raises NotFound or Forbidden."""
    organisation = organisation_for(by, Action.OPEN, organisation_id)
    return [open_in(organisation, one, by, now) for one in openings]


def open_in(organisation: Organisation, opening: Opening, by: Person, now: datetime.datetime) -> UUID:
    """Open a round in an organisation for somebody who was let do so, in the transaction of the act. Gives its id.

    Raises NotFound where there is no such department.
    """
    made = Assessment.objects.create(
        organisation=organisation,
        index=opening.index.reference,
        name=opening.name,
        date=opening.date,
        horizon_years=opening.horizon_years,
        answers_are=opening.answers_are,
        source=opening.source,
        moved_from_id=opening.moved_from,
        department=_department(organisation, opening.department),
        again_on=opening.again_on,
        created_at=now,
        created_by=by,
    )
    _fill_in(made, opening)
    department = {"department": made.department.name} if made.department else {}
    record(
        "assessment opened",
        organisation_id=organisation.pk,
        assessment_id=made.pk,
        by=by,
        now=now,
        after={
            "name": made.name,
            "index": made.index,
            "date": made.date.isoformat() if made.date else None,
            **department,
            "horizon_years": made.horizon_years,
            "answers": len(opening.answers),
        },
    )
    return made.pk


def _department(organisation: Organisation, department: int | None) -> OrganisationPart | None:
    if department is None:
        return None
    found = OrganisationPart.objects.within(organisation).filter(pk=department, kind=Part.DEPARTMENT).first()
    if found is None:
        raise NotFound
    return found


def _fill_in(assessment: Assessment, opening: Opening) -> None:
    """A row for each theme, and the answers that there are."""
    AssessedTheme.objects.bulk_create(
        AssessedTheme(
            organisation_id=assessment.organisation_id,
            assessment=assessment,
            code=theme.code,
            version=1 if any(question.id in opening.answers for question in theme.questions) else 0,
            estimate_present=opening.estimates[theme.code].present if theme.code in opening.estimates else None,
            estimate_future=opening.estimates[theme.code].future if theme.code in opening.estimates else None,
        )
        for theme in opening.index.themes
    )
    Answer.objects.bulk_create(to_rows(assessment, opening.answers))
