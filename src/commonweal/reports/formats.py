"""The formats in which a plan is given out, each made by the module `as_<name>`."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module

from commonweal.core.maturity.results import Results, assess
from commonweal.reports.compose import plan_content
from commonweal.reports.extract import WHOLE, Extract, extracted, with_notes
from commonweal.reports.order import Order


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name and file suffix, what it is for, and whether it is text for standard output.

    One that `is_data` always speaks in the index's own words, whatever the sector: it stays equal for ever.
    """

    name: str
    description: str
    is_text: bool
    is_data: bool = False

    def render(self, order: Order) -> bytes:
        """The document. Its module, and the library behind it, are imported only now."""
        make: Callable[[Order], bytes] = import_module(f"commonweal.reports.as_{self.name}").render
        return make(order)


FORMATS = {
    format.name: format
    for format in (
        Format("text", "for a terminal", is_text=True),
        Format("json", "all results as data", is_text=True, is_data=True),
        Format("csv", "results and actions as lists", is_text=True, is_data=True),
        Format("html", "one self-contained page", is_text=True),
        Format("xlsx", "a workbook", is_text=False),
        Format("docx", "a Word document to go on editing", is_text=False),
        Format("pdf", "a tagged PDF", is_text=False),
    )
}


def as_published(results: Results) -> Results:
    """Results in the index's own words."""
    given = results.assessment
    return results if given.index.original is None else assess(replace(given, index=given.index.as_published))


def render(
    format_name: str,
    results: Results,
    made_on: datetime.date,
    width: int = 100,
    *,
    extract: Extract = WHOLE,
    plan_notes: Mapping[str, str] | None = None,
    baseline: Results | None = None,
) -> bytes:
    """The plan, or an extract of it, in a format of FORMATS.

    `made_on` dates a document whose assessment has no date of its own; `width` is that of the terminal, in columns;
    `plan_notes` are notes on the plan by theme code; with `baseline`, the results are where it moved to since.
    """
    if FORMATS[format_name].is_data:
        results, baseline = as_published(results), as_published(baseline) if baseline else None
    content = with_notes(plan_content(results, made_on, baseline), plan_notes or {})
    content = extracted(content, results.index, extract)
    return FORMATS[format_name].render(Order(content, results, made_on, width, baseline))
