"""Checks a tree against a JSON Schema and says in plain words, with places, all that does not fit.

The schema's own `description` of a field is the remedy: what to write there.
"""

import datetime
import difflib
import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import jsonschema_rs

from commonweal.core.problems import Refused
from commonweal.formats.tree import Fault, Path, Tree

_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "object": "a set of named values",
    "array": "a list",
    "boolean": "true or false",
}


_MOST_FAULTS = 200
"""Nobody mends more at a time; a file with more is not what it was taken for."""


class Schema:
    """A JSON Schema, compiled once. Limit: combinations (`anyOf` and the like) are not explained."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._schema = schema
        self._validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True, formats={"date": _is_date})

    def faults(self, tree: Tree, leaving_out: Collection[str] = ()) -> list[Fault]:
        """Every place where the tree does not fit; those of some keywords of JSON Schema can be left out."""
        found = (error for error in self._validator.iter_errors(tree.value) if _keyword(error) not in leaving_out)
        errors = list(itertools.islice(found, _MOST_FAULTS))
        wrong_kind = {tuple(error.instance_path) for error in errors if _keyword(error) == "type"}
        return [
            fault
            for error in errors
            if _keyword(error) == "type" or tuple(error.instance_path) not in wrong_kind
            for fault in self._explain(error)
        ]

    def in_order(self, value: Any) -> Any:
        """The value with the fields of every object in the order in which the schema names them."""
        return self._in_order(value, self._schema)

    def _in_order(self, value: Any, schema: dict[str, Any]) -> Any:
        schema = self._resolved(schema)
        if isinstance(value, Mapping):
            fields = schema.get("properties", {})
            keys = [*(key for key in fields if key in value), *(key for key in value if key not in fields)]
            return {key: self._in_order(value[key], fields.get(key, {})) for key in keys}
        if isinstance(value, list | tuple):
            return [self._in_order(item, schema.get("items", {})) for item in value]
        return value

    def _explain(self, error: Any) -> Iterator[Fault]:
        path: Path = tuple(error.instance_path)
        keyword = _keyword(error)
        limit, field_schema = self._look_up(error.schema_path)
        if keyword == "additionalProperties":
            for key in [key for key in error.instance if key not in field_schema.get("properties", {})][:_MOST_FAULTS]:
                yield (*path, key), Refused(f"{key[:40]} is not known here.", _known(key, field_schema["properties"]))
        elif keyword == "required":
            key = error.kind.property
            about = self._resolved(field_schema.get("properties", {}).get(key, {}))
            remedy = f"Add {key}: {about.get('description', 'it is needed')}"
            yield path, Refused(f"{key} is missing.", _sentence(remedy))
        else:
            what = _what(keyword, limit, error.instance)
            remedy = _sentence(f"Write {field_schema.get('description', 'what the reference page says')}")
            yield path, Refused(what, remedy)

    def _look_up(self, schema_path: Sequence[str | int]) -> tuple[Any, dict[str, Any]]:
        """The keyword's value in the schema, and the schema that holds it, references followed."""
        holder: Any = {}
        current: Any = self._schema
        for part in schema_path:
            if isinstance(current, dict):
                current = self._resolved(current)
            if part != "$ref":
                holder, current = current, current[part]
        return current, holder if isinstance(holder, dict) else {}

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """A schema itself, or the one that it refers to."""
        if "$ref" not in schema:
            return schema
        found: dict[str, Any] = self._schema["$defs"][schema["$ref"].rpartition("/")[2]]
        return found


def _is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, year first."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _known(key: str, properties: dict[str, Any]) -> str:
    """What may stand there, and first what was probably meant."""

    close = difflib.get_close_matches(key.lower(), properties, n=1)
    meant = f"Did you mean {close[0]}? " if close else ""
    return f"{meant}Known are {', '.join(sorted(properties))}."


def _keyword(error: Any) -> str:
    """The keyword of the schema that a value breaks."""
    return str(error.schema_path[-1]) if error.schema_path else ""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


def _what(keyword: str, limit: Any, instance: Any) -> str:
    shown = _shown(instance)
    if keyword == "type":
        kinds = [limit] if isinstance(limit, str) else list(limit)
        return f"{shown} is not {' or '.join(_KINDS.get(kind, kind) for kind in kinds)}."
    if isinstance(instance, str) and not instance.strip():
        return "The text is empty."
    sentences = {
        "maxLength": f"The text is longer than {limit} characters.",
        "minimum": f"{shown} is less than {limit}.",
        "maximum": f"{shown} is more than {limit}.",
        "format": f"{shown} is not a {limit}.",
        "minItems": "The list is too short.",
        "maxItems": "The list is too long.",
    }
    return sentences.get(keyword, f"{shown} is not one of the values that fit here.")


def _shown(value: Any) -> str:
    """A value as a message quotes it, cut short.

    >>> _shown(None), _shown(True), _shown("x"), _shown([1])
    ('An empty value', 'true', '"x"', 'A list')
    """
    if value is None:
        return "An empty value"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 40 else f'"{value[:40]}..."'
    if isinstance(value, list):
        return "A list"
    return (
        "A set of named values" if isinstance(value, dict) else f"{value:g}" if isinstance(value, float) else str(value)
    )
