"""Tables in Word documents, written as XML and parsed once.

python-docx walks the whole row for each cell, which makes large tables the slowest part of a document.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

Runs = Sequence[tuple[str, bool]]
"""A paragraph as pieces of text, each with whether it is bold."""

_HEAD_LINE = '<w:bottom w:val="single" w:sz="12" w:color="0F3D38"/>'
_ROW_LINE = '<w:bottom w:val="single" w:sz="4" w:color="B8C6C3"/>'
_TWIPS_PER_MM = 56.7


def add_table(
    document: Any,
    heads: Sequence[str],
    widths_mm: Sequence[float],
    rows: Sequence[Sequence[Sequence[Runs]]],
    size: float = 10,
    right: int | None = None,
) -> None:
    """A table with a header row that is repeated and rows that are not torn apart, at the end of the document.

    Each row is a cell a column, each cell its paragraphs; widths are in mm, the text's size in points; `right` is
    the column whose text stands at the right.
    """
    widths = [round(width * _TWIPS_PER_MM) for width in widths_mm]
    xml = "".join(_table_xml(heads, widths, rows, round(size * 2), right))
    # A table goes before the properties of the section that it stands in, which close the body.
    document.element.body.sectPr.addprevious(parse_xml(xml))
    document.add_paragraph()


def _table_xml(
    heads: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Sequence[Runs]]], size: int, right: int | None
) -> Iterator[str]:
    yield f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
    yield '<w:tblInd w:w="108" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    yield "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    yield "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    for column, (text, width) in enumerate(zip(heads, widths, strict=True)):
        yield _cell_xml([[(text, True)]], width, size, _HEAD_LINE, column == right)
    yield "</w:tr>"
    for row in rows:
        yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        for column, (paragraphs, width) in enumerate(zip(row, widths, strict=True)):
            yield _cell_xml(paragraphs, width, size, _ROW_LINE, column == right)
        yield "</w:tr>"
    yield "</w:tbl>"


def _cell_xml(paragraphs: Sequence[Runs], width: int, size: int, line: str, right: bool) -> str:
    head = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders>{line}</w:tcBorders></w:tcPr>'
    align = '<w:jc w:val="right"/>' if right else ""
    start = f'<w:p><w:pPr><w:spacing w:before="40" w:after="40"/>{align}</w:pPr>'
    return head + "".join(f"{start}{_runs_xml(runs, size)}</w:p>" for runs in paragraphs) + "</w:tc>"


def _runs_xml(runs: Runs, size: int) -> str:
    return "".join(
        f'<w:r><w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        for text, bold in runs
    )
