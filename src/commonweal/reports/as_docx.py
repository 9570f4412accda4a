"""The plan as a Word document that people can go on editing: real headings, real tables, styles of its own."""

import datetime
import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from commonweal.core.maturity.results import Results
from commonweal.reports.as_pdf import lanes_picture
from commonweal.reports.content import GridAction, PlanContent
from commonweal.reports.figures.lanes import lanes_description, lanes_title
from commonweal.reports.method import MethodNote

_INK = RGBColor(0x0F, 0x3D, 0x38)
_GREY = RGBColor(0x50, 0x5A, 0x5F)
_FONT = "Arial"
_LINE = "B8C6C3"


def render_docx(content: PlanContent, results: Results, made_on: datetime.date) -> bytes:
    """The document as DOCX bytes, in A4, with the plan grid on landscape pages."""
    document = Document()
    _styles(document)
    _properties(document, content, made_on)
    _page(document.sections[0], landscape=False)
    _footer(document.sections[0], content.document_title)
    _cover(document, content)
    _summary(document, content)
    _results(document, content, results)
    document.add_heading("How to read the levels", 2)
    _notes(document, content.reading)
    _page(document.add_section(), landscape=True)
    _grid(document, content)
    _page(document.add_section(), landscape=False)
    _held(document, content)
    document.add_heading("Limits and source", 2)
    _notes(document, content.limits)
    _answers(document, content)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_after = Pt(5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.rPr.append(language)
    for name, size, before in (("Title", 24, 0), ("Heading 1", 24, 0), ("Heading 2", 15, 16), ("Heading 3", 11.5, 9)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = _FONT, Pt(size), True, _INK
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True


def _properties(document: Any, content: PlanContent, made_on: datetime.date) -> None:
    properties = document.core_properties
    moment = datetime.datetime.combine(made_on, datetime.time(12), tzinfo=datetime.UTC)
    properties.title, properties.author = content.document_title, content.organisation
    properties.comments, properties.keywords, properties.language = "", "", "en-GB"
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.subject = "", content.index_line


def _page(section: Any, landscape: bool) -> None:
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Mm(15 if landscape else 20)
    section.top_margin = section.bottom_margin = Mm(16 if landscape else 20)


def _footer(section: Any, text: str) -> None:
    paragraph = section.footer.paragraphs[0]
    run = paragraph.add_run(f"{text}, page ")
    number = paragraph.add_run()
    for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = instruction
        number._r.append(part)
    for piece in (run, number):
        piece.font.size, piece.font.color.rgb = Pt(8.5), _GREY


def _cover(document: Any, content: PlanContent) -> None:
    _grey(document.add_paragraph(), content.organisation, 13)
    document.add_heading(content.title, 1)
    _grey(document.add_paragraph(), f"{content.index_line}\n{content.date_line}")
    for mark in content.marks:
        _boxed(document.add_paragraph(mark))


def _grey(paragraph: Any, text: str, size: float = 10.5) -> None:
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.size = _GREY, Pt(size)


def _boxed(paragraph: Any, thick: int = 24) -> None:
    """A bar at the left and a soft ground, for a line that must not be missed."""
    properties = paragraph._p.get_or_add_pPr()
    borders, left, shade = OxmlElement("w:pBdr"), OxmlElement("w:left"), OxmlElement("w:shd")
    for key, value in (("val", "single"), ("sz", str(thick)), ("space", "8"), ("color", "0F3D38")):
        left.set(qn(f"w:{key}"), value)
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF4F3")):
        shade.set(qn(f"w:{key}"), value)
    borders.append(left)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _summary(document: Any, content: PlanContent) -> None:
    document.add_heading("Summary", 2)
    for line in content.overall:
        paragraph = document.add_paragraph()
        _grey(paragraph, f"{line.heading}  ")
        level = paragraph.add_run(line.level)
        level.font.size, level.font.bold, level.font.color.rgb = Pt(18), True, _INK
        _grey(paragraph, f"  {line.mean}")
    legal = document.add_paragraph()
    legal.add_run(content.legal).bold = content.legal_missed
    _boxed(legal, 48 if content.legal_missed else 24)
    for sentence in content.narrative:
        document.add_paragraph(sentence)
    if content.attention:
        document.add_heading("What needs attention first", 3)
        for sentence in content.attention:
            document.add_paragraph(sentence, style="List Number")
    document.add_paragraph(content.actions_line)


def _results(document: Any, content: PlanContent, results: Results) -> None:
    document.add_heading("Results by theme", 2)
    picture = document.add_picture(io.BytesIO(lanes_picture(results)), width=Mm(168))
    described = picture._inline.docPr
    described.set("descr", lanes_description(results))
    described.set("title", lanes_title(results))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _grey(document.add_paragraph(), lanes_title(results), 9.5)
    rows = [((row.code, row.title), row.present, row.future, row.gap) for row in content.results]
    table = _table(document, ("Theme", "Now", "Target", "Gap"), (92, 34, 30, 12), rows)
    for row in table.rows:
        row.cells[3].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _grid(document: Any, content: PlanContent) -> None:
    document.add_heading("Action plan", 2)
    document.add_paragraph(f"{content.actions_line} {content.footnote}")
    wide = [any(row.cells[position] for row in content.grid) for position in range(len(content.columns))]
    share = (267 - 40 - 48 - 22 * wide.count(False)) / max(wide.count(True), 1)
    widths = (40, *(share if used else 22 for used in wide), 48)
    rows = [((row.code, row.label), *row.cells, row.notes) for row in content.grid]
    _table(document, ("Theme", *content.columns, "Notes"), widths, rows, size=9)


def _held(document: Any, content: PlanContent) -> None:
    document.add_heading("What holds each theme, and what the next level needs", 2)
    rows = [((row.code, row.held), row.next_steps) for row in content.results]
    _table(document, ("What holds it", "What the next level needs"), (75, 95), rows, size=9.5)


def _answers(document: Any, content: PlanContent) -> None:
    document.add_heading(content.answers_heading, 2)
    rows = [((row.id, row.question), row.present, row.future, row.remarks) for row in content.answers]
    _table(document, ("Question", "Now", "Future", "Remarks"), (52, 42, 42, 34), rows, size=8.5)


def _notes(document: Any, notes: Sequence[MethodNote]) -> None:
    for note in notes:
        document.add_heading(note.heading, 3)
        if note.text:
            document.add_paragraph(note.text)
        for point in note.points:
            document.add_paragraph(point, style="List Bullet")


# Tables are written as XML: python-docx walks the whole row for each cell, which made them the slowest part.
def _table(
    document: Any, heads: Sequence[str], widths_mm: Sequence[float], rows: Sequence[Sequence[Any]], size: float = 10
) -> Any:
    """A table with a header row that is repeated, rows that are not torn apart, and column widths in mm."""
    table = document.add_table(rows=0, cols=len(heads))
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths_mm, strict=True):
        column.w = Mm(width)
    head = [[[(text, True)]] for text in heads]
    table._tbl.append(_row(head, widths_mm, size, header=True))
    for row in rows:
        table._tbl.append(_row([_paragraphs(cell) for cell in row], widths_mm, size, header=False))
    document.add_paragraph()
    return table


Runs = list[tuple[str, bool]]


def _paragraphs(cell: Any) -> list[Runs]:
    """A cell's paragraphs as runs of text and whether they are bold."""
    if isinstance(cell, str):
        return [[(cell, False)]]
    if cell and isinstance(cell[0], GridAction):
        return [[(f"{action.question} ", True), (action.text, False)] for action in cell]
    if len(cell) == 2 and len(cell[0]) <= 3:
        return [[(f"{cell[0]} ", True), (cell[1], False)]]
    return [[(text, False)] for text in cell] or [[]]


def _row(cells: Sequence[list[Runs]], widths_mm: Sequence[float], size: float, header: bool) -> Any:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    for paragraphs, width in zip(cells, widths_mm, strict=True):
        row.append(_cell(paragraphs, width, size, header))
    return row


def _cell(paragraphs: list[Runs], width_mm: float, size: float, header: bool) -> Any:
    cell, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    width = OxmlElement("w:tcW")
    width.set(qn("w:w"), str(round(width_mm * 56.7)))
    width.set(qn("w:type"), "dxa")
    borders, bottom = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    line = ("single", "12", "0F3D38") if header else ("single", "4", _LINE)
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
