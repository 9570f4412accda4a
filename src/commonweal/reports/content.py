"""What an action plan document consists of, ready to be placed. All text is plain; nothing here is markup."""

from dataclasses import dataclass

from commonweal.core.maturity.rule import Names
from commonweal.reports.method import MethodNote

SUMMARY = "Summary"
ATTENTION = "What needs attention first"
READING = "How to read the levels"
PLAN = "Action plan"
LIMITS = "Limits and source"
BASELINE_HEAD = "Baseline"
ANSWER_HEADS = ("Question", "Now", "Target", "Notes")
NOTES_HEAD = "Notes"
"""What stands over the columns of each table, wherever it is shown."""


@dataclass(frozen=True, slots=True)
class OverallLine:
    """An overall level with its mean, as text; the mean is empty where there is none."""

    heading: str
    level: str
    mean: str


@dataclass(frozen=True, slots=True)
class GridAction:
    """An action in a cell of the plan grid, with the question that it belongs to."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A line of the results table; `cells` stand under Summary.result_heads behind the theme.

    `held` is the sentence on what holds the theme, `next_steps` the way on. `gap` is the last cell where that is a
    number.
    """

    code: str
    title: str
    cells: tuple[str, ...]
    held: str
    next_steps: tuple[GridAction, ...]
    gap: int | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line of the plan grid: the actions under each level above the lowest, and the notes.

    `remark` says why there is no action, where there is none.
    """

    code: str
    label: str
    cells: tuple[tuple[GridAction, ...], ...]
    notes: tuple[str, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action of the plan as a list has it."""

    id: str
    theme: str
    question: str
    level: str
    text: str
    criteria: str
    provenance: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question that was answered, with both answers by position and in words, and its notes."""

    theme: str
    id: str
    question: str
    present: str
    future: str
    notes: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The part that a reader may stop after, with the results by theme."""

    title: str
    organisation: str
    index_line: str
    date_line: str
    marks: tuple[str, ...]
    overall: tuple[OverallLine, ...]
    legal: str
    legal_missed: bool
    narrative: tuple[str, ...]
    attention: tuple[str, ...]
    actions_line: str
    results: tuple[ResultRow, ...]
    result_heads: tuple[str, ...]
    has_baseline: bool
    """Whether now is told beside the baseline that it moved from."""
    names: Names
    """What this kind of index calls its parts."""

    @property
    def document_title(self) -> str:
        """The title in a file's properties, where no caption stands beside it."""
        return f"{self.organisation}: {self.title.lower()}"


@dataclass(frozen=True, slots=True)
class PlanContent(Summary):
    """An action plan document, ready to be placed. All text is plain; nothing here is markup."""

    columns: tuple[str, ...]
    grid: tuple[PlanRow, ...]
    actions: tuple[ActionRow, ...]
    footnote: str
    answers: tuple[AnswerRow, ...]
    not_answered: str
    answers_heading: str
    reading: tuple[MethodNote, ...]
    limits: tuple[MethodNote, ...]
    plan_notes: tuple[tuple[str, str], ...] = ()
    """Notes on the plan itself: theme code and text. They stand first among the notes of the grid."""

    @property
    def grid_heads(self) -> tuple[str, ...]:
        """What stands over the columns of the plan grid."""
        return (self.result_heads[0], *self.columns, NOTES_HEAD)

    @property
    def headings(self) -> dict[str, str]:
        """The document's parts in order, each with the name by which a page links to it."""
        return {
            "summary": SUMMARY,
            "results": self.names.results,
            "reading": READING,
            "plan": PLAN,
            "held": self.names.held,
            "limits": LIMITS,
        }
