"""A paper as a Word document that people can go on editing."""

import datetime
import io
from typing import Any

from docx import Document
from docx.shared import Mm

from commonweal.formats.docx_table import Runs, add_table
from commonweal.reports.as_pdf import svg_picture
from commonweal.reports.docx_look import boxed, footer, grey, heading, page, properties, styled, styles
from commonweal.reports.papers.blocks import Block, Figure, Mark, Paper, Points, Table, Text

_UPRIGHT_MM, _ACROSS_MM = 170, 267
_WIDEST_MM = 168


def render(paper: Paper, made_on: datetime.date) -> bytes:
    """The paper as DOCX bytes, in A4, with wide sections on pages across."""
    document = Document()
    styles(document)
    properties(document, paper, made_on)
    page(document.sections[0], landscape=False)
    footer(document.sections[0], paper.document_title)
    grey(document.add_paragraph(), paper.organisation, 13)
    heading(document, paper.title, 1)
    if paper.lines:
        grey(document.add_paragraph(), "\n".join(paper.lines))
    is_wide = False
    for section in paper.sections:
        if section.is_wide != is_wide:
            is_wide = section.is_wide
            page(document.add_section(), landscape=is_wide)
        heading(document, section.heading, 2)
        for block in section.blocks:
            _place(document, block, _ACROSS_MM if is_wide else _UPRIGHT_MM)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _place(document: Any, block: Block, width_mm: float) -> None:
    match block:
        case Text(text, strong):
            for line in text.split("\n"):
                document.add_paragraph().add_run(line).bold = strong
        case Mark(text):
            boxed(document.add_paragraph(text))
        case Points(items):
            for item in items:
                styled(document, item, "ListBullet")
        case Figure(svg, caption, description):
            picture = document.add_picture(io.BytesIO(svg_picture(svg)), width=Mm(min(width_mm, _WIDEST_MM)))
            described = picture._inline.docPr
            described.set("descr", description)
            described.set("title", caption)
            document.paragraphs[-1].paragraph_format.keep_with_next = True
            grey(document.add_paragraph(), caption, 9.5)
        case Table(heads, shares, rows, right):
            widths = [width_mm * share / sum(shares) for share in shares]
            cells: list[list[list[Runs]]] = [[[[(text, False)] for text in one] or [[]] for one in row] for row in rows]
            add_table(document, heads, widths, cells, 9, right)
