"""How long what an index asks for regularly holds: a dated, cited file beside the index, under `upkeep/`."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index
from commonweal.core.problems import Problem, Refused
from commonweal.core.programme.upkeep import NO_UPKEEP, Upkeep
from commonweal.formats.files import read_text
from commonweal.formats.schema import Schema
from commonweal.formats.tree import Fault, Tree
from commonweal.formats.yaml import parse_yaml
from commonweal.standards.catalogue import UnknownIndex, load_index

_FOLDER = Path(__file__).parent / "upkeep"
_SCHEMA = Schema(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["index", "published_on", "months", "criteria"],
        "properties": {
            "index": {"type": "string", "description": "the index, as id@version"},
            "published_on": {"type": "string", "format": "date", "description": "a day, year first"},
            "months": {
                "type": "object",
                "additionalProperties": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 120,
                    "description": "a number of months",
                },
            },
            "criteria": {
                "type": "object",
                "additionalProperties": {"type": "string", "description": "one of the words under months"},
            },
        },
    }
)


@cache
def upkeep_of(reference: str) -> Upkeep:
    """What has to be kept up of an index (`id@version`); nothing where no file says so."""
    path = _FOLDER / f"{reference}.yaml"
    if not path.is_file():
        return NO_UPKEEP
    tree = parse_yaml(read_text(path), path.name)
    problems = check_upkeep(tree)
    if problems:
        raise BadInput(problems)
    content = tree.value
    return Upkeep(
        {id_: content["months"][word] for id_, word in content["criteria"].items()}, dict(content["criteria"])
    )


def upkeep_files() -> Iterator[Tree]:
    """Every shipped file, read but not checked."""
    for path in sorted(item for item in _FOLDER.iterdir() if item.name.endswith(".yaml")):
        yield parse_yaml(read_text(path), path.name)


def check_upkeep(tree: Tree) -> list[Problem]:
    """Every fault of a file: its shape, then whether its index and criteria exist and its words are explained."""
    return tree.problems(_SCHEMA.faults(tree) or list(_references(tree.name, tree.value)))


def _references(name: str, content: Any) -> Iterator[Fault]:
    try:
        index = load_index(content["index"])
    except UnknownIndex as unknown:
        yield ("index",), unknown.refused
        return
    if name != f"{index.reference}.yaml":
        yield ("index",), Refused(f"The file is about {index.reference}.", "Name it after that.")
    known = _expressed(index)
    for id_, word in content["criteria"].items():
        if id_ not in known:
            yield (
                ("criteria", id_),
                Refused(f"{id_} is expressed by no step of {index.reference}.", "Name one that is."),
            )
        if word not in content["months"]:
            yield ("criteria", id_), Refused(f"{word} is not one of the words under months.", "Explain it there.")


def _expressed(index: Index) -> set[str]:
    return {id_ for question in index.questions for answer in question.answers[1:] for id_ in answer.criteria}
