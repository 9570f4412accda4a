"""The typeface of our PDFs and pictures: where it is, and what stands in for characters that it lacks."""

import importlib.util
import re
import unicodedata
from functools import cache
from pathlib import Path

NAME = "Source Sans Pro"
UNKNOWN = "?"
_REGULAR = "SourceSansPro-Regular.otf"
_SURE = re.compile("[\\x09-\\x7e\\xa0-\\u017e\\u2013-\\u201e\\u2022\\u2026\\u20ac\\u2212]*")
"""What English and its neighbours write with; all of it is there, so that nothing has to be looked up."""

_STAND_INS = {
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u3000", " "),
    **dict.fromkeys("\u25aa\u25ab\u25cf\u25cb\u25e6\u2043\u2219\uf0a7\uf0b7\uf0fc", "\u2022"),
    **dict.fromkeys("\u2714\u2705", "\u2713"),
    "\u21d2": "\u2192",
    "\u2028": "\n",
    "\u2029": "\n",
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufe0f\u00ad", ""),
}


def folder() -> Path:
    """The folder of the font files. Raises RuntimeError where the package that brings them is not installed."""
    found = importlib.util.find_spec("font_source_sans_pro")
    for place in (found.submodule_search_locations or []) if found else []:
        return Path(place) / "files"
    raise RuntimeError("The typeface is missing: install commonweal with its dependencies.")


@cache
def _characters() -> frozenset[int]:
    """Every character that the typeface has, by its code."""
    from fontTools.ttLib import TTFont

    with TTFont(folder() / _REGULAR, lazy=True) as font:
        return frozenset(font.getBestCmap())


def showable(text: str) -> tuple[str, int]:
    """The text with characters that the typeface lacks replaced, and how many had no near relative.

    >>> showable("Caf\u00e9 \u2013 \u00a33"), showable("a\u2011b \u2714"), showable("\u65e5\u672c")
    (('Caf\u00e9 \u2013 \u00a33', 0), ('a-b \u2713', 0), ('??', 2))
    """
    if _SURE.fullmatch(text):
        return text, 0
    lost, shown = 0, []
    for character in unicodedata.normalize("NFC", text):
        stand_in = _STAND_INS.get(character, character)
        if stand_in and not stand_in.isspace() and ord(stand_in) not in _characters():
            stand_in, lost = UNKNOWN, lost + 1
        shown.append(stand_in)
    return "".join(shown), lost
