"""An index as it is being written: each change makes new content from the old, which can still lack what it needs.

The content is that of an index file (index.schema.json). What is not sound yet is told by `index_faults`; what is
refused here could never be mended by going on.
"""

import copy
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.words import listed
from commonweal.standards.index_template import template_content

Content = dict[str, Any]
Row = Mapping[str, Any]

LEAST_LEVELS, MOST_LEVELS = 2, 12


class Missing(Exception):
    """The theme or question that was to be changed is not there (any more)."""


_SUFFIX_LENGTH = 12


def own_id(id_: str, organisation: UUID) -> str:
    """The id of an index as its organisation has it: two that choose the same one never meet.

    >>> own_id("supply-carbon", UUID(int=1))
    'supply-carbon.000000000000'
    >>> own_id("supply-carbon.000000000000", UUID(int=1))
    'supply-carbon.000000000000'
    """
    suffix = f".{organisation.hex[:_SUFFIX_LENGTH]}"
    return id_ if id_.endswith(suffix) else f"{id_}{suffix}"


def new_content(id_: str, title: str, edition: str, today: str, *, is_counted: bool = False) -> Content:
    """An index with the levels of the template and no theme yet; `is_counted` for statements that are counted."""
    levels = template_content()["levels"]
    content: Content = {
        "id": id_,
        "version": "1.0",
        "title": title,
        "edition": edition,
        "published_on": today,
        "levels": levels,
        "themes": [],
    }
    if is_counted:
        low, enough = (level["label"] for level in levels[1:3])
        content["scoring"] = {"kind": "statements", "low": low, "enough": enough, "high": enough, "whole": 1}
    return content


def next_version(version: str) -> str:
    """The version after one: the last number, raised.

    >>> next_version("1.0"), next_version("2016.9"), next_version("3")
    ('1.1', '2016.10', '4')
    """
    *before, last = version.split(".")
    return ".".join([*before, str(int(last) + 1)])


def order_of(version: str) -> tuple[int, ...]:
    """What versions are put in order by.

    >>> order_of("2016.10") > order_of("2016.9")
    True
    """
    return tuple(int(part) for part in version.split("."))


def changed(content: Row, change: Callable[[Content], None]) -> Content:
    """A copy of the content to which a change was made; the number of statements follows where nothing is lacking."""
    made = copy.deepcopy(dict(content))
    change(made)
    made.pop("counts", None)
    if "scoring" in made and not _is_lacking(made):
        made["scoring"]["whole"] = max(1, sum(len(theme["questions"]) for theme in made["themes"]))
    return made


def without_history(content: Row) -> Content:
    """The content without what it says of the version before it: what the next version, or a copy, begins with."""

    def change(made: Content) -> None:
        made.pop("gone", None)
        for theme in made["themes"]:
            for question in theme["questions"]:
                question.pop("since", None)

    return changed(content, change)


def _is_lacking(content: Row) -> bool:
    return "lacks" in content or any("lacks" in theme for theme in content["themes"])


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level as a form has it; `was` is the label that it had, empty for a new one."""

    was: str
    label: str
    name: str
    definition: str


def with_levels(content: Row, rows: Sequence[LevelRow]) -> Content:
    """The levels as they were typed, lowest first: what stood at a level that was renamed follows it.

    Raises BadInput where a level that answers stand at is gone, or two have one label (places are fields).
    """
    kept = {row.was: row.label for row in rows if row.was}
    problems = [*_levels_in_use(content, rows, kept), *_level_names(rows)]
    if problems:
        raise BadInput(problems)

    def change(made: Content) -> None:
        made["levels"] = [
            {"label": row.label, "name": row.name or row.label, "definition": row.definition} for row in rows
        ]
        for holder, key in _named_levels(made):
            holder[key] = kept.get(holder[key], holder[key])
        _settle(made)

    return changed(content, change)


def _levels_in_use(content: Row, rows: Sequence[LevelRow], kept: Collection[str]) -> Iterator[Problem]:
    for label, uses in level_uses(content).items():
        if label not in kept and uses:
            what = f"{label} is still used by {listed(uses[:_SHOWN])}{' and others' if len(uses) > _SHOWN else ''}."
            yield Problem("levels", what, "Take their answers at this level away first, or leave it.")
    lowest = _at_the_bottom(content, rows[0].was) if rows else []
    if lowest:
        name = rows[0].label or rows[0].was
        what = f"{name} cannot be the lowest level: answers of {listed(lowest[:_SHOWN])} lead to it."
        yield Problem("levels", what, "Put it above the level where these start.")


def _level_names(rows: Sequence[LevelRow]) -> Iterator[Problem]:
    labels = [row.label.casefold() for row in rows]
    if len(rows) < LEAST_LEVELS:
        yield Problem("levels", "An index has at least two levels.", "Write two, or more.")
    for position, row in enumerate(rows):
        if not row.label:
            yield Problem(f"label-{position}", "The level has no name.", "Enter a short one.")
        elif row.label.casefold() in labels[:position]:
            yield Problem(f"label-{position}", f"{row.label} is the name of two levels.", "Give each its own.")


def _at_the_bottom(content: Row, label: str) -> list[str]:
    """The ids of the questions of which an answer other than the first stands at a level."""
    questions = [question for theme in content["themes"] for question in theme["questions"]]
    return [one["id"] for one in questions if label in [a["level"] for a in one.get("answers", ())[1:]]]


def _settle(made: Content) -> None:
    """Answers stand lowest first, and each first one just under the second, wherever levels were moved to."""
    order = {level["label"]: position for position, level in enumerate(made["levels"])}
    labels = list(order)
    for theme in made["themes"]:
        for question in theme["questions"]:
            first, *others = question.get("answers") or [{}]
            if others:
                others.sort(key=lambda answer: order.get(answer["level"], 0))
                first["level"] = labels[max(order.get(others[0]["level"], 1) - 1, 0)]
                question["answers"] = [first, *others]


def level_uses(content: Row) -> dict[str, list[str]]:
    """What stands at each level, by its label: the ids of questions and criteria, or what bounds statements."""
    uses: dict[str, list[str]] = {level["label"]: [] for level in content["levels"]}
    for key in ("enough", "high", "low") if "scoring" in content else ():
        uses.setdefault(content["scoring"][key], []).append("the bounds of statements")
    for theme in content["themes"]:
        for criterion in theme.get("criteria", ()):
            for key in ("level", "level_in_use"):
                uses.setdefault(criterion.get(key, ""), []).append(criterion["id"])
        for question in theme["questions"]:
            for answer in question.get("answers", ()):
                uses.setdefault(answer["level"], []).append(question["id"])
    return {label: list(dict.fromkeys(named)) for label, named in uses.items() if label}


_SHOWN = 6


def _named_levels(content: Row) -> Iterator[tuple[dict[str, Any], str]]:
    """Every place where a level is named, as what holds it and the key."""
    yield from ((content["scoring"], key) for key in ("enough", "high", "low") if "scoring" in content)
    for theme in content["themes"]:
        for criterion in theme.get("criteria", ()):
            yield from ((criterion, key) for key in ("level", "level_in_use") if key in criterion)
        for question in theme["questions"]:
            yield from ((answer, "level") for answer in question.get("answers", ()))


def with_about(content: Row, said: Mapping[str, str | int | bool]) -> Content:
    """What the index says of itself, replaced."""
    return changed(content, lambda made: say(made, said))


_KEPT_EMPTY = {"title", "lead_question", "question", "help", "evidence", "edition", "version"}
"""What every theme, question or index has: empty, it is told as missing; other fields go."""


def say(holder: Content, said: Mapping[str, str | int | bool]) -> None:
    """Write fields into a thing, an inner one by a name with a dot; an optional one that is empty goes."""
    for name, value in said.items():
        outer, _, inner = name.rpartition(".")
        at = holder.setdefault(outer, {}) if outer else holder
        if value != "" or name in _KEPT_EMPTY:
            at[inner] = value
        else:
            at.pop(inner, None)
        if outer and not at:
            del holder[outer]
