"""Whom an installation has forgotten, so that what is restored from an older backup forgets them again.

A file beside the database, since the database is what a backup brings back. It holds digests under the installation's
key, never addresses: who finds the file learns nothing, and cannot try addresses out.
"""

import datetime
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


def note_erased(emails: Iterable[str], now: datetime.datetime) -> None:
    """Add addresses with the moment, on the disk before anybody is told that they were forgotten."""
    _add(f"{_digest(email)} {now.isoformat()}" for email in sorted(emails))


def add_list(text: str) -> None:
    """Add what another list has, as it comes with a backup or from another place."""
    _add(text.splitlines())


def _add(lines: Iterable[str]) -> None:
    known = _lines()
    new = [line for line in lines if line not in known]
    if new:
        with list_of_erased().open("a", encoding="ascii") as opened:
            opened.write("".join(f"{line}\n" for line in new))
            opened.flush()
            os.fsync(opened.fileno())


def _lines() -> list[str]:
    path = list_of_erased()
    return path.read_text(encoding="ascii").splitlines() if path.exists() else []


def erased_among(emails: Iterable[str]) -> dict[str, datetime.datetime]:
    """Those of some addresses that were forgotten here before, and when that was last."""
    moments: dict[str, datetime.datetime] = {}
    for line in _lines():
        digest, _, moment = line.partition(" ")
        at = datetime.datetime.fromisoformat(moment)
        moments[digest] = max(at, moments.get(digest, at))
    digests = {email: _digest(email) for email in emails}
    return {email: moments[digest] for email, digest in digests.items() if digest in moments}
