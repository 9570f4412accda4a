"""Tables in Word documents, written as XML.

python-docx walks the whole row for each cell, which makes large tables the slowest part of a document.
"""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

Runs = Sequence[tuple[str, bool]]
"""A paragraph as pieces of text, each with whether it is bold."""

_INK = "0F3D38"
_LINE = "B8C6C3"


def add_table(
    document: Any,
    heads: Sequence[str],
    widths_mm: Sequence[float],
    rows: Sequence[Sequence[Sequence[Runs]]],
    size: float = 10,
) -> Any:
    """A table with a header row that is repeated and rows that are not torn apart.

    Each row is a cell a column, each cell its paragraphs; widths are in mm, the text's size in points.
    """
    table = document.add_table(rows=0, cols=len(heads))
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths_mm, strict=True):
        column.w = Mm(width)
    table._tbl.append(_row([[[(text, True)]] for text in heads], widths_mm, size, header=True))
    for row in rows:
        table._tbl.append(_row(row, widths_mm, size, header=False))
    document.add_paragraph()
    return table


def _row(cells: Sequence[Sequence[Runs]], widths_mm: Sequence[float], size: float, header: bool) -> Any:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    for paragraphs, width in zip(cells, widths_mm, strict=True):
        row.append(_cell(paragraphs, width, size, header))
    return row


def _cell(paragraphs: Sequence[Runs], width_mm: float, size: float, header: bool) -> Any:
    cell, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    width = OxmlElement("w:tcW")
    width.set(qn("w:w"), str(round(width_mm * 56.7)))
    width.set(qn("w:type"), "dxa")
    borders, bottom = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    line = ("single", "12", _INK) if header else ("single", "4", _LINE)
    for key, value in zip(("val", "sz", "color"), line, strict=True):
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    properties.append(width)
    properties.append(borders)
    cell.append(properties)
    for runs in paragraphs:
        cell.append(_paragraph(runs, size))
    return cell


def _paragraph(runs: Runs, size: float) -> Any:
    paragraph, properties, spacing = OxmlElement("w:p"), OxmlElement("w:pPr"), OxmlElement("w:spacing")
    spacing.set(qn("w:before"), "40")
    spacing.set(qn("w:after"), "40")
    properties.append(spacing)
    paragraph.append(properties)
    for text, bold in runs:
        run, look, size_of = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:sz")
        if bold:
            look.append(OxmlElement("w:b"))
        size_of.set(qn("w:val"), str(round(size * 2)))
        look.append(size_of)
        run.append(look)
        content = OxmlElement("w:t")
        content.text = text
        content.set(qn("xml:space"), "preserve")
        run.append(content)
        paragraph.append(run)
    return paragraph
