"""What a reader returns: plain values, and where in the file each of them stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from commonweal.core.problems import Problem, Refused

Path = tuple[str | int, ...]
Place = TypeVar("Place", int, str)

Fault = tuple[Path, Refused]
"""What is wrong, and the path to it."""

MAX_NODES = 20_000
"""More values than any file of ours holds: three times those of the largest one we ship."""

MAX_DEPTH = 40
"""Deeper nesting than any file of ours needs; past it a file is refused rather than followed."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's content as plain values, with the line of each value and key where the format tells it.

    `name` is the file's name as the user knows it. `noted` are problems that reading met and could go on after, such as
    a key given twice; they are part of `problems`. `cells` are the places of what was read from a workbook.
    """

    name: str
    value: Any
    lines: Mapping[Path, int] = field(default_factory=dict)
    noted: tuple[Problem, ...] = ()
    cells: Mapping[Path, str] = field(default_factory=dict)

    def place(self, path: Sequence[str | int] = ()) -> str:
        """Where a value stands, for a message.

        >>> Tree("plan.yaml", {}, {("answers", "A1"): 12}).place(["answers", "A1", "present"])
        'plan.yaml, line 12, answers.A1.present'
        """
        if self.cells:
            return ", ".join(filter(None, [self.name, self._nearest(path, self.cells, "")]))
        line = self._line(path)
        parts = [self.name, f"line {line}" if line else "", dotted(path)]
        return ", ".join(filter(None, parts))

    def problems(self, faults: Iterable[Fault]) -> list[Problem]:
        """What reading noted, then the faults as problems with their places, in the order of the file's lines."""
        ordered = sorted(faults, key=lambda fault: self._line(fault[0]))
        return [*self.noted, *(Problem.at(self.place(path), refused) for path, refused in ordered)]

    def _line(self, path: Sequence[str | int]) -> int:
        """The line of a value, or of the nearest thing around it; 0 where the format does not tell."""
        return self._nearest(path, self.lines, 0)

    def _nearest(self, path: Sequence[str | int], places: Mapping[Path, Place], otherwise: Place) -> Place:
        known = tuple(path)
        while known and known not in places:
            known = known[:-1]
        return places.get(known, otherwise)


def dotted(path: Sequence[str | int]) -> str:
    """A path as people write it; positions in lists count from 1.

    >>> dotted(["themes", 0, "questions", 2, "title"])
    'themes[1].questions[3].title'
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part[:40]}" if text else part[:40]
    return text
