"""Text that a spreadsheet program shows as text and never runs as a formula (OWASP: CSV injection)."""

_TRIGGERS = frozenset("=+-@\t\r\n\0＝＋－＠|")
_SKIPPED = frozenset(" \"'`;,\u00a0\ufeff\u200b\u200c\u200d\u2060")
MARK = "'"


def safe_text(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could take it for a formula.

    Numbers are written as numbers and never pass here.

    >>> safe_text("=1+1"), safe_text("  +44"), safe_text("Ready"), safe_text(";=1")
    ("'=1+1", "'  +44", 'Ready', "';=1")
    """
    for character in text:
        if character not in _SKIPPED:
            return MARK + text if character in _TRIGGERS else _after_mark(text)
    return _after_mark(text)


def _after_mark(text: str) -> str:
    """A text that begins with the mark itself gets a second one, so that reading it back is exact."""
    return MARK + text if text.startswith(MARK) else text


def original_text(cell: str) -> str:
    """What `safe_text` was given.

    >>> original_text(safe_text("=1+1")), original_text(safe_text("'quoted'")), original_text("Ready")
    ('=1+1', "'quoted'", 'Ready')
    """
    return cell[1:] if cell.startswith(MARK) else cell
