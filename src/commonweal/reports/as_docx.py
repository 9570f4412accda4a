"""The plan as a Word document that people can go on editing: real headings, real tables, styles of its own."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.shared import Mm, Pt

from commonweal.core.maturity.results import Results
from commonweal.formats.docx_table import Runs, add_table
from commonweal.reports.as_pdf import lanes_picture
from commonweal.reports.content import (
    ANSWER_HEADS,
    ATTENTION,
    LIMITS,
    PLAN,
    READING,
    SUMMARY,
    GridAction,
    PlanContent,
)
from commonweal.reports.docx_look import INK, boxed, footer, grey, heading, page, properties, styled, styles
from commonweal.reports.figures.lanes import lanes_caption, lanes_description, lanes_title
from commonweal.reports.method import MethodNote
from commonweal.reports.order import Order


@dataclass(frozen=True, slots=True)
class _Coded:
    """A text behind its code, which stands out."""

    code: str
    text: str


def render(order: Order) -> bytes:
    """The document as DOCX bytes, in A4, with the plan grid on landscape pages."""
    content, results = order.content, order.results
    document = Document()
    styles(document)
    properties(document, content, order.made_on)
    page(document.sections[0], landscape=False)
    footer(document.sections[0], content.document_title)
    _cover(document, content)
    _summary(document, content)
    _results(document, content, results, order.baseline)
    heading(document, READING, 2)
    _notes(document, content.reading)
    page(document.add_section(), landscape=True)
    _grid(document, content)
    page(document.add_section(), landscape=False)
    _held(document, content)
    heading(document, LIMITS, 2)
    _notes(document, content.limits)
    _answers(document, content)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _cover(document: Any, content: PlanContent) -> None:
    grey(document.add_paragraph(), content.organisation, 13)
    heading(document, content.title, 1)
    grey(document.add_paragraph(), f"{content.index_line}\n{content.date_line}")
    if content.marks:
        boxed(document.add_paragraph("\n".join(content.marks)))


def _summary(document: Any, content: PlanContent) -> None:
    heading(document, SUMMARY, 2)
    for line in content.overall:
        paragraph = document.add_paragraph()
        grey(paragraph, f"{line.heading}  ")
        level = paragraph.add_run(line.level)
        level.font.size, level.font.bold, level.font.color.rgb = Pt(18), True, INK
        grey(paragraph, f"  {line.mean}")
    if content.legal:
        legal = document.add_paragraph()
        legal.add_run(content.legal).bold = content.legal_missed
        boxed(legal, 48 if content.legal_missed else 24)
    for sentence in content.narrative:
        document.add_paragraph(sentence)
    if content.attention:
        heading(document, ATTENTION, 3)
        for sentence in content.attention:
            styled(document, sentence, "ListNumber")
    document.add_paragraph(content.actions_line)


def _results(document: Any, content: PlanContent, results: Results, baseline: Results | None) -> None:
    heading(document, content.names.results, 2)
    picture = document.add_picture(io.BytesIO(lanes_picture(results, baseline=baseline)), width=Mm(168))
    described = picture._inline.docPr
    described.set("descr", lanes_description(results, baseline))
    described.set("title", lanes_title(results))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    grey(document.add_paragraph(), lanes_caption(results, baseline), 9.5)
    rows = [(_Coded(row.code, row.title), *row.cells) for row in content.results]
    between = len(content.result_heads) - 2
    first = 70 if between == 2 else 62 if between < 4 else 46
    last = 12 if between < 4 else 18
    widths = (first, *[(170 - first - last) / between] * between, last)
    _table(document, content.result_heads, widths, rows, right=len(widths) - 1)


def _grid(document: Any, content: PlanContent) -> None:
    heading(document, PLAN, 2)
    document.add_paragraph(f"{content.actions_line} {content.footnote}")
    wide = [any(row.cells[position] for row in content.grid) for position in range(len(content.columns))]
    share = (267 - 40 - 48 - 22 * wide.count(False)) / max(wide.count(True), 1)
    widths = (40, *(share if used else 22 for used in wide), 48)
    rows = [
        (_Coded(row.code, f"{row.label}. {row.remark}." if row.remark else row.label), *row.cells, row.notes)
        for row in content.grid
    ]
    _table(document, content.grid_heads, widths, rows, size=8.5)


def _held(document: Any, content: PlanContent) -> None:
    heading(document, content.names.held, 2)
    rows = [(_Coded(row.code, row.held), row.next_steps) for row in content.results]
    _table(document, content.names.held_heads, (75, 95), rows, size=9)


def _answers(document: Any, content: PlanContent) -> None:
    heading(document, content.answers_heading, 2)
    rows = [(_Coded(row.id, row.question), row.present, row.future, row.notes) for row in content.answers]
    _table(document, ANSWER_HEADS, (52, 42, 42, 34), rows, size=8.5)
    if content.not_answered:
        document.add_paragraph(content.not_answered)


def _notes(document: Any, notes: Sequence[MethodNote]) -> None:
    for note in notes:
        heading(document, note.heading, 3)
        if note.text:
            document.add_paragraph(note.text)
        for point in note.points:
            styled(document, point, "ListBullet")


def _table(
    document: Any,
    heads: Sequence[str],
    widths_mm: Sequence[float],
    rows: Sequence[Sequence[Any]],
    size: float = 10,
    right: int | None = None,
) -> None:
    add_table(document, heads, widths_mm, [[_paragraphs(cell) for cell in row] for row in rows], size, right)


def _paragraphs(cell: Any) -> list[Runs]:
    """A cell's paragraphs as runs of text and whether they are bold: a text, a coded text, actions, or texts."""
    if isinstance(cell, str):
        return [[(cell, False)]]
    if isinstance(cell, _Coded):
        return [[(f"{cell.code} ", True), (cell.text, False)]]
    return [
        [(f"{item.question} ", True), (item.text, False)] if isinstance(item, GridAction) else [(item, False)]
        for item in cell
    ] or [[]]
