"""Every kind of fault in an index file is found, with its line. Each test plants one fault in the shipped file."""

from pathlib import Path

import pytest

import commonweal
from commonweal.core.errors import BadInput
from commonweal.formats.yaml import parse_yaml, read_yaml
from commonweal.standards.check import check_index

FILE = Path(commonweal.__file__).parent / "standards" / "indexes" / "svmi-public@2016.1.yaml"
SOUND = FILE.read_text(encoding="utf-8")


def _found(old: str, new: str) -> list[str]:
    """The problems after a text that stands once has been replaced."""
    assert SOUND.count(old) == 1, f"{old!r} stands {SOUND.count(old)} times"
    return [str(problem) for problem in check_index(parse_yaml(SOUND.replace(old, new), "index.yaml"))]


def _line(text: str) -> int:
    return SOUND[: SOUND.index(text)].count("\n") + 1


def test_the_shipped_file_is_sound() -> None:
    assert check_index(parse_yaml(SOUND, "index.yaml")) == []


A2 = "      - id: A2\n"
A2_TITLE = "        title: Kinds and sizes of contract\n"
B3_BASE = "          - text: There is no training programme\n            level: Mature\n"
B1_STEP = "          - text: Yes, a member leads and reports on it\n            level: Mature\n"
A5_ACTION = """            action:
              id: STEP-A5-I
              text: >-
                Start a way to give social value outside contracts, such as a time bank or a charter that
                organisations can sign.
              provenance: inferred
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (A2_TITLE, "", "line {A2}, themes[1].questions[2]: title is missing: Add title: one line of text."),
        (A2_TITLE, A2_TITLE + "        colour: red\n", "themes[1].questions[2].colour: colour is not known here"),
        (A2_TITLE, "        title: 7\n", "themes[1].questions[2].title: 7 is not text: Write one line of text."),
        (A2, "      - id: A1\n", "line {A2}, themes[1].questions[2].id: A1 is used twice"),
        ("              id: STEP-A2-L\n", "              id: ACT-A-L1\n", "ACT-A-L1 is used twice"),
        ("  - code: B\n", "  - code: A\n", "themes[2].code: A is used twice"),
        (
            "    label: Mature\n",
            "    label: Follower\n",
            "levels[3].label: Follower is the label of two levels",
        ),
        (
            B3_BASE,
            B3_BASE.replace("Mature", "Ripe"),
            "themes[2].questions[3].answers[1].level: Ripe is not a level of this index: "
            "Use Incomplete, Follower, Mature, Leader, Innovator.",
        ),
        (
            B3_BASE,
            B3_BASE.replace("Mature", "Follower"),
            "themes[2].questions[3].answers[1].level: The first answer does not stand just under the second",
        ),
        (
            B1_STEP,
            B1_STEP.replace("Mature", "Follower"),
            "themes[2].questions[1].answers[2].level: The level is not above that of the answer before",
        ),
        (A5_ACTION, "", "themes[1].questions[5].answers[2]: The step to this answer has no action"),
        (
            B3_BASE,
            B3_BASE + "            action: {id: X-1, text: Do it., provenance: inferred}\n",
            "themes[2].questions[3].answers[1].action: The first answer is where one starts; it has no step",
        ),
        (
            "            criteria: [PUB-A-L2]\n",
            "            criteria: []\n",
            "themes[1].criteria[5].id: No answer expresses PUB-A-L2",
        ),
        (
            "            criteria: [PUB-A-L2]\n",
            "            criteria: [PUB-A-L2, PUB-B-L1]\n",
            "themes[1].questions[3].answers[2].criteria[2]: PUB-B-L1 is not a criterion of this theme",
        ),
        (
            "        level: Mature\n        level_in_use: Follower\n",
            "        level: Mature\n",
            "PUB-H-M2 is used at Follower, but stands at Mature",
        ),
        (
            "        note: Stands at Mature in the published matrix; the published results use it as"
            " a Follower step.\n",
            "",
            "PUB-H-M2 has two levels and no note",
        ),
        ("  questions: 65\n", "  questions: 64\n", "counts.questions: There are 65 questions, not 64"),
        ("  steps: 91\n", "  steps: 90\n", "counts.steps: There are 91 steps, not 90"),
        ("Innovator: 36", "Innovator: 35", "counts.criteria.Innovator: There are 36 criteria at Innovator, not 35"),
        ("Innovator: 36", "Innovator: 36, Wizard: 1", "counts.criteria.Wizard: Wizard is not a level of this index"),
        (
            "          duty: Records show",
            "          met_from_answer_: 1\n          duty: Records show",
            "legal_minimum.met_from_answer_: met_from_answer_ is not known here",
        ),
    ],
)
def test_a_planted_fault_is_found(old: str, new: str, expected: str) -> None:
    found = _found(old, new)
    expected = expected.replace("{A2}", str(_line(A2)))
    assert [text for text in found if expected in text and ", line " in text], found


def test_a_duty_met_from_an_answer_that_is_not_there() -> None:
    second = SOUND.replace(
        "          met_from_answer: 1\n          duty: Records", "          met_from_answer: 2\n          duty: Records"
    )
    found = [str(problem) for problem in check_index(parse_yaml(second, "index.yaml"))]
    assert len(found) == 1
    assert "legal_minimum.met_from_answer: The question has no answer 2: Choose 1 to 1." in found[0]


def test_every_fault_is_reported_at_once_in_the_order_of_lines() -> None:
    text = SOUND.replace("  questions: 65\n", "  questions: 1\n").replace(A2, "      - id: A1\n")
    text = text.replace("            criteria: [PUB-J-I4]\n", "            criteria: []\n")
    found = [str(problem) for problem in check_index(parse_yaml(text, "index.yaml"))]
    assert [problem.partition(": ")[2].partition(":")[0] for problem in found] == [
        "There are 65 questions, not 1",
        "A1 is used twice",
        "No answer expresses PUB-J-I4",
    ]


def test_a_duplicate_key_is_a_fault_with_both_lines() -> None:
    with pytest.raises(BadInput) as caught:
        parse_yaml(SOUND.replace(A2_TITLE, A2_TITLE * 2), "index.yaml")
    line = _line(A2_TITLE)
    assert str(caught.value) == (
        f"index.yaml, line {line + 1}: title is given twice, here and in line {line}: Keep one of the two."
    )


def test_a_duplicate_key_does_not_hide_another_fault() -> None:
    text = SOUND.replace(A2_TITLE, A2_TITLE * 2).replace("  steps: 91\n", "  steps: 90\n")
    found = [str(problem) for problem in check_index(read_yaml(text, "index.yaml"))]
    assert ["title is given twice" in found[0], "There are 91 steps, not 90" in found[1], len(found)] == [True, True, 2]
