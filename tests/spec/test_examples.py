"""Each worked example comes out as it says: everything it names must be equal, whatever else there is."""

from typing import Any

import pytest

from tests.spec.examples import Example, examples, outcome, refusals

EXAMPLES = examples()


def _named(expected: Any, found: Any) -> Any:
    """The part of `found` that `expected` names, in the same shape."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return {key: _named(value, found.get(key, "(missing)")) for key, value in expected.items()}
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example(example: Example) -> None:
    if "refused" in example.content:
        assert refusals(example) == example.content["refused"]
        return
    found = outcome(example)
    assert _named(example.expected, found) == example.expected
    if "action_grid" in example.expected:
        assert found["action_grid"] == example.expected["action_grid"]


def test_every_example_says_why() -> None:
    assert EXAMPLES
    for example in EXAMPLES:
        assert {"title", "rule", "source"} <= set(example.content), example.name
        assert example.expected or example.content.get("refused"), example.name
