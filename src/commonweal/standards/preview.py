"""What of an index that is being written can be shown as those who answer will see it."""

import copy
from collections.abc import Mapping
from typing import Any

from commonweal.core.maturity.models import Index
from commonweal.formats.tree import Tree
from commonweal.standards.build import build_index
from commonweal.standards.check import index_faults

_ROUNDS = 3
"""Leaving out what is not finished can show the next fault: shape first, then what belongs together."""


def preview_index(content: Mapping[str, Any]) -> tuple[Index | None, list[str]]:
    """The index of all questions that are finished, and the ids of those that are not.

    No index where nothing is finished, or where levels or what it says of itself are not sound yet.
    """
    made = copy.deepcopy(dict(content))
    left_out: list[str] = []
    for _ in range(_ROUNDS):
        _without_empty_themes(made)
        faults = index_faults(Tree("", made))
        if not faults:
            return build_index(made), left_out
        left_out += _leave_out(made, {path[1:4:2] for path, _ in faults if path[2:3] == ("questions",)})
    return None, left_out


def _without_empty_themes(made: dict[str, Any]) -> None:
    made["themes"] = [theme for theme in made["themes"] if theme["questions"]]
    for theme in made["themes"]:
        theme["title"] = theme["title"] or theme["code"]
        theme["lead_question"] = theme["lead_question"] or theme["title"]
    if "scoring" in made:
        held = sum(len(theme["questions"]) for theme in made["themes"])
        lacking = "lacks" in made or any("lacks" in theme for theme in made["themes"])
        made["scoring"]["whole"] = max(made["scoring"]["whole"], held + 1) if lacking else max(held, 1)


def _leave_out(made: dict[str, Any], places: set[tuple[Any, ...]]) -> list[str]:
    left_out = []
    for t, theme in enumerate(made["themes"]):
        kept = []
        for q, question in enumerate(theme["questions"]):
            if (t, q) in places:
                left_out.append(question["id"])
            else:
                kept.append(question)
        theme["questions"] = kept
        expressed = {name for one in kept for answer in one.get("answers", ()) for name in answer.get("criteria", ())}
        if "criteria" in theme:
            theme["criteria"] = [one for one in theme["criteria"] if one["id"] in expressed]
    return left_out
