"""The picture of a plan for the README: the first page of the invented council's PDF."""

import datetime
from pathlib import Path

import typst

from commonweal.core.maturity.results import assess
from commonweal.intake.assessment import read_assessment
from commonweal.reports import as_pdf
from commonweal.reports.compose import plan_content

ROOT = Path(__file__).parents[2]
INVENTED = ROOT / "src" / "commonweal" / "standards" / "examples" / "aldermere-borough-council.yaml"
COUNTING = INVENTED.with_name("aldermere-procurement-2026.yaml")
DAY = datetime.date(2026, 11, 21)


def picture() -> bytes:
    results = assess(read_assessment(INVENTED))
    inputs = as_pdf.template_inputs(plan_content(results, DAY), results)
    pages = typst.Compiler(font_paths=as_pdf.fonts()).compile(
        as_pdf.template(), format="png", ppi=110.0, sys_inputs=inputs
    )
    first = pages[0] if isinstance(pages, list) else pages
    return first or b""
