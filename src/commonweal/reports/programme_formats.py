"""The documents of a programme and the formats in which each is given out."""

import datetime

from commonweal.reports.child import apart
from commonweal.reports.papers.blocks import Paper
from commonweal.reports.papers.render import render
from commonweal.reports.programme_list import as_csv, as_json, as_xlsx
from commonweal.reports.programme_papers import committee_paper, highlights
from commonweal.reports.programme_report import ProgrammeReport

PAPERS = ("docx", "pdf", "json")
LISTS = ("xlsx", "csv", "json")


def render_paper(report: ProgrammeReport, format_name: str, since: datetime.date) -> bytes:
    """The committee paper in a format of PAPERS; what changed is told since a day."""
    return _placed(format_name, committee_paper(report, since), report)


def render_highlights(report: ProgrammeReport, format_name: str, month: datetime.date) -> bytes:
    """The highlights of the month that begins on a day, in a format of PAPERS."""
    return _placed(format_name, highlights(report, month.replace(day=1)), report)


def _placed(format_name: str, paper: Paper, report: ProgrammeReport) -> bytes:
    """JSON here; what needs large libraries in a process of its own."""
    if format_name == "json":
        return render(format_name, paper, report.made_on)
    return apart("paper", format_name, paper, report.made_on)


def render_list(report: ProgrammeReport, format_name: str, code: str) -> bytes:
    """The work as XLSX, CSV or JSON; `code` is what a workbook says of whose it is."""
    if format_name == "xlsx":
        return as_xlsx(report, code)
    return as_csv(report) if format_name == "csv" else as_json(report)
