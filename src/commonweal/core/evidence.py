"""Evidence: of what kind, how strong, until when it holds, what it can be tied to, and what would be enough."""

import datetime
from collections.abc import Iterable
from enum import StrEnum

from commonweal.core.maturity.answers import Choice
from commonweal.core.maturity.models import Criterion, CriterionKind, Question, Theme


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


def strengths(kind: EvidenceKind, *, by_others: bool) -> tuple[Strength, ...]:
    """What a piece may be called: a note shows no document, and only others than who wrote on it call it verified.

    >>> [strength.value for strength in strengths(EvidenceKind.NOTE, by_others=True)]
    ['claimed', 'verified']
    >>> [strength.value for strength in strengths(EvidenceKind.FILE, by_others=False)]
    ['claimed', 'documented']
    """
    refused = {Strength.DOCUMENTED} if kind is EvidenceKind.NOTE else set()
    return tuple(one for one in Strength if one not in refused and (by_others or one is not Strength.VERIFIED))


ENOUGH = (
    "Enough is a file or a web page that documents it, or anything that somebody else has verified, as long as it is"
    " in date."
)
"""The rule of `support`, in words."""


class Support(StrEnum):
    """How far evidence carries an answer or a criterion. The values are shown."""

    NOTHING = "nothing yet"
    OUT_OF_DATE = "out of date"
    CLAIMED = "only claimed"
    ENOUGH = "enough"


def support(pieces: Iterable[tuple[Strength, datetime.date | None]], today: datetime.date) -> Support:
    """How far evidence carries what it is tied to: its pieces as strength and last day of use.

    One piece that is documented or verified, and in date, is enough; else one that is claimed and in date counts;
    what is out of date says only that there was something.

    >>> day = datetime.date(2026, 3, 31)
    >>> late = day + datetime.timedelta(days=1)
    >>> support([], day).value, support([(Strength.CLAIMED, None)], day).value
    ('nothing yet', 'only claimed')
    >>> support([(Strength.CLAIMED, None), (Strength.DOCUMENTED, day)], day).value
    'enough'
    >>> support([(Strength.CLAIMED, None), (Strength.VERIFIED, day)], late).value
    'only claimed'
    >>> support([(Strength.VERIFIED, day)], late).value
    'out of date'
    """
    found = list(pieces)
    in_date = [strength for strength, valid_until in found if not is_out_of_date(valid_until, today)]
    if any(strength is not Strength.CLAIMED for strength in in_date):
        return Support.ENOUGH
    if in_date:
        return Support.CLAIMED
    return Support.OUT_OF_DATE if found else Support.NOTHING


def criteria_to_show(theme: Theme, question: Question) -> list[tuple[int, Criterion]]:
    """The criteria that the answers of a question express, each with the position of its answer, lowest first.

    A descriptor only describes a lack, so there is nothing to show for it.
    """
    by_id = {criterion.id: criterion for criterion in theme.criteria}
    return [
        (answer.position, by_id[id_])
        for answer in question.answers
        for id_ in answer.criteria
        if by_id[id_].kind is CriterionKind.REQUIREMENT
    ]


def says_something(theme: Theme, question: Question, present: Choice) -> bool:
    """Whether an answer says that something is in place, so that evidence can show it.

    The lowest answer of a question mostly says what is lacking: it does where it expresses no criterion to show.
    """
    if not isinstance(present, int):
        return False
    return present > 0 or any(position == 0 for position, _ in criteria_to_show(theme, question))
