"""The seats that a person holds, and what follows from them by the table of core/access.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.core.access import TABLE, Action, Reach, Role

WHOLE = ""
"""A placement on the whole of an assessment instead of one theme."""

Held = frozenset[tuple[Role, frozenset[tuple[UUID, frozenset[str]]]]]
"""The roles held in an organisation, each with where it was placed."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A role in an organisation, and where the person was placed: codes of themes by assessment, WHOLE for all."""

    organisation: UUID | None
    role: Role
    placed_on: Mapping[UUID, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an action reaches for somebody: all of some organisations, what is endorsed of others, some assessments."""

    everything_of: frozenset[UUID] = frozenset()
    endorsed_of: frozenset[UUID] = frozenset()
    assessments: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Access:
    """The seats that a person has now."""

    seats: tuple[Seat, ...] = ()
    _scopes: dict[Action, Scope] = field(default_factory=dict, init=False, repr=False, compare=False)

    def organisations(self, action: Action = Action.SEE) -> frozenset[UUID]:
        """The organisations in which the person may do this at least somewhere."""
        return frozenset(
            seat.organisation
            for seat in self.seats
            if seat.organisation and TABLE[seat.role, action] is not Reach.NOTHING
        )

    def scope(self, action: Action) -> Scope:
        """What the action reaches.

        >>> council, round_ = UUID(int=1), UUID(int=2)
        >>> evaluator = Seat(council, Role.EVALUATOR, {round_: frozenset({WHOLE})})
        >>> Access((evaluator,)).scope(Action.READ).assessments == {round_}
        True
        """
        found = self._scopes.get(action)
        if found is None:
            found = self._scopes[action] = _scope(self.seats, action)
        return found

    def may(self, action: Action, organisation: UUID) -> bool:
        """Whether the action is open to them in the whole of an organisation."""
        return organisation in self.scope(action).everything_of

    def may_with(self, action: Action, organisation: UUID, assessment: UUID, theme: str = WHOLE) -> bool:
        """Whether the action is open to them with an assessment, or with one theme of it.

        Being placed on a theme opens that theme; being placed on the whole opens all of them.
        """
        for seat in self.seats:
            reach = TABLE[seat.role, action]
            if seat.organisation != organisation or reach is Reach.NOTHING:
                continue
            if reach is Reach.EVERYTHING:
                return True
            placed = seat.placed_on.get(assessment, frozenset())
            if reach is Reach.PLACED and (WHOLE in placed or (theme and theme in placed)):
                return True
        return False

    def may_somewhere(self, action: Action, organisation: UUID, assessment: UUID) -> bool:
        """Whether the action is open to them with an assessment or with any part of it."""
        return any(
            seat.organisation == organisation
            and (
                TABLE[seat.role, action] is Reach.EVERYTHING
                or (TABLE[seat.role, action] is Reach.PLACED and bool(seat.placed_on.get(assessment)))
            )
            for seat in self.seats
        )

    @property
    def runs_the_platform(self) -> bool:
        """Whether they are an operator: of the platform, so the seat is in no organisation."""
        return any(
            seat.organisation is None and TABLE[seat.role, Action.RUN_PLATFORM] is Reach.EVERYTHING
            for seat in self.seats
        )

    def held_in(self, organisation: UUID) -> Held:
        """All that decides what is open to them in an organisation: two who hold the same may do and see the same.

        >>> council, lead = UUID(int=1), Seat(UUID(int=1), Role.LEAD_OFFICER)
        >>> Access((lead,)).held_in(council) == Access((lead, Seat(UUID(int=2), Role.OWNER))).held_in(council)
        True
        """
        return frozenset(
            (seat.role, frozenset(seat.placed_on.items())) for seat in self.seats if seat.organisation == organisation
        )

    def roles(self, organisation: UUID) -> tuple[Role, ...]:
        """The roles in an organisation, in the order of the table."""
        held = {seat.role for seat in self.seats if seat.organisation == organisation}
        return tuple(role for role in Role if role in held)


def _scope(held: Iterable[Seat], action: Action) -> Scope:
    seats = [(TABLE[seat.role, action], seat) for seat in held if seat.organisation]
    return Scope(
        everything_of=_organisations(seats, Reach.EVERYTHING),
        endorsed_of=_organisations(seats, Reach.ENDORSED),
        assessments=frozenset(id_ for reach, seat in seats if reach is Reach.PLACED for id_ in seat.placed_on),
    )


def _organisations(seats: Iterable[tuple[Reach, Seat]], reach: Reach) -> frozenset[UUID]:
    return frozenset(seat.organisation for found, seat in seats if found is reach and seat.organisation)


NOBODY = Access()
