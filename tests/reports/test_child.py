"""Documents made apart are the same documents."""

import datetime

import pytest
from tests.cases import INVENTED, example

from commonweal.intake.assessment import read_assessment
from commonweal.reports.child import render_apart
from commonweal.reports.extract import WHOLE, Extract
from commonweal.reports.formats import FORMATS, render

DAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"pdf", "docx", "xlsx"}))
def test_text_is_equal(name: str) -> None:
    assert render_apart(name, read_assessment(INVENTED), DAY, WHOLE, {}) == render(name, example(INVENTED), DAY)


@pytest.mark.parametrize(("name", "mark"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_files_are_made_in_full(name: str, mark: bytes) -> None:
    assessment = read_assessment(INVENTED)
    whole, part = (render_apart(name, assessment, DAY, extract, {"B": "note"}) for extract in (WHOLE, Extract(("B",))))
    assert whole.startswith(mark)
    assert abs(len(whole) - len(render(name, example(INVENTED), DAY, plan_notes={"B": "note"}))) < 200
    assert len(part) < len(whole)
