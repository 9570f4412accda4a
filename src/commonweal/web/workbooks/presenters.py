"""What an upload would change, as strings."""

from dataclasses import dataclass

from commonweal.core.maturity.answers import NOT_ANSWERED, QuestionAnswer
from commonweal.core.maturity.models import Question
from commonweal.services.queries.assessments import Round
from commonweal.services.queries.uploads import WaitingUpload
from commonweal.web.components.choices import choice_words


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A field that an upload would change."""

    question: str
    title: str
    field: str
    before: str
    after: str


def change_rows(round_: Round, upload: WaitingUpload) -> list[ChangeRow]:
    """Every field that would change, in the order of the index."""
    found = []
    for question in round_.index.questions:
        if question.id in upload.changes:
            before = round_.given.answers.get(question.id, NOT_ANSWERED)
            found += _rows(question, before, upload.changes[question.id])
    return found


def _rows(question: Question, before: QuestionAnswer, after: QuestionAnswer) -> list[ChangeRow]:
    fields = (
        ("Now", choice_words(question, before.present), choice_words(question, after.present)),
        ("Target", choice_words(question, before.future), choice_words(question, after.future)),
        ("Note", before.note or "Empty", after.note or "Erased"),
        ("Why it does not apply", before.reason or "Empty", after.reason or "Erased"),
        ("Why the target is lower", before.step_back or "Empty", after.step_back or "Erased"),
    )
    changed = [
        (name, old, new)
        for (name, old, new), key in zip(fields, ("present", "future", "note", "reason", "step_back"), strict=True)
        if getattr(before, key) != getattr(after, key)
    ]
    return [ChangeRow(question.id, question.title, name, old, new) for name, old, new in changed]
