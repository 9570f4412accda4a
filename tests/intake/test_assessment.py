"""Answers files: what is read, and that every problem is said at once, with place and remedy."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
from tests.cases import EXAMPLES

from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import Blank, QuestionAnswer, Standing
from commonweal.intake.assessment import read_assessment, schema_text

HEAD = "organisation: Town\nindex: svmi-public\n"


def _read(text: str, tmp_path: Path, name: str = "f.yaml") -> object:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_assessment(path)


def _refused(text: str, tmp_path: Path, name: str = "f.yaml") -> list[str]:
    with pytest.raises(BadInput) as caught:
        _read(text, tmp_path, name)
    return [str(problem) for problem in caught.value.problems]


def test_a_full_file(tmp_path: Path) -> None:
    text = """
organisation: "  Town  "
index: svmi-public@2016.1
horizon_years: 3
date: 2026-10-06
answers_are: reconstructed
source: A page
answers:
  A1: {present: 2, future: 3, note: " Soon. "}
  J9: {present: n/a, future: n/a, reason: No departments}
  F3: {present: 2, future: 1, step_back: Too dear}
  B1: {}
"""
    path = tmp_path / "f.yaml"
    path.write_text(text, encoding="utf-8")
    read = read_assessment(path)
    assert (read.organisation, read.index.reference, read.horizon_years) == ("Town", "svmi-public@2016.1", 3)
    assert (str(read.date), read.answers_are, read.source) == ("2026-10-06", Standing.RECONSTRUCTED, "A page")
    assert dict(read.answers) == {
        "A1": QuestionAnswer(2, 3, note="Soon."),
        "J9": QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="No departments"),
        "F3": QuestionAnswer(2, 1, step_back="Too dear"),
        "B1": QuestionAnswer(),
    }


def test_json_and_yaml_mean_the_same(tmp_path: Path) -> None:
    content = {"organisation": "Town", "index": "svmi-public", "answers": {"A1": {"present": 1, "future": "n/a"}}}
    problem = _refused(json.dumps(content), tmp_path, "f.json")
    assert problem == [
        "f.json, answers.A1.future: Question A1 applies to every organisation: Choose 0 to 3, or leave it out if you"
        " have not answered it yet."
    ]
    assert _refused(json.dumps(content), tmp_path, "f.txt")[0].startswith("f.txt, answers.A1.future: Question A1")


def test_every_problem_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    text = """organisation: 12
index: svmi-public
horizon_years: 0
datee: x
answers:
  A1: {present: 7, future: 3}
  A9: {present: 1}
  Z1: 3
  C1: {present: "1", futur: 2}
  C2: {present: -1, note: [a]}
  C3: {present: 1.5}
  C4: {present: true}
"""
    found = _refused(text, tmp_path)
    assert [problem.partition(": ")[0] for problem in found] == [
        "f.yaml, line 1, organisation",
        "f.yaml, line 3, horizon_years",
        "f.yaml, line 4, datee",
        "f.yaml, line 6, answers.A1.present",
        "f.yaml, line 7, answers.A9",
        "f.yaml, line 8, answers.Z1",
        "f.yaml, line 9, answers.C1.futur",
        "f.yaml, line 9, answers.C1.present",
        "f.yaml, line 10, answers.C2.note",
        "f.yaml, line 10, answers.C2.present",
        "f.yaml, line 11, answers.C3.present",
        "f.yaml, line 12, answers.C4.present",
    ]
    for problem in found:
        assert problem.endswith((".", "?"))
        assert problem.count(": ") >= 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("index: svmi-public\nanswers: {}\n", "f.yaml: organisation is missing: Add organisation: the name of the"),
        ("organisation: ''\nindex: svmi-public\nanswers: {}\n", "f.yaml, line 1, organisation: The text is empty"),
        ("organisation: Town\nanswers: {}\n", "f.yaml: index is missing"),
        (HEAD, "f.yaml: answers is missing: Add answers: the answers by question"),
        (HEAD + "answers: [1]\n", "f.yaml, line 3, answers: A list is not a set of named values"),
        ("- a\n", "f.yaml: A list is not a set of named values"),
        ("just text", 'f.yaml: "just text" is not a set of named values'),
        (
            "organisation: Town\nindex: other\nanswers: {}\n",
            "f.yaml, line 2, index: other is not an index that is known here: Use lga-nps-2018@2018.1,"
            " svmi-private@2016.1, svmi-public@2016.1, svmi-public@2026.1.",
        ),
        (
            "organisation: Town\nindex: svmi-public@2017\nanswers: {}\n",
            "f.yaml, line 2, index: svmi-public@2017 is not a version of this index:"
            " Use svmi-public@2016.1, svmi-public@2026.1.",
        ),
        (HEAD + "answers: {E7: {}}\n", "f.yaml, line 3, answers.E7: Social Value Maturity Index has no question E7:"
         " Procurement has E1 to E6."),
        (HEAD + "answers: {Q: {}}\n", "f.yaml, line 3, answers.Q: Social Value Maturity Index has no question Q:"
         " Its questions are A1 to J10."),
        (HEAD + "answers: {A1: {}, A1: {}}\n", "f.yaml, line 3: A1 is given twice, here and in line 3"),
        (HEAD + "date: 2026-02-30\nanswers: {}\n", 'f.yaml, line 3, date: "2026-02-30" is not a date: Write'),
        (HEAD + f"answers: {{A1: {{note: {'x' * 2001}}}}}\n", "f.yaml, line 3, answers.A1.note: The text is longer"),
        (HEAD + "answers: {J9: {present: n/a, reason: ' '}}\n", "f.yaml, line 3, answers.J9.present: Question J9 is"),
    ],
)  # fmt: skip
def test_refused(text: str, expected: str, tmp_path: Path) -> None:
    found = _refused(text, tmp_path)
    assert found[0].startswith(expected)
    assert len(found) == 1


def test_a_number_written_as_text_says_how_to_write_it(tmp_path: Path) -> None:
    assert _refused(HEAD + 'answers: {A2: {present: "1"}}\n', tmp_path) == [
        'f.yaml, line 3, answers.A2.present: "1" is not an answer to question A2: Write the number of an answer,'
        " without quotation marks: 0 (No, some kinds or sizes are left out) or 1 (Yes, goods, works and services of any"
        " size)."
    ]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_examples_can_be_read_and_say_what_they_are(path: Path) -> None:
    read = read_assessment(path)
    assert read.source
    assert "Invented" in read.source or read.answers_are is Standing.RECONSTRUCTED
    assert set(read.answers) <= {question.id for question in read.index.questions}
    assert len(read.answers) == len(read.index.questions) or path.stem == "wendlebrook-district-council"


def test_the_schema_is_a_schema() -> None:
    jsonschema_rs.meta.validate(json.loads(schema_text()))


def test_flow_yaml_is_yaml(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(
        "{organisation: Town, index: svmi-public, answers: {A1: {present: 1, future: 2}}}", encoding="utf-8"
    )
    assert read_assessment(path).answers["A1"] == QuestionAnswer(1, 2)


@pytest.mark.parametrize("name", ["'  '", '"Town\\nLegal minimum: met"', "''"])
def test_an_organisation_has_a_name_on_one_line(name: str, tmp_path: Path) -> None:
    (problem,) = _refused(f"organisation: {name}\nindex: svmi-public\nanswers: {{}}\n", tmp_path)
    assert problem.startswith("f.yaml, line 1, organisation: ")


@pytest.mark.parametrize("day", ["0000-01-01", "20261121", "2026-W47-6", "14 March 2026", "2026-11-21T10:00"])
def test_a_day_is_written_in_one_way(day: str, tmp_path: Path) -> None:
    (problem,) = _refused(HEAD + f'date: "{day}"\nanswers: {{}}\n', tmp_path)
    assert problem == (f'f.yaml, line 3, date: "{day}" is not a date: Write the day of the assessment as 2026-11-21.')


def test_a_note_is_no_reason_to_step_back(tmp_path: Path) -> None:
    (problem,) = _refused(HEAD + "answers: {B1: {present: 1, future: 0, note: Too dear}}\n", tmp_path)
    assert "lies below the present one" in problem


def test_a_small_letter_is_told(tmp_path: Path) -> None:
    assert _refused(HEAD + "answers: {a1: {}}\n", tmp_path) == [
        "f.yaml, line 3, answers.a1: Social Value Maturity Index has no question a1: Write A1."
    ]


def test_left_empty_is_not_answered(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(HEAD + "answers: {A1: {present: , future: 1}}\n", encoding="utf-8")
    assert read_assessment(path).answers["A1"] == QuestionAnswer(Blank.UNANSWERED, 1)


@pytest.mark.parametrize("name", ["f.yaml", "f.json"])
def test_a_key_given_twice_hides_nothing_else(name: str, tmp_path: Path) -> None:
    text = '{"organisation": "Town", "index": "svmi-public", "answers": {"A1": {"present": 9}, "A1": {}, "B9": {}}}'
    found = _refused(text, tmp_path, name)
    assert "A1 is given twice" in found[0]
    assert "Social Value Maturity Index has no question B9" in found[-1]
    assert len(found) == (3 if name == "f.yaml" else 2)  # YAML keeps the first of the two, JSON the last
