"""Files with something in them that nobody meant to publish (D4); in each stands `BESIDE`, and it can be read there."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import openpyxl
from docx import Document
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from pypdf import PdfWriter
from pypdf.annotations import FreeText

BESIDE = "51.5034 Jane Doe QQ123456C"


def _saved(made: Any) -> bytes:
    kept = io.BytesIO()
    (made.write if isinstance(made, PdfWriter) else made.save)(kept)
    return kept.getvalue()


def _also(content: bytes, name: str, part: str) -> bytes:
    """An archive with one part more."""
    kept = io.BytesIO(content)
    with zipfile.ZipFile(kept, "a") as archive:
        archive.writestr(name, part)
    return kept.getvalue()


def _sheet(change: Callable[[Any], object]) -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("Other")
    change(book)
    return _saved(book)


def _hidden(book: Any, state: str) -> None:
    book["Other"]["A1"] = BESIDE
    book["Other"].sheet_state = state


def _written(book: Any) -> Any:
    sheet = book.worksheets[0]
    sheet["B2"] = BESIDE
    return sheet


def _column_away(book: Any) -> None:
    _written(book).column_dimensions["B"].hidden = True


def _row_away(book: Any) -> None:
    _written(book).row_dimensions[2].hidden = True


def _white(book: Any) -> None:
    _written(book)["B2"].font = openpyxl.styles.Font(color="FFFFFF")


def _commented(book: Any) -> None:
    book.worksheets[0]["A1"].comment = Comment(BESIDE, "Reviewer")


def _named(book: Any) -> None:
    book.defined_names["kept"] = DefinedName("kept", attr_text=f'"{BESIDE}"')


def _titled(book: Any) -> None:
    book.properties.creator = BESIDE


def _footed(book: Any) -> None:
    book.worksheets[0].oddFooter.center.text = BESIDE


_XLSX = {
    "hidden sheet": _sheet(lambda book: _hidden(book, "hidden")),
    "very hidden sheet": _sheet(lambda book: _hidden(book, "veryHidden")),
    "hidden column": _sheet(_column_away),
    "hidden row": _sheet(_row_away),
    "white on white": _sheet(_white),
    "comment": _sheet(_commented),
    "defined name": _sheet(_named),
    "author": _sheet(_titled),
    "footer": _sheet(_footed),
    "external link": _also(_sheet(lambda _: None), "xl/externalLinks/externalLink1.xml", f"<x>{BESIDE}</x>"),
    "pivot cache": _also(_sheet(lambda _: None), "xl/pivotCache/pivotCacheRecords1.xml", f"<x>{BESIDE}</x>"),
    "threaded comment": _also(_sheet(lambda _: None), "xl/threadedComments/threadedComment1.xml", f"<x>{BESIDE}</x>"),
    "connection": _also(_sheet(lambda _: None), "xl/connections.xml", f"<x>{BESIDE}</x>"),
    "custom properties": _also(_sheet(lambda _: None), "docProps/custom.xml", f"<x>{BESIDE}</x>"),
}


def _document(change: Callable[[Any], object]) -> bytes:
    document = Document()
    change(document)
    return _saved(document)


def _vanished(document: Any) -> None:
    document.add_paragraph().add_run(BESIDE).font.hidden = True


def _authored(document: Any) -> None:
    document.core_properties.author = BESIDE


def _headed(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = BESIDE


_DOCX = {
    "hidden text": _document(_vanished),
    "author": _document(_authored),
    "header": _document(_headed),
    "comments": _also(_document(lambda _: None), "word/comments.xml", f"<x>{BESIDE}</x>"),
    "revisions": _also(_document(lambda _: None), "word/people.xml", f"<x>{BESIDE}</x>"),
    "custom part": _also(_document(lambda _: None), "customXml/item9.xml", f"<x>{BESIDE}</x>"),
    "embedded book": _also(_document(lambda _: None), "word/embeddings/book.xlsx", BESIDE),
}


def _pdf(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    change(writer)
    return _saved(writer)


_NOTE = FreeText(text=BESIDE, rect=(0, 0, 50, 50))
_PDF = {
    "author": _pdf(lambda writer: writer.add_metadata({"/Author": BESIDE})),
    "attachment": _pdf(lambda writer: writer.add_attachment("kept.txt", BESIDE.encode())),
    "annotation": _pdf(lambda writer: writer.add_annotation(0, _NOTE)),
    "outline": _pdf(lambda writer: writer.add_outline_item(title=BESIDE, page_number=0)),
}


def _segment(marker: int, body: str) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body.encode()


def _jpeg(beside: bytes, after: bytes = b"") -> bytes:
    frame = struct.pack(">BBHBHHB", 0xFF, 0xC0, 11, 8, 2, 3, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + beside + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x01\x02\xff\xd9" + after


_JPG = {
    "place": _jpeg(_segment(0xE1, f"Exif\0\0{BESIDE}")),
    "XMP": _jpeg(_segment(0xE1, f"http://ns.adobe.com/xap/1.0/\0{BESIDE}")),
    "press data": _jpeg(_segment(0xED, f"Photoshop 3.0\x00{BESIDE}")),
    "colour profile": _jpeg(_segment(0xE2, f"ICC_PROFILE\0{BESIDE}")),
    "comment": _jpeg(_segment(0xFE, BESIDE)),
    "thumbnail": _jpeg(_segment(0xE0, f"JFXX\0\x10{BESIDE}")),
    "small picture": _jpeg(_segment(0xE0, f"JFIF\0\1\2\0\0\1\0\1\3\3{BESIDE}")),
    "behind the colours": _jpeg(_segment(0xEE, f"Adobe\0d\0\0\0\0\1{BESIDE}")),
    "undefined": _jpeg(_segment(0xF5, BESIDE)),
    "device": _jpeg(_segment(0xEF, BESIDE)),
    "behind the end": _jpeg(b"", BESIDE.encode()),
}


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(beside: bytes, after: bytes = b"") -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + beside + _chunk(b"IDAT", zlib.compress(b"\0\0")) + _chunk(b"IEND", b"") + after


_PNG = {
    "text": _png(_chunk(b"tEXt", f"Author\0{BESIDE}".encode())),
    "packed text": _png(_chunk(b"zTXt", b"Author\0\0" + zlib.compress(BESIDE.encode()))),
    "international text": _png(_chunk(b"iTXt", f"Author\0\0\0\0\0{BESIDE}".encode())),
    "place": _png(_chunk(b"eXIf", BESIDE.encode())),
    "private": _png(_chunk(b"prVt", BESIDE.encode())),
    "behind the end": _png(b"", BESIDE.encode()),
}
DIRTY = {
    f"{what}.{kind}": content
    for kind, of in {"xlsx": _XLSX, "docx": _DOCX, "pdf": _PDF, "jpg": _JPG, "png": _PNG}.items()
    for what, content in of.items()
} | {"name.csv": f"name\n{BESIDE}".encode()}
