"""The form of one question of an index that is being written."""

from collections.abc import Mapping, Sequence
from typing import Any

from commonweal.standards.authoring_themes import AnswerRow
from commonweal.web.indexes.part_forms import Filled, answered, on_a_line, stored_in
from commonweal.web.indexes.presenters import Parameters, one_line, text_block

_QUESTION = ("title", "question", "help", "evidence", "may_not_apply")


def question_fields(
    content: Mapping[str, Any],
    question: Mapping[str, Any],
    filled: Filled,
    errors: Mapping[str, str],
    *,
    is_later: bool,
) -> tuple[dict[str, Parameters], list[dict[str, Any]], dict[str, Parameters]]:
    """The fields of the form of a question: what it says, its answers by level, the duty in law behind it.

    `is_later`: a version was published before, so there is something to say of what changed.
    """

    said = _said_fields(question, filled, errors)
    if is_later:
        said |= _since_fields(question, filled, errors)
    if "scoring" in content:
        return said, [], {}
    answers = question.get("answers", ())
    at = {answer["level"]: answer for answer in answers[1:]}
    start = text_block(
        "start",
        "Where one starts",
        filled.text("start", _text_of(answers[:1])),
        errors,
        hint=_starts(content, answers),
        rows=2,
    )
    steps: list[dict[str, Any]] = [{"level": "", "answer": start, "action": None}]
    for number, level in enumerate(content["levels"][1:], 1):
        answer = at.get(level["label"], {})
        typed_answer = filled.text(f"answer-{number}", answer.get("text", ""))
        typed_action = filled.text(f"action-{number}", answer.get("action", {}).get("text", ""))
        steps.append(
            {
                "level": level["label"],
                "meaning": level["definition"],
                "answer": text_block(f"answer-{number}", "Answer", typed_answer, errors, rows=2),
                "action": text_block(f"action-{number}", "Action that gets there", typed_action, errors, rows=2),
            }
        )
    return said, steps, _duty_fields(content, question, filled, errors)


def _said_fields(question: Mapping[str, Any], filled: Filled, errors: Mapping[str, str]) -> dict[str, Parameters]:
    def value(name: str) -> str:
        return filled.text(name, stored_in(question, name))

    return {
        "title": one_line("title", "Title", value("title"), errors, hint="A few words, as it stands in lists"),
        "question": one_line("question", "The question itself", value("question"), errors),
        "help": text_block("help", "Help", value("help"), errors, hint="What it means and why it is asked"),
        "evidence": text_block(
            "evidence", "What would show it?", value("evidence"), errors, hint="Papers, records, figures", rows=2
        ),
        "may_not_apply": text_block(
            "may_not_apply",
            "Where does it not apply? (optional)",
            value("may_not_apply"),
            errors,
            hint="Then people can answer that it does not apply to them, and say why",
            rows=2,
        ),
    }


def _since_fields(question: Mapping[str, Any], filled: Filled, errors: Mapping[str, str]) -> dict[str, Parameters]:
    """What is said of the change since the version before, and whether whoever moves has to look at it."""
    since = question.get("since", {})
    stored = "yes" if since.get("look") is False else ""
    return {
        "since": text_block(
            "since.what",
            "What changed since the version before? (optional)",
            filled.text("since.what", since.get("what", "")),
            errors,
            hint="It is told to everybody who moves a round to this version",
            rows=2,
        ),
        "no_look": {
            "name": "no-look",
            "idPrefix": "no-look",
            "classes": "govuk-checkboxes--small",
            "values": [filled.text("no-look", stored)],
            "items": [{"value": "yes", "text": "It means the same: nobody has to look at it again"}],
        },
    }


def _starts(content: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> str:
    """What is said of the first answer: the level at which it stands, once there is a second."""
    lowest = content["levels"][0]["label"] if content["levels"] else ""
    stands = f"Now that is {answers[0]['level']}." if answers[1:] else f"Often that is {lowest}."
    return f"What is true of somebody who has done none of it. It stands just under the first answer below. {stands}"


def _text_of(answers: Sequence[Mapping[str, Any]]) -> str:
    return str(answers[0]["text"]) if answers else ""


def _duty_fields(
    content: Mapping[str, Any], question: Mapping[str, Any], filled: Filled, errors: Mapping[str, str]
) -> dict[str, Parameters]:
    duty = question.get("legal_minimum", {})
    met = duty.get("met_from_answer", 0)
    answers = question.get("answers", ())
    stored = answers[met]["level"] if isinstance(met, int) and 0 < met < len(answers) else ""
    labels = [level["label"] for level in content["levels"][1:]]
    return {
        "duty": text_block(
            "legal_minimum.duty",
            "What is the duty?",
            filled.text("legal_minimum.duty", duty.get("duty", "")),
            errors,
            rows=2,
        ),
        "met": {
            "id": "met",
            "name": "met",
            "label": {"text": "At which level is it met?", "classes": "govuk-label--s"},
            "value": filled.text("met", stored),
            "items": [{"value": "", "text": "Choose a level"}, *({"value": label, "text": label} for label in labels)],
            **({"errorMessage": {"text": errors["met"]}} if "met" in errors else {}),
        },
    }


def question_said(
    filled: Filled, content: Mapping[str, Any]
) -> tuple[dict[str, str | int | bool], list[AnswerRow] | None, dict[str, str]]:
    """What was typed of a question: its fields, its answers lowest first, and what is wrong with the form itself."""
    said: dict[str, str | int | bool] = {name: filled.text(name) for name in _QUESTION}
    said |= {name: on_a_line(filled.text(name)) for name in ("title", "question")}
    if "since.what" in filled.values:
        said["since.what"] = filled.text("since.what")
        said["since.look"] = False if filled.text("no-look") == "yes" else ""
    if "scoring" in content:
        return said, None, {}
    labels = [level["label"] for level in content["levels"]]
    answers = [
        AnswerRow(labels[number], on_a_line(filled.text(f"answer-{number}")), filled.text(f"action-{number}"))
        for number in answered(filled, len(labels))
    ]
    errors = {}
    if answers or filled.text("start"):
        first = max(labels.index(answers[0].level) - 1, 0) if answers else 0
        answers.insert(0, AnswerRow(labels[first], on_a_line(filled.text("start"))))
    duty, met = filled.text("legal_minimum.duty"), filled.text("met")
    levels = [answer.level for answer in answers]
    if duty and met not in levels[1:]:
        errors["met"] = "The question has no answer at this level. Choose one that it has."
    said["legal_minimum.duty"] = duty
    said["legal_minimum.met_from_answer"] = levels.index(met) if duty and met in levels[1:] else ""
    return said, answers, errors
