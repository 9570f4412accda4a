"""Kinds and sizes of organisations, and which index suits which kind."""

from enum import StrEnum


class Kind(StrEnum):
    """What an organisation is. The ids are kept in tables and files; the labels are shown."""

    label: str

    def __new__(cls, value: str, label: str) -> "Kind":
        """A kind with the words that are shown."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.label = label
        return kind

    DISTRICT = "district-council", "District council"
    COUNTY = "county-council", "County council"
    UNITARY = "unitary-council", "Unitary council"
    BOROUGH = "borough-council", "Borough or metropolitan council"
    COMBINED = "combined-authority", "Combined authority"
    FIRE = "fire", "Fire and rescue service"
    POLICE = "police", "Police service"
    AMBULANCE = "ambulance", "Ambulance service"
    HEALTH = "health", "Health body"
    EDUCATION = "education", "School, college or university"
    HOUSING = "housing", "Housing association"
    CENTRAL = "central-government", "Central government body"
    BUSINESS = "business", "Business"
    SOCIAL = "social-enterprise", "Social enterprise or charity"


class Size(StrEnum):
    """How large an organisation is, by the people who work for it."""

    label: str

    def __new__(cls, value: str, label: str) -> "Size":
        """A size with the words that are shown."""
        size = str.__new__(cls, value)
        size._value_ = value
        size.label = label
        return size

    SMALL = "small", "Fewer than 250 people"
    MEDIUM = "medium", "250 to 2,499 people"
    LARGE = "large", "2,500 to 9,999 people"
    VERY_LARGE = "very-large", "10,000 people or more"
