"""By what a page that is kept can tell that nothing it shows has changed."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.seats import Held
from commonweal.services.errors import NotFound
from commonweal.services.writing import reading
from commonweal.store.models import Assessment, Organisation, Person, Programme


@dataclass(frozen=True, slots=True)
class Stamp:
    """The head of an organisation's audit trail, and what the person who asks holds there.

    Every action on what belongs to an organisation writes an entry in the transaction of the act, so a page made under
    a head shows what is there as long as that head stands. What people are called is no organisation's: a page that
    names somebody asks `still_called` (services/people.py).
    """

    number: int
    digest: str
    held: Held


@reading
def stamp_of_programme(programme_id: UUID, *, by: Person) -> Stamp:
    """The stamp for a page of a programme, to be asked for before anything that the page shows. Raises NotFound."""
    return _stamp(Programme.objects.for_actor(by, Action.SEE_WORK, pk=programme_id).values_list(*_HEAD).first(), by)


@reading
def stamp_of_assessment(assessment_id: UUID, *, by: Person) -> Stamp:
    """The same for a page of an assessment. Raises NotFound."""
    return _stamp(Assessment.objects.for_actor(by, pk=assessment_id).values_list(*_HEAD).first(), by)


@reading
def stamp_of_organisation(organisation_id: UUID, *, by: Person) -> Stamp:
    """The same for a page of an organisation. Raises NotFound."""
    rows = Organisation.objects.for_actor(by).filter(pk=organisation_id)
    return _stamp(rows.values_list("pk", "trail_number", "trail_digest").first(), by)


_HEAD = ("organisation_id", "organisation__trail_number", "organisation__trail_digest")


def _stamp(head: tuple[UUID, int, str] | None, by: Person) -> Stamp:
    if head is None:
        raise NotFound
    organisation_id, number, digest = head
    return Stamp(number, digest, by.access.held_in(organisation_id))
