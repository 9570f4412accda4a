"""What the page of a question shows, as strings."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.evidence import EvidenceKind, is_out_of_date
from commonweal.core.maturity.answers import NOT_ANSWERED, QuestionAnswer
from commonweal.core.maturity.models import Question
from commonweal.core.words import long_date
from commonweal.services.queries.assessments import Round
from commonweal.services.queries.evidence import EvidenceLine
from commonweal.services.queries.trail import TrailLine, said_answer
from commonweal.web.components.choices import choice_words


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """An answer in words, with what was written beside it."""

    now: str
    target: str
    remarks: tuple[tuple[str, str], ...]


def answered(round_: Round, question: Question) -> AnswerWords:
    """The answer as it stands."""
    return _words(question, round_.given.answers.get(question.id, NOT_ANSWERED))


def _words(question: Question, answer: QuestionAnswer) -> AnswerWords:
    written = (
        ("Note", answer.note),
        ("Does not apply because", answer.reason),
        ("Step back because", answer.step_back),
    )
    return AnswerWords(
        choice_words(question, answer.present),
        choice_words(question, answer.future),
        tuple((name, text) for name, text in written if text),
    )


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence as a list has it."""

    id: UUID
    title: str
    what: str
    strength: str
    dates: str
    is_over: bool
    is_withdrawn: bool
    owner: str
    questions: tuple[str, ...]


def evidence_rows(found: Sequence[EvidenceLine], today: datetime.date) -> list[EvidenceRow]:
    """Evidence as a list has it, what was withdrawn last."""
    rows = [
        EvidenceRow(
            id=line.id,
            title=line.title,
            what=f"File ({line.file_type})" if line.kind is EvidenceKind.FILE else line.kind.label,
            strength=line.strength.value.capitalize(),
            dates=_dates(line),
            is_over=is_out_of_date(line.valid_until, today),
            is_withdrawn=line.withdrawn_at is not None,
            owner=line.owner,
            questions=line.questions,
        )
        for line in found
    ]
    return sorted(rows, key=lambda row: row.is_withdrawn)


def _dates(line: EvidenceLine) -> str:
    parts = [f"of {long_date(line.dated)}" if line.dated else "no date"]
    if line.valid_until:
        parts.append(f"valid until {long_date(line.valid_until)}")
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A change to an answer: who, when, and what it was after it."""

    at: datetime.datetime
    by: str
    act: str
    answer: AnswerWords | None
    """None where what the entry said was erased."""


def history_rows(question: Question, entries: Sequence[TrailLine]) -> list[HistoryRow]:
    """The history of an answer, the latest first."""
    found = []
    for entry in entries:
        answer = said_answer(entry, question.id)
        words = None if answer is None else _words(question, answer)
        found.append(HistoryRow(entry.at, entry.by, entry.act.capitalize(), words))
    return found
