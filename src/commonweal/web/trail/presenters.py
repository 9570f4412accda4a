"""The audit trail as a page and as a file."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commonweal.core.trail import START, Entry
from commonweal.services.queries.trail import TrailLine

_SHOWN = 300
"""Characters of a value on the page; the file has all."""


@dataclass(frozen=True, slots=True)
class TrailRow:
    """An entry with what changed, in words."""

    number: int
    at: datetime.datetime
    by: str
    act: str
    about: str
    changes: tuple[tuple[str, str, str], ...]
    why: str
    is_erased: bool


def trail_rows(lines: Sequence[TrailLine]) -> list[TrailRow]:
    """Entries for the page."""
    return [
        TrailRow(
            number=line.number,
            at=line.at,
            by=line.by,
            act=line.act.capitalize(),
            about=", ".join(filter(None, [line.round, line.subject if len(line.subject) < 30 else ""])),
            changes=_changes(line.said) if line.said else (),
            why=str(line.said.get("why", "")) if line.said else "",
            is_erased=line.said is None,
        )
        for line in lines
    ]


def _changes(said: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    before, after = said["before"], said["after"]
    names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
    return tuple(
        (name.replace("_", " "), _words(before.get(name)), _words(after.get(name)))
        for name in names
        if before.get(name) or after.get(name)
    )


def _words(value: Any) -> str:
    if isinstance(value, list):
        value = ", ".join(_one(item) for item in value if item not in {"", None}) or "empty"
    text = "" if value is None else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _one(value: Any) -> str:
    return "does not apply" if value == -1 else str(value)


def file_of(organisation: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """The whole trail as plain values; digests as core/trail.py makes them."""
    last = entries[-1] if entries else None
    return {
        "format": "commonweal trail 1",
        "organisation": organisation,
        "head": {"number": last.number if last else 0, "digest": last.digest if last else START},
        "entries": [
            {
                "organisation": str(entry.organisation),
                "number": entry.number,
                "at": entry.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
                "by": str(entry.by),
                "act": entry.act,
                "subject": entry.subject,
                "assessment": str(entry.assessment) if entry.assessment else None,
                "said": entry.said,
                "said_digest": entry.said_digest,
                "digest": entry.digest,
            }
            for entry in entries
        ],
    }
