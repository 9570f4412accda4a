"""Which characters may come in, and how text from outside is quoted in a message."""

import re
import unicodedata

_FORBIDDEN = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f"  # control characters: binary data, or orders to a terminal
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"  # marks that turn the reading direction
    "\\ud800-\\udfff\\ufdd0-\\ufdef\\ufeff\\ufffe\\uffff]"  # halves of characters, and what is no character
    "|[\\U0001fffe\\U0001ffff\\U0002fffe\\U0002ffff]"
)


_SHOWN_AS_NOTHING = "\u115f\u1160\u3164\uffa0"
"""Letters by their class, and blank to the eye."""


def is_blank(text: str) -> bool:
    """Whether a text has nothing to see in it.

    >>> is_blank(""), is_blank("\u200b \u3164"), is_blank("Town")
    (True, True, False)
    """
    return not any(unicodedata.category(sign)[0] in "LNPS" and sign not in _SHOWN_AS_NOTHING for sign in text)


def forbidden_character(text: str) -> str | None:
    """The first character of a text that is refused, as a message names it; None if all may come in.

    >>> forbidden_character("Town"), forbidden_character("To\\x1b[2Jwn"), forbidden_character("line\\nbreak")
    (None, 'U+001B', None)
    """
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found.group()):04X}" if found else None
