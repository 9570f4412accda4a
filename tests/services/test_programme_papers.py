"""The documents of a programme: the same facts in each format, and nothing of text that acts."""

import datetime
import io
import json
from decimal import Decimal
from uuid import UUID

import pytest
from docx import Document
from pypdf import PdfReader
from tests.cases import PUBLISHED, example
from tests.service import NOW, a_round, rows, somebody

from commonweal.core.programme.work import WorkStep
from commonweal.core.words import long_date
from commonweal.reports.papers.blocks import Figure
from commonweal.reports.programme_formats import render_highlights, render_list, render_paper
from commonweal.reports.programme_papers import committee_paper
from commonweal.services.actions.programme_years import write_paper
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.services.actions.work import change_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.people import Person
from commonweal.services.queries.programme_report import programme_report
from commonweal.standards.catalogue import load_index
from commonweal.store.models import Work

pytestmark = pytest.mark.django_db
PUBLIC = load_index("svmi-public")
START, TODAY = datetime.date(2027, 4, 1), datetime.date(2027, 9, 1)
NASTY = "=HYPERLINK(1) #let <b>x</b>"


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def made(lead: Person) -> UUID:
    """The published plan, one piece of it done in May, with a paper."""
    walsall = a_round(lead, PUBLIC, dict(example(PUBLISHED).assessment.answers))
    chosen = {step.id for step in example(PUBLISHED).actions}
    frame = Frame("Social value 2027 to 2029", "scotland", START, 2)
    programme = adopt_plan(assessment_id=walsall, frame=frame, chosen=chosen, by=lead, now=NOW)
    first = rows(Work).filter(programme=programme, step="ACT-B-L2")[0]
    for version, step in enumerate((WorkStep.AGREE, WorkStep.START, WorkStep.CLAIM, WorkStep.CONFIRM)):
        said = {"words": "Said", "link": "", "today": datetime.date(2027, 5, 10), "by": lead, "now": NOW}
        take_work_step(work_id=first.pk, step=step, version=version, **said)  # type: ignore[arg-type]
    fields = {"risks": NASTY, "recommendations": "That cabinet agrees."}
    write_paper(programme_id=programme, version=0, fields=fields, by=lead, now=NOW)
    return programme


def _text_of_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_paper_says_the_same_in_every_format(made: UUID, lead: Person) -> None:
    report = programme_report(made, by=lead, today=TODAY)
    docx, pdf, data = (render_paper(report, name, START) for name in ("docx", "pdf", "json"))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    texts = _text_of_docx(docx), "\n".join(pages), data.decode()
    for words in ("Of 34 pieces of work: one piece done", "That cabinet agrees.", "10 May 2027", NASTY):
        for text in texts:
            assert words in " ".join(text.split()), words
    assert "That cabinet agrees." in pages[0]  # what a committee is asked stands on the first page
    headings = [section["heading"] for section in json.loads(data)["sections"]]
    stands = "Where it stands, theme by theme"
    assert headings == ["Summary", "The programme", stands, "Progress", "Risks", "Changes since 1 April 2027"]


def test_the_paper_has_its_figures_with_words_beside_them(made: UUID, lead: Person) -> None:
    report = programme_report(made, by=lead, today=TODAY)
    figures = [
        block for section in committee_paper(report, START).sections for block in section.blocks
        if isinstance(block, Figure)
    ]  # fmt: skip
    assert [figure.caption.partition(",")[0] for figure in figures] == [
        "Where Example Council is now and wants to be", "Pieces of work",
    ]  # fmt: skip
    lanes = figures[0]
    assert "B Internal Management: baseline Mature, now Leader, target Leader." in lanes.description
    docx, pdf, data = (render_paper(report, name, START) for name in ("docx", "pdf", "json"))
    shapes = Document(io.BytesIO(docx)).inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [figure.description for figure in figures]
    assert b"<svg" not in data
    assert lanes.description in data.decode()
    assert "Where Example Council is now" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    spent = rows(Work).filter(programme=made)[3]
    details = {"title": spent.title, "group": spent.group.number, "cost": Decimal(900), "spent": Decimal(300)}
    change_work(work_id=spent.pk, version=spent.version, details=WorkDetails(**details), by=lead, now=NOW)
    captions = [
        block.caption for section in committee_paper(programme_report(made, by=lead, today=TODAY), START).sections
        for block in section.blocks if isinstance(block, Figure)
    ]  # fmt: skip
    assert captions[2].startswith("Pounds, month by month")


def test_the_paper_tells_changes_since_a_day(made: UUID, lead: Person) -> None:
    report = programme_report(made, by=lead, today=TODAY)
    assert "Nothing was done, added, dropped, blocked or moved." in render_paper(report, "json", TODAY).decode()


def test_the_paper_tells_what_moved_and_what_is_blocked(made: UUID, lead: Person) -> None:
    work, other = rows(Work).filter(programme=made, state="proposed").order_by("number")[:2]
    assert work.due
    days = work.due, work.due + datetime.timedelta(days=30), work.due + datetime.timedelta(days=60)
    for version, (due, on) in enumerate(((days[1], datetime.date(2027, 7, 1)), (days[2], datetime.date(2027, 8, 20)))):
        at = datetime.datetime.combine(on, datetime.time(12), datetime.UTC)
        details = WorkDetails(title=work.title, group=work.group.number, due=due)
        change_work(work_id=work.pk, version=version, details=details, by=lead, now=at)
    for version, step in enumerate((WorkStep.AGREE, WorkStep.START, WorkStep.BLOCK)):
        said = {"words": "No money", "link": "", "today": datetime.date(2027, 8, 25), "by": lead, "now": NOW}
        take_work_step(work_id=other.pk, step=step, version=version, **said)  # type: ignore[arg-type]

    def changes(since: datetime.date) -> str:
        section = committee_paper(programme_report(made, by=lead, today=TODAY), since).sections[-1]
        return str(section.blocks)

    told = changes(datetime.date(2027, 8, 1))
    assert f"{work.title}: {long_date(days[1])} to {long_date(days[2])}" in told
    assert f"25 August 2027: {other.title}" in told
    assert "Overall level: Follower (1.3)." in told
    told = changes(START)
    assert f"{work.title}: {long_date(days[0])} to {long_date(days[2])}" in told
    assert "Overall level: Follower (1.2) then, Follower (1.3) now." in told
    assert "Nothing was done, added, dropped, blocked or moved." in changes(datetime.date(2027, 8, 26))


def test_highlights_are_of_their_month(made: UUID, lead: Person) -> None:
    report = programme_report(made, by=lead, today=TODAY)
    may, june = (json.loads(render_highlights(report, "json", datetime.date(2027, month, 1))) for month in (5, 6))
    done = {section["heading"]: section["blocks"] for section in may["sections"]}["Done in May 2027"]
    assert "Train the officers" in str(done)
    assert "Nothing was confirmed as done." in str(june)
    assert may["title"] == "Highlights of May 2027"


def test_the_list_as_data(made: UUID, lead: Person) -> None:
    report = programme_report(made, by=lead, today=TODAY)
    data = json.loads(render_list(report, "json", str(made)))
    assert (len(data["work"]), data["levels"]["Baseline"]) == (34, "Follower (1.2)")
    done = [work for work in data["work"] if work["done_on"]]
    assert [(work["step"], work["question"], work["state"]) for work in done] == [("ACT-B-L2", "B3", done[0]["state"])]
    assert data["progress"]["months"][1]["done"] == 1
