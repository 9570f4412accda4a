"""Files as they were sent."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.formats.archive import MAX_FILE_BYTES


def sent_workbook(file: UploadedFile[Any] | None) -> tuple[bytes, str]:
    """The content and the name of a workbook. Raises BadInput where none was chosen, or one that is far too large."""
    if file is None:
        raise BadInput([Problem("Workbook", "No file was chosen.", "Choose the workbook that you filled in.")])
    if file.size is None or file.size > MAX_FILE_BYTES:
        remedy = "A filled-in workbook is far smaller: send the one you got."
        raise BadInput([Problem(file.name or "Workbook", "The file is larger than 10 MB.", remedy)])
    return file.read(), file.name or "workbook.xlsx"


def sent_file(file: UploadedFile[Any] | None) -> tuple[bytes, str]:
    """The content and the name of a file. Raises BadInput where none was chosen, or one that is far too large."""
    if file is None:
        raise BadInput([Problem("File", "No file was chosen.", "Choose the file to send.")])
    if file.size is None or file.size > MAX_FILE_BYTES:
        raise BadInput([Problem(file.name or "File", "The file is larger than 10 MB.", "Choose another one.")])
    return file.read(), file.name or "file"
