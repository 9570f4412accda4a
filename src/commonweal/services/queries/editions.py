"""Which later version of an index there is for a round, and which round it was moved from."""

import itertools
from uuid import UUID

from commonweal.core.maturity.edition import Edition, edition
from commonweal.core.maturity.models import Index
from commonweal.services.errors import NotFound
from commonweal.services.indexes import held_index
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.queries.own_indexes import OfferedIndex, offered_indexes, readable_index
from commonweal.services.writing import reading
from commonweal.standards.authoring import order_of
from commonweal.standards.catalogue import references
from commonweal.store.fence import unfenced
from commonweal.store.models import Assessment, Person, PublishedIndex


@reading
def later_version(round_: Round, *, by: Person) -> OfferedIndex | None:
    """The latest version of its index that a round may answer, where it answers an earlier one."""
    same = [one for one in offered_indexes(round_.organisation_id, by=by) if one.id == round_.index.id]
    latest = max(same, key=lambda one: order_of(one.version), default=None)
    is_later = latest is not None and order_of(latest.version) > order_of(round_.index.version)
    return latest if is_later else None


@reading
def editions_after(round_: Round, *, by: Person) -> list[Edition]:
    """From the version that a round answers to the latest one, each with the next; none where it answers that."""
    latest = later_version(round_, by=by)
    return editions_between(round_.index, held_index(latest.reference)) if latest else []


def editions_between(first: Index, last: Index) -> list[Edition]:
    """The published versions of an index from one to another that were both let in, each with the next."""
    first, last = first.as_published, last.as_published
    numbers = sorted({*_published_numbers(first.id), first.version, last.version}, key=order_of)
    chain = [
        first if number == first.version else last if number == last.version else held_index(f"{first.id}@{number}")
        for number in numbers
        if order_of(first.version) <= order_of(number) <= order_of(last.version)
    ]
    return [edition(one, following) for one, following in itertools.pairwise(chain)]


def _published_numbers(index: str) -> list[str]:
    shipped = [number for id_, _, number in (one.partition("@") for one in references()) if id_ == index]
    with unfenced(_WHY):
        rows = PublishedIndex.objects.across(_WHY).filter(own_index__index=index)
        return shipped + list(rows.values_list("own_index__number", flat=True))


_WHY = "the versions between two of an index that a round answers, which another organisation may have published"


@reading
def edition_before(reference: str, *, by: Person) -> Edition | None:
    """An index that somebody may read beside the version before it, if there was one. Raises NotFound."""
    index = readable_index(reference, by=by)
    numbers = [one for one in _published_numbers(index.id) if order_of(one) < order_of(index.version)]
    if not numbers:
        return None
    return edition(held_index(f"{index.id}@{max(numbers, key=order_of)}"), index)


@reading
def round_after(round_: Round, *, by: Person) -> tuple[UUID, str] | None:
    """The round that a round became by a later version of its index: its id and name, if they may see it."""
    return Assessment.objects.for_actor(by).filter(moved_from=round_.id).values_list("id", "name").first()


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
