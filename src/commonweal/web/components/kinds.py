"""What pages ask of the kind of an index: whether it comes to levels, and what its parts are called."""

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.rule import Names
from commonweal.core.maturity.rules import rule_of
from commonweal.services.errors import NotFound


def has_levels(index: Index) -> bool:
    """Whether its themes come to levels; else its statements are counted."""
    return rule_of(index).has_levels


def require_levels(index: Index) -> None:
    """Go on only where there are levels to reach or to estimate. Raises NotFound: no page links there otherwise."""
    if not has_levels(index):
        raise NotFound


def names_of(index: Index) -> Names:
    """What a page calls themes and questions."""
    return rule_of(index).names
