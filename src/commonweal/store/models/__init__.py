"""The tables, one module a noun."""

from commonweal.store.models.answer import Answer
from commonweal.store.models.assessed_theme import AssessedTheme
from commonweal.store.models.assessment import Assessment
from commonweal.store.models.change import Change
from commonweal.store.models.organisation import Membership, Organisation, Placement
from commonweal.store.models.person import Person
from commonweal.store.models.sign_in_link import SignInLink
from commonweal.store.models.upload import Upload

__all__ = [
    "Answer",
    "AssessedTheme",
    "Assessment",
    "Change",
    "Membership",
    "Organisation",
    "Person",
    "Placement",
    "SignInLink",
    "Upload",
]
