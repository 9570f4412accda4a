"""Files: told apart by their first bytes, decoded, and written whole or not at all."""

import os
from pathlib import Path

import pytest

from commonweal.core.errors import BadInput
from commonweal.formats import files


def _refused(content: bytes, tmp_path: Path) -> str:
    path = tmp_path / "f.yaml"
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        files.read_text(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"PK\x03\x04rest", "f.yaml: This is a workbook, document or zip archive, not a text file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "f.yaml: This is an old or an encrypted Office file, not a text file"),
        (b"%PDF-1.7", "f.yaml: This is a PDF, not a text file"),
        (b"\x1f\x8b\x08", "f.yaml: This is a gzip archive, not a text file"),
        ("a: 1".encode("utf-16"), "f.yaml: The text is encoded in UTF-16: Save it again with the encoding UTF-8."),
        (b"a: 1\nb: caf\xe9\n", "f.yaml, line 2: The byte 0xe9 is not text in UTF-8"),
        (b"", "f.yaml: The file is empty"),
        (b" \n\n", "f.yaml: The file is empty"),
        (b"a: 1\nb: \x00\n", "f.yaml, line 2: The file contains the invisible character U+0000"),
        (b"a: \x1b[2J\n", "f.yaml, line 1: The file contains the invisible character U+001B"),
        ("a: \u202e\n".encode(), "f.yaml, line 1: The file contains the invisible character U+202E"),
    ],
)
def test_what_is_not_plain_text_is_refused(content: bytes, expected: str, tmp_path: Path) -> None:
    assert _refused(content, tmp_path).startswith(expected)


def test_a_mark_at_the_start_and_any_line_ending_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert files.read_text(path) == "a: 1\r\nb: 2\r\n"


def test_a_large_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)
    with pytest.raises(BadInput, match=r"larger than 1 MB"):
        files.read_text(path)


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_what_cannot_be_read_is_said(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"There is no such file|This is a folder"):
        files.read_text(tmp_path / name)


def test_writing_replaces_the_whole_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"old")
    files.write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file_and_no_remains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BadInput, match="No space left on device"):
        files.write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Name a folder that you may write to"):
        files.write_whole(tmp_path / "nowhere" / "plan.pdf", b"x")


def test_what_is_not_a_plain_file_is_neither_read_nor_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    if not hasattr(os, "mkfifo"):
        return
    os.mkfifo(pipe)
    with pytest.raises(BadInput, match="not a file that can be read whole"):
        files.read_text(pipe)
    with pytest.raises(BadInput, match="not a file that can be replaced"):
        files.write_whole(pipe, b"x")
    assert pipe.is_fifo()


def test_a_link_is_followed_and_rights_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "plan.pdf", tmp_path / "link.pdf"
    path.write_bytes(b"old")
    path.chmod(0o600)
    link.symlink_to(path)
    files.write_whole(link, b"new")
    assert link.is_symlink()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)


@pytest.mark.parametrize("name", [".", "", "/"])
def test_a_folder_is_not_written_over(name: str) -> None:
    with pytest.raises(BadInput, match="This is a folder"):
        files.write_whole(Path(name), b"x")
