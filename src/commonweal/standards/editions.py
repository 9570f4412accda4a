"""From one shipped version of an index to a later one."""

import itertools

from commonweal.core.maturity.edition import Edition, edition
from commonweal.core.maturity.models import Index
from commonweal.standards.authoring import order_of
from commonweal.standards.catalogue import load_index, references


def shipped_editions(first: Index, last: Index) -> list[Edition]:
    """The shipped versions from one to another of the same index, each with the next."""
    between = [
        load_index(reference)
        for reference in references()
        if reference.partition("@")[0] == first.id
        and order_of(first.version) < order_of(reference.partition("@")[2]) < order_of(last.version)
    ]
    chain = [first, *sorted(between, key=lambda one: order_of(one.version)), last]
    return [edition(one, following) for one, following in itertools.pairwise(chain)]
