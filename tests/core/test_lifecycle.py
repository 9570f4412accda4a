"""The table of states is total, and what is endorsed has one way out."""

import pytest

from commonweal.core.access import TABLE as ACCESS
from commonweal.core.access import Action, Role
from commonweal.core.lifecycle import FOLLOWS, TABLE, Move, State, Step, action_of, moved, refused_change, steps
from commonweal.core.problems import Refused


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_every_step_from_every_state_is_answered(state: State, step: Step) -> None:
    answer = moved(state, step)
    if (state, step) in TABLE:
        assert isinstance(answer, Move)
        assert (step in steps(state)) is (step not in FOLLOWS)
    else:
        assert isinstance(answer, Refused)
        assert answer.what.startswith("This assessment is ")
        assert answer.remedy.endswith(".")


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached, size = {State.DRAFT}, 0
    while len(reached) != size:
        size = len(reached)
        reached |= {move.to for (state, _), move in TABLE.items() if state in reached}
    assert reached == set(State)


def test_only_drafts_may_change() -> None:
    assert [state for state in State if refused_change(state) is None] == [State.DRAFT]


def test_what_is_endorsed_never_becomes_a_draft_at_once() -> None:
    leads_to = {move.to for (state, _), move in TABLE.items() if state.is_frozen}
    assert leads_to == {State.AGREED, State.SUPERSEDED, State.ENDORSED}
    assert steps(State.SUPERSEDED) == ()


def test_a_step_is_the_same_action_from_every_state() -> None:
    assert all(move.action is action_of(step) for (_, step), move in TABLE.items())


def test_each_step_is_an_action_that_somebody_may_do() -> None:
    for move in TABLE.values():
        assert move.action in {Action.AGREE, Action.ENDORSE}
        assert any(ACCESS[role, move.action] == "yes" for role in Role)
