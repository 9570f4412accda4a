"""An answers file (YAML or JSON) becomes an Assessment, or every problem found in it."""

import datetime
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import (
    IN_A_FILE,
    Assessment,
    Blank,
    Choice,
    QuestionAnswer,
    Remedies,
    Standing,
    refusals,
)
from commonweal.core.maturity.models import Index, Question
from commonweal.core.problems import Refused
from commonweal.core.words import listed
from commonweal.formats.schema import Schema
from commonweal.formats.text_tree import read_tree
from commonweal.formats.tree import Fault, Tree
from commonweal.standards.catalogue import UnknownIndex, load_index

NOT_APPLICABLE = "n/a"
FindIndex = Callable[[str], Index]
_CHOICES = ("present", "future")


@cache
def schema_text() -> str:
    """The JSON Schema of an answers file, as it is shipped and documented."""
    return Path(__file__).with_name("assessment.schema.json").read_text(encoding="utf-8")


@cache
def _schema() -> Schema:
    return Schema(json.loads(schema_text()))


def read_assessment(path: Path, find: FindIndex = load_index) -> Assessment:
    """The assessment in a file; `find` gives the index under a reference, or UnknownIndex.

    Raises BadInput with every problem found, each with file, line and path.
    """
    return to_assessment(read_tree(path), find=find)


def to_assessment(tree: Tree, remedies: Remedies = IN_A_FILE, find: FindIndex = load_index) -> Assessment:
    """The assessment in a tree that has been read. Raises BadInput with every problem found."""
    faults = [fault for fault in _schema().faults(tree) if not _said_better(fault, tree)]
    index = _index(tree, faults, find)
    answers = {}
    if index:
        questions = {question.id: question for question in index.questions}
        for id_, row in _answer_rows(tree):
            if id_ not in questions:
                faults.append((("answers", id_), _unknown_question(id_, index)))
                continue
            answers[id_], found = _answer(questions[id_], row, remedies)
            faults.extend(found)
    if faults or tree.noted or not index:
        raise BadInput(tree.problems(faults))
    content = tree.value
    return Assessment(
        organisation=content["organisation"].strip(),
        index=index,
        answers=answers,
        horizon_years=int(content["horizon_years"]) if "horizon_years" in content else None,
        date=datetime.date.fromisoformat(content["date"]) if "date" in content else None,
        answers_are=Standing(content.get("answers_are", Standing.GIVEN)),
        source=content.get("source", ""),
    )


def _index(tree: Tree, faults: list[Fault], find: FindIndex) -> Index | None:
    """The index that the file asks for, if it is known; otherwise the problem is noted."""
    reference = tree.value.get("index") if isinstance(tree.value, dict) else None
    if not isinstance(reference, str) or not reference:
        return None
    try:
        return find(reference)
    except UnknownIndex as unknown:
        faults.append((("index",), unknown.refused))
        return None


def _answer_rows(tree: Tree) -> Iterator[tuple[str, dict[str, Any]]]:
    """The answers that have the right shape; the schema has named the others."""
    rows = tree.value.get("answers") if isinstance(tree.value, dict) else None
    if isinstance(rows, dict):
        for id_, row in rows.items():
            if isinstance(row, dict):
                yield id_, row


def _answer(question: Question, row: dict[str, Any], remedies: Remedies) -> tuple[QuestionAnswer, list[Fault]]:
    """One question's answers, and every fault in them."""
    faults: list[Fault] = []
    for column in _CHOICES:
        value = row.get(column)
        if isinstance(value, str) and value != NOT_APPLICABLE:
            what = f'"{value[:40]}" is not an answer to question {question.id}.'
            faults.append((("answers", question.id, column), Refused(what, _choices(question))))
    answer = QuestionAnswer(
        present=_choice(row.get("present")),
        future=_choice(row.get("future")),
        note=_remark(row, "note"),
        reason=_remark(row, "reason"),
        step_back=_remark(row, "step_back"),
    )
    faults += [(("answers", question.id, column), refused) for column, refused in refusals(question, answer, remedies)]
    return answer, faults


def _choices(question: Question) -> str:
    """What can be chosen, as a remedy."""
    answers = [f"{answer.position} ({answer.text})" for answer in question.answers]
    return f"Write the number of an answer, without quotation marks: {listed(answers, 'or')}."


def _said_better(fault: Fault, tree: Tree) -> bool:
    """Whether the rules below say the same with the question's own answers: a choice of the right kind, but not one."""
    path = fault[0]
    if len(path) != len(("answers", "id", "column")) or path[0] != "answers" or path[2] not in _CHOICES:
        return False
    value = tree.value["answers"][path[1]][path[2]]
    return isinstance(value, int | str) and not isinstance(value, bool)


def _choice(value: Any) -> Choice:
    if value == NOT_APPLICABLE:
        return Blank.NOT_APPLICABLE
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value):
        return int(value)
    return Blank.UNANSWERED


def _remark(row: dict[str, Any], key: str) -> str:
    value = row.get(key, "")
    return value.strip() if isinstance(value, str) else ""


def _unknown_question(id_: str, index: Index) -> Refused:
    """What to say of an id that the index does not have: the range of its theme, or the themes there are."""
    for question in index.questions:
        if question.id.lower() == id_.lower():
            return Refused(f"{index.title} has no question {id_}.", f"Write {question.id}.")
    for theme in index.themes:
        first, last = theme.questions[0].id, theme.questions[-1].id
        if re.fullmatch(rf"{re.escape(theme.code)}\d+", id_, re.IGNORECASE):
            return Refused(f"{index.title} has no question {id_}.", f"{theme.title} has {first} to {last}.")
    first, last = index.questions[0].id, index.questions[-1].id
    return Refused(f"{index.title} has no question {id_[:40]}.", f"Its questions are {first} to {last}.")
