"""The index behind a reference: one that is shipped, or one that an organisation published."""

from functools import lru_cache

from commonweal.core.maturity.models import Index
from commonweal.standards.build import build_index
from commonweal.standards.catalogue import UnknownIndex, load_index
from commonweal.store.fence import unfenced
from commonweal.store.models import PublishedIndex

_WHY = "the index of a row that was let in already, which another organisation may have published to everybody"


def held_index(reference: str) -> Index:
    """The index that a row names which was let in already (an assessment): what let it in is the guard, and this none.

    A reference that comes from outside goes through `services.queries.own_indexes.readable_index` instead. Raises
    UnknownIndex.
    """
    try:
        return load_index(reference)
    except UnknownIndex as unknown:
        return _published(reference, unknown)


def _published(reference: str, unknown: UnknownIndex) -> Index:
    try:
        return _built(reference)
    except PublishedIndex.DoesNotExist:
        raise unknown from None


@lru_cache(maxsize=16)
def _built(reference: str) -> Index:
    """A published version never changes, so it is built once in a process. Raises PublishedIndex.DoesNotExist."""
    with unfenced(_WHY):
        rows = PublishedIndex.objects.across(_WHY).filter(reference=reference)
        return build_index(rows.values_list("content", flat=True).get())
