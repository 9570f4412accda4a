"""The action plan: the steps between the present and the future answers.

An action is listed exactly when its step lies above the present and not above the future answer of its question,
under the step's own level; so also above the theme's own target (footnote of the published plans).
"""

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers
from commonweal.core.maturity.models import Index, Step


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
