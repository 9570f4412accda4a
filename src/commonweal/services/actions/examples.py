"""The shipped examples as organisations to look at."""

import datetime
from uuid import UUID

from commonweal.core.organisations import Kind, Size
from commonweal.intake.assessment import read_assessment
from commonweal.services.actions.assessments import Opening, open_assessment
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.writing import writing
from commonweal.standards.shipped_examples import EXAMPLES
from commonweal.store.models import Organisation, Person


@writing
def load_examples(*, by: Person, now: datetime.datetime) -> list[str]:
    """Make the example organisations that this person does not have yet. Gives the names of the new ones."""
    known = set(Organisation.objects.for_actor(by).values_list("name", flat=True))
    made: dict[str, UUID] = {}
    for example in EXAMPLES:
        read = read_assessment(example.path)
        if read.organisation in known:
            continue
        if read.organisation not in made:
            size = Size(example.size) if example.size else None
            made[read.organisation] = create_organisation(
                name=read.organisation, kind=Kind(example.kind), size=size, by=by, now=now
            )
        open_assessment(
            organisation_id=made[read.organisation],
            opening=Opening(
                index=read.index,
                name=example.round_name,
                date=read.date,
                horizon_years=read.horizon_years,
                answers=read.answers,
                answers_are=read.answers_are,
                source=read.source,
            ),
            by=by,
            now=now,
        )
    return list(made)
