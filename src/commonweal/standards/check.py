"""Checks an index file and reports every fault with its line: shape, ids, order, counts and cross references."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from commonweal.core.problems import Problem, Refused
from commonweal.formats.schema import Schema
from commonweal.formats.tree import Fault, Path, Tree
from commonweal.standards.build import action_id
from commonweal.standards.check_questions import Found, answers_of, duties, labels_of, ladders, since


@cache
def index_schema() -> Schema:
    """The shape of an index file (index.schema.json), compiled."""
    text = FilePath(__file__).with_name("index.schema.json").read_text(encoding="utf-8")
    return Schema(json.loads(text))


def check_index(tree: Tree) -> list[Problem]:
    """Every fault of an index file, with its place."""
    return tree.problems(index_faults(tree))


def index_faults(tree: Tree) -> list[Fault]:
    """Every fault of an index with the path to it.

    Cross references are looked at once the shape is right, whatever texts and lists are still empty.
    """
    faults = index_schema().faults(tree)
    if not index_schema().faults(tree, leaving_out=_STILL_EMPTY):
        checks = (_levels, _kind, _ids, ladders, duties, _criteria, _counts, since)
        found = [fault for check in checks for fault in check(tree.value)]
        faults += [(path, Refused(what, remedy)) for path, what, remedy in found]
    return faults


_STILL_EMPTY = frozenset({"minLength", "minItems"})
_STILL_MISSING = _STILL_EMPTY | {"required"}
"""What an index that is being written may lack for a while."""


def refused_shape(content: Any) -> list[Problem]:
    """What no going on could mend in an index that is being written, such as a text that is too long."""
    tree = Tree("", content)
    return tree.problems(index_schema().faults(tree, leaving_out=_STILL_MISSING))


def _levels(content: Any) -> Iterator[Found]:
    """Level labels are unique, and every level that is named exists."""
    labels = labels_of(content)
    for position, label in enumerate(labels):
        if label and label.casefold() in [before.casefold() for before in labels[:position]]:
            yield ("levels", position, "label"), f"{label} is the label of two levels.", "Give each its own."
    remedy = f"Use {', '.join(dict.fromkeys(labels))}."
    for path, name in _named_levels(content):
        if name and name not in labels:
            yield path, f"{name} is not a level of this index.", remedy


def _named_levels(content: Any) -> Iterator[tuple[Path, str]]:
    for name in _RATED if "scoring" in content else ():
        yield ("scoring", name), content["scoring"][name]
    for label in content.get("counts", _NONE)["criteria"]:
        yield ("counts", "criteria", label), label
    for t, theme in enumerate(content["themes"]):
        for c, criterion in enumerate(theme.get("criteria", ())):
            for key in ("level", "level_in_use"):
                if key in criterion:
                    yield ("themes", t, "criteria", c, key), criterion[key]
    for path, _, question in answers_of(content):
        for a, answer in enumerate(question.get("answers", ())):
            yield (*path, "answers", a, "level"), answer["level"]


def _kind(content: Any) -> Iterator[Found]:
    """Questions have answers of their own, or are statements that are rated with the levels: one kind an index."""
    said = content.get("scoring")
    for path, _, question in answers_of(content):
        if said is None and "answers" not in question:
            yield path, "The question has no answers.", "Add them, or say with scoring that statements are rated."
        if said is not None and "answers" in question:
            yield (*path, "answers"), "A statement is rated with the levels of the index.", "Delete its answers."
    if said is None:
        return
    labels = labels_of(content)
    low, enough, high = (labels.index(said[name]) if said[name] in labels else None for name in _RATED)
    if low is not None and enough is not None and high is not None and not low < enough <= high:
        what = "The levels of low, enough and high do not rise."
        yield ("scoring",), what, "Put low under enough, and high at enough or over it."
    held = sum(len(theme["questions"]) for theme in content["themes"])
    lacks = "lacks" in content or any("lacks" in theme for theme in content["themes"])
    if held > said["whole"]:
        yield ("scoring", "whole"), f"There are {held} statements, more than {said['whole']}.", "Correct the number."
    elif lacks is (held == said["whole"]):
        what = f"{held} of {said['whole']} statements are held, and what is missing is {'' if lacks else 'not '}named."
        yield ("scoring", "whole"), what, "Correct the number, or say with lacks what is missing."


_NONE: Any = {"criteria": ()}
_RATED = ("low", "enough", "high")


def _ids(content: Any) -> Iterator[Found]:
    """Theme codes are unique, and so are the ids of questions, criteria and actions."""
    codes = [(("themes", t, "code"), theme["code"].upper()) for t, theme in enumerate(content["themes"])]
    ids: list[tuple[Path, str]] = []
    for t, theme in enumerate(content["themes"]):
        ids += [(("themes", t, "criteria", c, "id"), row["id"]) for c, row in enumerate(theme.get("criteria", ()))]
    told = set()
    for path, _, question in answers_of(content):
        ids.append(((*path, "id"), question["id"]))
        if question["id"] in told:
            continue  # ids that are made from it are no faults of their own
        told.add(question["id"])
        for a, answer in enumerate(question.get("answers", ())):
            if "action" in answer:
                ids.append(((*path, "answers", a, "action", "id"), action_id(question, a)))
    for group in (codes, ids):
        yield from _twice(group)


def _twice(group: Sequence[tuple[Path, str]]) -> Iterator[Found]:
    seen = set()
    for path, name in group:
        if name in seen:
            yield path, f"{name} is used twice.", "Give each its own; an id is never used again."
        seen.add(name)


def _criteria(content: Any) -> Iterator[Found]:
    """Every criterion is expressed by an answer of its theme, at the level in use; every criterion named exists."""
    for t, theme in enumerate(content["themes"]):
        known = {row["id"]: row for row in theme.get("criteria", ())}
        expressed: set[str] = set()
        for q, question in enumerate(theme["questions"]):
            for a, answer in enumerate(question.get("answers", ())):
                for c, criterion in enumerate(answer.get("criteria", ())):
                    path: Path = ("themes", t, "questions", q, "answers", a, "criteria", c)
                    expressed.add(criterion)
                    if criterion not in known:
                        yield path, f"{criterion} is not a criterion of this theme.", "Name one of its criteria."
                    elif a and _in_use(known[criterion]) != answer["level"]:
                        yield (
                            path,
                            f"{criterion} is used at {answer['level']}, but stands at {_in_use(known[criterion])}.",
                            "Move it to an answer of its level, or give it a level_in_use and a note.",
                        )
        for c, row in enumerate(theme.get("criteria", ())):
            if row["id"] not in expressed:
                yield ("themes", t, "criteria", c, "id"), f"No answer expresses {row['id']}.", "Name it in an answer."
            if row.get("level_in_use", row["level"]) != row["level"] and "note" not in row:
                yield ("themes", t, "criteria", c), f"{row['id']} has two levels and no note.", "Say why in a note."


def _in_use(criterion: Any) -> str:
    return str(criterion.get("level_in_use", criterion["level"]))


def _counts(content: Any) -> Iterator[Found]:
    """The index has as many themes, questions, steps and criteria as it says, where it says how many."""
    if "counts" not in content:
        return
    themes, stated = content["themes"], content["counts"]
    questions = [question for theme in themes for question in theme["questions"]]
    found = {
        "themes": len(themes),
        "questions": len(questions),
        "steps": sum(len(question.get("answers", content["levels"])) - 1 for question in questions),
    }
    for name, count in found.items():
        if stated[name] != count:
            yield ("counts", name), f"There are {count} {name}, not {stated[name]}.", "Correct the count or the index."
    at_level = [criterion["level"] for theme in themes for criterion in theme.get("criteria", ())]
    for label in dict.fromkeys([*labels_of(content), *stated["criteria"]]):
        expected, count = stated["criteria"].get(label, 0), at_level.count(label)
        if expected != count:
            yield (
                ("counts", "criteria", label),
                f"There are {count} criteria at {label}, not {expected}.",
                "Correct the count or the index.",
            )
