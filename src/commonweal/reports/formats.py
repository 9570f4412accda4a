"""The formats in which a plan is given out, each made by the module `as_<name>`."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from commonweal.core.maturity.results import Results
from commonweal.reports.compose import plan_content
from commonweal.reports.extract import WHOLE, Extract, extracted, with_notes
from commonweal.reports.order import Order


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name and file suffix, what it is for, and whether it is text for standard output."""

    name: str
    description: str
    is_text: bool

    def render(self, order: Order) -> bytes:
        """The document. Its module, and the library behind it, are imported only now."""
        make: Callable[[Order], bytes] = import_module(f"commonweal.reports.as_{self.name}").render
        return make(order)


FORMATS = {
    format.name: format
    for format in (
        Format("text", "for a terminal", is_text=True),
        Format("json", "all results as data", is_text=True),
        Format("csv", "results and actions as lists", is_text=True),
        Format("html", "one self-contained page", is_text=True),
        Format("xlsx", "a workbook", is_text=False),
        Format("docx", "a Word document to go on editing", is_text=False),
        Format("pdf", "a tagged PDF", is_text=False),
    )
}


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
    content = with_notes(plan_content(results, made_on, baseline), plan_notes or {})
    content = extracted(content, results.index, extract)
    return FORMATS[format_name].render(Order(content, results, made_on, width, baseline))
