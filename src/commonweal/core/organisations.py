"""Kinds and sizes of organisations. The ids are kept in tables and files; the labels are shown."""

from enum import StrEnum


class Kind(StrEnum):
    """What an organisation is."""

    DISTRICT = "district-council"
    COUNTY = "county-council"
    UNITARY = "unitary-council"
    BOROUGH = "borough-council"
    COMBINED = "combined-authority"
    FIRE = "fire"
    POLICE = "police"
    AMBULANCE = "ambulance"
    HEALTH = "health"
    EDUCATION = "education"
    HOUSING = "housing"
    CENTRAL = "central-government"
    BUSINESS = "business"
    PRIVATE_BUSINESS = "business-without-public-work"
    SOCIAL = "social-enterprise"
    PARTNERSHIP = "partnership"
    INDEX_KEEPER = "index-keeper"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> Kind("fire").label
        'Fire and rescue service'
        """
        return _KINDS[self]

    @property
    def edition(self) -> str:
        """The edition of an index that is made for it, as indexes say it.

        >>> Kind("fire").edition, Kind("business").edition
        ('public bodies', 'business')
        """
        return "business" if self in _BUSINESSES else "public bodies"


_BUSINESSES = {Kind.BUSINESS, Kind.PRIVATE_BUSINESS, Kind.SOCIAL}
_KINDS = {
    Kind.DISTRICT: "District council",
    Kind.COUNTY: "County council",
    Kind.UNITARY: "Unitary council",
    Kind.BOROUGH: "Borough or metropolitan council",
    Kind.COMBINED: "Combined authority",
    Kind.FIRE: "Fire and rescue service",
    Kind.POLICE: "Police service",
    Kind.AMBULANCE: "Ambulance service",
    Kind.HEALTH: "Health body",
    Kind.EDUCATION: "School, college or university",
    Kind.HOUSING: "Housing association",
    Kind.CENTRAL: "Central government body",
    Kind.BUSINESS: "Business",
    Kind.PRIVATE_BUSINESS: "Business that does no public work",
    Kind.SOCIAL: "Social enterprise or charity",
    Kind.PARTNERSHIP: "Partnership of organisations",
    Kind.INDEX_KEEPER: "Publisher of an index (index keeper)",
}


class Size(StrEnum):
    """How large an organisation is, by the people who work for it."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    VERY_LARGE = "very-large"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> Size("small").label
        'Fewer than 250 people'
        """
        return _SIZES[self]


_SIZES = {
    Size.SMALL: "Fewer than 250 people",
    Size.MEDIUM: "250 to 2,499 people",
    Size.LARGE: "2,500 to 9,999 people",
    Size.VERY_LARGE: "10,000 people or more",
}


_COUNCILS = {Kind.DISTRICT, Kind.COUNTY, Kind.UNITARY, Kind.BOROUGH, Kind.COMBINED}


def size_in_words(kind: Kind, size: Size | None) -> str:
    """How large, and whether that makes it a larger council, of which indexes ask more than of others.

    The published index asks some of larger councils only and does not say which these are. Here they are those with
    2,500 people or more; whoever disagrees says so where the question "does not apply" is given.

    >>> size_in_words(Kind.COUNTY, Size.LARGE), size_in_words(Kind.FIRE, Size.LARGE), size_in_words(Kind.COUNTY, None)
    ('2,500 to 9,999 people, a larger council', '2,500 to 9,999 people', '')
    """
    if size is None:
        return ""
    is_larger = kind in _COUNCILS and size in {Size.LARGE, Size.VERY_LARGE}
    return f"{size.label}, a larger council" if is_larger else size.label


class Part(StrEnum):
    """What belongs to an organisation and has a name."""

    DEPARTMENT = "department"
    PARTNER = "partner"


class Takeover(StrEnum):
    """How an organisation follows another."""

    MERGER = "merger"
    SPLIT = "split"
    RENEWAL = "renewal"

    @property
    def label(self) -> str:
        """The words that are shown.

        >>> Takeover.MERGER.label
        'Merger: the other became part of this one'
        """
        return _TAKEOVERS[self]


_TAKEOVERS = {
    Takeover.MERGER: "Merger: the other became part of this one",
    Takeover.SPLIT: "Split: this one is a part of the other",
    Takeover.RENEWAL: "New body: this one took the other's place",
}
