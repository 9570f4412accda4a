"""What a reader returns: plain values, and where in the file each of them stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]

MAX_DEPTH = 40
"""Deeper nesting than any file of ours needs; past it a file is refused rather than followed."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's content as plain values, with the line of each value and key where the format tells it.

    `name` is the file's name as the user knows it.
    """

    name: str
    value: Any
    lines: Mapping[Path, int] = field(default_factory=dict)

    def place(self, path: Sequence[str | int] = ()) -> str:
        """Where a value stands, for a message.

        >>> Tree("plan.yaml", {}, {("answers", "A1"): 12}).place(["answers", "A1", "present"])
        'plan.yaml, line 12, answers.A1.present'
        """
        known = tuple(path)
        while known and known not in self.lines:
            known = known[:-1]
        parts = [self.name]
        if known in self.lines:
            parts.append(f"line {self.lines[known]}")
        if path:
            parts.append(dotted(path))
        return ", ".join(parts)


def dotted(path: Sequence[str | int]) -> str:
    """A path as people write it; positions in lists count from 1.

    >>> dotted(["themes", 0, "questions", 2, "title"])
    'themes[1].questions[3].title'
    """
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text
