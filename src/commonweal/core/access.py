"""Who may do what: one table, total over roles and actions. Everything that asks "may they?" asks here.

A role is held in an organisation (a *seat*, core/seats.py): by those who work there, and by people of other
organisations to whom it was granted. What a role may do has a *reach*: over everything of the organisation, over
what is endorsed, or over what the person was placed on. Rendered in docs/reference/access.md.
"""

from collections.abc import Mapping
from enum import StrEnum

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
    SUCCESSOR_LEAD = "successor-lead"

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
    Role.CONTRACT_MANAGER: (
        "Contract manager",
        "Sees the assessments they are placed on, and adds evidence there.",
    ),
    Role.EVALUATOR: ("Evaluator", "Sees only the assessments they are placed on."),
    Role.SUPPLIER_CONTACT: (
        "Supplier contact",
        "Of another organisation; sees only the assessments they are placed on.",
    ),
    Role.ASSURER: ("Independent assurer", "Reads what is put to them, remarks on it and signs it."),
    Role.READER: ("Reader", "Reads what has been endorsed."),
    Role.INDEX_KEEPER: ("Index keeper", "Writes and publishes indexes; sees no assessment."),
    Role.OPERATOR: ("Platform operator", "Runs the platform; sees no assessment."),
    Role.SUCCESSOR: ("Of the successor", "Reads what a predecessor of their own organisation left."),
    Role.SUCCESSOR_LEAD: (
        "In charge of the successor",
        "An owner or lead officer; reads what a predecessor left, its audit trail too.",
    ),
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
    SEE_WORK = "see programmes and where work has led"
    PLAN_WORK = "plan work and confirm that it is done"
    DO_WORK = "say how work goes"
    SIGN = "sign what was put to them"
    SEE_INDEX = "see the indexes of its own"
    WRITE_INDEX = "write an index and publish it to the organisation"
    PUBLISH_INDEX = "publish an index to everybody"
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
    Role.SUCCESSOR_LEAD,
)
_ROWS: dict[Action, tuple[Reach, ...]] = {
    #                       owner lead  off   elec  contr eval  supp  assur read  index oper  glass succ  s-lead
    Action.SEE: (_YES, _YES, _YES, _YES, _YES, _YES, _YES, _YES, _YES, _YES, _NO, _YES, _YES, _YES),
    Action.MANAGE_PEOPLE: (_YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.MANAGE_SETTINGS: (_YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.READ_TRAIL: (_YES, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _YES),
    Action.OPEN: (_NO, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.READ: (_YES, _YES, _YES, _YES, _AT, _AT, _AT, _AT, _EN, _NO, _NO, _YES, _YES, _YES),
    Action.REMARK: (_NO, _YES, _YES, _YES, _NO, _NO, _NO, _AT, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.ANSWER: (_NO, _YES, _AT, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.ADD_EVIDENCE: (_NO, _YES, _AT, _NO, _AT, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.VERIFY_EVIDENCE: (_NO, _YES, _NO, _NO, _NO, _NO, _NO, _AT, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.PLACE: (_YES, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.EXPORT: (_NO, _YES, _AT, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.AGREE: (_NO, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.ENDORSE: (_NO, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.SEE_WORK: (_YES, _YES, _YES, _YES, _AT, _NO, _NO, _AT, _NO, _NO, _NO, _YES, _YES, _YES),
    Action.PLAN_WORK: (_NO, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.DO_WORK: (_NO, _YES, _AT, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.SIGN: (_NO, _NO, _NO, _NO, _NO, _NO, _NO, _AT, _NO, _NO, _NO, _NO, _NO, _NO),
    Action.SEE_INDEX: (_YES, _YES, _YES, _YES, _NO, _NO, _NO, _NO, _NO, _YES, _NO, _YES, _YES, _YES),
    Action.WRITE_INDEX: (_NO, _YES, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _YES, _NO, _NO, _NO, _NO),
    Action.PUBLISH_INDEX: (_NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _YES, _NO, _NO, _NO, _NO),
    Action.RUN_PLATFORM: (_NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _YES, _NO, _NO, _NO),
}

TABLE: Mapping[tuple[Role, Action], Reach] = {
    (role, action): reach for action, row in _ROWS.items() for role, reach in zip(_COLUMNS, row, strict=True)
}
"""What each role may do."""

PLATFORMS = frozenset({Role.OPERATOR, Role.GLASS_BREAKER, Role.SUCCESSOR, Role.SUCCESSOR_LEAD})
"""The roles that nobody gives: they follow from what the platform or a reorganisation makes of somebody."""

GIVEN_BY_OWNERS = tuple(role for role in Role if role not in PLATFORMS)
"""The roles that an owner may give."""

FOR_OUTSIDERS = (Role.CONTRACT_MANAGER, Role.EVALUATOR, Role.SUPPLIER_CONTACT, Role.ASSURER, Role.READER)
"""The roles that may be granted to somebody who acts for another organisation."""

HEIRS: Mapping[Role, Role] = {
    Role.OWNER: Role.SUCCESSOR_LEAD,
    Role.LEAD_OFFICER: Role.SUCCESSOR_LEAD,
    Role.OFFICER: Role.SUCCESSOR,
    Role.ELECTED_MEMBER: Role.SUCCESSOR,
}
"""The roles of a successor's own people, and what each of them is in what its predecessors left."""


def refusal(action: Action) -> Refused:
    """The words for somebody who sees a thing and may not do this with it.

    >>> print(refusal(Action.AGREE))
    Your role here does not let you agree an assessment. Ask an owner of the organisation for a role that does.
    """
    return Refused(
        f"Your role here does not let you {action.value}.",
        "Ask an owner of the organisation for a role that does.",
    )
