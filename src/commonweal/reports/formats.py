"""The formats in which a plan is given out. A format's libraries are imported only when it is asked for."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from commonweal.core.maturity.results import Results
from commonweal.reports.compose import plan_content
from commonweal.reports.content import PlanContent


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name and file suffix, whether it is text for a terminal, and what makes it."""

    name: str
    description: str
    is_text: bool
    render: Callable[[PlanContent, Results, datetime.date, int], bytes]


def _text(content: PlanContent, results: Results, _made_on: datetime.date, width: int) -> bytes:
    from commonweal.reports.as_text import render_text

    return render_text(content, results, width).encode("utf-8")


def _json(_content: PlanContent, results: Results, made_on: datetime.date, _width: int) -> bytes:
    from commonweal.reports.as_json import render_json

    return render_json(results, made_on)


def _csv(content: PlanContent, _results: Results, _made_on: datetime.date, _width: int) -> bytes:
    from commonweal.reports.as_csv import render_csv

    return render_csv(content)


def _html(content: PlanContent, results: Results, _made_on: datetime.date, _width: int) -> bytes:
    from commonweal.reports.as_html import render_html

    return render_html(content, results)


def _xlsx(content: PlanContent, results: Results, made_on: datetime.date, _width: int) -> bytes:
    from commonweal.reports.as_xlsx import render_xlsx

    return render_xlsx(content, results, made_on)


def _docx(content: PlanContent, results: Results, made_on: datetime.date, _width: int) -> bytes:
    from commonweal.reports.as_docx import render_docx

    return render_docx(content, results, made_on)


def _pdf(content: PlanContent, results: Results, made_on: datetime.date, _width: int) -> bytes:
    from commonweal.reports.as_pdf import render_pdf

    return render_pdf(content, results, made_on)


FORMATS = {
    format.name: format
    for format in (
        Format("text", "for a terminal", True, _text),
        Format("json", "all results as data", True, _json),
        Format("csv", "results and actions as lists", True, _csv),
        Format("html", "one self-contained page", True, _html),
        Format("xlsx", "a workbook", False, _xlsx),
        Format("docx", "a Word document to go on editing", False, _docx),
        Format("pdf", "a tagged PDF", False, _pdf),
    )
}


def render(format_name: str, results: Results, made_on: datetime.date, width: int = 100) -> bytes:
    """The plan in a format of FORMATS. `made_on` dates a document whose assessment has no date of its own."""
    return FORMATS[format_name].render(plan_content(results, made_on), results, made_on, width)
