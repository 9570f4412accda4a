"""The second edition of the public index: worded for the Procurement Act 2023, and the same levels."""

from commonweal.core.maturity.answers import Assessment, QuestionAnswer
from commonweal.core.maturity.edition import carry, edition
from commonweal.core.maturity.edition_levels import level_shifts
from commonweal.core.maturity.fates import Fate
from commonweal.standards.catalogue import load_index, shipped_content

FIRST, SECOND = load_index("svmi-public@2016.1"), load_index("svmi-public@2026.1")
BETWEEN = edition(FIRST, SECOND)


TEXTS = ("title", "question", "help", "evidence", "answers", "steps", "may_not_apply")


def test_every_change_of_a_text_is_said_and_nothing_else_is() -> None:
    pairs = zip(FIRST.questions, SECOND.questions, strict=True)
    changed = {now.id for was, now in pairs if any(getattr(was, name) != getattr(now, name) for name in TEXTS)}
    assert {one.question for one in SECOND.said} == changed
    assert {one.question for one in BETWEEN.changes()} == changed
    assert all(one.fate is Fate.REWORDED and one.what for one in BETWEEN.changes())
    assert len(changed) == 12


def test_levels_questions_answers_and_actions_are_those_of_the_first() -> None:
    assert (SECOND.levels, len(SECOND.questions)) == (FIRST.levels, 65)
    for name in ("answers", "steps", "title", "question", "legal_minimum", "may_not_apply"):
        assert [getattr(one, name) for one in SECOND.questions] == [getattr(one, name) for one in FIRST.questions]
    assert [theme.criteria for theme in SECOND.themes] == [theme.criteria for theme in FIRST.themes]


def test_no_level_comes_from_the_index() -> None:
    for present in range(3):
        answers = {one.id: QuestionAnswer(min(present, len(one.answers) - 1), 0) for one in FIRST.questions}
        carried = carry(BETWEEN, answers)
        assert carried.answers == answers
        assert [one.question.id for one in carried.look_at] == ["G1", "G2"]
        now = Assessment("Example Council", SECOND, carried.answers)
        shifts = level_shifts([BETWEEN], Assessment("Example Council", FIRST, answers), now)
        assert {one.by_index for one in shifts} == {0}


def test_the_first_names_no_law_that_came_after_it() -> None:
    first, second = (str(shipped_content(one.reference)) for one in (FIRST, SECOND))
    assert "Procurement Act" not in first
    assert second.count("Procurement Act 2023") > len(BETWEEN.changes())
