"""A theme's page as a form: what was typed for each question becomes an answer, or stays as it was typed."""

from collections.abc import Mapping
from dataclasses import fields

from django.http import HttpRequest

from commonweal.core.maturity.answers import Blank, Choice, QuestionAnswer
from commonweal.core.maturity.models import Theme
from commonweal.web.components.question_markup import NOT_APPLICABLE, FilledQuestion
from commonweal.web.components.requests import typed


def from_answer(answer: QuestionAnswer) -> FilledQuestion:
    """A stored answer as fields."""
    return FilledQuestion(_field(answer.present), _field(answer.future), answer.note, answer.reason, answer.step_back)


def _field(choice: Choice) -> str:
    if isinstance(choice, int):
        return str(choice)
    return NOT_APPLICABLE if choice is Blank.NOT_APPLICABLE else ""


def from_post(theme: Theme, request: HttpRequest) -> dict[str, FilledQuestion]:
    """The fields as they were sent, by question id."""
    names = [field.name for field in fields(FilledQuestion)]
    return {
        question.id: FilledQuestion(*(typed(request, f"{question.id}-{name}") for name in names))
        for question in theme.questions
    }


def to_answers(filled: Mapping[str, FilledQuestion]) -> dict[str, QuestionAnswer]:
    """Fields as answers. What is no position becomes one that the rules refuse."""
    return {
        id_: QuestionAnswer(
            _choice(fields.present), _choice(fields.future), fields.note, fields.reason, fields.step_back
        )
        for id_, fields in filled.items()
    }


def _choice(value: str) -> Choice:
    if not value:
        return Blank.UNANSWERED
    if value == NOT_APPLICABLE:
        return Blank.NOT_APPLICABLE
    return int(value) if value.isascii() and value.isdigit() and len(value) < len("1000") else -1
