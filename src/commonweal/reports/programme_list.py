"""The work of a programme as a list: for a spreadsheet to work in, for CSV, and as data."""

import dataclasses
import datetime
import json
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.core.programme.models import WorkItem
from commonweal.core.words import long_date
from commonweal.formats.csv import write_csv
from commonweal.formats.work_sheet import COLUMNS, HEAD_ROW, LAYOUT, LAYOUT_CELL, NAMES, READ_ONLY, SHEET
from commonweal.formats.xlsx import Workbook
from commonweal.reports.programme_report import ProgrammeReport


def work_cells(report: ProgrammeReport) -> list[dict[str, str]]:
    """Every piece of work with its columns as text; days like 2027-04-01, parts under what they are parts of."""
    number = {item.id: item.number for item in report.programme.work}
    groups = {group.number: group.title for group in report.programme.groups}
    ordered = sorted(report.programme.work, key=lambda item: (number[item.parent or item.id], item.number))
    ordered = [item for item in ordered if item.parent is None or item.parent in number]
    return [_cells(item, number, groups, report.links.get(item.id, ())) for item in ordered]


def _cells(item: WorkItem, number: dict[UUID, int], groups: dict[int, str], links: tuple[str, ...]) -> dict[str, str]:
    cells = {name: _text(getattr(item, name, "")) for name in NAMES}
    return cells | {
        "part_of": str(number[item.parent]) if item.parent else "",
        "group": groups.get(item.group, ""),
        "state": item.state.label,
        "is_milestone": "yes" if item.is_milestone else "",
        "priority": item.priority.label,
        "needs": ", ".join(str(number[id_]) for id_ in item.waits_for if id_ in number),
        "links": "\n".join(links),
    }


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def as_csv(report: ProgrammeReport) -> bytes:
    """A line a piece of work."""
    rows = [[head for _, head, _ in COLUMNS]]
    rows += [[cells[name] for name in NAMES] for cells in work_cells(report)]
    return write_csv(rows)


def as_xlsx(report: ProgrammeReport, code: str) -> bytes:
    """A workbook to work in and to send back; `code` says whose it is."""
    programme = report.programme
    book = Workbook(programme.title, report.organisation, report.made_on)
    sheet = book.add(SHEET, [width for _, _, width in COLUMNS], landscape=True)
    sheet.text(0, 0, "Made by", "quiet")
    sheet.text(*LAYOUT_CELL, f"{LAYOUT} {code}", "quiet")
    closed = ", ".join(head for name, head, _ in COLUMNS if name in READ_ONLY)
    told = (
        f"{programme.title}, as it stood on {long_date(report.made_on)}. Change cells, or add rows with an empty No."
        f" (N1, N2 and so on where other rows name them);"
        f" then send the file back. An empty cell empties the field. Not taken in: {closed}."
    )
    sheet.text(1, 0, told, "quiet")
    looks = ["bold cell" if name == "number" else "cell" for name in NAMES]
    sheet.table(HEAD_ROW, [head for _, head, _ in COLUMNS], _sheet_rows(report), looks)
    guide = book.add("Groups", (60, 60))
    for line, group in enumerate(programme.groups):
        guide.text(line, 0, group.title)
        guide.text(line, 1, group.objective)
    return book.save()


def _sheet_rows(report: ProgrammeReport) -> list[list[str]]:
    return [[cells[name] for name in NAMES] for cells in work_cells(report)]


def as_json(report: ProgrammeReport) -> bytes:
    """The programme with its work and progress as data."""
    programme, told = report.programme, report.progress
    data = {
        "title": programme.title,
        "organisation": report.organisation,
        "round": report.round,
        "starts_on": programme.starts_on,
        "ends_on": programme.ends_on,
        "state": programme.state,
        "made_on": report.made_on,
        "levels": dict(report.stands),
        "groups": [dataclasses.asdict(group) for group in programme.groups],
        "years": {str(year): text for year, text in report.years.items()},
        "paper": dict(report.paper),
        "work": [
            {**cells, "id": str(item.id), "question": report.questions.get(item.step, ""),
                     "serves": list(report.serves.get(item.id, ())),
                     "done_on": report.done_on.get(item.id)}
            for cells, item in zip(work_cells(report), _ordered(report), strict=True)
        ],
        "progress": {
            "months": [dataclasses.asdict(count) for count in told.months],
            "money": [dataclasses.asdict(year) for year in told.money],
            "lateness_days": told.lateness,
            "forecast": told.forecast,
            "levels": [dict(zip(("on", "planned", "reached"), row, strict=True)) for row in report.levels],
        },
    }  # fmt: skip
    return (json.dumps(data, ensure_ascii=False, indent=2, default=_plain) + "\n").encode("utf-8")


def _ordered(report: ProgrammeReport) -> list[WorkItem]:
    by_number = {item.number: item for item in report.programme.work}
    return [by_number[int(cells["number"])] for cells in work_cells(report)]


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(getattr(value, "value", value))
