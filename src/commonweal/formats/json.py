"""JSON read safely: duplicate keys, numbers out of range and deep nesting are refused with their place."""

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.formats.characters import forbidden_character
from commonweal.formats.tree import MAX_DEPTH, MAX_NODES, Tree, dotted

_MAX_DIGITS = 18


class _Duplicate(dict[str, Any]):
    """A mapping in which a key was given twice."""

    key: str = ""


class _BadNumber(str):
    """A number that no file of ours can mean: too long, or not a number at all."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    seen: set[str] = set()
    duplicate = _Duplicate(plain)
    for key, _ in pairs:
        if key in seen:
            duplicate.key = key
            break
        seen.add(key)
    return duplicate


def _integer(digits: str) -> int | _BadNumber:
    return int(digits) if len(digits) <= _MAX_DIGITS else _BadNumber(digits[:20])


def _decimal(digits: str) -> float | _BadNumber:
    number = float(digits)
    return number if math.isfinite(number) else _BadNumber(digits)


def parse_json(text: str, name: str) -> Tree:
    """Read JSON from text; `name` is the file's name for messages. Raises BadInput with every problem found."""
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
    problems = _problems(value, name)
    if problems:
        raise BadInput(problems)
    return Tree(name, value)


def _problems(root: Any, name: str) -> list[Problem]:
    found = []
    waiting: list[tuple[Any, tuple[str | int, ...]]] = [(root, ())]
    nodes = 0
    while waiting:
        value, path = waiting.pop()
        nodes += 1
        if nodes > MAX_NODES:
            return [
                Problem(name, f"The file has more than {MAX_NODES:,} values.", "Check that you named the right file.")
            ]
        place = f"{name}, {dotted(path)}" if path else name
        if len(path) > MAX_DEPTH:
            return [Problem(name, f"The file is nested more than {MAX_DEPTH} deep.", "Check its brackets.")]
        if isinstance(value, _Duplicate):
            found.append(Problem(place, f"{value.key[:40]} is given twice.", "Keep one of the two."))
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
    return found


def _texts(value: Any) -> Iterable[str]:
    """A text itself, or the keys of a mapping."""
    if isinstance(value, str):
        return (value,)
    return value.keys() if isinstance(value, dict) else ()


def _refuse(place: str, what: str, remedy: str) -> NoReturn:
    raise BadInput([Problem(place, what, remedy)])
