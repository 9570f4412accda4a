"""Answers as a file that `intake/assessment.py` reads back: YAML, a line for each question that is answered."""

from typing import Any

import yaml

from commonweal.core.maturity.answers import Assessment, Blank, Choice, QuestionAnswer, Standing

_LONGEST_LINE = 4_000
"""Wider than any answer with its notes, so that each stays on its line."""


def answers_yaml(assessment: Assessment) -> bytes:
    """An assessment as an answers file. What is said nowhere is left out."""
    about = {
        "organisation": assessment.organisation,
        "index": assessment.index.reference,
        "horizon_years": assessment.horizon_years,
        "date": assessment.date,
        "answers_are": assessment.answers_are.value if assessment.answers_are is not Standing.GIVEN else None,
        "source": assessment.source or None,
    }
    given = {
        question.id: _Line(_row(assessment.answers[question.id]))
        for question in assessment.index.questions
        if question.id in assessment.answers
    }
    content = {**{name: value for name, value in about.items() if value is not None}, "answers": given}
    text: str = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_LONGEST_LINE)
    return text.encode("utf-8")


def _row(answer: QuestionAnswer) -> dict[str, Any]:
    said = {
        "present": _said(answer.present),
        "future": _said(answer.future),
        "note": answer.note,
        "reason": answer.reason,
        "step_back": answer.step_back,
    }
    return {name: value for name, value in said.items() if value not in (None, "")}


def _said(choice: Choice) -> int | str | None:
    if choice is Blank.UNANSWERED:
        return None
    return "n/a" if choice is Blank.NOT_APPLICABLE else choice


class _Line(dict[str, Any]):
    """What stands on one line."""


class _Dumper(yaml.SafeDumper):
    """With an answer on one line, as people write them."""


_Dumper.add_representer(
    _Line, lambda dumper, line: dumper.represent_mapping("tag:yaml.org,2002:map", line.items(), flow_style=True)
)
