"""Makes a document in a process of its own: the libraries behind PDF and Word keep 75 MB for good.

`apart` asks, and this module answers as a program: an order comes in, the document goes out. What is passed is
pickled by ourselves for ourselves; an index that is shipped goes by its reference.
"""

import copyreg
import datetime
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from commonweal.core.maturity.answers import Assessment
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import assess
from commonweal.reports.extract import Extract
from commonweal.reports.formats import render
from commonweal.reports.papers.render import render as render_paper
from commonweal.standards.catalogue import load_index, references
from commonweal.standards.vocabularies import index_in_words

_MOST_SECONDS = 60
_HEAVY = {"pdf", "docx"}


def _by_reference(index: Index) -> Any:
    """A shipped index goes by its reference, and the sector whose words it speaks; one that an organisation wrote goes
    whole."""
    if index.reference in references():
        return _found, (index.reference, index.sector)
    return object.__reduce_ex__(index, pickle.HIGHEST_PROTOCOL)


def _found(reference: str, sector: str) -> Index:
    return index_in_words(load_index(reference), sector)


copyreg.pickle(Index, _by_reference)


def render_apart(
    format_name: str,
    assessment: Assessment,
    made_on: datetime.date,
    extract: Extract,
    plan_notes: Mapping[str, str],
    baseline: Assessment | None = None,
) -> bytes:
    """A document as `render` makes it, without its libraries staying in this process.

    Raises subprocess.SubprocessError where the other process fails.
    """
    make = partial(apart, "plan") if format_name in _HEAVY else _plan
    return make(format_name, assessment, made_on, extract, dict(plan_notes), baseline)


def apart(what: str, *order: Any) -> bytes:
    """What one of _MAKERS makes of an order, in a process of its own.

    Raises subprocess.SubprocessError where the other process fails.
    """
    command = [sys.executable, "-X", "utf8", "-m", "commonweal.reports.child"]
    ended = subprocess.run(  # noqa: S603  our own module
        command, input=pickle.dumps((what, order)), stdout=subprocess.PIPE, timeout=_MOST_SECONDS, check=True
    )
    return ended.stdout


def _plan(
    format_name: str,
    assessment: Assessment,
    made_on: datetime.date,
    extract: Extract,
    plan_notes: Mapping[str, str],
    baseline: Assessment | None,
) -> bytes:
    was = assess(baseline) if baseline else None
    return render(format_name, assess(assessment), made_on, extract=extract, plan_notes=plan_notes, baseline=was)


_MAKERS: dict[str, Callable[..., bytes]] = {"plan": _plan, "paper": render_paper}


def main() -> None:
    """Read an order from standard input and write the document to standard output."""
    what, order = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  from `apart`, through a pipe of our own
    sys.stdout.buffer.write(_MAKERS[what](*order))


if __name__ == "__main__":
    main()
