"""The table of who may do what, and what follows from it."""

from uuid import UUID

import pytest

from commonweal.core.access import FOR_OUTSIDERS, GIVEN_BY_OWNERS, TABLE, Action, Reach, Role
from commonweal.core.seats import NOBODY, WHOLE, Access, Seat

COUNCIL, OTHER, ROUND, ANOTHER = (UUID(int=number) for number in range(1, 5))


def _holds(role: Role, on: frozenset[str] = frozenset()) -> Access:
    return Access((Seat(COUNCIL, role, {ROUND: on} if on else {}),))


def test_the_table_is_total() -> None:
    assert set(TABLE) == {(role, action) for role in Role for action in Action}


def test_every_role_has_words() -> None:
    assert all(role.label and role.purpose.endswith(".") for role in Role)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_a_seat_never_reaches_another_organisation(role: Role, action: Action) -> None:
    access = _holds(role, on=frozenset({WHOLE}))
    assert not access.may(action, OTHER)
    assert not access.may_with(action, OTHER, ROUND)
    assert OTHER not in access.organisations(action)


@pytest.mark.parametrize("action", Action)
def test_nobody_may_nothing(action: Action) -> None:
    assert not NOBODY.may_with(action, COUNCIL, ROUND)
    assert not NOBODY.organisations(action)


@pytest.mark.parametrize("action", [action for action in Action if TABLE[Role.OFFICER, action] is Reach.PLACED])
def test_a_placement_opens_its_theme_or_the_whole(action: Action) -> None:
    on_theme, on_whole = _holds(Role.OFFICER, on=frozenset({"A"})), _holds(Role.OFFICER, on=frozenset({WHOLE}))
    assert on_theme.may_with(action, COUNCIL, ROUND, "A")
    assert not on_theme.may_with(action, COUNCIL, ROUND, "B")
    assert not on_theme.may_with(action, COUNCIL, ROUND)
    assert on_whole.may_with(action, COUNCIL, ROUND, "B")
    assert on_whole.may_with(action, COUNCIL, ROUND)
    assert not on_whole.may_with(action, COUNCIL, ANOTHER)
    assert not on_whole.may(action, COUNCIL)


@pytest.mark.parametrize("role", [Role.INDEX_KEEPER, Role.OPERATOR])
def test_who_runs_or_publishes_sees_no_content(role: Role) -> None:
    content = {Action.READ, Action.EXPORT, Action.READ_TRAIL, Action.REMARK, Action.ANSWER, Action.ADD_EVIDENCE}
    assert all(TABLE[role, action] is Reach.NOTHING for action in content)


def test_nobody_outside_writes_answers_or_manages() -> None:
    looking = {Action.SEE, Action.READ, Action.SEE_WORK}
    never = set(Action) - looking - {Action.REMARK, Action.ADD_EVIDENCE, Action.VERIFY_EVIDENCE}
    for role in FOR_OUTSIDERS:
        assert {action for action in never if TABLE[role, action] is not Reach.NOTHING} <= {Action.SIGN}


def test_an_owner_cannot_give_what_is_the_platforms() -> None:
    assert set(Role) - set(GIVEN_BY_OWNERS) == {Role.OPERATOR, Role.GLASS_BREAKER, Role.SUCCESSOR, Role.SUCCESSOR_LEAD}


def test_a_reader_reaches_what_is_endorsed_only() -> None:
    scope = _holds(Role.READER).scope(Action.READ)
    assert scope.endorsed_of == {COUNCIL}
    assert not scope.everything_of
    assert not scope.assessments


def test_seats_add_up() -> None:
    both = Access((*_holds(Role.READER).seats, *_holds(Role.OWNER).seats))
    assert both.roles(COUNCIL) == (Role.OWNER, Role.READER)
    assert both.may(Action.READ, COUNCIL)
    assert both.may(Action.MANAGE_PEOPLE, COUNCIL)
    assert not both.may(Action.OPEN, COUNCIL)
