"""JSON: plain values; duplicates, strange numbers, half characters and deep nesting are refused with their place."""

import pytest

from commonweal.core.errors import BadInput
from commonweal.formats.json import read_json


def _refused(text: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_json(text, "f.json")
    return [str(problem) for problem in caught.value.problems]


def test_plain_values() -> None:
    assert read_json('{"a": [1, 2.5, null, true, "x"]}', "f.json").value == {"a": [1, 2.5, None, True, "x"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": NaN}', "f.json, a: NaN is not a number that is read here: Use an ordinary number."),
        ('{"a": [-Infinity]}', "f.json, a[1]: -Infinity is not a number that is read here: Use an ordinary number."),
        (
            '{"a": ' + "9" * 5000 + "}",
            f"f.json, a: {'9' * 20} is not a number that is read here: Use an ordinary number.",
        ),
        ('{"a": "\\ud800"}', "f.json, a: A text contains the invisible character U+D800: Delete it."),
        (
            '{"a": 1,\n',
            "f.json, line 2: The file breaks off or is not JSON here: Check brackets, quotation marks and commas in"
            " this line and the one before.",
        ),
    ],
)
def test_refused(text: str, expected: str) -> None:
    assert _refused(text) == [expected]


@pytest.mark.parametrize("depth", [60, 900, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    assert "nested more than" in _refused("[" * depth + "]" * depth)[0]


def test_a_number_too_large_for_a_float_is_refused() -> None:
    assert "is not a number that is read here" in _refused('{"a": 1e400}')[0]


def test_forty_deep_is_read_and_one_more_is_not() -> None:
    assert read_json("[" * 40 + "1" + "]" * 40, "f.json").value
    assert "nested more than 40 deep" in _refused("[" * 41 + "1" + "]" * 41)[0]


def test_eighteen_digits_are_read_and_one_more_is_not() -> None:
    assert read_json("[" + "9" * 18 + "]", "f.json").value == [999_999_999_999_999_999]
    assert "is not a number" in _refused("[" + "9" * 19 + "]")[0]


@pytest.mark.parametrize("text", ['{"a": "\\u001b[31m"}', '{"\\u0000": 1}', '{"\\ud800": 1}', '["\\ufffe"]'])
def test_characters_that_come_in_by_an_escape_are_refused(text: str) -> None:
    assert "A text contains the invisible character U+" in _refused(text)[0]


def test_a_file_of_very_many_values_is_refused() -> None:
    assert "more than 20,000 values" in _refused("[" + "1," * 20_000 + "1]")[0]


def test_every_key_given_twice_is_noted() -> None:
    tree = read_json('{"a": {"b": 1, "b": 2, "c": 1, "c": 2}, "d": 1}', "f.json")
    assert [str(problem) for problem in tree.problems([])] == [
        "f.json, a: b is given twice: Keep one of the two.",
        "f.json, a: c is given twice: Keep one of the two.",
    ]
