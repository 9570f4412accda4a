"""From one edition of an index to the next: worked examples of every fate, and what may never happen."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.core.maturity.answers import Answers, Assessment, Blank, QuestionAnswer
from commonweal.core.maturity.edition import Edition, carry, carry_through, edition
from commonweal.core.maturity.edition_levels import level_shifts
from commonweal.core.maturity.fates import Fate, Said
from commonweal.core.maturity.models import Index
from commonweal.standards.authoring import new_content
from commonweal.standards.authoring_themes import (
    AnswerRow,
    question_of,
    with_new_question,
    with_new_theme,
    with_question,
    without,
)
from commonweal.standards.build import build_index
from commonweal.standards.catalogue import load_index

NO, NA = Blank.UNANSWERED, Blank.NOT_APPLICABLE
LADDER = [AnswerRow("Starting", "None"), AnswerRow("Developing", "Some", "Do"), AnswerRow("Leading", "All", "Do more")]


def _content(questions: int = 3) -> Any:
    content: Any = new_content("own", "Own", "us", "2026-11-22")
    for title in ("First", "Second"):
        content, code = with_new_theme(content, title, f"{title}?")
        for number in range(questions):
            content, id_ = with_new_question(content, code, {})
            said = {"title": f"T{number}", "question": f"Q {id_}", "help": "h", "evidence": "e"}
            content = with_question(content, id_, said, LADDER)
    return content


def _changed(content: Any, id_: str, said: Mapping[str, Any] | None = None, ladder: Any = None) -> Any:
    return with_question(content, id_, said or {}, ladder)


BEFORE = build_index(_content())


def _after(content: Any, *said: Said) -> Edition:
    return edition(BEFORE, replace(build_index({**content, "version": "1.1"}), said=said))


def _fates(between: Edition) -> dict[str, Fate]:
    return {one.question or one.before[0]: one.fate for one in between.changes()}


def test_what_says_the_same_is_the_same_whatever_its_help_says() -> None:
    between = _after(_changed(_content(), "A1", {"help": "Other", "evidence": "Other"}))
    assert _fates(between) == {}
    answers = {"A1": QuestionAnswer(1, 2, note="n"), "B2": QuestionAnswer(0, 1)}
    assert carry(between, answers).answers == answers
    assert carry(between, answers).look_at == ()


def test_another_wording_goes_over_and_is_looked_at() -> None:
    between = _after(_changed(_content(), "A1", {"question": "Asked otherwise"}))
    assert _fates(between) == {"A1": Fate.REWORDED}
    carried = carry(between, {"A1": QuestionAnswer(1, 2)})
    assert carried.answers == {"A1": QuestionAnswer(1, 2)}
    assert [(one.question.id, one.why) for one in carried.look_at] == [
        ("A1", "Its wording changed. Read it, and say whether the answer still holds.")
    ]


def test_an_answer_between_moves_those_above_it() -> None:
    ladder = [LADDER[0], LADDER[1], AnswerRow("Established", "Most", "Do most"), LADDER[2]]
    between = _after(_changed(_content(), "A1", ladder=ladder))
    assert carry(between, {"A1": QuestionAnswer(1, 2)}).answers == {"A1": QuestionAnswer(1, 3)}


def test_an_answer_that_is_gone_is_chosen_anew() -> None:
    between = _after(_changed(_content(), "A1", ladder=LADDER[:2]))
    carried = carry(between, {"A1": QuestionAnswer(1, 2, note="n")})
    assert carried.answers == {"A1": QuestionAnswer(1, NO, note="n")}
    assert carried.look_at[0].why.endswith("An answer that was chosen is not there any more: choose one.")


def test_what_is_new_and_what_is_gone_are_named() -> None:
    content, id_ = with_new_question(without(_content(), "question", "A3"), "A", {"question": "New"}, {"A3"})
    content = with_question(content, id_, {"title": "t", "help": "h", "evidence": "e"}, LADDER)
    between = _after(content)
    assert _fates(between) == {"A4": Fate.NEW, "A3": Fate.GONE}
    carried = carry(between, {"A3": QuestionAnswer(2, 2)})
    assert [one.question.id for one in carried.look_at] == ["A4"]
    assert [one.id for one in carried.left_behind] == ["A3"]
    assert carried.answers == {}
    assert carry(between, {}).left_behind == ()


def test_what_moved_to_another_theme_keeps_its_answer() -> None:
    content = _content()
    question = question_of(content, "A2")[1]  # type: ignore[index]
    content = without(content, "question", "A2")
    content["themes"][1]["questions"].append(question)
    between = _after(content)
    assert _fates(between) == {"A2": Fate.MOVED}
    carried = carry(between, {"A2": QuestionAnswer(2, 2)})
    assert (carried.answers, carried.look_at) == ({"A2": QuestionAnswer(2, 2)}, ())


def test_what_was_merged_takes_the_lowest_answer() -> None:
    merged = Said("A1", Fate.MERGED, ("A1", "A2"), "Asked as one.")
    between = _after(without(_content(), "question", "A2"), merged)
    assert _fates(between) == {"A1": Fate.MERGED}
    carried = carry(between, {"A1": QuestionAnswer(2, 2, note="one"), "A2": QuestionAnswer(1, 2, note="two")})
    assert carried.answers == {"A1": QuestionAnswer(1, 2, note="one\ntwo")}
    assert carried.look_at[0].why == (
        "It stands for A1 (T0) and A2 (T1); the lowest of their answers was taken. Asked as one."
    )
    one_open = carry(between, {"A1": QuestionAnswer(2, 2)})
    assert (one_open.answers, len(one_open.look_at)) == ({}, 1)


def test_what_was_split_gives_its_answer_to_each_part() -> None:
    content, id_ = with_new_question(_content(), "A", {"question": "The other half"})
    content = with_question(content, id_, {"title": "t", "help": "h", "evidence": "e"}, LADDER[:2])
    parts = [Said("A1", Fate.SPLIT, ("A1",)), Said(id_, Fate.SPLIT, ("A1",), answers={"A1": (0, 1, 1)})]
    between = _after(content, *parts)
    carried = carry(between, {"A1": QuestionAnswer(1, 2)})
    assert carried.answers == {"A1": QuestionAnswer(1, 2), id_: QuestionAnswer(1, 1)}
    assert [one.why for one in carried.look_at] == ["It is a part of what was A1 (T0)."] * 2


def test_what_does_not_apply_goes_over_where_it_still_may_not() -> None:
    before = build_index(_changed(_content(), "A1", {"may_not_apply": "Where small."}))
    answers = {"A1": QuestionAnswer(NA, NA, reason="We are small.")}
    same = edition(before, build_index(_changed(_content(), "A1", {"may_not_apply": "Where small."})))
    assert carry(same, answers).answers == answers
    strict = carry(edition(before, BEFORE), answers)
    assert strict.answers == {}
    assert strict.look_at[0].why.endswith("An answer that was chosen is not there any more: choose one.")


def _assessment(index: Index, answers: Answers) -> Assessment:
    return Assessment("Example Council", index, answers)


def test_levels_say_what_the_index_changed_and_what_was_done() -> None:
    content = _changed(_content(1), "A1", ladder=[LADDER[0], AnswerRow("Established", "Some", "Do"), LADDER[2]])
    before = build_index(_content(1))
    between = edition(before, build_index(content))
    was = {"A1": QuestionAnswer(1, 2), "B1": QuestionAnswer(0, 2)}
    now = {"A1": QuestionAnswer(1, 2), "B1": QuestionAnswer(1, 2)}
    shifts = level_shifts([between], _assessment(before, was), _assessment(between.after, now))
    assert [(one.name, one.before, one.carried, one.now, one.by_index, one.by_organisation) for one in shifts] == [
        ("A First", 2, 2, 2, 0, 0),
        ("B Second", 0, 0, 2, 0, 2),
        ("Overall", 1, 1, 2, 0, 1),
    ]


def test_a_question_that_is_added_lowers_by_the_index_once_it_is_answered() -> None:
    content, id_ = with_new_question(_content(1), "A", {"question": "New"})
    content = with_question(content, id_, {"title": "t", "help": "h", "evidence": "e"}, LADDER)
    before = build_index(_content(1))
    between = edition(before, build_index(content))
    was = {"A1": QuestionAnswer(2, 2), "B1": QuestionAnswer(2, 2)}
    shifts = level_shifts([between], _assessment(before, was), _assessment(between.after, was))
    assert (shifts[0].before, shifts[0].carried, shifts[0].by_index) == (3, None, None)
    assert shifts[1].by_index == 0


CHOICES = st.sampled_from([0, 1, 2, NO])


@given(
    st.dictionaries(st.sampled_from(["A1", "A2", "A3", "B1"]), st.tuples(CHOICES, CHOICES)),
    st.sets(st.sampled_from(["A1", "A2", "B1"])),
    st.booleans(),
)
def test_nothing_is_ever_carried_that_the_later_edition_does_not_offer(
    chosen: dict[str, tuple[Any, Any]], shortened: set[str], is_gone: bool
) -> None:
    content = without(_content(), "question", "A3") if is_gone else _content()
    for id_ in shortened:
        content = _changed(content, id_, ladder=LADDER[:2])
    answers = {id_: QuestionAnswer(*both) for id_, both in chosen.items()}
    between = _after(content)
    carried = carry(between, answers).answers
    now = {question.id: question for question in between.after.questions}
    for id_, answer in carried.items():
        for choice in (answer.present, answer.future):
            assert choice is NO or choice < len(now[id_].answers)  # type: ignore[operator]
        was = answers[id_]
        if isinstance(answer.present, int):
            old = next(question for question in BEFORE.questions if question.id == id_)
            assert now[id_].answers[answer.present].text == old.answers[was.present].text  # type: ignore[index]


@pytest.mark.parametrize("reference", ["svmi-public@2016.1", "lga-nps-2018@2018.1"])
def test_an_edition_that_changes_nothing_carries_all(reference: str) -> None:
    index = load_index(reference)
    answers = {question.id: QuestionAnswer(0, 1) for question in index.questions}
    assert carry(edition(index, index), answers).answers == answers


def test_what_authors_say_of_a_change_is_told_and_they_say_who_has_to_look() -> None:
    content = _changed(_content(), "A1", {"question": "Asked otherwise"})
    carried = carry(_after(content, Said("A1", what="Only a comma.", look=False)), {"A1": QuestionAnswer(1, 2)})
    assert (carried.answers, carried.look_at) == ({"A1": QuestionAnswer(1, 2)}, ())
    told = carry(_after(content, Said("A1", what="It asks more now.")), {"A1": QuestionAnswer(1, 2)})
    assert [one.why for one in told.look_at] == ["It asks more now."]


def test_what_is_said_stands_in_the_file() -> None:
    content = without(_content(), "question", "A3")
    question: Any = question_of(content, "A1")[1]  # type: ignore[index]
    question["since"] = {"became": "merged", "from": ["A1", "A3"], "what": "As one.", "answers": {"A3": [0, 1, None]}}
    content["gone"] = [{"id": "A2", "what": "Nobody could answer it."}]
    content = without(content, "question", "A2")
    after = build_index(content)
    assert after.said == (
        Said("A1", Fate.MERGED, ("A1", "A3"), "As one.", None, {"A3": (0, 1, None)}),
        Said("A2", Fate.GONE, ("A2",), "Nobody could answer it."),
    )
    between = edition(BEFORE, after)
    gone = next(one for one in between.became if one.fate is Fate.GONE)
    assert (gone.before, gone.what) == (("A2",), "Nobody could answer it.")
    both = {"A1": QuestionAnswer(2, 2), "A3": QuestionAnswer(1, 1)}
    assert carry(between, both).answers == {"A1": QuestionAnswer(1, 1)}
    assert carry(between, {**both, "A3": QuestionAnswer(2, 2)}).answers == {}


def test_what_was_merged_on_the_way_stays_merged() -> None:
    middle = replace(build_index(without(_content(), "question", "A2")), said=(Said("A1", Fate.MERGED, ("A1", "A2")),))
    last = build_index(_changed(without(_content(), "question", "A2"), "B1", {"question": "Otherwise"}))
    answers = {"A1": QuestionAnswer(2, 2), "A2": QuestionAnswer(0, 2), "B1": QuestionAnswer(1, 1)}
    carried = carry_through([edition(BEFORE, middle), edition(middle, last)], answers)
    assert carried.answers == {"A1": QuestionAnswer(0, 2), "B1": QuestionAnswer(1, 1)}
    assert [one.question.id for one in carried.look_at] == ["A1", "B1"]
    straight = carry(edition(BEFORE, last), answers).answers
    assert straight["A1"] == QuestionAnswer(2, 2), "which is why each edition takes its turn"
