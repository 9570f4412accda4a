"""YAML: plain values with their lines; anything that could hide something is refused in plain words."""

import pytest

from commonweal.core.errors import BadInput
from commonweal.formats.tree import MAX_DEPTH
from commonweal.formats.yaml import parse_yaml


def _refused(text: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        parse_yaml(text, "f.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_values_are_read_by_the_rules_of_yaml_1_2() -> None:
    text = "a: no\nb: 12\nc: -1\nd: '7'\ne: true\nf:\ng: 1.50\nh: 2026-11-21\ni: 0x10\nj: 1_000\nk: |\n  two\n  lines\n"
    assert parse_yaml(text, "f.yaml").value == {
        "a": "no", "b": 12, "c": -1, "d": "7", "e": True, "f": None, "g": 1.5,
        "h": "2026-11-21", "i": "0x10", "j": "1_000", "k": "two\nlines\n",
    }  # fmt: skip


def test_lines_of_values_and_keys() -> None:
    tree = parse_yaml("a:\n  b:\n    - x\n    - {c: 1}\n", "f.yaml")
    assert tree.place(["a", "b", 1, "c"]) == "f.yaml, line 4, a.b[2].c"
    assert tree.place(["a", "nothing"]) == "f.yaml, line 1, a.nothing"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", "f.yaml, line 2: a is given twice, here and in line 1: Keep one of the two."),
        ("a: &x [*x]\n", "f.yaml, line 1: Anchors (&name) are not read here: Write the value out each time."),
        ("a: *x\n", "f.yaml, line 1: Aliases (*name) are not read here: Write the value out."),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "f.yaml, line 1: Tags (!name) are not read here: Delete the tag; plain values need none.",
        ),
        ("a: !x 1\n", "f.yaml, line 1: Tags (!name) are not read here: Delete the tag; plain values need none."),
        (
            "a: 1\n---\nb: 2\n",
            "f.yaml, line 2: The file holds more than one document: Delete all from the second --- on.",
        ),
        ("? [a]\n: 1\n", "f.yaml, line 1: A list or mapping cannot be a key: Use a word as the key."),
        (
            "a: [1, 2\n",
            "f.yaml, line 2: The file breaks off or is not YAML here: Look at this line and the one before: close"
            " brackets and quotation marks, indent with spaces, and put a text that contains a colon in quotation"
            " marks.",
        ),
        (
            'a: "open\n',
            "f.yaml, line 2: The file breaks off or is not YAML here: Look at this line and the one before: close"
            " brackets and quotation marks, indent with spaces, and put a text that contains a colon in quotation"
            " marks.",
        ),
    ],
)
def test_refused(text: str, expected: str) -> None:
    assert _refused(text) == [expected]


def test_every_duplicate_key_is_named() -> None:
    assert len(_refused("a: 1\na: 2\nb: {c: 1, c: 2}\n")) == 2


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "\n".join(" " * i + "a:" for i in range(500))]
)
def test_deep_nesting_is_refused_early(text: str) -> None:
    assert f"The file is nested more than {MAX_DEPTH} deep" in _refused(text)[0]


def test_a_tree_of_aliases_that_would_grow_without_end_is_refused() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert "Anchors" in _refused(bomb)[0]


def test_forty_deep_is_read_and_one_more_is_not() -> None:
    assert parse_yaml("[" * 40 + "]" * 40, "f.yaml").value
    assert "nested more than 40 deep" in _refused("[" * 41 + "]" * 41)[0]


@pytest.mark.parametrize("text", ['a: "x\\e[31m"', 'a: "\\0"', '"k\\u202e": 1', 'a: "\\ufeff"', 'a: "\\x9b2J"'])
def test_characters_that_come_in_by_an_escape_are_refused(text: str) -> None:
    assert "A text contains the invisible character U+" in _refused(text)[0]


def test_directives_are_refused_before_they_cost_time() -> None:
    assert _refused("%TAG !a! x\n" * 50_000)[0].startswith("f.yaml, line 1: Directives (%NAME) are not read here")
    for line_break in ("\n", "\r", "\r\n", "\u2028"):
        assert _refused(f"a: 1{line_break}%YAML 1.1\n")[0].startswith("f.yaml, line 2: Directives")


def test_a_file_of_very_many_values_is_refused() -> None:
    assert "more than 20,000 values" in _refused("- 1\n" * 20_001)[0]
