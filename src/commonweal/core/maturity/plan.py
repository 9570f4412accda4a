"""The action plan: the steps between the present and the future answers.

An action is listed exactly when its step lies above the present and not above the future answer of its question,
under the step's own level; so also above the theme's own target (footnote of the published plans).
"""

import itertools
from collections.abc import Collection, Iterator

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers
from commonweal.core.maturity.models import Index, Step


def ahead(index: Index, answers: Answers) -> tuple[Step, ...]:
    """Every step above the present answers, whatever the targets are, in question order, then step order."""
    steps: list[Step] = []
    for question in index.questions:
        present = answers.get(question.id, NOT_ANSWERED).present
        if isinstance(present, int):
            steps.extend(question.steps[present:])
    return tuple(steps)


def is_duty(index: Index, step: Step) -> bool:
    """Whether a duty in law asks for a step: its question's legal minimum is met with it or after it."""
    return any(
        question.id == step.question
        and question.legal_minimum is not None
        and step.to_answer <= question.legal_minimum.met_from_answer
        for question in index.legal_questions
    )


def builds_on_what_is_missing(index: Index, answers: Answers, chosen: Collection[str]) -> Iterator[tuple[Step, Step]]:
    """Steps (chosen by their ids) that build on a step which is neither taken nor chosen, each with that one."""
    for question in index.questions:
        present = answers.get(question.id, NOT_ANSWERED).present
        steps = question.steps[present:] if isinstance(present, int) else ()
        for before, step in itertools.pairwise(steps):
            if step.id in chosen and before.id not in chosen:
                yield step, before


def plan(index: Index, answers: Answers) -> tuple[Step, ...]:
    """The steps to take, in question order, then step order.

    A question that is not answered, or does not apply, in either column yields nothing.
    """
    steps: list[Step] = []
    for question in index.questions:
        answer = answers.get(question.id, NOT_ANSWERED)
        present, future = answer.present, answer.future
        if isinstance(present, int) and isinstance(future, int) and future > present:
            steps.extend(question.steps[present:future])
    return tuple(steps)
