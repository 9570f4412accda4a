"""From draft to endorsed: one table of what may become of an assessment and its plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from commonweal.core.access import Action
from commonweal.core.problems import Refused


class State(StrEnum):
    """How far an assessment has come. The values are kept in tables."""

    DRAFT = "draft"
    AGREED = "agreed"
    ENDORSED = "endorsed"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> State.AGREED.label
        'Agreed'
        """
        return self.value.capitalize()

    @property
    def is_open(self) -> bool:
        """Whether answers, notes and targets may change."""
        return self is State.DRAFT

    @property
    def is_frozen(self) -> bool:
        """Whether it stands as a body endorsed it, byte for byte."""
        return self in {State.ENDORSED, State.SUPERSEDED}


FROZEN = frozenset(state for state in State if state.is_frozen)


class Step(StrEnum):
    """What may be done. The values are kept in tables."""

    AGREE = "agree"
    REOPEN = "reopen"
    ENDORSE = "endorse"
    ENDORSE_AMENDED = "endorse-with-amendments"
    REFER_BACK = "refer-back"
    CALL_IN = "call-in"
    SUPERSEDE = "supersede"
    REINSTATE = "reinstate"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> Step.REFER_BACK.label
        'Referred back'
        """
        return _STEPS[self]

    @property
    def needs_a_meeting(self) -> bool:
        """Whether a named body took it, at a meeting on a day."""
        return self in {Step.ENDORSE, Step.ENDORSE_AMENDED, Step.REFER_BACK, Step.CALL_IN}


_STEPS = {
    Step.AGREE: "Agreed by officers",
    Step.REOPEN: "Taken back to draft",
    Step.ENDORSE: "Endorsed as it stands",
    Step.ENDORSE_AMENDED: "Endorsed with amendments",
    Step.REFER_BACK: "Referred back",
    Step.CALL_IN: "Called in",
    Step.SUPERSEDE: "Superseded by a later round",
    Step.REINSTATE: "Stands again",
}

FOLLOWS = frozenset({Step.SUPERSEDE, Step.REINSTATE})
"""What nobody decides: it follows from what becomes of another round of the same index."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a step leads, and which action of the access table it is."""

    to: State
    action: Action


TABLE: Mapping[tuple[State, Step], Move] = {
    (State.DRAFT, Step.AGREE): Move(State.AGREED, Action.AGREE),
    (State.AGREED, Step.REOPEN): Move(State.DRAFT, Action.AGREE),
    (State.AGREED, Step.ENDORSE): Move(State.ENDORSED, Action.ENDORSE),
    (State.AGREED, Step.ENDORSE_AMENDED): Move(State.ENDORSED, Action.ENDORSE),
    (State.AGREED, Step.REFER_BACK): Move(State.DRAFT, Action.ENDORSE),
    (State.ENDORSED, Step.CALL_IN): Move(State.AGREED, Action.ENDORSE),
    (State.ENDORSED, Step.SUPERSEDE): Move(State.SUPERSEDED, Action.ENDORSE),
    (State.SUPERSEDED, Step.REINSTATE): Move(State.ENDORSED, Action.ENDORSE),
}
"""What is not here cannot be done. A call-in suspends an endorsement: whoever called in endorses or refers back.

What a later round superseded stands again while that one is called in, so that something always stands.
"""


def action_of(step: Step) -> Action:
    """The action of the access table that a step is, from whatever state.

    >>> action_of(Step.REFER_BACK).name
    'ENDORSE'
    """
    return next(move.action for (_, taken), move in TABLE.items() if taken is step)


def steps(state: State) -> tuple[Step, ...]:
    """What may be done from a state by somebody, in order.

    >>> [step.value for step in steps(State.DRAFT)]
    ['agree']
    """
    return tuple(step for step in Step if (state, step) in TABLE and step not in FOLLOWS)


def moved(state: State, step: Step) -> Move | Refused:
    """Where a step leads from a state, or why it does not.

    >>> print(moved(State.DRAFT, Step.ENDORSE))
    This assessment is a draft. It can be agreed by officers.
    """
    found = TABLE.get((state, step))
    if found:
        return found
    return Refused(f"This assessment is {_a(state)}.", _what_then(state))


def _a(state: State) -> str:
    return "a draft" if state is State.DRAFT else state.value


def _what_then(state: State) -> str:
    open_ = [step.label[0].lower() + step.label[1:] for step in steps(state)]
    if not open_:
        return "Nothing more becomes of it; open a new round."
    return f"It can be {', '.join(open_[:-1])}{' or ' if open_[:-1] else ''}{open_[-1]}."


def refused_evidence(state: State) -> Refused | None:
    """Why evidence of an assessment in this state can neither come nor change, if so. Until it is endorsed, it can.

    >>> refused_evidence(State.AGREED) is None
    True
    """
    return _ENDORSED if state.is_frozen else None


_ENDORSED = Refused("This assessment was endorsed and stays as it is.", "Open a new round for what has changed.")


def refused_change(state: State) -> Refused | None:
    """Why an assessment in this state cannot be edited, if so.

    >>> refused_change(State.DRAFT) is None
    True
    """
    if state.is_open:
        return None
    if state is State.AGREED:
        return Refused(
            "This assessment was agreed, so its answers are closed.", "A lead officer can take it back to draft."
        )
    return _ENDORSED
