"""Which statements of one index the themes of another say something of: files under `crosswalks/`."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from commonweal.core.errors import BadInput
from commonweal.core.maturity.crosswalk import Crosswalk
from commonweal.core.maturity.models import Index
from commonweal.core.problems import Problem, Refused
from commonweal.formats.files import read_text
from commonweal.formats.schema import Schema
from commonweal.formats.tree import Fault, Tree
from commonweal.formats.yaml import parse_yaml
from commonweal.standards.catalogue import UnknownIndex, load_index

_FOLDER = Path(__file__).parent / "crosswalks"
_TEXT = {"type": "string", "minLength": 1, "maxLength": 1200, "description": "a text of a few sentences"}
_PAIRS = {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}
_SCHEMA = Schema(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["from", "to", "published_on", "source", "confidence", "levels", "statements"],
        "properties": {
            "from": {"type": "string", "description": "an index, as id@version"},
            "to": {"type": "string", "description": "an index, as id@version"},
            "published_on": {"type": "string", "format": "date", "description": "a day, year first"},
            "source": _TEXT,
            "confidence": _TEXT,
            "levels": {**_PAIRS, "description": "a level of the second index for each of the first"},
            "statements": {**_PAIRS, "description": "a statement of the second index for each theme of the first"},
        },
    }
)


@cache
def crosswalks() -> tuple[Crosswalk, ...]:
    """Those that are shipped. Raises BadInput with every fault of a file that is not sound."""
    found = []
    for tree in crosswalk_files():
        problems = check_crosswalk(tree)
        if problems:
            raise BadInput(problems)
        found.append(_built(tree.value))
    return tuple(found)


@cache
def has_crosswalk(reference: str) -> bool:
    """Whether an index (`id@version`) is an end of one: by the names of the files, so that none is loaded for it."""
    names = [path.stem.split("--") for path in _FOLDER.iterdir() if path.name.endswith(".yaml")]
    return any(reference in ends for ends in names)


def crosswalk_files() -> Iterator[Tree]:
    """Every shipped file, read but not checked."""
    for path in sorted(item for item in _FOLDER.iterdir() if item.name.endswith(".yaml")):
        yield parse_yaml(read_text(path), path.name)


def check_crosswalk(tree: Tree) -> list[Problem]:
    """Every fault of a file: its shape, then whether its indexes are known and everything that it names is theirs."""
    return tree.problems(_SCHEMA.faults(tree) or list(_references(tree.name, tree.value)))


def _built(content: Any) -> Crosswalk:
    to = {level.label: level.position for level in load_index(content["to"]).levels}
    levels = tuple(to[content["levels"][level.label]] for level in load_index(content["from"]).levels)
    return Crosswalk(
        from_=content["from"],
        to=content["to"],
        statements=dict(content["statements"]),
        levels=levels,
        source=content["source"],
        confidence=content["confidence"],
    )


def _references(name: str, content: Any) -> Iterator[Fault]:
    indexes: dict[str, Index] = {}
    for key in ("from", "to"):
        try:
            indexes[key] = load_index(content[key])
        except UnknownIndex as unknown:
            yield (key,), unknown.refused
    if len(indexes) < len(("from", "to")):
        return
    if name != f"{content['from']}--{content['to']}.yaml":
        yield ("from",), Refused("The file is named otherwise.", f"Name it {content['from']}--{content['to']}.yaml.")
    themes = {theme.code: theme.title for theme in indexes["from"].themes}
    statements = {question.id: question.title for question in indexes["to"].questions}
    yield from _unknown("statements", content["statements"], themes, statements)
    yield from _unknown("levels", content["levels"], _labels(indexes["from"]), _labels(indexes["to"]))
    missing = [label for label in _labels(indexes["from"]) if label not in content["levels"]]
    if missing:
        yield ("levels",), Refused(f"{', '.join(missing)} has no level beside it.", "Add one.")


def _labels(index: Index) -> dict[str, str]:
    return {level.label: level.name for level in index.levels}


def _unknown(key: str, pairs: dict[str, str], left: dict[str, str], right: dict[str, str]) -> Iterator[Fault]:
    for one, other in pairs.items():
        if one not in left:
            yield (key, one), Refused(f"{one} is not of the first index.", f"Use {', '.join(left)}.")
        if other not in right:
            yield (key, one), Refused(f"{other} is not of the second index.", "Name one that is.")
