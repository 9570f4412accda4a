"""Work that goes beyond a target by choice is not called unneeded."""

from uuid import UUID

from tests.cases import everywhere

from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.programme.changes import compare_plan
from commonweal.core.programme.models import WorkItem
from commonweal.core.programme.work import WorkState
from commonweal.standards.catalogue import load_index

PUBLIC = load_index("svmi-public")


def test_what_was_chosen_beyond_the_target_stays() -> None:
    question = next(one for one in PUBLIC.questions if len(one.steps) > 1)
    aims = {**everywhere(PUBLIC, 0, 0), question.id: QuestionAnswer(0, 1)}
    work = [
        WorkItem(UUID(int=number), number, 1, step.text, WorkState.AGREED, step=step.id)
        for number, step in enumerate(question.steps[:2], 1)
    ]
    same = compare_plan(PUBLIC, aims, work, aims)
    assert (same.gone, [one.why for one in same.kept]) == (
        (), ["", f"It goes beyond the target for {question.id}, by choice."],
    )  # fmt: skip
    higher = {**aims, question.id: QuestionAnswer(0, 2)}
    lowered = compare_plan(PUBLIC, aims, work, higher)
    assert [one.why for one in lowered.gone] == [f"The target for {question.id} does not ask for it any more."]
    done = {**aims, question.id: QuestionAnswer(2, 2)}
    assert [one.why for one in compare_plan(PUBLIC, done, work, aims).gone] == [
        f"{question.id} is in place by now."
    ] * 2
