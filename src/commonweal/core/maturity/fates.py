"""What an edition of an index says of itself: what became of the questions of the edition before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fate(StrEnum):
    """What became of a question. The values stand in files."""

    SAME = "same"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    GONE = "gone"


Places = tuple[int | None, ...]
"""Where each answer of a question before stands now; None for one that is not offered any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the authors of an edition say of a question; what they leave out is worked out (edition.py).

    `question` is its id, `before` the ids of those that it comes from, `look` whether whoever moves has to read it
    again, `answers` where the answers of each of those stand now.
    """

    question: str
    fate: Fate | None = None
    before: tuple[str, ...] = ()
    what: str = ""
    look: bool | None = None
    answers: Mapping[str, Places] = field(default_factory=dict)
