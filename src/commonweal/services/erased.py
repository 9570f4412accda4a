"""Whom an installation has forgotten, so that what is restored from an older backup forgets them again.

A file beside the database, since the database is what a backup brings back. It holds digests under the installation's
key, never addresses: who finds the file learns nothing, and cannot try addresses out.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def list_of_erased() -> Path:
    """The file."""
    return Path(settings.HOME) / "erased"


def _digest(email: str) -> str:
    """Under the key as it is kept: after a restore that is the backup's, not the one that the process began with."""
    kept = Path(settings.HOME) / "secret-key"
    key = kept.read_bytes().strip() if kept.exists() else settings.SECRET_KEY.encode()
    return hmac.new(key, b"erased " + email.casefold().encode(), hashlib.sha256).hexdigest()


def note_erased(emails: Iterable[str]) -> None:
    """Add addresses, on the disk before anybody is told that they were forgotten."""
    _add(sorted(map(_digest, emails)))


def add_list(text: str) -> None:
    """Add what another list has, as it comes with a backup or from another place."""
    _add(line for line in text.split() if len(line) == hashlib.sha256().digest_size * 2)


def _add(digests: Iterable[str]) -> None:
    known = _known()
    new = [digest for digest in digests if digest not in known]
    if new:
        with list_of_erased().open("a", encoding="ascii") as opened:
            opened.write("".join(f"{digest}\n" for digest in new))
            opened.flush()
            os.fsync(opened.fileno())


def _known() -> set[str]:
    path = list_of_erased()
    return set(path.read_text(encoding="ascii").split()) if path.exists() else set()


def erased_among(emails: Iterable[str]) -> list[str]:
    """Those of some addresses that were forgotten here before."""
    known = _known()
    return [email for email in emails if _digest(email) in known]
