"""In the documents that we make there is nothing beside the document: no part, name, link or remark of its own (D4)."""

import datetime
import io
import re
import zipfile

import pytest
from pypdf import PdfReader
from tests.cases import INVENTED, example

from commonweal.core.maturity.answers import Assessment
from commonweal.core.maturity.models import Index
from commonweal.reports.formats import render
from commonweal.reports.workbook import write_workbook

DAY = datetime.date(2026, 11, 21)
NAME = "Aldermere Borough Council"
KNOWN = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml"
    r"|word/(_rels/document\.xml\.rels|document\.xml|styles\.xml|stylesWithEffects\.xml|settings\.xml|webSettings\.xml"
    r"|fontTable\.xml|numbering\.xml|theme/theme1\.xml|footer\d\.xml|media/image\d\.png)"
    r"|xl/(_rels/workbook\.xml\.rels|workbook\.xml|worksheets/sheet\d+\.xml|sharedStrings\.xml|styles\.xml"
    r"|theme/theme1\.xml)"
)
"""Each part that a document of ours is made of."""


def _made(kind: str, index: Index) -> bytes:
    if kind == "workbook":
        return write_workbook(Assessment(NAME, index, {}), DAY)
    return render(kind, example(INVENTED), DAY)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "workbook"])
def test_an_office_document_is_made_of_known_parts(kind: str, index: Index) -> None:
    with zipfile.ZipFile(io.BytesIO(_made(kind, index))) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    assert [name for name in parts if not KNOWN.fullmatch(name)] == []
    assert [name for name, text in parts.items() if 'TargetMode="External"' in text] == []
    whole = " ".join(parts.values())
    assert not re.search(r"<w:(ins|del|moveFrom|moveTo|vanish|commentReference)\b", whole)
    assert not re.search(r'<sheet [^>]*state=|<(row|col) [^>]*hidden="(1|true)"', whole)
    names = re.findall(r'<definedName name="([^"]+)"', whole)
    assert set(names) <= {"_xlnm.Print_Titles", "_xlnm._FilterDatabase", "_xlnm.Print_Area"}
    core = parts["docProps/core.xml"]
    assert set(re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]+)<", core)) == {NAME}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-11-21T12:00:00Z"}
    assert re.findall(r"<(?:Company|Manager)>([^<]+)<", parts.get("docProps/app.xml", "")) == []


def test_a_pdf_carries_nothing(index: Index) -> None:
    pdf = PdfReader(io.BytesIO(_made("pdf", index)))
    assert pdf.metadata
    assert pdf.metadata.author == NAME
    assert set(pdf.metadata) == {"/Title", "/Author", "/Creator", "/ModDate", "/CreationDate"}
    assert dict(pdf.attachments) == {}
    assert [page for page in pdf.pages if page.get("/Annots")] == []
    assert not {"/AcroForm", "/OpenAction", "/AA", "/Names"} & pdf.root_object.keys()


def test_a_page_carries_nothing(index: Index) -> None:
    page = _made("html", index).decode()
    assert "<!--" not in page
    assert "<script" not in page
    assert set(re.findall(r'<meta name="(\w+)"', page)) <= {"viewport", "generator"}
