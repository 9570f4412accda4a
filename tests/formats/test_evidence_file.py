"""What is taken as evidence, and what is left of a picture once it is cleaned."""

import io
import struct
import zipfile
import zlib

import pytest

from commonweal.core.problems import Refused
from commonweal.formats.evidence_file import LARGEST, refused_file, without_metadata


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _jpeg(
    *beside: bytes, data: bytes = b"\x01\xff\x00\x02", after: bytes = b"", size: tuple[int, int] = (2, 3)
) -> bytes:
    frame = _segment(0xC0, struct.pack(">BHH", 8, *size) + b"\x01\x01\x11\x00")
    scan = _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + data
    return b"\xff\xd8" + b"".join(beside) + frame + scan + b"\xff\xd9" + after


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(*beside: bytes, size: tuple[int, int] = (1, 1)) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
    data = _chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(beside) + data + _chunk(b"IEND", b"")


def _zip(*names: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return kept.getvalue()


def _packed(name: str, size: int, *, flags: int = 0) -> bytes:
    """A document of one part, whose directory says what it likes of its size."""
    content = bytearray(_zip(name))
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, size)
    struct.pack_into("<H", content, at + 8, flags)
    return bytes(content)


_HTML, _SVG, _SCRIPT = b"<html><script>alert(1)</script>", b"<svg onload=alert(1)>", b"#!/bin/sh\nrm -rf /"
_EXE, _PE, _GZIP, _RAR = b"MZ\x90\0", b"\x7fELF\x02", b"\x1f\x8b\x08", b"Rar!\x1a\x07"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = {
    "policy.pdf": b"%PDF-1.7 ...",
    "policy.docx": _zip("[Content_Types].xml", "word/document.xml"),
    "table.xlsx": _zip("[Content_Types].xml", "xl/workbook.xml"),
    "policy.odt": _zip("mimetype", "content.xml"),
    "table.ods": _zip("mimetype", "content.xml"),
    "table.csv": "Größe;Preis\n1;£2".encode(),
    "notes.TXT": b"plain",
    "photo.jpeg": _jpeg(),
    "plan.png": _png(),
}
BAD = {
    "run.exe": b"MZ",
    "page.html": b"<html>",
    "picture.svg": b"<svg/>",
    "no-end": b"%PDF-",
    "empty.pdf": b"",
    "renamed.pdf": b"<html><script>alert(1)</script>",
    "renamed.png": b"<svg onload=alert(1)>",
    "renamed.jpg": b"GIF89a",
    "page.txt": b" \n<!DOCTYPE html><script>",
    "picture.csv": b"\xef\xbb\xbf<svg onload=alert(1)>",
    "nul.txt": b"a\0b",
    "latin.txt": b"\xff\xfe\xfa",
    "macros.docx": _zip("word/document.xml", "word/vbaProject.bin"),
    "not-word.docx": _zip("xl/workbook.xml"),
    "cut.docx": _zip("word/document.xml")[:40],
    "many.docx": _zip("word/document.xml", *(f"x{number}" for number in range(10_001))),
    "huge.png": _png(size=(20_000, 20_000)),
    "huge.jpg": _jpeg(size=(20_000, 20_000)),
    "name\r\n.exe": b"x",
    "policy.pdf/../x": b"%PDF-",
    "unpacked.docx": _packed("word/document.xml", 600_000_000),
    "locked.docx": _packed("word/document.xml", 1, flags=1),
    "macros.xlsx": _zip("xl/workbook.xml", "xl/vbaProject.bin"),
    "macros.odt": _zip("content.xml", "Basic/Standard/script-lb.xml"),
    "macros.docm": _zip("word/document.xml", "word/vbaProject.bin"),
    "old.doc": _OLD_OFFICE,
    "locked.xlsx": _OLD_OFFICE,
    "archive.zip": _zip("word/document.xml"),
    "no-directory.docx": b"PK\x03\x04" + bytes(30),
    "empty-archive.docx": b"PK\x05\x06" + bytes(18),
    "only-space.txt": b" \n<html>",
    "xml.csv": b"<?xml version='1.0'?><svg onload='alert(1)'/>",
    "script.txt": b"<script>alert(1)</script>",
    "\u202efdp.exe": b"%PDF-",
    "policy.pdf\u202e.exe": b"%PDF-",
    "policy.pdf ": b"%PDF-",
    "policy.pdf.": b"%PDF-",
    "policy.pdf\0.exe": b"%PDF-",
    "policy.pdf;.html": b"%PDF-",
    "policy.php": b"%PDF-",
    "policy.pdf.html": b"%PDF-",
    ".htaccess": b"x",
    "": b"%PDF-",
    **{
        f"{kind}.{end}": start + b"%PDF-1.7"  # a kind that begins as another does, with what it claims further on
        for kind, start in {"page": _HTML, "drawing": _SVG, "shell": _SCRIPT, "program": _EXE, "elf": _PE}.items()
        for end in ("pdf", "png", "jpg", "docx")
    },
    **{f"packed.{end}": start for end, start in {"pdf": _GZIP, "xlsx": _RAR, "ods": _GZIP, "odt": _RAR}.items()},
}


@pytest.mark.parametrize("name", sorted(GOOD))
def test_what_is_what_it_says_is_taken(name: str) -> None:
    assert refused_file(name, GOOD[name]) is None


@pytest.mark.parametrize("name", sorted(BAD))
def test_what_is_not_is_refused_in_words(name: str) -> None:
    refused = refused_file(name, BAD[name])
    assert refused
    assert refused.what.endswith(".")
    assert refused.remedy.endswith(".")


def test_there_are_enough_of_them() -> None:
    assert len(GOOD) + len(BAD) >= 60


def test_what_is_two_things_at_once_is_only_ever_the_one_that_is_downloaded() -> None:
    """A picture with a page in it is a picture: it goes out as a download and its copy to publish has the picture."""
    both = _jpeg(_segment(0xFE, _HTML), after=_HTML)
    assert refused_file("photo.jpg", both) is None
    clean = without_metadata("photo.jpg", both)
    assert isinstance(clean, bytes)
    assert _HTML not in clean


def test_what_is_too_large_is_refused() -> None:
    refused = refused_file("large.pdf", b"%PDF-" + bytes(LARGEST))
    assert refused
    assert "25 MB" in refused.what


PLACE = b"51.58N 1.98W"


def test_a_photograph_keeps_the_picture_and_nothing_beside_it() -> None:
    exif, comment = _segment(0xE1, b"Exif\0\0" + PLACE), _segment(0xFE, PLACE)
    profile, film = _segment(0xE2, b"MPF\0" + PLACE), _jpeg(_segment(0xE1, b"Exif\0\0" + PLACE)) + b"ftyp" + PLACE
    between = b"\x01\xff\x00\x02" + _segment(0xE1, PLACE) + _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x03\x04"
    dirty = _jpeg(exif, comment, profile, data=between, after=film)
    clean = without_metadata("photo.jpg", dirty)
    assert isinstance(clean, bytes)
    assert PLACE not in clean
    assert clean == _jpeg(data=b"\x01\xff\x00\x02" + _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x03\x04")
    assert without_metadata("photo.jpg", _jpeg()) == _jpeg()


def test_a_drawing_keeps_the_picture_and_nothing_beside_it() -> None:
    beside = [_chunk(kind, PLACE) for kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"prVt")]
    assert without_metadata("plan.png", _png(*beside) + PLACE) == _png()


def test_a_document_is_not_said_to_be_clean() -> None:
    assert isinstance(without_metadata("policy.pdf", GOOD["policy.pdf"]), Refused)


@pytest.mark.parametrize("name", ["photo.jpg", "plan.png"])
def test_a_damaged_picture_does_no_harm(name: str) -> None:
    whole = {"photo.jpg": _jpeg(_segment(0xE1, PLACE)), "plan.png": _png(_chunk(b"tEXt", PLACE))}[name]
    for end in range(len(whole)):
        clean = without_metadata(name, whole[:end])
        assert isinstance(clean, Refused) or PLACE not in clean
        assert isinstance(clean, Refused) or name == "plan.png"


def _exif(order: str, *entries: tuple[int, int, int]) -> bytes:
    mark = {"<": b"II", ">": b"MM"}[order]
    head = b"Exif\0\0" + mark + struct.pack(f"{order}HIH", 42, 8, len(entries))
    lines = b"".join(struct.pack(f"{order}HHIHH", tag, kind, 1, value, 0) for tag, kind, value in entries)
    return _segment(0xE1, head + lines + bytes(4) + PLACE)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_picture_stays_as_the_camera_was_held(order: str) -> None:
    clean = without_metadata("photo.jpg", _jpeg(_exif(order, (0x10F, 2, 9), (0x112, 3, 6))))
    assert isinstance(clean, bytes)
    assert PLACE not in clean
    assert clean == _jpeg(_exif(">", (0x112, 3, 6)).replace(PLACE, b"").replace(b"\xff\xe1\x00.", b"\xff\xe1\x00\x22"))


@pytest.mark.parametrize("entries", [[(0x112, 3, 1)], [(0x112, 3, 9)], [(0x112, 4, 6)], [(0x10F, 2, 6)], []])
def test_what_says_nothing_of_that_is_not_kept(entries: list[tuple[int, int, int]]) -> None:
    assert without_metadata("photo.jpg", _jpeg(_exif("<", *entries))) == _jpeg()
    assert without_metadata("photo.jpg", _jpeg(_segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff\x01\0"))) == _jpeg()


def test_how_a_picture_is_shown_is_made_anew() -> None:
    """Points to the inch without the small picture, and how colours are mixed without what else stands there."""
    jfif = _segment(0xE0, b"JFIF\0\1\2\1\0\x48\0\x48")
    shown = _jpeg(_segment(0xE0, b"JFIF\0\1\2\1\0\x48\0\x48\3\3" + PLACE), _segment(0xEE, b"Adobe\0dABCD\2" + PLACE))
    expected = _jpeg(_segment(0xE0, jfif[4:] + b"\0\0"), _segment(0xEE, b"Adobe\0d\0\0\0\0\2"))
    assert without_metadata("photo.jpg", shown) == expected
    assert without_metadata("photo.jpg", _jpeg(_segment(0xEE, b"Adobe\0d"))) == _jpeg()


def test_a_marker_may_be_filled_up() -> None:
    whole = _jpeg()
    filled = whole.replace(b"\xff\xc0", b"\xff\xff\xff\xc0").replace(b"\xff\xda", b"\xff\xff\xda")
    assert without_metadata("photo.jpg", filled) == whole
