"""Faults of an index whose statements are rated: each is named with its place."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from commonweal.standards.catalogue import shipped_files
from commonweal.standards.check import check_index

[SHIPPED] = [tree for tree in shipped_files() if tree.name.startswith("lga-nps-2018@")]
PUBLIC = next(tree for tree in shipped_files() if tree.name.startswith("svmi-public@"))
Change = Callable[[Any], Any]


def _said(tree: Any, change: Change) -> list[str]:
    content = deepcopy(tree.value)
    change(content)
    return [problem.what for problem in check_index(replace(tree, value=content))]


def _whole_without_lacks(content: Any) -> None:
    del content["lacks"]
    for theme in content["themes"]:
        theme.pop("lacks", None)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda it: it["scoring"].update(low="Mature"), "The levels of low, enough and high do not rise."),
        (lambda it: it["scoring"].update(high="Developing"), "The levels of low, enough and high do not rise."),
        (lambda it: it["scoring"].update(enough="Good"), "Good is not a level of this index."),
        (lambda it: it["scoring"].update(whole=22), "There are 23 statements, more than 22."),
        (lambda it: it["scoring"].update(whole=23), "23 of 23 statements are held, and what is missing is named."),
        (_whole_without_lacks, "23 of 59 statements are held, and what is missing is not named."),
        (lambda it: it["counts"].update(steps=23), "There are 92 steps, not 23."),
    ],
)
def test_a_fault_is_named(change: Change, expected: str) -> None:
    assert expected in _said(SHIPPED, change)


def test_an_index_is_of_one_kind() -> None:
    answers = deepcopy(PUBLIC.value["themes"][0]["questions"][0]["answers"])
    mixed = _said(SHIPPED, lambda it: it["themes"][0]["questions"][0].update(answers=answers))
    assert "A statement is rated with the levels of the index." in mixed
    assert "The question has no answers." in _said(PUBLIC, lambda it: it["themes"][0]["questions"][0].pop("answers"))


def test_what_is_shipped_is_sound() -> None:
    assert _said(SHIPPED, lambda it: it) == []
