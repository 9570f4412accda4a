"""What counted statements say of a theme: whether it is one to look at first, or why that cannot be said."""

from enum import StrEnum

from commonweal.core.maturity.models import Counting
from commonweal.core.maturity.scoring import ThemeScore


class Verdict(StrEnum):
    """What is said of a theme."""

    FOCUS = "focus area"
    NOT_FOCUS = "no focus area"
    LACKS = "statements are missing here"
    OPEN = "not fully rated"
    DOES_NOT_APPLY = "does not apply"


def below(counting: Counting, score: ThemeScore) -> int:
    """How many statements of a theme are rated less than what is enough."""
    return sum(score.counts[: counting.enough])


def verdict(counting: Counting, score: ThemeScore) -> Verdict:
    """What is said of a theme in one column. A focus area has more than half below; exactly half is not more than half.

    National Procurement Strategy toolkit (2018), as used in a council's published self-assessment. What is missing, or
    not rated yet, could turn a verdict, so there is none.
    """
    rated = sum(score.counts)
    if score.theme.lacks:
        return Verdict.LACKS
    if score.unanswered:
        return Verdict.OPEN
    if not rated:
        return Verdict.DOES_NOT_APPLY
    return Verdict.FOCUS if 2 * below(counting, score) > rated else Verdict.NOT_FOCUS
