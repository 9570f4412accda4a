"""What actions cost, from a file: action ids with numbers."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index
from commonweal.core.problems import Problem
from commonweal.formats.schema import Schema
from commonweal.formats.text_tree import read_tree

_HIGHEST = 10**12
_SCHEMA = Schema(
    {
        "type": "object",
        "description": "action ids with numbers, such as ID: 2500",
        "additionalProperties": {
            "type": "number",
            "minimum": 0,
            "maximum": _HIGHEST,
            "description": "a number from 0 on, without a currency sign",
        },
    }
)


def read_costs(path: Path, index: Index) -> Mapping[str, Decimal]:
    """Costs by action id, from a YAML or JSON file of ids with numbers (docs/reference/route.md).

    Raises BadInput with every entry that is not an action of the index or not a number from 0 on.
    """
    tree = read_tree(path)
    problems = tree.problems(_SCHEMA.faults(tree))
    if problems:
        raise BadInput(problems)
    known = {step.id for question in index.questions for step in question.steps}
    for name in tree.value:
        if name not in known:
            problems.append(
                Problem(
                    tree.place([name]),
                    f"{name[:40]} is not an action of {index.reference}.",
                    "`commonweal indexes show` lists the actions with their ids.",
                )
            )
    if problems:
        raise BadInput(problems)
    return {name: Decimal(str(cost)) for name, cost in tree.value.items()}
