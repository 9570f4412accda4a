"""How a programme goes, in words."""

from commonweal.core.programme.models import Tally
from commonweal.core.words import counted, listed, number, sentence_case


def tally_sentence(tally: Tally) -> str:
    """How a programme goes, in one sentence.

    >>> import datetime
    >>> from commonweal.core.programme.models import tally
    >>> tally_sentence(tally([], datetime.date(2027, 1, 1)))
    'There is no work in it yet.'
    """
    if not tally.total:
        return "There is no work in it yet."
    parts = [f"{counted(tally.confirmed, 'piece')} done" if tally.confirmed else "nothing done yet"]
    for count, words in (
        (tally.claimed, "to be confirmed"),
        (tally.under_way, "under way"),
        (tally.blocked, "blocked"),
        (tally.overdue, "overdue"),
    ):
        if count:
            parts.append(f"{number(count)} {words}")
    dropped = f" {sentence_case(counted(tally.dropped, 'more', 'more'))} dropped." if tally.dropped else ""
    return f"Of {counted(tally.total, 'piece')} of work: {listed(parts)}.{dropped}"
