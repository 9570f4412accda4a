"""How a plan's actions are spread over a programme: a dated, cited file under `spreading/`."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem, Refused
from commonweal.core.programme.spreading import ORDERS, Spreading
from commonweal.formats.files import read_text
from commonweal.formats.schema import Schema
from commonweal.formats.tree import Tree
from commonweal.formats.yaml import parse_yaml

_FOLDER = Path(__file__).parent / "spreading"
_USUAL = "index-programme@1.yaml"
_TEXT = {"type": "string", "minLength": 1, "maxLength": 500, "description": "a text"}
_SCHEMA = Schema(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "version", "title", "purpose", "published_on", "source", "years", "order"],
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$", "description": "small letters and hyphens"},
            "version": {"type": "string", "pattern": "^[0-9]+$", "description": "a number"},
            "title": _TEXT,
            "purpose": _TEXT,
            "published_on": {"type": "string", "format": "date", "description": "a day, year first"},
            "source": {
                "type": "object",
                "additionalProperties": False,
                "required": ["title", "items"],
                "properties": {"title": _TEXT, "items": _TEXT},
            },
            "years": {"type": "integer", "minimum": 1, "maximum": 5, "description": "how many years it runs, 1 to 5"},
            "order": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "enum": list(ORDERS), "description": " or ".join(ORDERS)},
            },
        },
    }
)


@cache
def usual_spreading() -> Spreading:
    """The way that is shipped. Raises BadInput with every fault of a file that is not sound."""
    tree = parse_yaml(read_text(_FOLDER / _USUAL), _USUAL)
    problems = check_spreading(tree)
    if problems:
        raise BadInput(problems)
    content = tree.value
    return Spreading(
        content["title"], content["purpose"], content["source"]["title"], content["years"], tuple(content["order"])
    )


def spreading_files() -> Iterator[Tree]:
    """Every shipped file, read but not checked."""
    for path in sorted(item for item in _FOLDER.iterdir() if item.name.endswith(".yaml")):
        yield parse_yaml(read_text(path), path.name)


def check_spreading(tree: Tree) -> list[Problem]:
    """Every fault of a file: its shape, then whether it is named after what it says it is."""
    faults = list(_SCHEMA.faults(tree))
    if not faults and tree.name != f"{tree.value['id']}@{tree.value['version']}.yaml":
        said = f"{tree.value['id']}@{tree.value['version']}"
        faults = [(("id",), Refused(f"The file says that it is {said}.", "Name it after its id and version."))]
    return tree.problems(faults)
