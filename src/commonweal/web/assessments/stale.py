"""A form that somebody else's save has overtaken: what differs, so that both texts can be seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers
from commonweal.core.maturity.models import Question, Theme
from commonweal.web.assessments.question_form import from_answer, to_answers
from commonweal.web.components.choices import choice_words
from commonweal.web.components.question_markup import FilledQuestion

_FIELDS = (
    ("present", "now"),
    ("future", "target"),
    ("note", "note"),
    ("reason", "reason"),
    ("step_back", "reason for the step back"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a question: what was saved in the meantime, and what stands in the form."""

    what: str
    saved: str
    typed: str
    address: str


def overtaken(theme: Theme, typed: Mapping[str, FilledQuestion], saved: Answers) -> tuple[Difference, ...]:
    """Every field in which a form differs from what is saved now."""
    found = []
    for question in theme.questions:
        stored = from_answer(saved.get(question.id, NOT_ANSWERED))
        for field, name in _FIELDS:
            theirs, mine = getattr(stored, field), getattr(typed[question.id], field)
            if theirs != mine:
                saved_words, typed_words = (_words(question, field, value) for value in (theirs, mine))
                found.append(Difference(f"{question.id} {name}", saved_words, typed_words, f"#{question.id}"))
    return tuple(found)


def _words(question: Question, field: str, value: str) -> str:
    if field not in {"present", "future"}:
        return value or "Empty"
    choice = to_answers({question.id: FilledQuestion(present=value)})[question.id].present
    if isinstance(choice, int) and not 0 <= choice < len(question.answers):
        return value
    return choice_words(question, choice)
