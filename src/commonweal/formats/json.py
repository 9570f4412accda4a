"""JSON read safely: duplicate keys, numbers out of range and deep nesting are refused with their place."""

import json
import math
from collections import Counter
from collections.abc import Iterable
from typing import Any, NoReturn

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.formats.characters import forbidden_character
from commonweal.formats.tree import MAX_DEPTH, MAX_NODES, Tree, dotted

_MAX_DIGITS = 18


class _Duplicate(dict[str, Any]):
    """A mapping in which a key was given twice."""

    keys_twice: tuple[str, ...] = ()


class _BadNumber(str):
    """A number that no file of ours can mean: too long, or not a number at all."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    duplicate = _Duplicate(plain)
    times = Counter(key for key, _ in pairs)
    duplicate.keys_twice = tuple(key for key, count in times.items() if count > 1)
    return duplicate


def _integer(digits: str) -> int | _BadNumber:
    return int(digits) if len(digits) <= _MAX_DIGITS else _BadNumber(digits[:20])


def _decimal(digits: str) -> float | _BadNumber:
    number = float(digits)
    return number if math.isfinite(number) else _BadNumber(digits)


def read_json(text: str, name: str) -> Tree:
    """Read JSON from text; `name` is the file's name for messages.

    Keys given twice are noted in the tree, so that they do not hide what else is wrong. Raises BadInput where the
    values cannot be used.
    """
    try:
        value = json.loads(
            text, object_pairs_hook=_pairs, parse_int=_integer, parse_float=_decimal, parse_constant=_BadNumber
        )
    except json.JSONDecodeError as error:
        _refuse(
            f"{name}, line {error.lineno}",
            "The file breaks off or is not JSON here.",
            "Check brackets, quotation marks and commas in this line and the one before.",
        )
    except RecursionError:
        _refuse(name, f"The file is nested more than {MAX_DEPTH} deep.", "Check that you named the right file.")
    return Tree(name, value, noted=tuple(_noted(value, name)))


def _noted(root: Any, name: str) -> list[Problem]:
    """Keys given twice. Raises BadInput for values that cannot be used, all of them at once."""
    noted: list[Problem] = []
    found: list[Problem] = []
    waiting: list[tuple[Any, tuple[str | int, ...]]] = [(root, ())]
    nodes = 0
    while waiting:
        value, path = waiting.pop()
        nodes += len(value) if isinstance(value, dict | list) else 0
        if nodes > MAX_NODES:  # before its children are queued, each with its path
            _refuse(name, f"The file has more than {MAX_NODES:,} values.", "Check that you named the right file.")
        place = f"{name}, {dotted(path)}" if path else name
        if len(path) > MAX_DEPTH:
            _refuse(name, f"The file is nested more than {MAX_DEPTH} deep.", "Check its brackets.")
        if isinstance(value, _Duplicate):
            noted += [Problem(place, f"{key[:40]} is given twice.", "Keep one of the two.") for key in value.keys_twice]
        if isinstance(value, _BadNumber):
            found.append(Problem(place, f"{value[:20]} is not a number that is read here.", "Use an ordinary number."))
        found += [
            Problem(place, f"A text contains the invisible character {refused}.", "Delete it.")
            for text in _texts(value)
            if (refused := forbidden_character(text))
        ]
        if isinstance(value, dict):
            waiting.extend((child, (*path, key)) for key, child in value.items())
        elif isinstance(value, list):
            waiting.extend((child, (*path, position)) for position, child in enumerate(value))
    if found:
        raise BadInput([*noted, *found])
    return noted


def _texts(value: Any) -> Iterable[str]:
    """A text itself, or the keys of a mapping."""
    if isinstance(value, str):
        return (value,)
    return value.keys() if isinstance(value, dict) else ()


def _refuse(place: str, what: str, remedy: str) -> NoReturn:
    raise BadInput([Problem(place, what, remedy)])
