"""Faults of an index's questions: their ladders of answers, duties in law, what they say of the version before."""

from collections.abc import Iterator
from typing import Any

from commonweal.formats.tree import Path

Found = tuple[Path, str, str]
"""A path, what is wrong there, and what to do."""


def answers_of(content: Any) -> Iterator[tuple[Path, Any, Any]]:
    """Every question with the path to it and its theme."""
    for t, theme in enumerate(content["themes"]):
        for q, question in enumerate(theme["questions"]):
            yield ("themes", t, "questions", q), theme, question


def labels_of(content: Any) -> list[str]:
    """The short names of the levels, lowest first."""
    return [level["label"] for level in content["levels"]]


def ladders(content: Any) -> Iterator[Found]:
    """Answers rise; the first stands just under the next; every step has an action, and only steps have one."""
    labels = labels_of(content)
    for path, _, question in answers_of(content):
        if "answers" not in question:
            continue
        levels = [labels.index(answer["level"]) if answer["level"] in labels else -1 for answer in question["answers"]]
        for a, answer in enumerate(question.get("answers", ())):
            here = (*path, "answers", a)
            if a and levels[a] <= levels[a - 1]:
                yield (*here, "level"), "The level is not above that of the answer before.", "Put answers lowest first."
            if a and "action" not in answer:
                yield here, "The step to this answer has no action.", "Add an action with its text."
            if not a and "action" in answer:
                yield (*here, "action"), "The first answer is where one starts; it has no step.", "Delete its action."
        if len(levels) > 1 and levels[0] != levels[1] - 1:
            yield (
                (*path, "answers", 0, "level"),
                "The first answer does not stand just under the second.",
                "Give it the level below that of the second answer.",
            )
        duty = question.get("legal_minimum", {"met_from_answer": 1})
        if len(levels) > 1 and duty["met_from_answer"] >= len(levels):
            yield (
                (*path, "legal_minimum", "met_from_answer"),
                f"The question has no answer {duty['met_from_answer']}.",
                f"Choose 1 to {len(levels) - 1}.",
            )


_MOST_DUTIES, _MOST_STEPS = 20, 2_400
"""What a formula of the workbook holds (8,192 characters in Excel), and what one form sends."""


def duties(content: Any) -> Iterator[Found]:
    """Where some questions are duties in law, it is said what these are called and whom they bind; and bounds."""
    questions = [question for _, _, question in answers_of(content)]
    if sum("legal_minimum" in question for question in questions) > _MOST_DUTIES:
        yield ("themes",), f"More than {_MOST_DUTIES} questions are duties in law.", "Put those of one law into one."
    if sum(len(question.get("answers", content["levels"])) - 1 for question in questions) > _MOST_STEPS:
        yield ("themes",), f"There are more than {_MOST_STEPS:,} steps between answers.", "Split the index."
    if "legal_minimum" not in content and any("legal_minimum" in question for _, _, question in answers_of(content)):
        what = "Some questions are duties in law, and it is not said what they are called."
        yield ("legal_minimum",), what, "Add their title and whom they bind, or take the duties away."


def since(content: Any) -> Iterator[Found]:
    """Where answers of the version before are said to stand, there are answers."""
    for path, _, question in answers_of(content):
        last = len(question.get("answers", content["levels"])) - 1
        for id_, places in question.get("since", {}).get("answers", {}).items():
            for at, place in enumerate(places):
                if place is not None and place > last:
                    where: Path = (*path, "since", "answers", id_, at)
                    yield where, f"The question has no answer {place}.", f"Choose 0 to {last}, or null for none."
