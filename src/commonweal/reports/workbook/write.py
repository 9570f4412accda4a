"""Puts the workbook together."""

import datetime

from commonweal.core.maturity.answers import Assessment
from commonweal.core.maturity.results import assess
from commonweal.formats.xlsx import Workbook
from commonweal.reports.workbook.behind import write_calculation, write_lists, write_steps
from commonweal.reports.workbook.counts import write_counts
from commonweal.reports.workbook.front import write_start, write_theme
from commonweal.reports.workbook.outcome import write_plan, write_results
from commonweal.reports.workbook.places import Places


def write_workbook(assessment: Assessment, made_on: datetime.date, code: str = "") -> bytes:
    """The workbook of an assessment as XLSX: what is answered is filled in, everything else can be.

    `code` says which stored assessment it belongs to; a blank workbook has none.
    """
    index, results = assessment.index, assess(assessment)
    at = Places(index)
    book = Workbook(f"{index.title}: answers and action plan", assessment.organisation, made_on)
    write_start(book, at, assessment, code)
    for theme in index.themes:
        write_theme(book, at, theme, results)
    if index.counting is None:
        write_results(book, at, results)
    else:
        write_counts(book, at, results, index.counting)
    write_plan(book, at, results)
    write_calculation(book, at, results)
    write_steps(book, at, results)
    write_lists(book, at)
    return book.save()
