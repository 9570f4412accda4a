"""A level in words, the same wherever it is told."""

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.scoring import Overall


def overall_words(index: Index, overall: Overall) -> str:
    """The overall level with the mean that it was cut from, like "Mature (2.4)"."""
    return "No level" if overall.level is None else f"{index.levels[overall.level].label} ({overall.mean:g})"
