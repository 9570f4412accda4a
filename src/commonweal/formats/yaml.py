"""YAML read safely: plain values only, with the line of each.

Values are read by the rules of YAML 1.2 (so `no` is text), from the event stream and without recursion: nothing is
built before it has been looked at. Refused: tags (objects), anchors and aliases, duplicate keys, several documents,
deep nesting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.formats.characters import forbidden_character
from commonweal.formats.tree import MAX_DEPTH, MAX_NODES, Path, Tree

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")
_DIRECTIVE = re.compile("(?:^|[\r\n\u2028\u2029])%")
"""Lines end here as libyaml has it; directives by the thousand cost it time that grows with their square."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_WORDS = {"": None, "~": None, "null": None, "true": True, "True": True, "false": False, "False": False}


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; for a mapping, `key` is the one whose value comes next."""

    value: Any
    path: Path
    key: str | None = None


@dataclass(slots=True)
class _Reader:
    """Puts events together to values, iteratively, and notes every problem."""

    name: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    documents: int = 0
    nodes: int = 0

    def take(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop(event, f"The file has more than {MAX_NODES:,} values.", "Check that you named the right file.")
        if isinstance(event, yaml.ScalarEvent):
            self._guard(event)
            self._scalar(event)
        elif isinstance(event, _STARTS):
            self._guard(event)
            self._begin(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
        elif isinstance(event, _ENDS):
            self.open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._stop(event, "Aliases (*name) are not read here.", "Write the value out.")
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(event, "The file holds more than one document.", "Delete all from the second --- on.")

    def _begin(self, event: Any, value: Any) -> None:
        if len(self.open) >= MAX_DEPTH:
            self._stop(event, f"The file is nested more than {MAX_DEPTH} deep.", "Check its indentation and brackets.")
        if self.open and isinstance(self.open[-1].value, dict) and self.open[-1].key is None:
            self._stop(event, "A list or mapping cannot be a key.", "Use a word as the key.")
        self.open.append(_Open(value, self._place(event, value)))

    def _scalar(self, event: Any) -> None:
        # Only an escape can bring in what the file as text does not hold.
        refused = forbidden_character(event.value) if event.style == '"' else None
        if refused:
            self._stop(event, f"A text contains the invisible character {refused}.", "Delete it.")
        holder = self.open[-1] if self.open else None
        if holder and isinstance(holder.value, dict) and holder.key is None:
            self._key(event, holder)
        else:
            self._place(event, event.value if not event.implicit[0] else _plain(event.value))

    def _key(self, event: Any, holder: _Open) -> None:
        key = holder.key = str(event.value)
        line = event.start_mark.line + 1
        if key in holder.value:
            first = self.lines[(*holder.path, key)]
            self._note(event, f"{key[:40]} is given twice, here and in line {first}.", "Keep one of the two.")
        else:
            self.lines[(*holder.path, key)] = line

    def _place(self, event: Any, value: Any) -> Path:
        """Put a value where it belongs; answers with its path."""
        if not self.open:
            self.value = value
            return ()
        holder = self.open[-1]
        if isinstance(holder.value, list):
            path = (*holder.path, len(holder.value))
            self.lines[path] = event.start_mark.line + 1
            holder.value.append(value)
            return path
        key, holder.key = str(holder.key), None
        holder.value.setdefault(key, value)
        return (*holder.path, key)

    def _guard(self, event: Any) -> None:
        if event.anchor:
            self._stop(event, "Anchors (&name) are not read here.", "Write the value out each time.")
        if event.tag and event.tag != "!":
            self._stop(event, "Tags (!name) are not read here.", "Delete the tag; plain values need none.")

    def _note(self, event: Any, what: str, remedy: str) -> None:
        self.problems.append(Problem(f"{self.name}, line {event.start_mark.line + 1}", what, remedy))

    def _stop(self, event: Any, what: str, remedy: str) -> None:
        self._note(event, what, remedy)
        raise BadInput(self.problems)


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _events(text: str, name: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise BadInput(
            [
                Problem(
                    f"{name}{line}",
                    "The file breaks off or is not YAML here.",
                    "Look at this line and the one before: close brackets and quotation marks, indent with spaces,"
                    " and put a text that contains a colon in quotation marks.",
                )
            ]
        ) from error
    except yaml.YAMLError as error:
        raise BadInput([Problem(name, "The file is not YAML.", "Check that you named the right file.")]) from error


def read_yaml(text: str, name: str) -> Tree:
    """Read YAML from text; `name` is the file's name for messages.

    Keys given twice are noted in the tree, so that they do not hide what else is wrong. Raises BadInput where reading
    cannot go on.
    """
    directive = _DIRECTIVE.search(text)
    if directive:
        line = len(_BREAK.findall(text[: directive.end() - 1])) + 1
        raise BadInput([Problem(f"{name}, line {line}", "Directives (%NAME) are not read here.", "Delete them.")])
    reader = _Reader(name)
    for event in _events(text, name):
        reader.take(event)
    return Tree(name, reader.value, reader.lines, tuple(reader.problems))


def parse_yaml(text: str, name: str) -> Tree:
    """The same, for a file in which nothing may be wrong: raises BadInput for what is only noted, too."""
    tree = read_yaml(text, name)
    if tree.noted:
        raise BadInput(tree.noted)
    return tree
