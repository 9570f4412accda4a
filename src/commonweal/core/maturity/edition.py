"""From one edition of an index to the next: what became of each question, which answers go over, what to look at.

An answer goes over only where the next edition still offers what was chosen. Nothing is guessed upwards: what stands
for several questions takes the lowest of their answers, as a theme stands where its weakest question does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from commonweal.core.maturity.answers import (
    LONGEST_REMARK,
    NOT_ANSWERED,
    Answers,
    Blank,
    Choice,
    Column,
    QuestionAnswer,
)
from commonweal.core.maturity.fates import Fate, Places, Said
from commonweal.core.maturity.models import Answer, Index, Question
from commonweal.core.words import listed


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a question: its id now (empty where it is gone), and the ids of those that it comes from.

    `what` is the change in words, where somebody said it. `must_look`: whoever moves has to read it again.
    """

    question: str
    fate: Fate
    before: tuple[str, ...] = ()
    what: str = ""
    must_look: bool = True
    answers: Mapping[str, Places] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Edition:
    """Two editions of an index, and what became of each question, in the order of the later one; gone ones last."""

    before: Index
    after: Index
    became: tuple[Became, ...]

    def changes(self) -> tuple[Became, ...]:
        """All that is not as it was."""
        return tuple(one for one in self.became if one.fate is not Fate.SAME)


def edition(before: Index, after: Index) -> Edition:
    """The two editions with what the later one says, and the rest worked out: by id, then by what the texts say.

    A question whose own text, answers and levels are as before is the same, whatever its help says now. Each answer
    of any other is found again by its text, then by its level.
    """
    said = {one.question: one for one in after.said}
    old = {question.id: question for question in before.questions}
    became = []
    for question in after.questions:
        one = _with_what_is_said(_worked_out(old.get(question.id), question, before, after), said.get(question.id), old)
        given = said[question.id].answers if question.id in said else {}
        places = {id_: given.get(id_) or _places(old[id_], question, before, after) for id_ in one.before}
        became.append(replace(one, answers=places))
    taken = {id_ for one in became for id_ in one.before}
    for id_ in old:
        if id_ not in taken:
            became.append(Became("", Fate.GONE, (id_,), said[id_].what if id_ in said else ""))
    return Edition(before, after, tuple(became))


def _with_what_is_said(worked_out: Became, said: Said | None, old: Mapping[str, Question]) -> Became:
    """What was worked out, where nothing else is said. What is said to come from nothing that was there is new."""
    if said is None:
        return worked_out
    from_ = tuple(id_ for id_ in said.before if id_ in old) or worked_out.before
    fate = said.fate or worked_out.fate
    if fate is Fate.NEW:
        from_ = ()
    look = said.look
    if look is None:
        look = worked_out.must_look or said.fate in (Fate.REWORDED, Fate.SPLIT, Fate.MERGED)
    return Became(worked_out.question, fate if from_ else Fate.NEW, from_, said.what, look)


def _worked_out(was: Question | None, now: Question, before: Index, after: Index) -> Became:
    if was is None:
        return Became(now.id, Fate.NEW)
    if was.theme != now.theme:
        return Became(now.id, Fate.MOVED, (was.id,), must_look=not _is_same(was, now, before, after))
    if _is_same(was, now, before, after):
        return Became(now.id, Fate.SAME, (was.id,), must_look=False)
    return Became(now.id, Fate.REWORDED, (was.id,))


def _is_same(was: Question, now: Question, before: Index, after: Index) -> bool:
    def asked(question: Question, index: Index) -> tuple[object, ...]:
        answers = tuple((one.text, index.levels[one.level].label) for one in question.answers)
        return question.question, answers, question.may_not_apply

    return asked(was, before) == asked(now, after)


def _places(was: Question, now: Question, before: Index, after: Index) -> Places:
    by_text = {answer.text: answer.position for answer in now.answers}
    by_level = {after.levels[answer.level].label: answer.position for answer in now.answers}

    def place(answer: Answer) -> int | None:
        return by_text.get(answer.text, by_level.get(before.levels[answer.level].label))

    return tuple(place(answer) for answer in was.answers)


@dataclass(frozen=True, slots=True)
class Look:
    """A question to look at after moving, and why."""

    question: Question
    why: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What moving an assessment gives: the answers that went over, what to look at, and the answers that did not."""

    answers: dict[str, QuestionAnswer]
    look_at: tuple[Look, ...]
    left_behind: tuple[Question, ...]
    """Questions of the edition before that were answered and are gone."""


def carry(between: Edition, answers: Answers) -> Carried:
    """The answers to the earlier edition as answers to the later one. Those of the earlier one stay as they are."""
    now = {question.id: question for question in between.after.questions}
    old = {question.id: question for question in between.before.questions}
    carried: dict[str, QuestionAnswer] = {}
    look_at: list[Look] = []
    left_behind: list[Question] = []
    for one in between.became:
        given = {id_: answers.get(id_, NOT_ANSWERED) for id_ in one.before}
        if not one.question:
            left_behind += [old[id_] for id_, answer in given.items() if answer != NOT_ANSWERED]
            continue
        question = now[one.question]
        if one.before and all(answer == NOT_ANSWERED for answer in given.values()):
            continue  # it was open, and is
        answer = _answer(one, question, given)
        if answer != NOT_ANSWERED:
            carried[question.id] = answer
        why = _why(one, given, answer, old)
        if why:
            look_at.append(Look(question, why))
    return Carried(carried, tuple(look_at), tuple(left_behind))


def carry_through(editions: Sequence[Edition], answers: Answers) -> Carried:
    """The same through several editions, each after the other: what one of them merged stays merged.

    To look at is what any of them named and the last one still asks, each for the first reason. `editions` holds at
    least one.
    """
    look_at: dict[str, Look] = {}
    left_behind: list[Question] = []
    for between in editions:
        carried = carry(between, answers)
        answers = carried.answers
        left_behind += carried.left_behind
        for look in carried.look_at:
            look_at.setdefault(look.question.id, look)
    last = {question.id: question for question in editions[-1].after.questions}
    kept = [Look(last[id_], look.why) for id_, look in look_at.items() if id_ in last]
    return Carried(dict(answers), tuple(kept), tuple(left_behind))


def _answer(one: Became, question: Question, given: Mapping[str, QuestionAnswer]) -> QuestionAnswer:
    present, future = (
        _choice([_moved(answer[column], one.answers[id_], question) for id_, answer in given.items()])
        for column in Column
    )
    note, reason, step_back = (
        "\n".join(dict.fromkeys(filter(None, (getattr(answer, name) for answer in given.values()))))
        for name in ("note", "reason", "step_back")
    )
    answer = QuestionAnswer(present, future, note[:LONGEST_REMARK], reason[:LONGEST_REMARK], step_back[:LONGEST_REMARK])
    if Blank.NOT_APPLICABLE not in (answer.present, answer.future):
        answer = replace(answer, reason="")
    is_back = isinstance(answer.present, int) and isinstance(answer.future, int) and answer.future < answer.present
    return answer if is_back else replace(answer, step_back="")


def _moved(choice: Choice, places: Places, question: Question) -> Choice:
    if choice is Blank.NOT_APPLICABLE:
        return choice if question.may_not_apply else Blank.UNANSWERED
    if isinstance(choice, int) and choice < len(places):
        place = places[choice]
        return Blank.UNANSWERED if place is None else place
    return Blank.UNANSWERED


def _choice(choices: Sequence[Choice]) -> Choice:
    """One choice for several: the lowest; open where one is open; not applicable only where all are."""
    if not choices or Blank.UNANSWERED in choices:
        return Blank.UNANSWERED
    numbers = [choice for choice in choices if isinstance(choice, int)]
    return min(numbers) if numbers else Blank.NOT_APPLICABLE


def _why(one: Became, given: Mapping[str, QuestionAnswer], answer: QuestionAnswer, old: Mapping[str, Question]) -> str:
    """Why a question has to be looked at; empty where it has not."""
    if one.fate is Fate.NEW:
        return " ".join(filter(None, ["It is new.", one.what]))
    lost = any(
        given_answer[column] is not Blank.UNANSWERED and answer[column] is Blank.UNANSWERED
        for given_answer in given.values()
        for column in Column
    )
    before = listed([f"{id_} ({old[id_].title})" for id_ in one.before])
    reasons = {
        Fate.REWORDED: one.what or "Its wording changed. Read it, and say whether the answer still holds.",
        Fate.MOVED: one.what or f"It was {before}. Read it, and say whether the answer still holds.",
        Fate.SPLIT: f"It is a part of what was {before}. {one.what}".strip(),
        Fate.MERGED: f"It stands for {before}; the lowest of their answers was taken. {one.what}".strip(),
    }
    reason = reasons.get(one.fate, "") if one.must_look or lost else ""
    if lost:
        reason = f"{reason} An answer that was chosen is not there any more: choose one.".strip()
    return reason
