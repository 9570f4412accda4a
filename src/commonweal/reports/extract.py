"""A part of a plan: chosen themes, chosen levels. What was left out is said in the document."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from commonweal.core.maturity.models import Index
from commonweal.core.words import counted, listed
from commonweal.reports.content import PlanContent, PlanRow


@dataclass(frozen=True, slots=True)
class Extract:
    """Themes by code and levels by position; none chosen means all."""

    themes: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()

    def has_theme(self, code: str) -> bool:
        """Whether a theme is in it."""
        return not self.themes or code in self.themes

    def has_level(self, level: int) -> bool:
        """Whether a level is in it."""
        return not self.levels or level in self.levels

    def words(self, index: Index) -> str:
        """What is shown, in words; nothing for the whole plan.

        The rule of documents: an extract never looks like the whole.
        """
        parts = []
        if self.themes:
            names = [f"{theme.title} ({theme.code})" for theme in index.themes if theme.code in self.themes]
            parts.append(listed(names))
        if self.levels:
            labels = [level.label for level in index.levels if level.position in self.levels]
            parts.append(f"the steps to {listed(labels)}")
        return f"The plan shows {', '.join(parts)} only." if parts else ""


WHOLE = Extract()


def extracted(content: PlanContent, index: Index, extract: Extract) -> PlanContent:
    """The content with the plan cut down to a part; results and answers stay whole."""
    words = extract.words(index)
    if not words:
        return content
    labels = {level.label: level.position for level in index.levels}
    kept = [at for at in range(len(content.columns)) if extract.has_level(at + 1)]
    actions = tuple(
        row for row in content.actions if extract.has_theme(row.theme) and extract.has_level(labels[row.level])
    )
    return replace(
        content,
        marks=(*content.marks, words),
        columns=tuple(content.columns[at] for at in kept),
        grid=tuple(
            replace(row, cells=tuple(row.cells[at] for at in kept))
            for row in content.grid
            if extract.has_theme(row.code)
        ),
        actions=actions,
        actions_line=f"{content.actions_line} The part shown here has {counted(len(actions), 'action')}.",
    )


def with_notes(content: PlanContent, notes: Mapping[str, str]) -> PlanContent:
    """The content with notes on the plan, by theme code, before the notes on questions."""
    if not notes:
        return content

    def noted(row: PlanRow) -> PlanRow:
        return replace(row, notes=(notes[row.code], *row.notes)) if row.code in notes else row

    return replace(content, grid=tuple(noted(row) for row in content.grid), plan_notes=tuple(notes.items()))
