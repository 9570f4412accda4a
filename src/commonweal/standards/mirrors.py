"""Which themes of two indexes stand across from each other: files under `mirrors/`."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from commonweal.core.errors import BadInput
from commonweal.core.maturity.mirror import Mirror, Pair
from commonweal.core.problems import Problem, Refused
from commonweal.formats.files import read_text
from commonweal.formats.schema import Schema
from commonweal.formats.tree import Fault, Tree
from commonweal.formats.yaml import parse_yaml
from commonweal.standards.catalogue import UnknownIndex, load_index

_FOLDER = Path(__file__).parent / "mirrors"
_TEXT = {"type": "string", "minLength": 1, "maxLength": 400, "description": "a text of a sentence or two"}
_CODES = {"type": "array", "minItems": 1, "items": {"type": "string"}}
_SCHEMA = Schema(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["first", "second", "source", "confidence", "pairs"],
        "properties": {
            "first": {"type": "string", "description": "an index by its id"},
            "second": {"type": "string", "description": "an index by its id"},
            "source": _TEXT,
            "confidence": _TEXT,
            "pairs": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["title", "first", "second"],
                    "properties": {"title": _TEXT, "first": _CODES, "second": _CODES},
                },
            },
        },
    }
)


@cache
def mirrors() -> tuple[Mirror, ...]:
    """Those that are shipped. Raises BadInput with every fault of a file that is not sound."""
    found = []
    for path in sorted(item for item in _FOLDER.iterdir() if item.name.endswith(".yaml")):
        tree = parse_yaml(read_text(path), path.name)
        problems = check_mirror(tree)
        if problems:
            raise BadInput(problems)
        said = tree.value
        pairs = (Pair(one["title"], tuple(one["first"]), tuple(one["second"])) for one in said["pairs"])
        found.append(Mirror(said["first"], said["second"], said["source"], said["confidence"], tuple(pairs)))
    return tuple(found)


def check_mirror(tree: Tree) -> list[Problem]:
    """What keeps a file from being used: its shape, and indexes and themes that there are not."""
    faults = [*_SCHEMA.faults(tree)]
    if not faults and not tree.noted:
        faults += [fault for side in ("first", "second") for fault in _unknown(tree, side)]
    return tree.problems(faults)


def _unknown(tree: Tree, side: str) -> Iterator[Fault]:
    try:
        codes = {theme.code for theme in load_index(tree.value[side]).themes}
    except UnknownIndex as unknown:
        yield (side,), unknown.refused
        return
    for place, pair in enumerate(tree.value["pairs"]):
        for at, code in enumerate(pair[side]):
            if code not in codes:
                yield ("pairs", place, side, at), Refused(f"There is no theme {code}.", "Use a code of the index.")
