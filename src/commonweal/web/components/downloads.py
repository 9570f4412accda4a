"""Files that are given out: always as an attachment, under a name that every system takes."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "yaml": "application/yaml",
}


def download(content: bytes, name: str) -> HttpResponse:
    """A file. The sandbox keeps an HTML document that is opened in the browser from acting as one of our pages."""
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response


def attachment(content: bytes, name: str) -> HttpResponse:
    """A file that somebody sent in: bytes under its name, for a browser to keep and never to open (RFC 6266)."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
