"""Text that a spreadsheet program shows as text and never runs as a formula (OWASP: CSV injection)."""

import unicodedata

_TRIGGERS = frozenset("=+-@|\u2212")
_LINE_TRIGGERS = frozenset("\t\r\n\0")
_QUOTES = frozenset("\"'`;,")


def _starts_formula(text: str) -> bool:
    """Whether a program could see a formula at the start, past blanks, quotes and signs that are not seen."""
    for character in text:
        if character in _LINE_TRIGGERS or unicodedata.normalize("NFKC", character)[0] in _TRIGGERS:
            return True
        if character not in _QUOTES and unicodedata.category(character)[0] not in "ZCM":
            return False
    return False


MARK = "'"
"""Written before such a text, and before one that begins with the mark itself, so that reading back is exact."""


def safe_text(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could take it for a formula.

    Numbers are written as numbers and never pass here.

    >>> safe_text("=1+1"), safe_text("  +44"), safe_text("Ready"), safe_text(";=1")
    ("'=1+1", "'  +44", 'Ready', "';=1")
    """
    return MARK + text if _starts_formula(text) or text.startswith(MARK) else text


def original_text(cell: str) -> str:
    """What `safe_text` was given.

    >>> original_text(safe_text("=1+1")), original_text(safe_text("'quoted'")), original_text("Ready")
    ('=1+1', "'quoted'", 'Ready')
    """
    return cell[1:] if cell.startswith(MARK) else cell
