"""Files as bytes: read with a limit, told apart by their first bytes, decoded; written whole or not at all."""

import os
import stat
import time
from pathlib import Path
from typing import NoReturn

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.formats.characters import forbidden_character

MAX_TEXT_BYTES = 1_000_000
"""Limit for a text file that is read whole: ten times the size of the largest one we ship."""

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
_DELETE_IT = "Delete it: it may be binary data, or text copied with hidden marks."
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TEXT_REMEDY = "Save it as plain text in YAML or JSON; `commonweal indexes template` makes one to fill in."


def read_text(path: Path, limit: int = MAX_TEXT_BYTES) -> str:
    """A text file's content.

    Raises BadInput for a file that is missing, too large, not text, or not in UTF-8.
    """
    return decode(read_bytes(path, limit), path.name)


def read_bytes(path: Path, limit: int) -> bytes:
    """A file's bytes, never more than `limit` of them. Raises BadInput when it cannot be read or is larger."""
    name = path.name or str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            kind = "a folder" if path.is_dir() else "not a file that can be read whole"
            _refuse(name, f"This is {kind}.", "Name a file.")
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        _refuse(name, "There is no such file.", "Check the name and the folder.")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not a name of a file"
        _refuse(name, f"The file cannot be read ({reason}).", "Check its name, and that you may open it.")
    if len(content) > limit:
        _refuse(name, f"The file is larger than {limit / 1_000_000:g} MB.", "Check that you named the right file.")
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
    if forbidden_character(text):
        lines = text.split("\n")
        number, refused = next((n, found) for n, row in enumerate(lines, 1) if (found := forbidden_character(row)))
        _refuse(f"{name}, line {number}", f"The file contains the invisible character {refused}.", _DELETE_IT)
    return text


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there in full or, whatever fails, as it was before.

    A link is followed, and the rights of a file that is replaced are kept. Raises BadInput when the folder is missing
    or may not be written to, or when something other than a file stands there.
    """
    target = Path(os.path.realpath(path))
    if not target.name or target.is_dir():
        _refuse(str(path), "This is a folder.", "Name a file in it.")
    if target.exists() and not target.is_file():
        _refuse(str(path), "This is not a file that can be replaced.", "Name a file.")
    temporary = target.with_name(f".{target.name[:40]}.{os.getpid()}-{time.time_ns()}.part")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except OSError as error:
        _refuse(str(path), f"Nothing can be written there ({error.strerror}).", "Name a folder that you may write to.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
    except OSError as error:
        _refuse(str(path), f"The file cannot be written ({error.strerror}).", "Free some space, or close the file.")
    finally:
        temporary.unlink(missing_ok=True)


def _refuse(place: str, what: str, remedy: str) -> NoReturn:
    raise BadInput([Problem(place, what, remedy)])
