"""Which later version of an index there is for a round, and which round it was moved from."""

from uuid import UUID

from commonweal.core.maturity.edition import Edition, edition
from commonweal.services.errors import NotFound
from commonweal.services.indexes import held_index
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.queries.own_indexes import OfferedIndex, offered_indexes
from commonweal.services.writing import reading
from commonweal.standards.authoring import order_of
from commonweal.store.models import Assessment, Person


@reading
def later_version(round_: Round, *, by: Person) -> OfferedIndex | None:
    """The latest version of its index that a round may answer, where it answers an earlier one."""
    same = [one for one in offered_indexes(round_.organisation_id, by=by) if one.id == round_.index.id]
    latest = max(same, key=lambda one: order_of(one.version), default=None)
    is_later = latest is not None and order_of(latest.version) > order_of(round_.index.version)
    return latest if is_later else None


@reading
def edition_after(round_: Round, *, by: Person) -> Edition | None:
    """From the version that a round answers to the latest one; None where it answers that already."""
    latest = later_version(round_, by=by)
    return edition(round_.index, held_index(latest.reference)) if latest else None


@reading
def round_before(assessment_id: UUID, *, by: Person) -> Round | None:
    """The round whose answers were carried over into this one, if it was moved and they may see that one."""
    before = Assessment.objects.for_actor(by, pk=assessment_id).values_list("moved_from", flat=True).first()
    if before is None:
        return None
    try:
        return assessment_round(before, by=by)
    except NotFound:
        return None
