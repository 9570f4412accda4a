"""`commonweal check-trail`: whether a downloaded audit trail is whole. Needs no database."""

import datetime
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.trail import Entry, faults

_FORMAT = "commonweal trail 1"


@click.command("check-trail")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--head", help="A line NUMBER:DIGEST that was kept earlier.")
def check_trail(file: Path, head: str | None) -> None:
    """Check a downloaded audit trail: that its entries form one chain, and that it holds a head kept earlier."""
    entries = _entries(file)
    found = faults(entries, _head(head) if head else None)
    if found:
        remedy = "Compare with an older download, and ask who had access to the database."
        raise BadInput([Problem(f"{file}, entry {fault.number}", fault.what, remedy) for fault in found])
    click.echo(f"{file}: {len(entries)} entries, one chain.")
    if head is None:
        click.echo("  Without --head, an end that was cut off or a chain made anew cannot be told.")


def _head(text: str) -> tuple[int, str]:
    number, _, digest = text.strip().partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise BadInput([Problem("--head", "This is not a head.", "Give the line as it was sent, NUMBER:DIGEST.")])
    return int(number), digest


def _entries(file: Path) -> list[Entry]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["format"] != _FORMAT:
            raise KeyError("format")
        return [_entry(one) for one in kept["entries"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        remedy = "Download it from the page of the audit trail."
        raise BadInput([Problem(str(file), "This is not a downloaded audit trail.", remedy)]) from error


def _entry(one: dict[str, Any]) -> Entry:
    return Entry(
        organisation=UUID(one["organisation"]),
        number=int(one["number"]),
        at=datetime.datetime.fromisoformat(one["at"]),
        by=UUID(one["by"]),
        act=one["act"],
        subject=one["subject"],
        assessment=UUID(one["assessment"]) if one["assessment"] else None,
        said=one["said"],
        said_digest=one["said_digest"],
        digest=one["digest"],
    )
