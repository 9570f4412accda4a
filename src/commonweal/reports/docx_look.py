"""How our Word documents look: styles, pages, footers and the lines that must not be missed."""

import datetime
from typing import Any, Protocol

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

INK = RGBColor(0x0F, 0x3D, 0x38)
_GREY = RGBColor(0x50, 0x5A, 0x5F)
_FONT = "Arial"


def styles(document: Any) -> None:
    """Our typeface, sizes and colours for text and headings, and the language."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.rPr.append(language)
    for name, size, before in (("Title", 24, 0), ("Heading 1", 24, 0), ("Heading 2", 15, 16), ("Heading 3", 11.5, 9)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = _FONT, Pt(size), True, INK
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True


class Titled(Protocol):
    """What a document says of itself."""

    @property
    def document_title(self) -> str:
        """Its title."""

    @property
    def organisation(self) -> str:
        """Whose it is."""

    @property
    def index_line(self) -> str:
        """What it is about."""


_LONGEST = 255
"""Characters that a property of a Word document may have (ECMA-376, part 2)."""


def properties(document: Any, content: Titled, made_on: datetime.date) -> None:
    """What the file says of itself: title and organisation, nothing about the machine or the person."""
    core = document.core_properties
    moment = datetime.datetime.combine(made_on, datetime.time(12), tzinfo=datetime.UTC)
    core.title, core.author = content.document_title[:_LONGEST], content.organisation[:_LONGEST]
    core.comments, core.keywords, core.language = "", "", "en-GB"
    core.created = core.modified = moment
    core.last_modified_by, core.subject = "", content.index_line[:_LONGEST]
    for rels in (document.part.package.rels, document.part.rels):  # what the library's own template brings along
        for name in [name for name, relation in rels.items() if relation.reltype.endswith(_BROUGHT_ALONG)]:
            del rels[name]


_BROUGHT_ALONG = ("/thumbnail", "/extended-properties", "/customXml")
"""A picture of another document, the program and computer it was made with, and a list of books."""


def page(section: Any, landscape: bool) -> None:
    """A4, upright or across."""
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Mm(15 if landscape else 20)
    section.top_margin = section.bottom_margin = Mm(16 if landscape else 20)


def footer(section: Any, text: str) -> None:
    """A text and the number of the page."""
    paragraph = section.footer.paragraphs[0]
    run = paragraph.add_run(f"{text}, page ")
    run.font.size, run.font.color.rgb = Pt(8.5), _GREY
    _field(paragraph, "PAGE")
    of = paragraph.add_run(" of ")
    of.font.size, of.font.color.rgb = Pt(8.5), _GREY
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, instruction: str) -> None:
    """A number that Word works out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    number = paragraph.add_run("1")
    number.font.size, number.font.color.rgb = Pt(8.5), _GREY
    field.append(number._r)
    paragraph._p.append(field)


def styled(document: Any, text: str, style_id: str) -> None:
    """A paragraph with a style by its id, such as ListBullet; finding it by its name takes a millisecond each."""
    document.add_paragraph(text)._p.style = style_id


def heading(document: Any, text: str, level: int) -> None:
    """A heading of level 1 to 3."""
    styled(document, text, f"Heading{level}")


def grey(paragraph: Any, text: str, size: float = 10.5) -> None:
    """Quiet text, `size` in points."""
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.size = _GREY, Pt(size)


def boxed(paragraph: Any, thick: int = 24) -> None:
    """A bar at the left and a soft ground, for a line that must not be missed."""
    settings = paragraph._p.get_or_add_pPr()
    borders, left, shade = OxmlElement("w:pBdr"), OxmlElement("w:left"), OxmlElement("w:shd")
    for key, value in (("val", "single"), ("sz", str(thick)), ("space", "8"), ("color", "0F3D38")):
        left.set(qn(f"w:{key}"), value)
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF4F3")):
        shade.set(qn(f"w:{key}"), value)
    borders.append(left)
    settings.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    settings.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
