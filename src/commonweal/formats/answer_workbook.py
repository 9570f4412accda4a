"""The layout of the workbook that goes round by mail: names of sheets, places of cells, texts that are read back.

It is written by reports/workbook and read by intake/workbook; both take every place from here.
"""

import re
from collections.abc import Sequence

from commonweal.core.maturity.models import Answer, Question, Theme

LAYOUT = "Commonweal workbook, layout 1"
START, RESULTS, PLAN, CALCULATION, STEPS, LISTS = "Start", "Results", "Plan", "Calculation", "Steps", "Lists"

ERASE = "(erase)"
"""Typed or chosen in a cell, it takes away what is stored; an empty cell changes nothing."""
NOT_APPLICABLE = "Does not apply to us"

START_ROWS = {
    "layout": 3,
    "index": 4,
    "code": 5,
    "organisation": 6,
    "horizon_years": 7,
    "date": 8,
    "answers_are": 9,
    "source": 10,
}
"""The rows of the start sheet that are read, counted from 0; what is to be read stands in its second column."""
START_COLUMN = 1

HEADS = (
    "No.",
    "Question",
    "Now",
    "Target",
    "Note",
    "If it does not apply: why",
    "If the target is lower: why",
    "Check",
    "Help and what would show it",
)
ID, QUESTION, NOW, TARGET, NOTE, REASON, STEP_BACK, CHECK, HELP = range(len(HEADS))
"""The columns of a theme's sheet."""
READ = {"present": NOW, "future": TARGET, "note": NOTE, "reason": REASON, "step_back": STEP_BACK}
"""The columns that are read, by the fields of an answer."""
HEAD_ROW = 3
FIRST_ROW = 4
"""The row of the first question, counted from 0."""

_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME = 31
_TAKEN_NAMES = {name.casefold() for name in (START, RESULTS, PLAN, CALCULATION, STEPS, LISTS, "History")}
"""Our own sheets, and the one name that Excel keeps for itself."""


def sheet_name(theme: Theme) -> str:
    """The name of a theme's sheet: the code and as much of the label as a sheet's name may have."""
    name = f"{theme.code} {theme.plan_label}".translate(_FORBIDDEN_IN_NAMES).strip()
    while len(name.encode("utf-16-le")) > _LONGEST_NAME * 2:  # spreadsheet programs count in UTF-16
        name = name[:-1].rstrip()
    return f"{name} ." if name.casefold() in _TAKEN_NAMES else name


def option(answer: Answer) -> str:
    """An answer as the list offers it.

    The position stands before the text, so that no two options are alike and none looks like a number.
    """
    return f"{answer.position}: {answer.text}"


def options(question: Question) -> Sequence[str]:
    """Everything that can be chosen in a question's cells, the answers first."""
    others = [NOT_APPLICABLE, ERASE] if question.may_not_apply else [ERASE]
    return [*(option(answer) for answer in question.answers), *others]


_LIKE_ERASE = re.compile("'*" + re.escape(ERASE))


def written(text: str) -> str:
    """A remark as its cell has it: one that is spelt like the mark gets an apostrophe, so that it comes back whole.

    >>> written("(erase)"), written("Seen")
    ("'(erase)", 'Seen')
    """
    return f"'{text}" if _LIKE_ERASE.fullmatch(text) else text


def read_back(text: str) -> str:
    """What `written` was given.

    >>> [read_back(written(text)) for text in ("(erase)", "'(erase)", "Seen")]
    ['(erase)', "'(erase)", 'Seen']
    """
    return text[1:] if text.startswith("'") and _LIKE_ERASE.fullmatch(text) else text
