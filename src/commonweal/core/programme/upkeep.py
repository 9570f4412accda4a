"""Living levels: what a criterion asks for regularly holds for a time, and lapses unless it is kept up.

An answer stands on what its criteria ask, and on what the answers below it ask. Where one of these is due again and
again (standards/upkeep), the day on which it was last kept up says until when it holds. After that day the question
falls to the answer below the one that lapsed: recorded, with its day, and told beforehand.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from commonweal.core.maturity.answers import Answers
from commonweal.core.maturity.models import Index, Question
from commonweal.core.maturity.theme_levels import present_answer
from commonweal.core.programme.working_days import months_from

_ONE_DAY = datetime.timedelta(days=1)
SOON = datetime.timedelta(days=60)
"""How long before a lapse a page says that something is due."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How many months one time holds, by criterion, and the word for it."""

    months: Mapping[str, int]
    words: Mapping[str, str]


NO_UPKEEP = Upkeep({}, {})


@dataclass(frozen=True, slots=True)
class Kept:
    """That a question was kept up on a day. `until` is the day to which the answer then given holds, if one was set."""

    on: datetime.date
    answer: int = 0
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """An answer that holds until a day, and what has to be done again by then (a criterion's id)."""

    question: Question
    answer: int
    criterion: str
    until: datetime.date

    @property
    def lapses_on(self) -> datetime.date:
        """The first day on which it does not hold any more."""
        return self.until + _ONE_DAY


@dataclass(frozen=True, slots=True)
class Lapse:
    """That a question falls from one answer to another on a day, because something was not kept up."""

    question: str
    before: int
    after: int
    on: datetime.date


def due_again(
    index: Index, answers: Answers, upkeep: Upkeep, kept: Mapping[str, Kept], since: datetime.date
) -> list[Due]:
    """What has to be kept up for the answers as they stand, the soonest first.

    `kept` by question id; a question that is not in it was last kept up on the day `since`.
    """
    found = [
        due
        for question in index.questions
        if (present := present_answer(answers, question.id)) is not None
        for due in _of_question(question, present, upkeep, kept.get(question.id, Kept(since)))
    ]
    return sorted(found, key=lambda due: (due.until, due.question.id, due.answer))


def cycles(question: Question, present: int, upkeep: Upkeep) -> Iterator[tuple[int, int, str]]:
    """The answers up to one that have to be kept up: each with after how many months, and by which criterion."""
    for answer in question.answers[1 : present + 1]:
        cyclic = [(upkeep.months[id_], id_) for id_ in answer.criteria if id_ in upkeep.months]
        if cyclic:
            yield (answer.position, *min(cyclic))


def _of_question(question: Question, present: int, upkeep: Upkeep, kept: Kept) -> Iterator[Due]:
    for answer, months, criterion in cycles(question, present, upkeep):
        is_set = kept.until is not None and answer == kept.answer
        until = kept.until if kept.until is not None and is_set else months_from(kept.on, months)
        yield Due(question, answer, criterion, until)


def lapses(
    index: Index, answers: Answers, upkeep: Upkeep, kept: Mapping[str, Kept], since: datetime.date, today: datetime.date
) -> list[Lapse]:
    """What has lapsed by a day, in order of time, each from where the one before left the question."""
    stands = {question.id: present_answer(answers, question.id) for question in index.questions}
    found = []
    for due in due_again(index, answers, upkeep, kept, since):
        present = stands[due.question.id]
        if due.until < today and present is not None and present >= due.answer:
            found.append(Lapse(due.question.id, present, due.answer - 1, due.lapses_on))
            stands[due.question.id] = due.answer - 1
    return found
