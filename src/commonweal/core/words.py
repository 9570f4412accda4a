"""Small helpers for sentences, after the GOV.UK style guide (numbers, lists, dates)."""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal

_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def listed(items: Sequence[str], joined_by: str = "and") -> str:
    """A list as a sentence says it.

    >>> listed(["E1"]), listed(["E1", "E3"]), listed(["E1", "E3", "E5"])
    ('E1', 'E1 and E3', 'E1, E3 and E5')
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joined_by} {items[-1]}"


def number(count: int) -> str:
    """A count in words up to nine, in figures from ten.

    >>> number(2), number(12)
    ('two', '12')
    """
    return _NUMBER_WORDS[count] if 0 <= count < len(_NUMBER_WORDS) else f"{count:,}"


def counted(count: int, singular: str, plural: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "question"), counted(3, "question"), counted(12, "level")
    ('one question', 'three questions', '12 levels')
    """
    return f"{number(count)} {singular if count == 1 else plural or singular + 's'}"


def sentence_case(text: str) -> str:
    """The first letter large, the rest as it is.

    >>> sentence_case("two questions hold it there")
    'Two questions hold it there'
    """
    return text[:1].upper() + text[1:]


def long_date(day: datetime.date) -> str:
    """A date as people write it.

    >>> long_date(datetime.date(2026, 3, 14))
    '14 March 2026'
    """
    return f"{day.day} {day:%B %Y}"


def slug(text: str, otherwise: str) -> str:
    """A text as the beginning of a file name, safe on every system.

    >>> slug("Aldermere Borough Council", "organisation"), slug("Ĉ/..", "organisation")
    ('aldermere-borough-council', 'organisation')
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or otherwise


def signed(gap: int | None) -> str:
    """A gap with its sign; nothing where it is not known.

    >>> signed(2), signed(0), signed(-1), signed(None)
    ('+2', '0', '\u22121', '')
    """
    if gap is None:
        return ""
    return "0" if gap == 0 else f"+{gap}" if gap > 0 else f"\N{MINUS SIGN}{-gap}"


def pounds(amount: Decimal | None) -> str:
    """An amount as people write it; pence only where there are some.

    >>> pounds(Decimal("41200")), pounds(Decimal("12.5")), pounds(None)
    ('£41,200', '£12.50', '')
    """
    if amount is None:
        return ""
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"


def days(amount: Decimal | None) -> str:
    """An effort as people write it.

    >>> days(Decimal("12.0")), days(Decimal("0.5")), days(Decimal(1)), days(None)
    ('12 days', '0.5 days', '1 day', '')
    """
    if amount is None:
        return ""
    return f"{amount.normalize():f} day{'' if amount == 1 else 's'}"
