"""Questions that cannot apply, reason by reason: to a firm without a board, a bid team or a supply chain, and the like.

Where a question cannot apply, the index says why (`may_not_apply`). Questions with the same reason stand and fall
together, so whoever answers says it once. A theme is then counted by the questions that are left.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers, Blank, QuestionAnswer
from commonweal.core.maturity.models import Index, Question


@dataclass(frozen=True, slots=True)
class WhyNot:
    """A reason with its questions: those that are marked with it, those still open, and those that have an answer."""

    reason: str
    marked: tuple[Question, ...]
    open: tuple[Question, ...]
    answered: tuple[Question, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether it was said to be so."""
        return bool(self.marked)


def why_not(index: Index, answers: Answers) -> tuple[WhyNot, ...]:
    """The reasons that an index knows, in its order, with how the questions stand."""
    reasons = dict.fromkeys(question.may_not_apply for question in index.questions if question.may_not_apply)
    found = []
    for reason in reasons:
        own = [question for question in index.questions if question.may_not_apply == reason]
        given = {question.id: answers.get(question.id, NOT_ANSWERED) for question in own}
        marked = [one for one in own if _is_marked(given[one.id], reason)]
        still_open = [one for one in own if one not in marked and _is_open(given[one.id])]
        rest = [one for one in own if one not in marked and one not in still_open]
        found.append(WhyNot(reason, tuple(marked), tuple(still_open), tuple(rest)))
    return tuple(found)


def _is_marked(answer: QuestionAnswer, reason: str) -> bool:
    return answer.present is Blank.NOT_APPLICABLE and answer.reason == reason


def _is_open(answer: QuestionAnswer) -> bool:
    return answer.present is Blank.UNANSWERED and answer.future is Blank.UNANSWERED


def marked(index: Index, answers: Answers, chosen: Collection[str]) -> Mapping[str, QuestionAnswer]:
    """The answers that change where some reasons hold and the others do not.

    Open questions are marked, marks of reasons that hold no more are taken away; what somebody answered stays.
    """
    found: dict[str, QuestionAnswer] = {}
    for one in why_not(index, answers):
        if one.reason in chosen:
            blank = Blank.NOT_APPLICABLE
            for question in one.open:
                given = answers.get(question.id, NOT_ANSWERED)
                found[question.id] = replace(given, present=blank, future=blank, reason=one.reason)
        else:
            for question in one.marked:
                unanswered = Blank.UNANSWERED
                found[question.id] = replace(answers[question.id], present=unanswered, future=unanswered, reason="")
    return found
