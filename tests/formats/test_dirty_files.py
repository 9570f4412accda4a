"""What is published of evidence has nothing beside the picture; what cannot be cleaned is not published (D4)."""

import io
import re
import zipfile
import zlib

import pytest
from tests.formats.dirty import BESIDE, DIRTY

from commonweal.core.problems import Refused
from commonweal.formats.evidence_file import refused_file, without_metadata

_OCTAL = re.compile(rb"\\([0-3][0-7]{2})")
_WORDS = re.compile("[^A-Za-z0-9.]+")


def _read(content: bytes) -> str:
    """Everything that can be read in a file: as it stands, unpacked, and what is deflated in it."""
    found = content + _OCTAL.sub(lambda one: bytes([int(one[1], 8)]), content)  # as a PDF writes some characters
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += b" ".join(archive.read(name) for name in archive.namelist())
    for at in (one.start() for one in re.finditer(b"\x78[\x01\x5e\x9c\xda]", content)):
        try:
            found += zlib.decompressobj().decompress(content[at:])
        except zlib.error:
            continue
    return _WORDS.sub("", found.decode("utf-8", "ignore") + found.decode("utf-16-be", "ignore"))


def test_there_are_forty_of_them() -> None:
    assert len(DIRTY) >= 40


@pytest.mark.parametrize("name", sorted(DIRTY))
def test_what_is_published_is_clean(name: str) -> None:
    beside = _WORDS.sub("", BESIDE)
    assert refused_file(name, DIRTY[name]) is None  # it is taken as evidence
    assert beside in _read(DIRTY[name])  # the control: it is there, and would be found
    clean = without_metadata(name, DIRTY[name])
    if name.endswith((".jpg", ".png")):
        assert isinstance(clean, bytes)
        assert beside not in _read(clean)
        assert refused_file(name, clean) is None  # and is a picture still
    else:
        assert isinstance(clean, Refused)
