"""Where what stands in a workbook of an index: written by reports/index_file.py, read by intake/index_file.py.

A field is named as in an index file, inner fields with a dot (`action.text`). A sheet's first field can be what the row
belongs to (`of`): a theme's code or a question's number.
"""

from dataclasses import dataclass
from enum import StrEnum

LAYOUT = "commonweal index 1"


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    NAMES = "names with spaces between"
    LINES = "a text a line"
    YES_NO = "yes or no"
    PLACES = "an id and numbers a line"
    GONE = "an id and a text a line"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the index: its name in a file, what people call it, what to write, the width of its column."""

    name: str
    head: str
    hint: str
    width: int = 30
    kind: Kind = Kind.TEXT
    is_needed: bool = False

    @property
    def advice(self) -> str:
        """What to write, and whether it may be left out."""
        return self.hint if self.is_needed else f"{self.hint} (optional)"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a row for each thing: its name, what it is about, what the rows belong to, the fields."""

    sheet: str
    about: str
    fields: tuple[Field, ...]
    of: Field | None = None

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields with what the rows belong to before them."""
        return (self.of, *self.fields) if self.of else self.fields


ABOUT = "Index"
ABOUT_HEAD_ROW = 3
ABOUT_VALUE = 1
"""The column of the sheet about the index in which the values stand."""

ABOUT_FIELDS = (
    Field("id", "Id", "Letters and digits, joined by hyphens, such as supply-carbon.", is_needed=True),
    Field("version", "Version", "Digits, with dots between, such as 2026.1.", is_needed=True),
    Field("title", "Title", "As it stands on pages and documents.", is_needed=True),
    Field("edition", "Edition for", "Who it is for, such as suppliers of goods.", is_needed=True),
    Field("published_on", "Published on", "The day, such as 2026-11-21.", is_needed=True),
    Field("plan_footnote", "Footnote of plans", "A sentence that stands under every plan."),
    Field("source.title", "Source", "Where the index comes from."),
    Field("source.year", "Year of the source", "A year, such as 2026.", kind=Kind.NUMBER),
    Field("source.matrix", "What the source gives", "With a source: what of the index stands in it."),
    Field("source.ladders", "What was worked out", "With a source: what of the index does not."),
    Field("provenance.published", "Published means", "What the word means in this index; all three or none."),
    Field("provenance.reconstructed", "Reconstructed means", "The same."),
    Field("provenance.inferred", "Inferred means", "The same."),
    Field("legal_minimum.title", "Duties in law", "What the duties are called, where some questions have one."),
    Field("legal_minimum.scope", "Where they bind", "Whom the duties bind."),
    Field("scoring.kind", "Way of scoring", "Empty, or statements where each is rated with a level and counted."),
    Field("scoring.enough", "Well rated from", "For statements: the level from which one is well rated."),
    Field("scoring.high", "Among the highest from", "For statements: a level."),
    Field("scoring.low", "Among the lowest up to", "For statements: a level."),
    Field("scoring.whole", "Statements in all", "For statements: how many the published index has.", kind=Kind.NUMBER),
    Field("lacks", "Lacks", "What of the published index is not held, a line each.", kind=Kind.LINES),
    Field("gone", "Gone", "Questions of the version before that are gone, a line each: number, why.", kind=Kind.GONE),
)

LEVELS = Table(
    "Levels",
    "The levels, lowest first: a row each.",
    (
        Field("label", "Level", "A short name, 24 characters at most.", 18, is_needed=True),
        Field("name", "Full name", "The name in full, which can be the same.", 26, is_needed=True),
        Field("definition", "What it means", "A sentence or two.", 70, is_needed=True),
    ),
)
THEMES = Table(
    "Themes",
    "The themes in the order of the results: a row each.",
    (
        Field("code", "Code", "A letter or two.", 8, is_needed=True),
        Field("title", "Title", "The theme's name.", 30, is_needed=True),
        Field("lead_question", "What it asks", "The one question behind the theme.", 60, is_needed=True),
        Field("plan_label", "Short title", "For plans and figures, where the title is long.", 24),
        Field("part", "Part of", "The part of the index that it belongs to, where it has parts.", 24),
        Field("lacks", "Lacks", "What of the published theme is not held.", 30),
    ),
)
_THEME = Field("theme", "Theme", "The code of its theme.", 8, is_needed=True)
_PROVENANCE = "Published, reconstructed or inferred; empty means published."
CRITERIA = Table(
    "Criteria",
    "What a level asks, for those who want to name it apart from the answers. The sheet can stay empty.",
    (
        Field("id", "No.", "Its own, never used again.", 14, is_needed=True),
        Field("level", "Level", "The level it belongs to.", 14, is_needed=True),
        Field("kind", "Kind", "requirement, or descriptor where it describes a lack.", 14, is_needed=True),
        Field("text", "Criterion", "A sentence.", 60, is_needed=True),
        Field("level_in_use", "Level in use", "Where the answers use it at another level.", 14),
        Field("note", "Note", "Why, in that case.", 30),
    ),
    _THEME,
)
QUESTIONS = Table(
    "Questions",
    "The questions, in order within each theme: a row each.",
    (
        Field("id", "No.", "Its own, such as Q1; never used again.", 9, is_needed=True),
        Field("title", "Title", "A few words.", 26, is_needed=True),
        Field("question", "Question", "The question itself.", 46, is_needed=True),
        Field("help", "Help", "What it means and why it is asked.", 46, is_needed=True),
        Field("evidence", "What would show it", "Papers, records, figures.", 40, is_needed=True),
        Field("may_not_apply", "Does not apply where", "For whom it does not; empty where it applies to all.", 30),
        Field("legal_minimum.duty", "Duty in law", "The duty behind the question, if there is one.", 30),
        Field("legal_minimum.met_from_answer", "Met from answer", "1 for the second answer.", 10, Kind.NUMBER),
        Field("provenance", "Provenance", _PROVENANCE, 14),
        Field("note", "Note", "What authors want to know of each other.", 30),
        Field("since.what", "What changed", "Since the version before; told to all who move to this one.", 30),
        Field("since.became", "Became", "Reworded, moved, split, merged or new, where it is not plain.", 12),
        Field("since.from", "Comes from", "The numbers before, where they are others.", 12, Kind.NAMES),
        Field("since.look", "Look again", "No where nobody who moves has to look at it again.", 10, Kind.YES_NO),
        Field("since.answers", "Answers before", "A line each: number, where its answers stand.", 20, Kind.PLACES),
    ),
    _THEME,
)
ANSWERS = Table(
    "Answers",
    "The answers of each question, lowest first: a row each. The first is where one starts, just under the second's"
    " level; every other has the action that leads to it. Statements that are rated with the levels have none.",
    (
        Field("level", "Level", "The level of the answer.", 16, is_needed=True),
        Field("text", "Answer", "What is true then.", 60, is_needed=True),
        Field("action.text", "Action that leads to it", "What to do; empty for the first answer.", 60),
        Field("criteria", "Criteria", "The numbers of criteria that it expresses.", 20, Kind.NAMES),
        Field("action.id", "No. of the action", "Empty: one is made from the question's.", 14),
        Field("action.provenance", "Provenance of the action", _PROVENANCE, 14),
    ),
    Field("question", "Question", "The number of its question.", 9, is_needed=True),
)
TABLES = (LEVELS, THEMES, QUESTIONS, ANSWERS, CRITERIA)
HEAD_ROW = 2
"""Rows count from 0: what the sheet is about, an empty row, the heads, the advice, then the things."""
