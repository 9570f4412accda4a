"""What does not fit a schema is said in plain words, all at once, with places."""

import pytest

from commonweal.formats.schema import Schema
from commonweal.formats.tree import Tree

SCHEMA = Schema(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 5, "description": "a name"},
            "size": {"type": "integer", "minimum": 1, "maximum": 9, "description": "a size from 1 to 9"},
            "kind": {"type": "string", "enum": ["a", "b"], "description": "a or b"},
            "parts": {
                "type": "array",
                "minItems": 1,
                "description": "at least one part",
                "items": {"$ref": "#/$defs/part"},
            },
        },
        "$defs": {
            "part": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string", "description": "an id"}},
            }
        },
    }
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, "f: name is missing: Add name: a name."),
        ({"name": 3}, "f, name: 3 is not text: Write a name."),
        ({"name": None}, "f, name: An empty value is not text: Write a name."),
        ({"name": ""}, "f, name: The text is empty: Write a name."),
        ({"name": "longer"}, "f, name: The text is longer than 5 characters: Write a name."),
        ({"name": "x", "size": 0}, "f, size: 0 is less than 1: Write a size from 1 to 9."),
        ({"name": "x", "size": 10}, "f, size: 10 is more than 9: Write a size from 1 to 9."),
        ({"name": "x", "size": True}, "f, size: true is not a whole number: Write a size from 1 to 9."),
        ({"name": "x", "kind": "c"}, 'f, kind: "c" is not one of the values that fit here: Write a or b.'),
        ({"name": "x", "age": 1}, "f, age: age is not known here: Known are kind, name, parts, size."),
        ({"name": "x", "parts": []}, "f, parts: The list is too short: Write at least one part."),
        ({"name": "x", "parts": [{}]}, "f, parts[1]: id is missing: Add id: an id."),
        ({"name": "x", "parts": [{"id": 1}]}, "f, parts[1].id: 1 is not text: Write an id."),
        ([], "f: A list is not a set of named values: Write what the reference page says."),
    ],
)
def test_sentences(value: object, expected: str) -> None:
    tree = Tree("f", value)
    assert [str(problem) for problem in tree.problems(SCHEMA.faults(tree))] == [expected]


def test_all_at_once() -> None:
    tree = Tree("f", {"size": "x", "kind": 1, "age": 2})
    assert len(SCHEMA.faults(tree)) == 4


def test_each_missing_field_is_said_once() -> None:
    tree = Tree("f", {"name": "x", "parts": [{}, {}]})
    assert [str(problem) for problem in tree.problems(SCHEMA.faults(tree))] == [
        "f, parts[1]: id is missing: Add id: an id.",
        "f, parts[2]: id is missing: Add id: an id.",
    ]


def test_a_near_miss_is_guessed() -> None:
    tree = Tree("f", {"name": "x", "knd": "a"})
    assert str(tree.problems(SCHEMA.faults(tree))[0]) == (
        "f, knd: knd is not known here: Did you mean kind? Known are kind, name, parts, size."
    )


def test_nobody_is_told_of_more_faults_than_can_be_mended() -> None:
    tree = Tree("f", {"name": "x", "parts": [{}] * 5000})
    assert len(SCHEMA.faults(tree)) == 200
