"""Reads the worked examples: each is a test, and a part of docs/reference/scoring.md."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commonweal.core.errors import BadInput
from commonweal.core.maturity.ladders import overall
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import assess
from commonweal.formats.files import read_text
from commonweal.formats.tree import Tree
from commonweal.formats.yaml import parse_yaml
from commonweal.intake.assessment import read_assessment, to_assessment
from commonweal.reports.as_json import results_data
from commonweal.standards.catalogue import load_index

FOLDER = Path(__file__).parent / "scoring"
ASSESSMENTS = Path(__file__).parents[2] / "src" / "commonweal" / "standards" / "examples"
INDEX = "svmi-public@2016.1"


@dataclass(frozen=True)
class Example:
    """A worked example as it stands in its file."""

    name: str
    content: dict[str, Any]

    @property
    def expected(self) -> dict[str, Any]:
        found: dict[str, Any] = self.content.get("expect", {})
        return found


def examples() -> list[Example]:
    return [Example(path.stem, parse_yaml(read_text(path), path.name).value) for path in sorted(FOLDER.glob("*.yaml"))]


def outcome(example: Example) -> dict[str, Any]:
    """What the product says to an example, in the form in which examples state what they expect."""
    content = example.content
    if "levels" in content:
        return {"overall": _overall(content["levels"])}
    if "assessment" in content:
        results = assess(read_assessment(ASSESSMENTS / content["assessment"]))
    else:
        results = assess(to_assessment(_tree(example)))
    data = results_data(results, datetime.date(2026, 11, 21))
    by_theme: dict[str, dict[str, list[str]]] = {}
    for action in data["actions"]:
        by_theme.setdefault(action["theme"], {}).setdefault(action["level"], []).append(action["id"])
    return {
        **data,
        "themes": {theme["code"]: theme for theme in data["themes"]},
        "actions": [action["id"] for action in data["actions"]],
        "action_grid": by_theme,
        "attention": [item["theme"] for item in data["attention"]],
    }


def refusals(example: Example) -> dict[str, str]:
    """The places and sentences with which an example is refused; nothing if it is not."""
    try:
        to_assessment(_tree(example))
    except BadInput as error:
        return {problem.place.partition(", ")[2]: f"{problem.what} {problem.remedy}" for problem in error.problems}
    return {}


def _overall(levels: dict[str, list[str]]) -> dict[str, Any]:
    index = load_index(INDEX)
    positions = {level.label: level.position for level in index.levels}
    found: dict[str, Any] = {}
    for column, labels in levels.items():
        score = overall(positions[label] for label in labels)
        found[column] = None if score.level is None else index.levels[score.level].name
        found[f"{column}_mean"] = score.mean
    return found


def _tree(example: Example) -> Tree:
    content = example.content
    reference = content.get("index", INDEX)
    index = load_index(reference)
    answers = _start(index, content.get("start_from", {}))
    answers.update(content["answers"])
    file = {"organisation": content.get("organisation", "Example Council"), "index": reference, "answers": answers}
    if "horizon_years" in content:
        file["horizon_years"] = content["horizon_years"]
    return Tree("example", file)


def _start(index: Index, start_from: dict[str, str]) -> dict[str, Any]:
    """Every question at its first or last answer; none where the example starts from nothing."""
    if not start_from:
        return {}
    return {
        question.id: {
            column: 0 if where == "first" else len(question.answers) - 1 for column, where in start_from.items()
        }
        for question in index.questions
    }
