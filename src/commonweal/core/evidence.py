"""Evidence: of what kind, how strong, and until when it holds."""

import datetime
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What a piece of evidence is. The values are kept in tables."""

    FILE = "file"
    LINK = "link"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> EvidenceKind.LINK.label
        'A page on the web'
        """
        return {"file": "A file", "link": "A page on the web", "note": "A note"}[self.value]


class Strength(StrEnum):
    """How much a piece of evidence shows. The values are kept in tables."""

    CLAIMED = "claimed"
    DOCUMENTED = "documented"
    VERIFIED = "verified"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> Strength.VERIFIED.label
        'Verified: somebody else has checked it'
        """
        return {
            "claimed": "Claimed: somebody says so",
            "documented": "Documented: a document shows it",
            "verified": "Verified: somebody else has checked it",
        }[self.value]


def is_out_of_date(valid_until: datetime.date | None, today: datetime.date) -> bool:
    """Whether evidence has to be renewed: its last day is over.

    >>> day = datetime.date(2026, 3, 31)
    >>> is_out_of_date(day, day), is_out_of_date(day, day + datetime.timedelta(days=1)), is_out_of_date(None, day)
    (False, True, False)
    """
    return valid_until is not None and today > valid_until


def strongest_claim(kind: EvidenceKind) -> Strength:
    """What a piece of evidence may be called by whoever adds it; only somebody else makes it verified.

    >>> strongest_claim(EvidenceKind.NOTE).value, strongest_claim(EvidenceKind.FILE).value
    ('claimed', 'documented')
    """
    return Strength.CLAIMED if kind is EvidenceKind.NOTE else Strength.DOCUMENTED
