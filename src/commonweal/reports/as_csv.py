"""The action plan as a list, for people who work in a spreadsheet: one line an action, the results above."""

from collections.abc import Sequence

from commonweal.core.words import sentence_case
from commonweal.formats.csv import Cell, write_csv
from commonweal.reports.content import ResultRow
from commonweal.reports.order import Order


def render(order: Order) -> bytes:
    """Head lines, results, then the actions. Each block has its own header row."""
    content = order.content
    names = (sentence_case(content.names.theme), sentence_case(content.names.question))
    rows: list[Sequence[Cell]] = [
        ["Title", content.title],
        ["Organisation", content.organisation],
        ["Index", content.index_line],
        ["Date", content.date_line],
        *[["About the answers", mark] for mark in content.marks],
        *[[f"Overall {line.heading.lower()}", line.level, line.mean] for line in content.overall],
        *([["Legal minimum", content.legal]] if content.legal else []),
        *[["Summary", sentence] for sentence in content.narrative],
        *[["Attention", sentence] for sentence in content.attention],
        ["Plan", content.actions_line],
        [],
        [content.result_heads[0], "Title", *content.result_heads[1:], content.names.held_heads[0]],
        *[[row.code, row.title, *row.cells[:-1], _last(row), row.held] for row in content.results],
        [],
        ["Action", *names, "To reach", "What to do", "Criteria", "Provenance"],
        *[
            [row.id, row.theme, row.question, row.level, row.text, row.criteria, row.provenance]
            for row in content.actions
        ],
        [],
        [names[0], "Note"],
        *[[row.code, note] for row in content.grid for note in row.notes],
        [],
        [names[1], "Now", "Target", "Notes", content.answers_heading],
        *[[row.id, row.present, row.future, row.notes, row.question] for row in content.answers],
        ["Not answered", content.not_answered],
        [],
        ["About the plan", content.footnote],
        *[[note.heading, " ".join([note.text, *note.points]).strip()] for note in (*content.reading, *content.limits)],
    ]
    return write_csv(rows)


def _last(row: ResultRow) -> Cell:
    """A gap as a number; what else stands last as it is."""
    return row.cells[-1] or None if row.gap is None else row.gap
