"""Files as bytes: read with a limit, told apart by their first bytes, decoded; written whole or not at all."""

import os
import re
from pathlib import Path
from typing import NoReturn

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem

MAX_TEXT_BYTES = 2_000_000
"""Limit for a text file that is read whole: twenty times the size of the largest one we ship."""

_NOT_TEXT = (
    (b"PK\x03\x04", "a workbook, document or zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or an encrypted Office file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TEXT_REMEDY = "Save it as plain text in YAML or JSON; `commonweal indexes template` makes one to fill in."
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, which can hide binary data or steer a terminal, and marks that turn the reading direction."""


def read_text(path: Path, limit: int = MAX_TEXT_BYTES) -> str:
    """A text file's content.

    Raises BadInput for a file that is missing, too large, not text, or not in UTF-8.
    """
    return decode(read_bytes(path, limit), path.name)


def read_bytes(path: Path, limit: int) -> bytes:
    """A file's bytes, never more than `limit` of them. Raises BadInput when it cannot be read or is larger."""
    name = path.name or str(path)
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        _refuse(name, "There is no such file.", "Check the name and the folder.")
    except IsADirectoryError:
        _refuse(name, "This is a folder.", "Name a file in it.")
    except OSError as error:
        _refuse(name, f"The file cannot be read ({error.strerror}).", "Check that you may open it.")
    if len(content) > limit:
        _refuse(
            name,
            f"The file is larger than {limit / 1_000_000:g} MB, so it is not an answers file.",
            "Check that you named the right file; one with every question answered has less than 0.1 MB.",
        )
    return content


def decode(content: bytes, name: str) -> str:
    """Bytes as text in UTF-8. Raises BadInput that says what the file seems to be instead."""
    for mark, kind in _NOT_TEXT:
        if content.startswith(mark):
            _refuse(name, f"This is {kind}, not a text file.", _TEXT_REMEDY)
    if content.startswith(_WIDE_MARKS):
        _refuse(name, "The text is encoded in UTF-16.", "Save it again with the encoding UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _refuse(
            f"{name}, line {line}",
            f"The byte {content[error.start]:#04x} is not text in UTF-8.",
            "Save the file again with the encoding UTF-8.",
        )
    if not text.strip():
        _refuse(name, "The file is empty.", "Fill it in; `commonweal indexes template` makes one.")
    invisible = _INVISIBLE.search(text)
    if invisible:
        line = text.count("\n", 0, invisible.start()) + 1
        _refuse(
            f"{name}, line {line}",
            f"The file contains the invisible character U+{ord(invisible.group()):04X}.",
            "Delete it: it may be binary data, or text copied with hidden marks.",
        )
    return text


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there in full or, whatever fails, as it was before.

    Raises BadInput when the folder is missing or may not be written to.
    """
    temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}.part")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except OSError as error:
        _refuse(str(path), f"Nothing can be written there ({error.strerror}).", "Name a folder that you may write to.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink()
        _refuse(str(path), f"The file cannot be written ({error.strerror}).", "Free some space, or close the file.")


def _refuse(place: str, what: str, remedy: str) -> NoReturn:
    raise BadInput([Problem(place, what, remedy)])
