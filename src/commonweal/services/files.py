"""Where the files of evidence stand: behind one interface, a folder by default, or a store that speaks S3.

A file is on the disk before its row is in the database (written aside, synchronised, then named), so that no row names
a file that is not there. A file without a row is swept up (`actions/housekeeping.py`).
"""

import datetime
import os
import socket
import struct
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, storages


class Folder(FileSystemStorage):
    """A folder in which a file is there entirely or not at all."""

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        target = Path(self.path(name))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = target.with_suffix(".part")
        try:
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
                for chunk in content.chunks():
                    written.write(chunk)
                written.flush()
                os.fsync(written.fileno())
            aside.replace(target)
        except OSError:  # a full disk: what is there of it takes room that others need
            aside.unlink(missing_ok=True)
            raise
        if os.name == "posix":  # the name, too
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        return name


def keep(content: bytes) -> str:
    """Keep a file under a name that says nothing. Gives the name."""
    name = uuid.uuid4().hex
    return storages["evidence"].save(f"{name[:2]}/{name}", ContentFile(content))


def kept(name: str) -> bytes:
    """A file that was kept. Raises FileNotFoundError."""
    with storages["evidence"].open(name) as opened:
        return cast("BinaryIO", opened).read()


def put_back(name: str, content: bytes) -> None:
    """Keep a file under the name that it had: when a backup is restored."""
    storages["evidence"].save(name, ContentFile(content))


def throw_away(name: str) -> None:
    """Delete a file."""
    storages["evidence"].delete(name)


def names_older_than(moment: datetime.datetime) -> Iterator[str]:
    """The files that were kept before a moment."""
    storage = storages["evidence"]
    try:
        folders, _ = storage.listdir("")
    except FileNotFoundError:  # nothing was kept yet
        return
    for folder in folders:
        for name in storage.listdir(folder)[1]:
            path = f"{folder}/{name}"
            if storage.get_modified_time(path) < moment:
                yield path


def is_infected(content: bytes) -> bool | None:
    """What the virus scanner says (clamd's INSTREAM); None where none is set. Raises OSError where it is down."""
    where = settings.CLAMAV
    if not where:
        return None
    with _connected(where, _ANSWERS_WITHIN) as scanner:  # one that hangs is found out before a large file is sent
        scanner.sendall(b"zPING\0")
        if scanner.recv(16) != b"PONG\0":
            raise OSError("The virus scanner did not answer as it should.")
    with _connected(where, _SCANNED_WITHIN) as scanner:
        scanner.sendall(b"zINSTREAM\0" + struct.pack(">I", len(content)) + content + struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0"):
            received = scanner.recv(4096)
            if not received:
                break
            answer += received
    if answer.rstrip(b"\0").endswith(b"OK"):
        return False
    if b"FOUND" in answer:
        return True
    raise OSError("The virus scanner did not answer as it should.")


_ANSWERS_WITHIN, _SCANNED_WITHIN = 1, 30
"""Seconds."""


def _connected(where: str, patience: int) -> socket.socket:
    if where.startswith("/"):
        found = socket.socket(socket.AF_UNIX)
        found.settimeout(_ANSWERS_WITHIN)
        found.connect(where)
    else:
        host, _, port = where.rpartition(":")
        found = socket.create_connection((host, int(port)), timeout=_ANSWERS_WITHIN)
    found.settimeout(patience)
    return found
