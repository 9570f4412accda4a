"""Who may do what: one table, total over roles and actions. Everything that asks "may they?" asks here.

A role is held in an organisation (a *seat*), as often as there is reason to: by those who work there, and by people of
other organisations to whom it was granted. What a role may do has a *reach*: over everything of the organisation, over
what is endorsed, or over what the person was placed on. Rendered in docs/reference/access.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from commonweal.core.problems import Refused


class Role(StrEnum):
    """What a person is in an organisation. The values are kept in tables."""

    OWNER = "owner"
    LEAD_OFFICER = "lead-officer"
    OFFICER = "officer"
    ELECTED_MEMBER = "elected-member"
    CONTRACT_MANAGER = "contract-manager"
    EVALUATOR = "evaluator"
    SUPPLIER_CONTACT = "supplier-contact"
    ASSURER = "assurer"
    READER = "reader"
    INDEX_KEEPER = "index-keeper"
    OPERATOR = "operator"
    GLASS_BREAKER = "glass-breaker"
    SUCCESSOR = "successor"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> Role.LEAD_OFFICER.label
        'Lead officer'
        """
        return _ROLES[self][0]

    @property
    def purpose(self) -> str:
        """One sentence on what the role is for, shown where roles are given."""
        return _ROLES[self][1]


_ROLES = {
    Role.OWNER: ("Owner", "Manages people and settings, and reads everything of the organisation."),
    Role.LEAD_OFFICER: ("Lead officer", "Opens assessments, answers everything, agrees and records endorsement."),
    Role.OFFICER: ("Officer", "Reads every assessment; answers and adds evidence where placed."),
    Role.ELECTED_MEMBER: ("Elected member", "Reads every assessment of their own body and remarks on it."),
    Role.CONTRACT_MANAGER: ("Contract manager", "Sees only what they are placed on, and adds evidence there."),
    Role.EVALUATOR: ("Evaluator", "Sees only what they are placed on."),
    Role.SUPPLIER_CONTACT: ("Supplier contact", "Somebody of another organisation; sees only what they are placed on."),
    Role.ASSURER: ("Independent assurer", "Reads what is put to them, remarks on it and signs it."),
    Role.READER: ("Reader", "Reads what has been endorsed."),
    Role.INDEX_KEEPER: ("Index keeper", "Publishes indexes; sees no assessment."),
    Role.OPERATOR: ("Platform operator", "Runs the platform; sees no assessment."),
    Role.SUCCESSOR: ("Of the successor", "Reads what a predecessor of their own organisation left."),
    Role.GLASS_BREAKER: (
        "Platform operator, let in",
        "Reads for a few hours, for a stated reason that the organisation sees.",
    ),
}


class Action(StrEnum):
    """What can be done in an organisation."""

    SEE = "see that the organisation is there"
    MANAGE_PEOPLE = "manage people"
    MANAGE_SETTINGS = "change settings"
    READ_TRAIL = "read the audit trail"
    OPEN = "open an assessment"
    READ = "read an assessment"
    REMARK = "remark on a question"
    ANSWER = "answer"
    ADD_EVIDENCE = "add evidence"
    VERIFY_EVIDENCE = "say how strong evidence is"
    PLACE = "place people"
    EXPORT = "take an assessment out as a workbook"
    AGREE = "agree an assessment"
    ENDORSE = "record endorsement"
    SIGN = "sign what was put to them"
    PUBLISH_INDEX = "publish an index"
    RUN_PLATFORM = "run the platform"


class Reach(StrEnum):
    """Over what an action reaches."""

    NOTHING = "no"
    PLACED = "where placed"
    ENDORSED = "what is endorsed"
    EVERYTHING = "yes"


_NO, _AT, _EN, _YES = Reach.NOTHING, Reach.PLACED, Reach.ENDORSED, Reach.EVERYTHING
_COLUMNS = (
    Role.OWNER,
    Role.LEAD_OFFICER,
    Role.OFFICER,
    Role.ELECTED_MEMBER,
    Role.CONTRACT_MANAGER,
    Role.EVALUATOR,
    Role.SUPPLIER_CONTACT,
    Role.ASSURER,
    Role.READER,
    Role.INDEX_KEEPER,
    Role.OPERATOR,
    Role.GLASS_BREAKER,
    Role.SUCCESSOR,
)
_ROWS: dict[Action, tuple[Reach, ...]] = {
    #                       owner lead  off   elec  contr eval  supp  assur read  index oper  glass succ
    Action.SEE: (_YES, _YES, _YES, _YES, _YES, _YES, _YES, _YES, _YES, _YES, _NO, _YES, _YES),
    Action.MANAGE_PEOPLE: (_YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.MANAGE_SETTINGS: (_YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.READ_TRAIL: (_YES, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.OPEN: (_NO, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.READ: (_YES, _YES, _YES, _YES, _AT, _AT, _AT, _AT, _EN, _NO, _NO, _YES, _YES),
    Action.REMARK: (_NO, _YES, _YES, _YES, _NO, _NO, _NO, _AT, _NO, _NO, _NO, _NO, _NO),
    Action.ANSWER: (_NO, _YES, _AT, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.ADD_EVIDENCE: (_NO, _YES, _AT, _NO, _AT, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.VERIFY_EVIDENCE: (_NO, _YES, _NO, _NO, _NO, _NO, _NO, _AT, _NO, _NO, _NO, _NO, _NO),
    Action.PLACE: (_YES, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.EXPORT: (_NO, _YES, _AT, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.AGREE: (_NO, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.ENDORSE: (_NO, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.SIGN: (_NO, _NO, _NO, _NO, _NO, _NO, _NO, _AT, _NO, _NO, _NO, _NO, _NO),
    Action.PUBLISH_INDEX: (_NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _YES, _NO, _NO, _NO),
    Action.RUN_PLATFORM: (_NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _YES, _NO, _NO),
}

TABLE: Mapping[tuple[Role, Action], Reach] = {
    (role, action): reach for action, row in _ROWS.items() for role, reach in zip(_COLUMNS, row, strict=True)
}
"""What each role may do."""

GIVEN_BY_OWNERS = tuple(role for role in Role if role not in {Role.OPERATOR, Role.GLASS_BREAKER, Role.SUCCESSOR})
"""The roles that an owner may give; the others are the platform's."""

FOR_OUTSIDERS = (Role.CONTRACT_MANAGER, Role.EVALUATOR, Role.SUPPLIER_CONTACT, Role.ASSURER, Role.READER)
"""The roles that may be granted to somebody who acts for another organisation."""

WHOLE = ""
"""A placement on the whole of an assessment instead of one theme."""


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
        seats = [(TABLE[seat.role, action], seat) for seat in self.seats if seat.organisation]
        return Scope(
            everything_of=_organisations(seats, Reach.EVERYTHING),
            endorsed_of=_organisations(seats, Reach.ENDORSED),
            assessments=frozenset(id_ for reach, seat in seats if reach is Reach.PLACED for id_ in seat.placed_on),
        )

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

    @property
    def runs_the_platform(self) -> bool:
        """Whether they are an operator: of the platform, so the seat is in no organisation."""
        return any(
            seat.organisation is None and TABLE[seat.role, Action.RUN_PLATFORM] is Reach.EVERYTHING
            for seat in self.seats
        )

    def roles(self, organisation: UUID) -> tuple[Role, ...]:
        """The roles in an organisation, in the order of the table."""
        held = {seat.role for seat in self.seats if seat.organisation == organisation}
        return tuple(role for role in _COLUMNS if role in held)


def _organisations(seats: Iterable[tuple[Reach, Seat]], reach: Reach) -> frozenset[UUID]:
    return frozenset(seat.organisation for found, seat in seats if found is reach and seat.organisation)


NOBODY = Access()


def refusal(action: Action) -> Refused:
    """The words for somebody who sees a thing and may not do this with it.

    >>> print(refusal(Action.AGREE))
    Your role here does not let you agree an assessment. Ask an owner of the organisation for a role that does.
    """
    return Refused(
        f"Your role here does not let you {action.value}.",
        "Ask an owner of the organisation for a role that does.",
    )
