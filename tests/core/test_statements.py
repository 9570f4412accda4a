"""Statements counted: a published position, key areas on both sides of one half, and verdicts that are refused."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from commonweal.core.maturity.answers import Assessment, Blank, QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import Results, assess
from commonweal.core.maturity.verdict import Verdict, verdict
from commonweal.standards.build import build_index
from commonweal.standards.catalogue import load_index

MINIMUM, DEVELOPING, MATURE, LEADER, INNOVATOR = range(5)


def _index(areas: Mapping[str, int], whole: int = 0, lacks: Mapping[str, str] | None = None) -> Index:
    """Key areas by title with as many statements each; levels as in the strategy."""
    like = load_index("lga-nps-2018")
    levels = [{"name": one.name, "label": one.label, "definition": one.definition} for one in like.levels]
    themes = [
        {
            "code": str(number),
            "title": title,
            "plan_label": title,
            "lead_question": title,
            "criteria": [],
            "questions": [_statement(f"{number}.{n}") for n in range(1, count + 1)],
            **({"lacks": lacks[title]} if lacks and title in lacks else {}),
        }
        for number, (title, count) in enumerate(areas.items(), 1)
    ]
    scoring = {"kind": "statements", "enough": "Mature", "high": "Leader", "low": "Minimum"}
    return build_index(
        {
            "id": "invented",
            "version": "1",
            "title": "Invented",
            "edition": "tests",
            "published_on": "2026-11-22",
            "source": {"title": "None", "year": 2026, "matrix": "None.", "ladders": "None."},
            "provenance": dict(like.provenance_meanings),
            "plan_footnote": "None.",
            "scoring": {**scoring, "whole": whole or sum(areas.values())},
            "levels": levels,
            "themes": themes,
        }
    )


def _statement(id_: str) -> dict[str, Any]:
    texts = {key: f"{key} of {id_}" for key in ("question", "help", "evidence")}
    return {"id": id_, "title": f"Statement {id_}", "provenance": "published", **texts}


def _rated(index: Index, ratings: Sequence[int | Blank], targets: Sequence[int | Blank] | None = None) -> Results:
    pairs = zip(index.questions, ratings, targets or ratings, strict=True)
    answers = {question.id: QuestionAnswer(now, then, reason="No") for question, now, then in pairs}
    return assess(Assessment("Example Council", index, answers, date=datetime.date(2026, 11, 22)))


def test_a_published_position_comes_out() -> None:
    """59 statements in 11 key areas: 23 Mature or above, 28 Developing, 8 Minimum; four focus areas.

    Counts, the six rated highest and the four areas stand in a council's published results of 2018; how the statements
    spread over the areas is invented, since the publication does not say.
    """
    sizes = {
        "A": 5,
        "B": 5,
        "C": 5,
        "D": 5,
        "E": 5,
        "F": 5,
        "G": 5,
        "Obtaining social value": 10,
        "I": 5,
        "J": 5,
        "K": 4,
    }
    index = _index(sizes)
    below = {"A": [0, 0, 1], "C": [0, 0, 1, 1], "D": [0, 1, 1], "Obtaining social value": [1] * 6}
    ratings: list[int | Blank] = []
    for title, count in sizes.items():
        low = below.get(title, [0, 1] if title in "BEF" else [1, 1])
        ratings += [*low, *[MATURE] * (count - len(low))]
    ratings = _topped_up(ratings, {MINIMUM: 8, DEVELOPING: 28, LEADER: 6})
    results = _rated(index, ratings)
    assert results.present.overall.counts == (8, 28, 17, 6, 0)
    assert sum(results.present.overall.counts[MATURE:]) == 23
    assert "Of all 59 rated statements, 23 are Mature or above, 28 Developing and eight Minimum." in results.narrative


def _topped_up(ratings: list[int | Blank], wanted: Mapping[int, int]) -> list[int | Blank]:
    """The ratings with more at some levels, taken from those at Mature, the last first."""
    found = list(ratings)
    for level, count in wanted.items():
        for position in reversed(range(len(found))):
            if found.count(level) < count and found[position] == MATURE:
                found[position] = level
    return found


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([0, 1, 2, 2], Verdict.NOT_FOCUS),  # exactly half is not more than half
        ([0, 1, 1, 2], Verdict.FOCUS),
        ([1, 2, 4], Verdict.NOT_FOCUS),
        ([1, 0, 4], Verdict.FOCUS),
        ([1, Blank.NOT_APPLICABLE, 2], Verdict.NOT_FOCUS),  # one of two
        ([1, Blank.NOT_APPLICABLE, 1], Verdict.FOCUS),
        ([0, 0, 0, Blank.UNANSWERED], Verdict.OPEN),
        ([Blank.NOT_APPLICABLE], Verdict.DOES_NOT_APPLY),
    ],
)
def test_a_focus_area_has_more_than_half_below_mature(ratings: list[int | Blank], expected: Verdict) -> None:
    index = _index({"Area": len(ratings)})
    results = _rated(index, ratings)
    assert index.counting is not None
    assert verdict(index.counting, results.themes[0].now) is expected
    assert [item.theme.title for item in results.attention] == (["Area"] if expected is Verdict.FOCUS else [])


def test_a_key_area_that_is_not_all_there_gets_no_verdict() -> None:
    index = _index({"Whole": 2, "Part": 2}, whole=5, lacks={"Part": "One more comes from your own copy."})
    results = _rated(index, [0, 0, 0, 0])
    assert [item.theme.title for item in results.attention] == ["Whole"]
    assert results.themes[1].held_sentence == (
        "Part: no verdict, because not all of its statements are held here. One more comes from your own copy."
    )
    assert results.narrative[-2:] == (
        "No verdict on Part: not all of its statements are held here.",
        "This index holds four of the five published statements and counts only these.",
    )


def test_the_summary_says_what_is_highest_and_lowest_and_where_it_is_to_go() -> None:
    index = _index({"One": 3, "Two": 2})
    results = _rated(index, [4, 0, 2, 3, 2], [4, 2, 2, 3, 2])
    assert results.narrative == (
        "Of all five rated statements, four are Mature or above, none Developing and one Minimum.",
        "In the target, five are Mature or above, none Developing and none Minimum.",
        "Rated highest, at Leader or Innovator: Statement 1.1 and Statement 2.1.",
        "Rated lowest, at Minimum: Statement 1.2.",
        "No key area that could be judged has more than half of its statements at Minimum or Developing.",
    )
    assert [step.id for step in results.actions] == ["1.2-1", "1.2-2"]


def test_what_is_not_rated_is_not_counted() -> None:
    index = _index({"One": 3})
    results = _rated(index, [4, Blank.UNANSWERED, Blank.NOT_APPLICABLE], [4, 4, Blank.NOT_APPLICABLE])
    assert results.present.overall.counts == (0, 0, 0, 0, 1)
    assert results.themes[0].held_sentence == "One: no verdict yet, because one statement is not rated: 1.2."
    assert results.narrative[0] == "Example Council has rated two of three statements for now and three for the target."


def test_nothing_has_a_level_or_an_average() -> None:
    results = _rated(_index({"One": 2}), [4, 4])
    assert results.present.overall.level is None
    assert results.themes[0].present is None
    assert results.themes[0].gap is None


def test_ten_statements_on_social_value_are_there_and_the_rest_is_said_to_be_missing() -> None:
    index = load_index("lga-nps-2018")
    whole = [theme for theme in index.themes if not theme.lacks]
    assert [(theme.title, len(theme.questions)) for theme in whole] == [("Obtaining social value", 10)]
    assert index.counting is not None
    assert index.counting.whole == 59
    assert index.lacks
    assert [level.label for level in index.levels] == ["Minimum", "Developing", "Mature", "Leader", "Innovator"]
