"""Rows become core values here, and nowhere else; and back."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from commonweal.core.maturity.answers import Assessment as CoreAssessment
from commonweal.core.maturity.answers import Blank, Choice, QuestionAnswer, Standing
from commonweal.core.maturity.models import Index
from commonweal.core.programme.models import Priority, WorkItem
from commonweal.core.programme.work import WorkState
from commonweal.store.models import Answer, Assessment
from commonweal.store.models.answer import NOT_APPLICABLE

ANSWER_FIELDS = ("question", "present", "future", "note", "reason", "step_back")
"""The fields of a row that make a QuestionAnswer, in the order in which `to_answers` takes them."""

ASSESSMENT_FIELDS = (
    "id",
    "organisation_id",
    "name",
    "index",
    "organisation__name",
    "horizon_years",
    "date",
    "answers_are",
    "source",
    "state",
    "state_version",
    "organisation__kind",
    "department_id",
    "department__name",
    "is_baseline",
    "again_on",
    "moved_from_id",
)
"""The fields of an assessment with its organisation, in the order in which `to_assessment` takes them."""

WORK_FIELDS = (
    "id",
    "number",
    "group__number",
    "title",
    "state",
    "step",
    "topic",
    "detail",
    "footnote",
    "role",
    "owner__name",
    "owner_id",
    "department__name",
    "start",
    "due",
    "planned_due",
    "year",
    "is_milestone",
    "cost",
    "price_year",
    "spent",
    "effort_days",
    "funding",
    "priority",
    "measurable",
    "achievable",
    "relevant",
    "parent_id",
    "version",
)
"""The fields of a piece of work, in the order in which `to_work` takes them."""

AssessmentRow = tuple[
    UUID,
    UUID,
    str,
    str,
    str,
    int | None,
    datetime.date | None,
    str,
    str,
    str,
    int,
    str,
    int | None,
    str | None,
    bool,
    datetime.date | None,
    UUID | None,
]
AnswerRow = tuple[str, int | None, int | None, str, str, str]


def to_choice(stored: int | None) -> Choice:
    """A column of a row as a choice.

    >>> to_choice(2), to_choice(-1), to_choice(None)
    (2, <Blank.NOT_APPLICABLE: 'n/a'>, <Blank.UNANSWERED: 'unanswered'>)
    """
    if stored is None:
        return Blank.UNANSWERED
    return Blank.NOT_APPLICABLE if stored == NOT_APPLICABLE else stored


def from_choice(choice: Choice) -> int | None:
    """A choice as a column of a row.

    >>> [from_choice(to_choice(stored)) for stored in (2, -1, None)]
    [2, -1, None]
    """
    if isinstance(choice, int):
        return choice
    return NOT_APPLICABLE if choice is Blank.NOT_APPLICABLE else None


def to_answers(rows: Iterable[AnswerRow]) -> dict[str, QuestionAnswer]:
    """Rows, each with ANSWER_FIELDS, as answers by question id."""
    return {
        question: QuestionAnswer(to_choice(present), to_choice(future), note, reason, step_back)
        for question, present, future, note, reason, step_back in rows
    }


def to_plain(answer: QuestionAnswer) -> list[Any]:
    """An answer as JSON keeps it: the fields in the order of the table.

    >>> to_plain(QuestionAnswer(2, Blank.NOT_APPLICABLE, reason="None here"))
    [2, -1, '', 'None here', '']
    """
    return [from_choice(answer.present), from_choice(answer.future), answer.note, answer.reason, answer.step_back]


def from_plain(kept: list[Any]) -> QuestionAnswer:
    """What `to_plain` was given.

    >>> from_plain(to_plain(QuestionAnswer(2, Blank.NOT_APPLICABLE))) == QuestionAnswer(2, Blank.NOT_APPLICABLE)
    True
    """
    present, future, *remarks = kept
    return QuestionAnswer(to_choice(present), to_choice(future), *remarks)


def to_rows(assessment: Assessment, answers: Mapping[str, QuestionAnswer]) -> list[Answer]:
    """Answers as rows of an assessment, not saved yet."""
    return [
        Answer(
            organisation_id=assessment.organisation_id,
            assessment=assessment,
            question=question,
            present=from_choice(answer.present),
            future=from_choice(answer.future),
            note=answer.note,
            reason=answer.reason,
            step_back=answer.step_back,
        )
        for question, answer in answers.items()
    ]


def to_assessment(row: AssessmentRow, index: Index, answers: Mapping[str, QuestionAnswer]) -> CoreAssessment:
    """An assessment (ASSESSMENT_FIELDS) with its answers. A department is named behind its organisation."""
    _id, _organisation, _name, _index, organisation, horizon_years, date, answers_are, source, *about = row
    _state, _version, _kind, _department_id, department, *_ = about
    return CoreAssessment(
        organisation=f"{organisation}, {department}" if department else organisation,
        index=index,
        answers=answers,
        horizon_years=horizon_years,
        date=date,
        answers_are=Standing(answers_are),
        source=source,
    )


def to_work(row: tuple[Any, ...], needs: tuple[UUID, ...]) -> WorkItem:
    """A piece of work (WORK_FIELDS) with the ids of what it needs."""
    named = dict(zip(WORK_FIELDS, row, strict=True))
    return WorkItem(
        **{name: value for name, value in named.items() if "__" not in name and name != "parent_id"}
        | {
            "parent": named["parent_id"],
            "group": named["group__number"],
            "owner": named["owner__name"] or "",
            "department": named["department__name"] or "",
            "state": WorkState(named["state"]),
            "priority": Priority(named["priority"]),
            "needs": needs,
        }
    )
