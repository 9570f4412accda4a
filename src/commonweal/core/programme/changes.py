"""A programme beside the plan of an assessment: what is new, no longer needed, changed, kept.

Nothing is made anew over what people have edited: what differs is told, and somebody takes it up or leaves it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers
from commonweal.core.maturity.models import Index, Step
from commonweal.core.maturity.plan import plan
from commonweal.core.programme.models import WorkItem
from commonweal.core.programme.work import WorkState


@dataclass(frozen=True, slots=True)
class Differs:
    """A piece of work with its step, and why it stands where it stands, in words."""

    item: WorkItem
    step: Step
    why: str


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """`new` are actions without work; `gone` work that the plan needs no more; `changed` work that was over and is
    needed again; `kept` work that the plan still needs, or that is done there as here."""

    new: tuple[Step, ...]
    gone: tuple[Differs, ...]
    changed: tuple[Differs, ...]
    kept: tuple[Differs, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not (self.new or self.gone or self.changed)


def compare_plan(
    index: Index, answers: Answers, work: Sequence[WorkItem], baseline: Answers | None = None
) -> PlanComparison:
    """The work of a programme beside the plan that answers come to. Work of one's own is in neither.

    Work that goes beyond what the baseline aimed for was chosen all the same, and stays: no target asks less of it now.
    """
    wanted = {step.id: step for step in plan(index, answers)}
    steps = {step.id: step for question in index.questions for step in question.steps}
    gone: list[Differs] = []
    changed: list[Differs] = []
    kept: list[Differs] = []
    for item in work:
        step = steps.get(item.step)
        if step is None:
            continue
        if item.step in wanted and item.state.is_over:
            changed.append(Differs(item, step, _needed_again(item)))
        elif item.step in wanted or item.state.is_over:
            kept.append(
                Differs(item, step, "" if item.step in wanted else "It is over, and the plan asks for no more.")
            )
        else:
            found, list_ = Differs(item, step, _not_needed(step, answers)), gone
            if baseline is not None and _goes_beyond(step, baseline) and _goes_beyond(step, answers):
                found, list_ = Differs(item, step, f"It goes beyond the target for {step.question}, by choice."), kept
            list_.append(found)
    there = {item.step for item in work}
    new = tuple(step for id_, step in wanted.items() if id_ not in there)
    return PlanComparison(new, tuple(gone), tuple(changed), tuple(kept))


def _goes_beyond(step: Step, answers: Answers) -> bool:
    """Whether a step leads beyond the target of its question, and is not in place."""
    answer = answers.get(step.question, NOT_ANSWERED)
    present, future = answer.present, answer.future
    return isinstance(present, int) and isinstance(future, int) and max(present, future) < step.to_answer


def _needed_again(item: WorkItem) -> str:
    if item.state is WorkState.DROPPED:
        return "It was dropped, and the target asks for it."
    return "It is done here, and the assessment says that it is not in place."


def _not_needed(step: Step, answers: Answers) -> str:
    answer = answers.get(step.question, NOT_ANSWERED)
    if isinstance(answer.present, int) and answer.present >= step.to_answer:
        return f"{step.question} is in place by now."
    if isinstance(answer.future, int) and answer.future < step.to_answer:
        return f"The target for {step.question} does not ask for it any more."
    return f"{step.question} has no answer for it."
