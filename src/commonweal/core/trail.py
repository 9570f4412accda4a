"""The audit trail's chain: each entry carries a digest of itself and of the one before.

Whoever holds the digest of the last entry (the *head*) can tell whether anything before it was edited, removed, put in
or moved, even by somebody with the whole database in hand. What an entry says is digested on its own, so that it can be
erased (a person's right) while the chain still holds: the digest stays. Digests are SHA-256 over canonical JSON.
Source: NIST SP 800-92 (integrity of logs); the design page on security, F9.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

START = "0" * 64
"""What stands before the first entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. `said` is what changed (before, after, why), None where it was erased; its digest stays."""

    organisation: UUID
    number: int
    at: datetime.datetime
    by: UUID
    act: str
    subject: str
    assessment: UUID | None
    said: Mapping[str, Any] | None
    said_digest: str
    digest: str


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of_said(said: Mapping[str, Any]) -> str:
    """The digest of what an entry says.

    >>> digest_of_said({"a": 1, "b": [2]}) == digest_of_said({"b": [2], "a": 1})
    True
    """
    return _digest(said)


def digest_of(
    *,
    organisation: UUID,
    number: int,
    at: datetime.datetime,
    by: UUID,
    act: str,
    subject: str,
    assessment: UUID | None,
    said_digest: str,
    before: str,
) -> str:
    """The digest of an entry after the one whose digest is `before`; times count to the microsecond, in UTC."""
    when = at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    about = "" if assessment is None else str(assessment)
    return _digest([1, str(organisation), number, when, str(by), act, subject, about, said_digest, before])


TAKEN_OUT = "personal data taken out"
"""The act of an entry that says, by their numbers, what earlier entries do not say any more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain does not hold."""

    number: int
    what: str


def faults(entries: Iterable[Entry], head: tuple[int, str] | None = None) -> list[Fault]:
    """Where entries, in order, do not make one chain, and whether it contains the head that somebody kept.

    What an entry said may be gone only where a later entry names it as taken out (`TAKEN_OUT`). `head` is a number with
    its digest. Without one, an end that was cut off or a chain made anew cannot be told.
    """
    found: list[Fault] = []
    before, expected, digests = START, 1, dict[int, str]()
    silent = set[int]()
    for entry in entries:
        if entry.said is None:
            silent.add(entry.number)
        elif entry.act == TAKEN_OUT:
            silent.difference_update(_named(entry.said))
        if entry.number != expected:
            found.append(Fault(expected, f"Entry {expected} is missing or out of place."))
        if entry.said is not None and digest_of_said(entry.said) != entry.said_digest:
            found.append(Fault(entry.number, f"What entry {entry.number} says was changed."))
        if _remade(entry, before) != entry.digest:
            found.append(Fault(entry.number, f"Entry {entry.number} was changed, or one before it was."))
        before, expected = entry.digest, entry.number + 1
        digests[entry.number] = entry.digest
    for number in sorted(silent):
        what = f"What entry {number} said is gone, and no later entry says that it was taken out."
        found.append(Fault(number, what))
    if head and digests.get(head[0], START if head[0] == 0 else "") != head[1]:
        found.append(Fault(head[0], f"Entry {head[0]} is not the one whose digest was kept."))
    return found


def _named(said: Mapping[str, Any]) -> set[int]:
    """The numbers that an entry names; none where a file says something else in their place."""
    after = said.get("after")
    numbers = after.get("entries") if isinstance(after, Mapping) else None
    return {number for number in numbers if isinstance(number, int)} if isinstance(numbers, list) else set()


def _remade(entry: Entry, before: str) -> str:
    return digest_of(
        organisation=entry.organisation,
        number=entry.number,
        at=entry.at,
        by=entry.by,
        act=entry.act,
        subject=entry.subject,
        assessment=entry.assessment,
        said_digest=entry.said_digest,
        before=before,
    )
