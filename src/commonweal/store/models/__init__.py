"""The tables, one module a noun."""

from commonweal.store.models.answer import Answer
from commonweal.store.models.assessed_theme import AssessedTheme
from commonweal.store.models.assessment import Assessment
from commonweal.store.models.change import Change
from commonweal.store.models.decision import Assurance, Decision, FrozenDocument, Remark
from commonweal.store.models.evidence import Evidence, EvidenceUse
from commonweal.store.models.governance import (
    ActionCostings,
    OwnTemplate,
    ProgrammePaper,
    RegisterEntry,
    WorkFile,
    WorkServes,
    WorkSpent,
    WorkUpload,
)
from commonweal.store.models.invitation import Invitation
from commonweal.store.models.letter_sent import LetterSent
from commonweal.store.models.organisation import (
    Identifier,
    Membership,
    Organisation,
    OrganisationPart,
    Placement,
    Succession,
)
from commonweal.store.models.own_index import OwnIndex, PublishedIndex
from commonweal.store.models.person import Person
from commonweal.store.models.programme import (
    CalendarFeed,
    KeptUp,
    PositionChange,
    Programme,
    ProgrammeYear,
    Work,
    WorkGroup,
    WorkLink,
    WorkMove,
    WorkNeed,
)
from commonweal.store.models.side import SideAgreement, SideRequest
from commonweal.store.models.sign_in_link import SignInLink
from commonweal.store.models.unsent import Unsent
from commonweal.store.models.upload import Upload

__all__ = [
    "ActionCostings",
    "Answer",
    "AssessedTheme",
    "Assessment",
    "Assurance",
    "CalendarFeed",
    "Change",
    "Decision",
    "Evidence",
    "EvidenceUse",
    "FrozenDocument",
    "Identifier",
    "Invitation",
    "KeptUp",
    "LetterSent",
    "Membership",
    "Organisation",
    "OrganisationPart",
    "OwnIndex",
    "OwnTemplate",
    "Person",
    "Placement",
    "PositionChange",
    "Programme",
    "ProgrammePaper",
    "ProgrammeYear",
    "PublishedIndex",
    "RegisterEntry",
    "Remark",
    "SideAgreement",
    "SideRequest",
    "SignInLink",
    "Succession",
    "Unsent",
    "Upload",
    "Work",
    "WorkFile",
    "WorkGroup",
    "WorkLink",
    "WorkMove",
    "WorkNeed",
    "WorkServes",
    "WorkSpent",
    "WorkUpload",
]
