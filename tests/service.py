"""People, organisations and rounds for tests that need a database."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models

from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.organisations import Kind
from commonweal.services.actions.assessments import Opening, open_assessment
from commonweal.services.actions.organisations import create_organisation
from commonweal.store.models import Person

NOW = datetime.datetime(2026, 11, 21, 9, 30, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 21)


def rows(table: type[models.Model]) -> models.QuerySet[Any]:
    """All rows of a table, whosever they are."""
    manager: Any = table._default_manager
    found: models.QuerySet[Any] = manager.across("a test looks at the table")
    return found


def somebody(name: str = "Lead officer") -> Person:
    return Person.objects.create(name=name, email=f"{name.lower().replace(' ', '.')}@council.example")


def an_organisation(by: Person, name: str = "Example Council") -> UUID:
    return create_organisation(name=name, kind=Kind.UNITARY, size=None, by=by, now=NOW)


def a_round(
    by: Person,
    index: Index,
    answers: Mapping[str, QuestionAnswer] | None = None,
    *,
    organisation: UUID | None = None,
    name: str = "2026 assessment",
    date: datetime.date = DAY,
    department: int | None = None,
    again_on: datetime.date | None = None,
) -> UUID:
    return open_assessment(
        organisation_id=organisation or an_organisation(by),
        opening=Opening(
            index=index,
            name=name,
            date=date,
            horizon_years=2,
            answers=answers or {},
            department=department,
            again_on=again_on,
        ),
        by=by,
        now=NOW,
    )
