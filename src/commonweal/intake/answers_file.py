"""Answers from a file of any kind that we read: text (YAML, JSON) or a filled-in workbook."""

from pathlib import Path

from commonweal.core.maturity.answers import Assessment
from commonweal.formats.archive import MAX_FILE_BYTES
from commonweal.formats.files import read_bytes
from commonweal.intake.assessment import FindIndex, read_assessment
from commonweal.intake.workbook import read_workbook
from commonweal.standards.catalogue import load_index

_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}


def read_answers(path: Path, find: FindIndex = load_index) -> Assessment:
    """The assessment in a file; `find` gives the index under a reference, or UnknownIndex.

    Raises BadInput with every problem found, each with its place.
    """
    if path.suffix.lower() in _WORKBOOKS:
        return read_workbook(read_bytes(path, MAX_FILE_BYTES), path.name, find).assessment()
    return read_assessment(path, find)
