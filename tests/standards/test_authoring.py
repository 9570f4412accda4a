"""An index as it is written, change by change; nothing of it touches the content it was made from."""

import copy
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from commonweal.core.errors import BadInput
from commonweal.formats.tree import Tree
from commonweal.formats.yaml import parse_yaml
from commonweal.standards.authoring import (
    LevelRow,
    Missing,
    new_content,
    own_id,
    with_about,
    with_levels,
)
from commonweal.standards.authoring_themes import (
    AnswerRow,
    moved,
    question_of,
    theme_of,
    with_new_question,
    with_new_theme,
    with_question,
    with_theme,
    without,
)
from commonweal.standards.build import build_index
from commonweal.standards.catalogue import shipped_content
from commonweal.standards.check import check_index, refused_shape
from commonweal.standards.preview import preview_index

CARBON = Path(__file__).with_name("supply-carbon.yaml")
SAID: dict[str, str | int] = {"title": "Pay", "question": "Is it fair?", "help": "Why.", "evidence": "Pay slips."}
ANSWERS = [
    AnswerRow("Starting", "No."),
    AnswerRow("Developing", "Here and there.", "Begin somewhere."),
    AnswerRow("Leading", "Everywhere.", "Go on to the rest."),
]


@pytest.fixture
def carbon() -> dict[str, Any]:
    content: dict[str, Any] = parse_yaml(CARBON.read_text(encoding="utf-8"), CARBON.name).value
    return content


def _faults(content: Any) -> list[str]:
    return [f"{one.place}: {one.what}" for one in check_index(Tree("", content))]


def test_an_index_is_written_from_nothing_to_sound() -> None:
    content = new_content("fair-work", "Fair work", "care providers", "2026-11-22")
    assert _faults(content) == ["themes: The list is too short."]
    content, code = with_new_theme(content, "Pay", "Are people paid fairly?")
    content, question = with_new_question(content, code, {"title": "Pay", "question": "Is it fair?"})
    assert (code, question) == ("A", "A1")
    assert preview_index(content) == (None, ["A1"])
    content = with_question(content, question, SAID, ANSWERS)
    assert _faults(content) == []
    index = build_index(content)
    assert [answer.level for answer in index.questions[0].answers] == [0, 1, 3]
    assert [step.id for step in index.questions[0].steps] == ["A1-1", "A1-2"]
    shown, left_out = preview_index(content)
    assert shown
    assert shown.questions == index.questions
    assert left_out == []


def test_no_change_touches_the_content_it_was_made_from(carbon: dict[str, Any]) -> None:
    before = copy.deepcopy(carbon)
    with_about(carbon, {"title": "Other"})
    with_theme(carbon, "K", {"title": "Other", "lead_question": ""})
    with_question(carbon, "K1", SAID, [AnswerRow("Unaware", "None.")])
    with_levels(carbon, [LevelRow(one["label"], one["label"] + "x", "", "d") for one in carbon["levels"]])
    moved(carbon, "theme", "K", 1)
    without(carbon, "question", "K1")
    assert carbon == before


def test_what_is_moved_stays_whole(carbon: dict[str, Any]) -> None:
    assert [theme["code"] for theme in moved(carbon, "theme", "K", 1)["themes"]] == ["B", "K", "M"]
    assert [theme["code"] for theme in moved(carbon, "theme", "K", -1)["themes"]] == ["K", "B", "M"]
    assert [theme["code"] for theme in moved(carbon, "theme", "M", 1)["themes"]] == ["K", "B", "M"]
    down = moved(carbon, "question", "B1", 1)
    assert [one["id"] for one in theme_of(down, "B")["questions"]] == ["B2", "B1", "B3", "B4"]  # type: ignore[index]
    assert sorted(one["id"] for one in theme_of(down, "B")["questions"]) == ["B1", "B2", "B3", "B4"]  # type: ignore[index]


def test_what_is_not_there_is_missing(carbon: dict[str, Any]) -> None:
    for change in (
        lambda: moved(carbon, "question", "Z9", 1),
        lambda: without(carbon, "theme", "Z"),
        lambda: with_theme(carbon, "Z", {}),
        lambda: with_question(carbon, "Z9", SAID, None),
        lambda: with_new_question(carbon, "Z", SAID),
    ):
        with pytest.raises(Missing):
            change()


def test_ids_are_never_used_again(carbon: dict[str, Any]) -> None:
    shorter = without(carbon, "question", "K4")
    assert with_new_question(shorter, "K", SAID)[1] == "K4"
    assert with_new_question(shorter, "K", SAID, taken={"K4"})[1] == "K5"
    assert with_new_theme(carbon, "More", "What?")[1] == "A"
    assert with_new_theme(carbon, "More", "What?", taken={"a"})[1] == "C"


def test_a_level_that_is_renamed_keeps_its_answers(carbon: dict[str, Any]) -> None:
    rows = [LevelRow(one["label"], one["label"], one["name"], one["definition"]) for one in carbon["levels"]]
    rows[1] = LevelRow("Counting", "Measuring", "", "You know.")
    made = with_levels(carbon, rows)
    assert _faults(made) == []
    assert theme_of(made, "K")["questions"][0]["answers"][1]["level"] == "Measuring"  # type: ignore[index]
    assert made["levels"][1] == {"label": "Measuring", "name": "Measuring", "definition": "You know."}


def test_a_level_at_which_answers_stand_cannot_go(carbon: dict[str, Any]) -> None:
    rows = [LevelRow(one["label"], one["label"], "", one["definition"]) for one in carbon["levels"][1:]]
    with pytest.raises(BadInput) as refused:
        with_levels(carbon, rows)
    assert refused.value.problems[0].what == "Unaware is still used by K1, K2, K4, B1, B3 and M1 and others."


def test_a_level_that_answers_lead_to_cannot_be_the_lowest(carbon: dict[str, Any]) -> None:
    rows = [LevelRow(one["label"], one["label"], "", one["definition"]) for one in carbon["levels"]]
    rows[0], rows[1] = rows[1], rows[0]
    with pytest.raises(BadInput) as refused:
        with_levels(carbon, rows)
    assert refused.value.problems[0].what.startswith("Counting cannot be the lowest level: answers of K1, K2")


def test_a_level_between_moves_where_one_starts(carbon: dict[str, Any]) -> None:
    rows = [LevelRow(one["label"], one["label"], "", one["definition"]) for one in carbon["levels"]]
    rows.insert(1, LevelRow("", "Curious", "", "Somebody asks."))
    made = with_levels(carbon, rows)
    assert _faults(made) == []
    assert question_of(made, "K1")[1]["answers"][0]["level"] == "Curious"  # type: ignore[index]


def test_levels_that_change_places_take_their_answers_along(carbon: dict[str, Any]) -> None:
    rows = [LevelRow(one["label"], one["label"], "", one["definition"]) for one in carbon["levels"]]
    rows[1], rows[2] = rows[2], rows[1]
    made = with_levels(carbon, rows)
    assert [one["level"] for one in question_of(made, "K1")[1]["answers"]] == [  # type: ignore[index]
        *("Unaware", "Reducing", "Counting", "Net zero ready"),
    ]


def test_two_levels_cannot_have_one_name(carbon: dict[str, Any]) -> None:
    rows = [LevelRow(one["label"], one["label"], "", one["definition"]) for one in carbon["levels"]]
    rows.append(LevelRow("", "Counting", "", "Twice."))
    with pytest.raises(BadInput) as refused:
        with_levels(carbon, rows)
    assert [one.place for one in refused.value.problems] == ["label-4"]


def test_what_answers_hold_beside_their_text_stays() -> None:
    content = shipped_content("svmi-public")
    theme, question = next(
        (theme, one) for theme in content["themes"] for one in theme["questions"] if len(one["answers"]) > 2
    )
    rows = [AnswerRow(a["level"], a["text"], a.get("action", {}).get("text", "")) for a in question["answers"]]
    same = with_question(content, question["id"], {}, rows)
    assert theme_of(same, theme["code"]) == theme
    shorter = with_question(content, question["id"], {}, rows[:2])
    gone = {name for answer in question["answers"][2:] for name in answer.get("criteria", ())}
    left = {one["id"] for one in theme_of(shorter, theme["code"])["criteria"]}  # type: ignore[index]
    assert not gone & left
    assert _faults(shorter) == []


def test_a_duty_in_law_goes_with_its_words(carbon: dict[str, Any]) -> None:
    said: dict[str, str | int] = {"legal_minimum.duty": "The law says so.", "legal_minimum.met_from_answer": 1}
    made = with_question(carbon, "K1", said, None)
    assert _faults(made) == [
        "legal_minimum: Some questions are duties in law, and it is not said what they are called."
    ]
    named = with_about(made, {"legal_minimum.title": "Duties", "legal_minimum.scope": "Everybody."})
    assert _faults(named) == []
    assert build_index(named).legal_questions[0].id == "K1"
    without_duty = with_question(named, "K1", {"legal_minimum.duty": "", "legal_minimum.met_from_answer": ""}, None)
    assert "legal_minimum" not in question_of(without_duty, "K1")[1]  # type: ignore[index]


def test_statements_are_counted_as_they_come() -> None:
    content = new_content("ours", "Ours", "us", "2026-11-22", is_counted=True)
    content, code = with_new_theme(content, "Area", "What?")
    for number in range(3):
        content, id_ = with_new_question(content, code, SAID)
        assert id_ == f"A{number + 1}"
    assert content["scoring"]["whole"] == 3
    assert _faults(content) == []
    assert _faults(without(content, "question", "A2")) == []
    assert build_index(content).counting is not None
    shown, _ = preview_index(content)
    assert shown
    assert len(shown.questions[0].answers) == 4


def test_what_could_never_be_mended_is_refused_at_once(carbon: dict[str, Any]) -> None:
    assert refused_shape(with_about(carbon, {"title": ""})) == []
    assert [one.place for one in refused_shape(with_about(carbon, {"title": "x" * 161}))] == ["title"]
    assert [one.place for one in refused_shape(with_about(carbon, {"version": "one"}))] == ["version"]


def test_a_preview_leaves_out_what_is_not_finished(carbon: dict[str, Any]) -> None:
    half, id_ = with_new_question(carbon, "K", {"title": "New", "question": "What?"})
    wrong = with_question(half, "B1", {"evidence": ""}, None)
    shown, left_out = preview_index(wrong)
    assert shown
    assert sorted(left_out) == ["B1", id_]
    assert {one.id for one in shown.questions} == {one.id for one in build_index(carbon).questions} - {"B1"}


def test_the_ids_of_two_organisations_never_meet() -> None:
    one, another = UUID(int=1 << 100), UUID(int=2 << 100)
    assert own_id("carbon", one) != own_id("carbon", another)
    assert own_id(own_id("carbon", one), one) == own_id("carbon", one)


def test_where_answers_stand_now_there_are_answers(carbon: dict[str, Any]) -> None:
    question: Any = question_of(carbon, "K2")[1]  # type: ignore[index]
    question["since"] = {"answers": {"K2": [0, 2, 3]}}
    assert _faults(carbon) == ["themes[1].questions[2].since.answers.K2[3]: The question has no answer 3."]
