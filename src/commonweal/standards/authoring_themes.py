"""The themes and questions of an index that is being written, as authoring.py changes it."""

import re
import string
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.standards.authoring import Content, Missing, Row, changed, say

MOST_THEMES, MOST_QUESTIONS = 40, 40


def with_new_theme(content: Row, title: str, lead_question: str, taken: Collection[str] = ()) -> tuple[Content, str]:
    """The content with one more theme, and the theme's code: the first letters that no theme has or had."""
    if len(content["themes"]) >= MOST_THEMES:
        raise BadInput([Problem("title", f"There are {MOST_THEMES} themes already.", "Take one away first.")])
    used = {theme["code"].upper() for theme in content["themes"]} | {code.upper() for code in taken}
    letters = string.ascii_uppercase
    code = next(one for one in (*letters, *(a + b for a in letters for b in letters)) if one not in used)
    theme = {"code": code, "title": title, "lead_question": lead_question, "questions": []}
    return changed(content, lambda made: made["themes"].append(theme)), code


def theme_of(content: Row, code: str) -> Row | None:
    """The theme with a code, if there is one."""
    return next((theme for theme in content["themes"] if theme["code"] == code), None)


def question_of(content: Row, id_: str) -> tuple[Row, Row] | None:
    """The theme and the question with an id, if there is one."""
    found = ((theme, one) for theme in content["themes"] for one in theme["questions"] if one["id"] == id_)
    return next(found, None)


def with_theme(content: Row, code: str, said: Mapping[str, str | int | bool]) -> Content:
    """What a theme says of itself, replaced; an optional field that is empty goes."""
    return changed(content, lambda made: say(_theme(made, code), said))


def with_new_question(
    content: Row, code: str, said: Mapping[str, str | int | bool], taken: Collection[str] = ()
) -> tuple[Content, str]:
    """The content with one more question of a theme, and its id: the theme's code and a number never used there."""
    theme = theme_of(content, code)
    if theme is None:
        raise Missing
    if len(theme["questions"]) >= MOST_QUESTIONS:
        raise BadInput([Problem("title", f"There are {MOST_QUESTIONS} questions already.", "Take one away first.")])
    used = {question["id"] for one in content["themes"] for question in one["questions"]} | set(taken)
    stem = _stem(theme)
    id_ = next(f"{stem}{number}" for number in range(1, len(used) + 2) if f"{stem}{number}" not in used)

    def change(made: Content) -> None:
        question: Content = {"id": id_, "title": "", "question": "", "help": "", "evidence": ""}
        if "scoring" not in made:
            question["answers"] = []
        _theme(made, code)["questions"].append(question)
        say(question, said)

    return changed(content, change), id_


def _stem(theme: Row) -> str:
    """What the ids of a theme's questions begin with, before their number."""
    if theme["questions"]:
        return re.sub(r"[0-9]+$", "", theme["questions"][-1]["id"])
    return f"{theme['code']}." if theme["code"][-1].isdigit() else str(theme["code"])


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer as a form has it: the level it stands at, its text, the action that leads to it."""

    level: str
    text: str
    action: str = ""


def with_question(
    content: Row, id_: str, said: Mapping[str, str | int | bool], answers: Sequence[AnswerRow] | None
) -> Content:
    """What a question says, and its answers, replaced.

    `answers` are those with a text, lowest first; what an answer at the same level held beside (criteria, the id of its
    action) stays with it. None leaves them, as for a statement. A criterion that no answer expresses any more goes.
    """

    def change(made: Content) -> None:
        theme, question = _question(made, id_)
        say(question, said)
        if answers is None:
            return
        was = {answer["level"]: answer for answer in question.get("answers", ())}
        question["answers"] = [
            _answer(row, was.get(row.level, {}), is_first=not position) for position, row in enumerate(answers)
        ]
        expressed = {
            name for one in theme["questions"] for a in one.get("answers", ()) for name in a.get("criteria", ())
        }
        if "criteria" in theme:
            theme["criteria"] = [one for one in theme["criteria"] if one["id"] in expressed]

    return changed(content, change)


def _answer(row: AnswerRow, was: Row, *, is_first: bool) -> Content:
    made: Content = {**was, "level": row.level, "text": row.text}
    made.pop("action", None)
    if not is_first and row.action:
        made["action"] = {**was.get("action", {}), "text": row.action}
    return made


def moved(content: Row, kind: str, name: str, by: int) -> Content:
    """A theme (by its code) or a question (by its id) one place up (-1) or down (1); at the end it stays."""

    def change(made: Content) -> None:
        rows, position = _place(made, kind, name)
        to = min(max(position + by, 0), len(rows) - 1)
        rows.insert(to, rows.pop(position))

    return changed(content, change)


def without(content: Row, kind: str, name: str) -> Content:
    """The content without a theme or a question."""

    def change(made: Content) -> None:
        rows, position = _place(made, kind, name)
        del rows[position]

    return changed(content, change)


def _place(made: Content, kind: str, name: str) -> tuple[list[Content], int]:
    rows = made["themes"] if kind == "theme" else _question(made, name)[0]["questions"]
    key = "code" if kind == "theme" else "id"
    for position, row in enumerate(rows):
        if row[key] == name:
            return rows, position
    raise Missing


def _theme(made: Content, code: str) -> Content:
    rows, position = _place(made, "theme", code)
    return rows[position]


def _question(made: Content, id_: str) -> tuple[Content, Content]:
    for theme in made["themes"]:
        for question in theme["questions"]:
            if question["id"] == id_:
                return theme, question
    raise Missing
