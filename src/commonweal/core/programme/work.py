"""What may become of a piece of work: one table, as core/lifecycle.py has one for assessments.

Who owns the work says how it goes and claims that it is done; a lead agrees what is taken on and confirms what was
done. Only what is confirmed moves the current position (position.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from commonweal.core.access import Action
from commonweal.core.problems import Refused


class ProgrammeState(StrEnum):
    """Whether a programme is worked in. The values are kept in tables."""

    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> ProgrammeState.OPEN.label
        'Open'
        """
        return self.value.capitalize()


class WorkState(StrEnum):
    """How far a piece of work has come. The values are kept in tables."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    UNDER_WAY = "under-way"
    BLOCKED = "blocked"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> WorkState.CLAIMED.label
        'Done, to be confirmed'
        """
        return _STATES[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done for it."""
        return self in {WorkState.CONFIRMED, WorkState.DROPPED}


_STATES = {
    WorkState.PROPOSED: "Proposed",
    WorkState.AGREED: "Agreed",
    WorkState.UNDER_WAY: "Under way",
    WorkState.BLOCKED: "Blocked",
    WorkState.CLAIMED: "Done, to be confirmed",
    WorkState.CONFIRMED: "Done",
    WorkState.DROPPED: "Dropped",
}


OPEN_STATES = (WorkState.PROPOSED, WorkState.AGREED, WorkState.UNDER_WAY, WorkState.BLOCKED)
"""In which there is still something to do."""


class WorkStep(StrEnum):
    """What may be done with a piece of work. The values are kept in tables."""

    AGREE = "agree"
    START = "start"
    BLOCK = "block"
    RESUME = "resume"
    CLAIM = "claim"
    CONFIRM = "confirm"
    SEND_BACK = "send-back"
    DROP = "drop"
    TAKE_UP = "take-up"
    TAKE_BACK = "take-back"

    @property
    def label(self) -> str:
        """What somebody chooses.

        >>> WorkStep.CLAIM.label
        'Say that it is done'
        """
        return _STEPS[self][0]

    @property
    def done(self) -> str:
        """What was done, for histories.

        >>> WorkStep.CLAIM.done
        'said to be done'
        """
        return _STEPS[self][1]

    @property
    def needs(self) -> str:
        """What has to be said with it, or nothing: its own question to whoever takes it."""
        return _STEPS[self][2]


_STEPS = {
    WorkStep.AGREE: ("Agree to do it", "agreed", ""),
    WorkStep.START: ("Start it", "started", ""),
    WorkStep.BLOCK: ("Say that it is blocked", "blocked", "What is in the way?"),
    WorkStep.RESUME: ("Resume it", "resumed", ""),
    WorkStep.CLAIM: ("Say that it is done", "said to be done", "What shows that it is done?"),
    WorkStep.CONFIRM: ("Confirm that it is done", "confirmed as done", ""),
    WorkStep.SEND_BACK: ("Send it back", "sent back", "What is missing?"),
    WorkStep.DROP: ("Drop it", "dropped", "Why is it dropped?"),
    WorkStep.TAKE_UP: ("Take it up again", "taken up again", ""),
    WorkStep.TAKE_BACK: ("Take the confirmation back", "no longer confirmed", "Why is it not done after all?"),
}


@dataclass(frozen=True, slots=True)
class WorkMove:
    """Where a step leads, and which action of the access table it is."""

    to: WorkState
    action: Action


_PLAN, _WORK = Action.PLAN_WORK, Action.DO_WORK

TABLE: Mapping[tuple[WorkState, WorkStep], WorkMove] = {
    (WorkState.PROPOSED, WorkStep.AGREE): WorkMove(WorkState.AGREED, _PLAN),
    (WorkState.PROPOSED, WorkStep.DROP): WorkMove(WorkState.DROPPED, _PLAN),
    (WorkState.AGREED, WorkStep.START): WorkMove(WorkState.UNDER_WAY, _WORK),
    (WorkState.AGREED, WorkStep.BLOCK): WorkMove(WorkState.BLOCKED, _WORK),
    (WorkState.AGREED, WorkStep.CLAIM): WorkMove(WorkState.CLAIMED, _WORK),
    (WorkState.AGREED, WorkStep.DROP): WorkMove(WorkState.DROPPED, _PLAN),
    (WorkState.UNDER_WAY, WorkStep.BLOCK): WorkMove(WorkState.BLOCKED, _WORK),
    (WorkState.UNDER_WAY, WorkStep.CLAIM): WorkMove(WorkState.CLAIMED, _WORK),
    (WorkState.UNDER_WAY, WorkStep.DROP): WorkMove(WorkState.DROPPED, _PLAN),
    (WorkState.BLOCKED, WorkStep.RESUME): WorkMove(WorkState.UNDER_WAY, _WORK),
    (WorkState.BLOCKED, WorkStep.DROP): WorkMove(WorkState.DROPPED, _PLAN),
    (WorkState.CLAIMED, WorkStep.CONFIRM): WorkMove(WorkState.CONFIRMED, _PLAN),
    (WorkState.CLAIMED, WorkStep.SEND_BACK): WorkMove(WorkState.UNDER_WAY, _PLAN),
    (WorkState.CONFIRMED, WorkStep.TAKE_BACK): WorkMove(WorkState.UNDER_WAY, _PLAN),
    (WorkState.DROPPED, WorkStep.TAKE_UP): WorkMove(WorkState.PROPOSED, _PLAN),
}
"""What is not here cannot be done."""


def action_of(step: WorkStep) -> Action:
    """The action of the access table that a step is, from whatever state.

    >>> action_of(WorkStep.CONFIRM).name
    'PLAN_WORK'
    """
    return next(move.action for (_, taken), move in TABLE.items() if taken is step)


def steps(state: WorkState) -> tuple[WorkStep, ...]:
    """What may be done from a state, in order.

    >>> [step.value for step in steps(WorkState.CLAIMED)]
    ['confirm', 'send-back']
    """
    return tuple(step for step in WorkStep if (state, step) in TABLE)


def moved(state: WorkState, step: WorkStep) -> WorkMove | Refused:
    """Where a step leads from a state, or why it does not.

    >>> print(moved(WorkState.PROPOSED, WorkStep.CONFIRM))
    This work is proposed. From here: agree to do it; drop it.
    """
    found = TABLE.get((state, step))
    if found:
        return found
    open_ = "; ".join(step.label[0].lower() + step.label[1:] for step in steps(state))
    return Refused(f"This work is {state.label[0].lower()}{state.label[1:]}.", f"From here: {open_}.")
