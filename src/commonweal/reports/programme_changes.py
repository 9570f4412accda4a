"""What has changed in a programme since a day, usually that of the last meeting."""

import datetime

from commonweal.core.programme.models import WorkItem
from commonweal.core.words import long_date
from commonweal.reports.papers.blocks import Block, Points, Section, Text
from commonweal.reports.programme_report import ProgrammeReport


def changes(report: ProgrammeReport, since: datetime.date) -> Section:
    """What was done, added, dropped, blocked and moved since a day, and what that did to the level."""
    first = datetime.date.min
    blocks: list[Block] = []
    then, now = report.level_on(since), report.level_on(report.made_on)
    if now:
        blocks.append(Text(f"Overall level: {now}." if then == now else f"Overall level: {then} then, {now} now."))
    days_of = (
        ("Done", report.done_on),
        ("Added", report.added_on),
        ("Dropped", report.dropped_on),
        ("Blocked", report.blocked_on),
    )
    for words, days in days_of:
        items = [item for item in report.whole if days.get(item.id, first) >= since]
        if items:
            blocks.append(Text(words, strong=True))
            blocks.append(Points(tuple(f"{long_date(days[item.id])}: {item.title}" for item in items)))
    moved = [(item, was) for item in report.whole for was in _due_until(report, item, since) if was != item.due]
    if moved:
        blocks.append(Text("Moved to another day", strong=True))
        blocks.append(Points(tuple(f"{item.title}: {_day(was)} to {_day(item.due)}" for item, was in moved)))
    if len(blocks) <= bool(now):
        blocks.append(Text("Nothing was done, added, dropped, blocked or moved."))
    return Section(f"Changes since {long_date(since)}", tuple(blocks))


def _due_until(report: ProgrammeReport, item: WorkItem, since: datetime.date) -> list[datetime.date | None]:
    """What the due day of a piece of work was before the first change since a day; nothing where none changed it."""
    return [was for on, was in report.due_before.get(item.id, ()) if on >= since][:1]


def _day(day: datetime.date | None) -> str:
    return long_date(day) if day else "no day"
