"""What lapses when, and what keeps it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import PUBLISHED, everywhere, example

from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.programme.upkeep import Kept, Lapse, Upkeep, due_again, lapses
from commonweal.formats.yaml import parse_yaml
from commonweal.standards import upkeep as shipped
from commonweal.standards.catalogue import load_index
from commonweal.standards.upkeep import check_upkeep, upkeep_files, upkeep_of

PUBLIC = load_index("svmi-public")
UPKEEP = upkeep_of(PUBLIC.reference)
DAY = datetime.date
START = DAY(2027, 4, 1)


def _answers(**present: int) -> dict[str, QuestionAnswer]:
    return {**everywhere(PUBLIC, 0, 0), **{id_: QuestionAnswer(at, at) for id_, at in present.items()}}


def test_a_yearly_report_lapses_a_year_after_it_was_last_given() -> None:
    """I1: cabinet hears once a year (answer 1), then regularly (answer 2)."""
    answers = _answers(I1=1)
    [due] = due_again(PUBLIC, answers, UPKEEP, {}, START)
    assert (due.question.id, due.answer, due.until, due.lapses_on) == ("I1", 1, DAY(2028, 4, 1), DAY(2028, 4, 2))
    assert lapses(PUBLIC, answers, UPKEEP, {}, START, DAY(2028, 4, 1)) == []
    assert lapses(PUBLIC, answers, UPKEEP, {}, START, DAY(2028, 4, 2)) == [Lapse("I1", 1, 0, DAY(2028, 4, 2))]
    kept = {"I1": Kept(DAY(2028, 3, 1), 1)}
    assert lapses(PUBLIC, answers, UPKEEP, kept, START, DAY(2029, 3, 1)) == []
    assert lapses(PUBLIC, answers, UPKEEP, kept, START, DAY(2029, 3, 2)) == [Lapse("I1", 1, 0, DAY(2029, 3, 2))]


def test_a_question_falls_answer_by_answer_each_on_its_day() -> None:
    """At "regularly" for half a year without a report: first back to "once a year", then to nothing."""
    assert lapses(PUBLIC, _answers(I1=2), UPKEEP, {}, START, DAY(2030, 1, 1)) == [
        Lapse("I1", 2, 1, DAY(2027, 10, 2)),
        Lapse("I1", 1, 0, DAY(2028, 4, 2)),
    ]


def test_a_day_that_somebody_set_counts_for_the_answer_it_was_set_at() -> None:
    kept = {"I1": Kept(START, 2, until=DAY(2027, 12, 31))}
    dues = due_again(PUBLIC, _answers(I1=2), UPKEEP, kept, START)
    assert [(due.answer, due.until) for due in dues] == [(2, DAY(2027, 12, 31)), (1, DAY(2028, 4, 1))]
    assert due_again(PUBLIC, _answers(I1=1), UPKEEP, kept, START)[0].until == DAY(2028, 4, 1)


def test_what_is_not_cyclic_never_lapses() -> None:
    answers = everywhere(PUBLIC, -1, -1)
    asked = {due.question.id for due in due_again(PUBLIC, answers, UPKEEP, {}, START)}
    assert asked == {"C4", "C6", "D5", "F3", "F7", "F10", "G2", "H3", "I1", "I2", "I3", "J8", "J9"}
    fallen = {lapse.question for lapse in lapses(PUBLIC, answers, UPKEEP, {}, START, DAY(2100, 1, 1))}
    assert fallen == asked
    assert lapses(PUBLIC, answers, Upkeep({}, {}), {}, START, DAY(2100, 1, 1)) == []


@given(st.dates(START, DAY(2031, 1, 1)), st.dates(START, DAY(2031, 1, 1)))
def test_looking_late_tells_the_same_as_looking_often(first: datetime.date, last: datetime.date) -> None:
    """A job that did not run for a while makes up for it: the same moves with the same days."""
    early, late = sorted([first, last])
    answers = dict(example(PUBLISHED).assessment.answers) | _answers(I1=2, F3=2, G2=2)
    at_once = lapses(PUBLIC, answers, UPKEEP, {}, START, late)
    before = lapses(PUBLIC, answers, UPKEEP, {}, START, early)
    moved = {**answers, **{one.question: QuestionAnswer(one.after) for one in before}}
    assert sorted([*before, *lapses(PUBLIC, moved, UPKEEP, {}, START, late)], key=_order) == sorted(at_once, key=_order)


def _order(lapse: Lapse) -> tuple[str, datetime.date]:
    return lapse.question, lapse.on


def test_shipped_files_are_sound() -> None:
    assert [problem for tree in upkeep_files() for problem in check_upkeep(tree)] == []
    assert set(UPKEEP.months.values()) == {3, 6, 12}
    assert upkeep_of("nothing@1").months == {}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("PUB-C-L2: yearly", "PUB-C-L9: yearly", "PUB-C-L9 is expressed by no step"),
        ("PUB-C-L2: yearly", "PUB-C-L2: weekly", "weekly is not one of the words under months"),
        ("index: svmi-public@2026.1", "index: svmi-public@1999", "is not a version of this index"),
        ("yearly: 12", "yearly: 0", "0 is less than 1"),
    ],
)
def test_faults_are_told_with_their_line(old: str, new: str, complaint: str) -> None:
    name = f"{PUBLIC.reference}.yaml"
    text = (shipped._FOLDER / name).read_text(encoding="utf-8").replace(old, new, 1)
    found = [str(problem) for problem in check_upkeep(parse_yaml(text, name))]
    assert any(complaint in problem and ", line " in problem for problem in found), found
