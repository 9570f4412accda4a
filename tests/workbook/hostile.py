"""Files that are sent in place of a filled-in workbook, by what is wrong with them."""

import functools
import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.workbook.books import blank

from commonweal.standards.catalogue import load_index

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@functools.cache
def good() -> bytes:
    return blank(load_index("svmi-public"))


def packed(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_member(name: str, content: bytes) -> bytes:
    return packed({**members(good()), name: content})


def sheet(rows: str) -> bytes:
    """The first sheet replaced."""
    text = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return with_member("xl/worksheets/sheet1.xml", text.encode())


def _overlapping() -> bytes:
    """Two entries of the directory that point at the same bytes."""
    content = bytearray(packed({"xl/workbook.xml": b"x" * 10, "xl/styles.xml": b"y" * 10}))
    second = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, second + 42, 0)
    return bytes(content)


def _duplicate() -> bytes:
    content = packed({"xl/workbook.xml": b"one", "xl/workbooK.xml": b"two"})
    return content.replace(b"xl/workbooK.xml", b"xl/workbook.xml")


def _encrypted() -> bytes:
    content = bytearray(good())
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + 8] |= 1
    return bytes(content)


def _wrong_checksum() -> bytes:
    content = bytearray(good())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 16] ^= 0xFF
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(content)


_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
)
_OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><worksheet>&f;</worksheet>'
_CELL = '<row r="{row}"><c r="{name}" t="inlineStr"><is><t>x</t></is></c></row>'

HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "empty file": lambda: b"",
    "plain text": lambda: b"organisation: Town\n",
    "a web page named as a workbook": lambda: b"<html><table><tr><td>1</td></tr></table></html>",
    "an old or encrypted Excel file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000,
    "an open document sheet": lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
    "a Word document": lambda: packed({"word/document.xml": b"<w/>"}),
    "more than 10 MB": lambda: b"PK\x03\x04" + b"\0" * 10_000_001,
    "a bomb": lambda: with_member("xl/media/x.bin", b"\0" * 40_000_000),
    "larger than 50 MB unpacked": lambda: packed({f"m{n}": bytes([n]) * 9_000_000 for n in range(6)}),
    "too many members": lambda: packed({f"xl/x{n}.xml": b"<x/>" for n in range(201)}),
    "members that overlap": _overlapping,
    "a member twice": _duplicate,
    "a member outside": lambda: with_member("../../etc/passwd", b"x"),
    "an absolute member": lambda: with_member("/etc/passwd", b"x"),
    "a password": _encrypted,
    "macros": lambda: with_member("xl/vbaProject.bin", b"x"),
    "a wrong checksum": _wrong_checksum,
    "entities that multiply": lambda: with_member("xl/worksheets/sheet1.xml", _LAUGHS),
    "an entity from outside": lambda: with_member("xl/workbook.xml", _OUTSIDE),
    "a row in the millions": lambda: sheet(_CELL.format(row=1_048_576, name="A1048576")),
    "a column far out": lambda: sheet(_CELL.format(row=1, name="XFD1")),
    "a far cell without its row": lambda: sheet('<row><c r="A999999"><v>1</v></c></row>'),
    "too many rows": lambda: sheet("".join(f'<row r="{n}"/>' for n in range(1, 20_002))),
    "a giant cell": lambda: sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"ab" * 90_000}</t></is></c></row>'),
    "nonsense for XML": lambda: with_member("xl/worksheets/sheet1.xml", b"<worksheet><sheet"),
    "no relations": lambda: packed({k: v for k, v in members(good()).items() if "workbook.xml.rels" not in k}),
    "a sheet without cells": lambda: sheet(""),
    "a cell without a name": lambda: sheet('<row r="1"><c><v>1</v></c></row>'),
    "a cell with a wrong name": lambda: sheet('<row r="1"><c r="??"><v>1</v></c></row>'),
    "another workbook": lambda: sheet(_CELL.format(row=1, name="A1")),
    **{
        f"cut at {share}%": functools.partial(lambda share: good()[: len(good()) * share // 100], share)
        for share in range(2, 100, 2)
    },
}
