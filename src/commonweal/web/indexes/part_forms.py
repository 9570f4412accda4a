"""The fields of the forms in which an index is written: from its content, from what was typed, and back."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from commonweal.core.problems import Problem
from commonweal.standards.authoring import MOST_LEVELS, LevelRow
from commonweal.standards.authoring_themes import question_of, theme_of
from commonweal.web.components.requests import typed
from commonweal.web.indexes.presenters import Parameters, one_line, text_block

ABOUT = ("title", "edition", "version", "plan_footnote", "legal_minimum.title", "legal_minimum.scope")
THEME = ("title", "lead_question", "plan_label", "part", "lacks")
_SCORING = {
    "enough": "From which level is a statement well rated?",
    "high": "From which level is it among the highest?",
    "low": "Up to which level is it among the lowest?",
}


def part_about(content: Mapping[str, Any]) -> Any:
    """The part of an index that the form about it changes."""
    return [content.get(name.partition(".")[0]) for name in ABOUT]


def part_levels(content: Mapping[str, Any]) -> Any:
    """The part that the form of levels changes."""
    return [content["levels"], content.get("scoring")]


def part_theme(code: str) -> Callable[[Mapping[str, Any]], Any]:
    """The part that the form of a theme changes; its questions are none of it."""

    def part(content: Mapping[str, Any]) -> Any:
        now = theme_of(content, code) or {}
        return [now.get(name) for name in THEME]

    return part


def part_question(id_: str) -> Callable[[Mapping[str, Any]], Any]:
    """The part that the form of a question changes."""
    return lambda content: (question_of(content, id_) or (None, None))[1]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed, by the name of its field; nothing where the form is shown for the first time."""

    values: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of_post(request: HttpRequest) -> "Filled":
        """What was sent."""
        return Filled({name: typed(request, name) for name in request.POST})

    def text(self, name: str, stored: object = "") -> str:
        """A field as it was typed, or as it is stored."""
        return self.values.get(name, "") if self.values else str(stored)


def stored_in(holder: Mapping[str, Any], name: str) -> str:
    """A field as it is stored, an inner one by a name with a dot; nothing where there is none."""
    value: Any = holder
    for part in name.split("."):
        value = value.get(part, "") if isinstance(value, Mapping) else ""
    return str(value)


def about_fields(content: Mapping[str, Any], filled: Filled, errors: Mapping[str, str]) -> dict[str, Parameters]:
    """The fields of the form about an index."""

    def value(name: str) -> str:
        return filled.text(name, stored_in(content, name))

    return {
        "title": one_line("title", "Title", value("title"), errors),
        "edition": one_line(
            "edition", "Who is it for?", value("edition"), errors, hint="For example: suppliers of goods"
        ),
        "version": one_line(
            "version", "Version", value("version"), errors, hint="Digits with dots between, such as 1.0 or 2026.1"
        )
        | {"classes": "govuk-input--width-5"},
        "plan_footnote": text_block(
            "plan_footnote", "What stands under every plan? (optional)", value("plan_footnote"), errors
        ),
        "legal_title": one_line(
            "legal_minimum.title",
            "What are its duties in law called? (optional)",
            value("legal_minimum.title"),
            errors,
            hint="Only where a duty in law stands behind some questions, such as: The Modern Slavery Act's duties",
        ),
        "legal_scope": text_block(
            "legal_minimum.scope", "Whom do they bind? A sentence (optional)", value("legal_minimum.scope"), errors
        ),
    }


def level_fields(
    content: Mapping[str, Any], filled: Filled, errors: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[Parameters]]:
    """The rows of the form of levels, one of them empty at the end, and what bounds statements that are counted."""
    stored = [{**level, "was": level["label"]} for level in content["levels"]]
    typed_rows = _typed_levels(filled)
    rows = typed_rows if filled.values else stored
    if len(rows) < MOST_LEVELS and (not rows or any(rows[-1].get(name) for name in ("label", "definition"))):
        rows = [*rows, {}]
    made = [
        {
            "number": number,
            "was": row.get("was", ""),
            "label": one_line(f"label-{number}", "Short name", row.get("label", ""), errors)
            | {"classes": "govuk-input--width-10"},
            "name": one_line(f"name-{number}", "Full name, where it differs", _full_name(row), errors),
            "definition": text_block(
                f"definition-{number}", "What does it mean?", row.get("definition", ""), errors, rows=2
            ),
        }
        for number, row in enumerate(rows)
    ]
    scoring = [
        {
            "id": f"scoring.{name}",
            "name": f"scoring.{name}",
            "label": {"text": label, "classes": "govuk-label--s"},
            "value": filled.text(f"scoring.{name}", content["scoring"][name]),
            "items": [{"value": level["label"], "text": level["label"]} for level in content["levels"]],
        }
        for name, label in _SCORING.items()
        if "scoring" in content
    ]
    return made, scoring


def _full_name(row: Mapping[str, str]) -> str:
    return "" if row.get("name") == row.get("label") else row.get("name", "")


def _typed_levels(filled: Filled) -> list[dict[str, str]]:
    names = ("was", "label", "name", "definition")
    return [
        {name: filled.text(f"{name}-{number}") for name in names}
        for number in range(MOST_LEVELS)
        if f"label-{number}" in filled.values
    ]


def level_rows(filled: Filled) -> tuple[list[LevelRow], dict[str, str | int | bool]]:
    """The levels as they were typed, without the rows that were emptied; and what bounds statements.

    A bound follows a level that was renamed in the same form.
    """
    rows = [
        LevelRow(row["was"], on_a_line(row["label"]), on_a_line(row["name"]), row["definition"])
        for row in _typed_levels(filled)
        if row["label"] or row["definition"]
    ]
    now = {row.was: row.label for row in rows if row.was}
    said = {f"scoring.{name}": filled.text(f"scoring.{name}") for name in _SCORING}
    return rows, {name: now.get(label, label) for name, label in said.items() if label}


def on_a_line(text: str) -> str:
    """A text without line ends and doubled spaces."""
    return " ".join(text.split())


def arranged(filled: Filled, number: str, do: str) -> Filled:
    """What was typed with one level a place further up or down; nothing is saved yet."""
    rows = _typed_levels(filled)
    position = int(number) if number.isascii() and number.isdigit() and len(number) < len("100") else 0
    to = position + (-1 if do == "up" else 1)
    if position < len(rows) and 0 <= to < len(rows):
        rows[position], rows[to] = rows[to], rows[position]
    others = {name: text for name, text in filled.values.items() if not re.fullmatch(r"[a-z]+-[0-9]+", name)}
    return Filled(others | {f"{name}-{n}": text for n, row in enumerate(rows) for name, text in row.items()})


def theme_fields(theme: Mapping[str, Any], filled: Filled, errors: Mapping[str, str]) -> dict[str, Parameters]:
    """The fields of the form of a theme."""

    def value(name: str) -> str:
        return filled.text(name, theme.get(name, ""))

    return {
        "title": one_line("title", "Title", value("title"), errors),
        "lead_question": one_line("lead_question", "What does it ask?", value("lead_question"), errors),
        "plan_label": one_line(
            "plan_label",
            "Short title (optional)",
            value("plan_label"),
            errors,
            hint="For figures and sheets, where the title is longer than about 25 characters",
        ),
        "part": one_line(
            "part", "Part (optional)", value("part"), errors, hint="Where an index has parts with several themes each"
        ),
        "lacks": text_block(
            "lacks",
            "What of it is missing here? (optional)",
            value("lacks"),
            errors,
            hint="Where the index is somebody else's, and not all of the theme is held. It is told with every result.",
            rows=2,
        ),
    }


def answered(filled: Filled, levels: int) -> list[int]:
    """The positions of the levels at which an answer or an action was typed."""
    return [number for number in range(1, levels) if filled.text(f"answer-{number}") or filled.text(f"action-{number}")]


_ANSWER = re.compile(r"answers\[([0-9]+)\]")


def error_fields(problems: Sequence[Problem], content: Mapping[str, Any], filled: Filled) -> dict[str, str]:
    """What is wrong by the field of the form that it stands in."""
    found: dict[str, str] = {}
    numbers = answered(filled, len(content["levels"]))
    for problem in problems:
        name = problem.place.rpartition(".")[2]
        if problem.place.startswith("legal_minimum") or "legal_minimum" in problem.place:
            name = f"legal_minimum.{name}"
        answer = _ANSWER.search(problem.place)
        level = re.match(r"levels\[([0-9]+)\]", problem.place)
        if answer:
            position = int(answer[1]) - 1
            kind = "action" if ".action" in problem.place else "answer"
            name = f"{kind}-{numbers[position - 1]}" if 0 < position <= len(numbers) else "start"
        elif level:
            name = f"{name}-{int(level[1]) - 1}"
        found.setdefault(name, problem.sentence)
    return found
