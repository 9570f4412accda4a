"""Files that are sent in as evidence: which are taken, told by name and content, and pictures without their metadata.

Taken are the kinds below, up to 25 MB. A file is what both its name and its first bytes say; anything else is refused.
Nothing is ever opened to be shown: a file goes out as it came in, as a download. Source: OWASP ASVS 5.0, V5.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from commonweal.core.problems import Refused

LARGEST = 25_000_000
"""Bytes."""
_MOST_PIXELS = 50_000_000
_MOST_MEMBERS = 10_000
_MOST_UNPACKED = 500_000_000
"""Bytes: whoever opens the document would have them on their disk."""
_LOCKED = 0x1
_ZIPPED = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml", "ods": "content.xml"}
"""What is packed, with the member that shows it to be what it says."""
_TEXT = {"csv", "txt"}
_PNG, _JPEG, _PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-"
TYPES = ("pdf", "docx", "xlsx", "odt", "ods", "csv", "txt", "png", "jpg")
"""What is taken, by the end of the name (jpeg counts as jpg)."""

_LIST = "PDF, Word, Excel, OpenDocument, CSV, plain text, PNG or JPEG"


def file_type(name: str) -> str:
    """The kind that a file's name claims, "" where it is none that is taken.

    >>> file_type("Policy 2026.PDF"), file_type("photo.jpeg"), file_type("run.exe")
    ('pdf', 'jpg', '')
    """
    end = name.rpartition(".")[2].lower() if "." in name else ""
    end = "jpg" if end == "jpeg" else end
    return end if end in TYPES else ""


def refused_file(name: str, content: bytes) -> Refused | None:
    """Why a file is not taken, or None."""
    kind = file_type(name)
    if not kind:
        return Refused("This kind of file is not taken.", f"Send a {_LIST} file.")
    if not content:
        return Refused("The file is empty.", "Choose another one.")
    if len(content) > LARGEST:
        return Refused("The file is larger than 25 MB.", "Send the part that shows the point, or a link to it.")
    if not _is(kind, content):
        return Refused(f"The file is not what its name says ({kind}).", f"Save it again as a {_LIST} file.")
    if kind in _ZIPPED:
        return _refused_zipped(kind, content)
    if kind in {"png", "jpg"} and _pixels(kind, content) > _MOST_PIXELS:
        return Refused("The picture has too many points.", "Send a smaller one.")
    return None


def _is(kind: str, content: bytes) -> bool:
    if kind in _ZIPPED:
        return content.startswith(b"PK\x03\x04")
    if kind in _TEXT:
        return _is_text(content)
    return content.startswith({"pdf": _PDF, "png": _PNG, "jpg": _JPEG}[kind])


def _refused_zipped(kind: str, content: bytes) -> Refused | None:
    """Why a packed document is not taken. Only its directory is read; nothing is unpacked."""
    again = "Open it and save it anew, without macros and without a password."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {member.filename.lower() for member in archive.infolist()}
            if len(archive.infolist()) > _MOST_MEMBERS:
                return Refused("The file is put together of too many parts.", again)
            if sum(member.file_size for member in archive.infolist()) > _MOST_UNPACKED:
                return Refused("The file is far larger unpacked than it looks.", again)
            if any(member.flag_bits & _LOCKED for member in archive.infolist()):
                return Refused("The file is locked with a password.", again)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        return Refused("The file is damaged or cut short.", again)
    if _ZIPPED[kind] not in names:
        return Refused(f"The file is not what its name says ({kind}).", again)
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in names):
        return Refused("The file has macros.", again)
    return None


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    return "\0" not in text and not start.startswith(("<!doctype", "<html", "<svg", "<?xml", "<script"))


def _pixels(kind: str, content: bytes) -> int:
    if kind == "png":
        width, height = struct.unpack(">II", content[16:24]) if len(content) >= 24 else (0, 0)
        return int(width * height)
    for marker, segment in _jpeg_segments(content):
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC} and len(segment) >= 9:
            height, width = struct.unpack(">HH", segment[5:9])
            return int(width * height)
    return 0


def without_metadata(name: str, content: bytes) -> bytes | Refused:
    """A picture with nothing in it but the picture: no place, no time, no device, no comment.

    Other kinds cannot be cleaned for certain, so they are refused: what is to be published is made anew from them.
    """
    kind = file_type(name)
    if kind == "png":
        return _PNG + b"".join(_png_kept(content))
    if kind == "jpg":
        return _jpeg_kept(content)
    return Refused(
        "Only pictures can be cleaned for certain.",
        "To publish a document, print it to a new PDF from a copy without properties and comments.",
    )


_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"sBIT", b"pHYs"}


def _png_kept(content: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        if kind in _PNG_KEPT:
            yield struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        at += 12 + length
        if kind == b"IEND":
            return


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment as its marker and all of its bytes, the picture's data with the segment that begins it.

    Ends with the first picture's end mark: what stands behind it (another picture, a film) is no part of it. Where the
    end mark does not come, the file is cut off or damaged.
    """
    at = 2
    for _ in range(_MOST_SEGMENTS):
        while content[at : at + 2] == b"\xff\xff":  # a marker may be filled up
            at += 1
        if content[at : at + 2] == b"\xff\xd9":
            yield _END, b""
            return
        if at + 4 > len(content) or content[at] != 0xFF:
            return
        marker = content[at + 1]
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        end = at + 2 + max(length, 2)
        if marker == 0xDA:  # data follows until a marker that is none of the data's own
            found = _AFTER_DATA.search(content, end)
            end = found.start() if found else len(content)
        yield marker, content[at:end]
        at = end


_MOST_SEGMENTS = 1_000
_AFTER_DATA = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_JPEG_PICTURE = {*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD} - {0xC8}
"""The frame, its tables and its data. Everything else is what programs put in beside the picture."""
_JFIF, _EXIF, _ADOBE, _DATA, _END = 0xE0, 0xE1, 0xEE, 0xDA, 0xD9
_WHOLE_ADOBE = 12


def _jpeg_kept(content: bytes) -> bytes | Refused:
    segments = list(_jpeg_segments(content))
    if not {_DATA, _END} <= {marker for marker, _ in segments}:
        return Refused("The picture is damaged or cut off.", "Open it, save it anew, and send that.")
    kept = b"".join(_jpeg_part(marker, segment) for marker, segment in segments)
    return content[:2] + kept + b"\xff\xd9"


def _jpeg_part(marker: int, segment: bytes) -> bytes:
    """What is kept of a segment: a part of the picture as it is, how to show it made anew, anything else not at all."""
    body = segment[4:]
    if marker in _JPEG_PICTURE:
        return segment
    if marker == _JFIF and body.startswith(b"JFIF\0"):  # version and points to the inch; no small picture of another
        return b"\xff\xe0\x00\x10" + body[:12].ljust(12, b"\0") + b"\0\0"
    if marker == _ADOBE and body.startswith(b"Adobe") and len(body) >= _WHOLE_ADOBE:  # how the colours are mixed
        return b"\xff\xee\x00\x0eAdobe\0\x64" + bytes(4) + body[11:12]
    if marker == _EXIF and _turned(body) > 1:
        return b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01" + _TURNED.pack(0x112, 3, 1, _turned(body)) + bytes(6)
    return b""


_TURNED = struct.Struct(">HHIH")
"""An entry of EXIF: the tag of how the picture is turned, a short number, one of them, and which."""


def _turned(body: bytes) -> int:
    """How a camera was held, from 1 to 8 (EXIF 2.32, tag 0x112); 1, upright, where nothing is said."""
    order = {b"Exif\0\0II": "<", b"Exif\0\0MM": ">"}.get(body[:8])
    if order is None or len(body) < 16:
        return 1
    (first,) = struct.unpack(f"{order}I", body[10:14])
    for at in range(6 + first + 2, min(len(body) - 11, 6 + first + 2 + 12 * _MOST_ENTRIES), 12):
        tag, kind, _, turned = struct.unpack(f"{order}HHIH", body[at : at + 10])
        if (tag, kind) == (0x112, 3):
            return int(turned) if 1 <= turned <= 8 else 1
    return 1


_MOST_ENTRIES = 200
