"""Answers from a file of any kind that we read: text (YAML, JSON) or a filled-in workbook."""

from pathlib import Path

from commonweal.core.maturity.answers import Assessment
from commonweal.formats.archive import MAX_FILE_BYTES
from commonweal.formats.files import read_bytes
from commonweal.intake.assessment import read_assessment
from commonweal.intake.workbook import read_workbook

_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}


def read_answers(path: Path) -> Assessment:
    """The assessment in a file. Raises BadInput with every problem found, each with its place."""
    if path.suffix.lower() in _WORKBOOKS:
        return read_workbook(read_bytes(path, MAX_FILE_BYTES), path.name).assessment()
    return read_assessment(path)
