"""What the page of a question shows, as strings."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.evidence import EvidenceKind, Support, criteria_to_show, is_out_of_date, says_something, support
from commonweal.core.maturity.answers import NOT_ANSWERED, Choice, QuestionAnswer
from commonweal.core.maturity.models import Index, Question, Theme
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


def own_questions(round_: Round) -> list[tuple[str, str]]:
    """The questions to which whoever asks may add evidence, as choices of a form."""
    return [
        (question.id, f"{question.id} {question.title}")
        for theme in round_.index.themes
        if round_.may(Action.ADD_EVIDENCE, theme.code)
        for question in theme.questions
    ]


def criterion_choices(index: Index, questions: Collection[str]) -> list[tuple[str, str]]:
    """The criteria that evidence for questions can show, as choices of a form: both ids, and the words."""
    return [
        (f"{question.id} {criterion.id}", f"{question.id}: {criterion.text}")
        for theme in index.themes
        for question in theme.questions
        if question.id in questions
        for _, criterion in criteria_to_show(theme, question)
    ]


@dataclass(frozen=True, slots=True)
class ServedRow:
    """A question that a piece serves: the criteria that it shows, and whether there are any to show."""

    question: Question
    criteria: tuple[str, ...]
    has_criteria: bool


def served_rows(round_: Round, line: EvidenceLine) -> list[ServedRow]:
    """What a piece serves, in the order of the index."""
    found = []
    for theme in round_.index.themes:
        for question in theme.questions:
            if question.id in line.questions:
                all_ = [criterion for _, criterion in criteria_to_show(theme, question)]
                shown = tuple(one.text for one in all_ if (question.id, one.id) in line.criteria)
                found.append(ServedRow(question, shown, bool(all_)))
    return found


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion of a question: which answer stands for it, what shows it, and how far."""

    id: str
    text: str
    answer: str
    is_said: bool
    is_target: bool
    shown_by: tuple[EvidenceRow, ...]
    support: Support


def criterion_rows(
    theme: Theme, question: Question, answer: QuestionAnswer, found: Sequence[EvidenceLine], today: datetime.date
) -> list[CriterionRow]:
    """The criteria of a question, lowest first, with the evidence in use that is tied to each."""
    rows = []
    for position, criterion in criteria_to_show(theme, question):
        pieces = [line for line in found if (question.id, criterion.id) in line.criteria and not line.withdrawn_at]
        is_said = _reaches(answer.present, position)
        rows.append(
            CriterionRow(
                id=criterion.id,
                text=criterion.text,
                answer=question.answers[position].text,
                is_said=is_said,
                is_target=not is_said and _reaches(answer.future, position),
                shown_by=tuple(evidence_rows(pieces, today)),
                support=supported(pieces, today),
            )
        )
    return rows


def _reaches(choice: Choice, position: int) -> bool:
    return isinstance(choice, int) and choice >= position


def supported(found: Sequence[EvidenceLine], today: datetime.date) -> Support:
    """How far pieces carry what they are tied to; what was withdrawn carries nothing."""
    return support(((line.strength, line.valid_until) for line in found if not line.withdrawn_at), today)


@dataclass(frozen=True, slots=True)
class LackingRow:
    """An answer for which something is lacking: how far it is carried, and its criteria, shown and in all."""

    question: Question
    support: Support
    shown: int
    criteria: int


def answers_that_say_something(round_: Round) -> list[tuple[Theme, Question, QuestionAnswer]]:
    """The questions with an answer that evidence can show."""
    answers = round_.given.answers
    return [
        (theme, question, answers[question.id])
        for theme in round_.index.themes
        for question in theme.questions
        if question.id in answers and says_something(theme, question, answers[question.id].present)
    ]


def lacking(round_: Round, found: Sequence[EvidenceLine], today: datetime.date) -> list[LackingRow]:
    """The answers that say something for which, or for a criterion behind which, the evidence is not enough."""
    by_question: dict[str, list[EvidenceLine]] = defaultdict(list)
    for line in found:
        for id_ in line.questions:
            by_question[id_].append(line)
    rows = []
    for theme, question, answer in answers_that_say_something(round_):
        pieces = by_question[question.id]
        said = [row for row in criterion_rows(theme, question, answer, pieces, today) if row.is_said]
        shown = sum(row.support is Support.ENOUGH for row in said)
        rows.append(LackingRow(question, supported(pieces, today), shown, len(said)))
    return [row for row in rows if row.support is not Support.ENOUGH or row.shown < row.criteria]


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
