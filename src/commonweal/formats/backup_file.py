"""The one file of a backup: a zip of named members between a first line and a digest of everything before it.

The digest tells any flipped bit and any cut; each member's own digest, in the manifest, tells which part is damaged.
Encrypted, the whole is an age file (https://age-encryption.org/v1), which any age program opens with the key.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem

FIRST_LINE = b"commonweal backup 1\n"
_AGE = b"age-encryption.org/v1"
_DIGEST = hashlib.sha256().digest_size
_CHUNK = 1 << 20
MANIFEST = "manifest.json"
_AGAIN = "Take another backup; this one cannot be used."


def new_key() -> tuple[str, str]:
    """A new pair of keys: the secret one, which opens backups, and the public one, which they are made for."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


class BackupWriter:
    """Writes members one after the other, and the manifest last."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members: dict[str, str] = {}

    @contextmanager
    def member(self, name: str) -> Iterator[IO[bytes]]:
        """A member to write to."""
        with self._archive.open(name, "w", force_zip64=True) as opened:
            noted = _Noted(opened)
            yield noted  # type: ignore[misc]  # it writes, which is all that is asked of it
        self._members[name] = noted.digest.hexdigest()

    def finish(self, about: dict[str, Any]) -> None:
        """Write the manifest: what the backup is of, and the digest of each member."""
        text = json.dumps({**about, "members": self._members}, indent=1, sort_keys=True)
        self._archive.writestr(MANIFEST, text)


class _Noted:
    """Notes the digest of what is written."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self.digest = hashlib.sha256()

    def write(self, part: bytes) -> int:
        self.digest.update(part)
        return self._target.write(part)


@contextmanager
def written_backup(
    path: Path, recipient: str | None = None, check: Callable[[Path], None] | None = None
) -> Iterator[BackupWriter]:
    """A backup being written. The file is there under its name only once it is complete and on the disk.

    `check` looks at it before it is sealed, after which only its recipient could.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        plain, sealed = Path(folder) / "plain", Path(folder) / "sealed"
        with plain.open("w+b") as target:
            target.write(FIRST_LINE)
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                yield BackupWriter(archive)
            target.seek(0)
            digest = _digest_of(target)
            target.seek(0, 2)
            target.write(digest)
        if check:
            check(plain)
        if recipient:
            key = _recipient(recipient)
            with plain.open("rb") as source, sealed.open("wb") as target:
                pyrage.encrypt_io(source, target, [key])
        done = sealed if recipient else plain
        done.chmod(0o600)
        with done.open("rb+") as opened:
            os.fsync(opened.fileno())
        done.replace(path)


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        remedy = "Give the public key that commonweal backup-key printed; it begins with age1."
        raise BadInput([Problem("--recipient", "This is not a public key.", remedy)]) from error


def _digest_of(source: IO[bytes], leave_out: int = 0) -> bytes:
    """The digest of a file up to its last bytes."""
    source.seek(0, 2)
    left = source.tell() - leave_out
    source.seek(0)
    digest = hashlib.sha256()
    while left > 0:
        part = source.read(min(_CHUNK, left))
        if not part:
            break
        digest.update(part)
        left -= len(part)
    return digest.digest()


class BackupReader:
    """A backup that was found whole."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))

    def names(self, folder: str) -> list[str]:
        """The members in a folder."""
        return [name for name in self.manifest["members"] if name.startswith(f"{folder}/")]

    def open(self, name: str) -> IO[bytes]:
        """A member to read."""
        return self._archive.open(name)


@contextmanager
def read_backup(path: Path, identity: str | None = None) -> Iterator[BackupReader]:
    """A backup, opened after all of it was checked. Raises BadInput where it is damaged, or the key is not its own."""
    with tempfile.TemporaryDirectory(prefix="backup-") as folder:
        with path.open("rb") as opened:
            is_sealed = opened.read(len(_AGE)) == _AGE
        plain = _opened(path, identity, Path(folder) / "plain") if is_sealed else path
        with plain.open("rb") as source:
            _check_whole(path, source)
            source.seek(0)
            try:
                with zipfile.ZipFile(source) as archive:
                    reader = BackupReader(archive)
                    _check_members(path, archive, reader)
                    yield reader
            except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as error:
                raise BadInput([Problem(str(path), "The backup is damaged.", _AGAIN)]) from error


def _opened(path: Path, identity: str | None, target: Path) -> Path:
    if identity is None:
        remedy = "Name the file with its key by --identity."
        raise BadInput([Problem(str(path), "The backup is encrypted.", remedy)])
    try:
        key = pyrage.x25519.Identity.from_str(identity.strip().splitlines()[-1])
    except (pyrage.IdentityError, IndexError) as error:
        remedy = "Name the file that commonweal backup-key wrote."
        raise BadInput([Problem("--identity", "There is no key in this file.", remedy)]) from error
    try:
        with path.open("rb") as source, target.open("wb") as plain:
            pyrage.decrypt_io(source, plain, [key])
    except (pyrage.DecryptError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not the backup
        what = "The backup is damaged, or this is not its key."
        raise BadInput([Problem(str(path), what, "Try its own key, or another backup.")]) from error
    return target


def _check_whole(path: Path, source: IO[bytes]) -> None:
    if source.read(len(FIRST_LINE)) != FIRST_LINE:
        raise BadInput([Problem(str(path), "This is not a backup of Commonweal.", "Name the file of a backup.")])
    size = source.seek(0, 2)
    source.seek(max(0, size - _DIGEST))
    kept = source.read()
    if _digest_of(source, leave_out=_DIGEST) != kept:
        raise BadInput([Problem(str(path), "The backup is damaged or cut short.", _AGAIN)])


def _check_members(path: Path, archive: zipfile.ZipFile, reader: BackupReader) -> None:
    problems = []
    for name, digest in reader.manifest["members"].items():
        with archive.open(name) as member:
            found = hashlib.file_digest(member, "sha256").hexdigest()  # type: ignore[arg-type]
        if found != digest:
            problems.append(Problem(f"{path}, {name}", "This part is damaged.", _AGAIN))
    if problems:
        raise BadInput(problems)
