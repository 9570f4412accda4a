"""Every format shows the same results: the same levels, actions and sentences."""

import csv
import datetime
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.cases import INVENTED, PUBLISHED, everywhere, example, results_of

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import Results, assess
from commonweal.core.programme.position import with_targets_reached
from commonweal.reports.compose import plan_content
from commonweal.reports.figures.lanes import lanes
from commonweal.reports.formats import FORMATS, render

DAY = datetime.date(2026, 11, 21)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.skip = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.skip += tag in {"style", "title", "desc"}

    def handle_endtag(self, tag: str) -> None:
        self.skip -= tag in {"style", "title", "desc"}

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self.parts.append(data)


def _docx_text(document: bytes) -> str:
    read = Document(io.BytesIO(document))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in read.paragraphs), *cells])


def _xlsx_text(document: bytes) -> str:
    book = load_workbook(io.BytesIO(document))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def _html_text(document: bytes) -> str:
    parser = _Text()
    parser.feed(document.decode())
    return " ".join(parser.parts)


def text_of(name: str, document: bytes) -> str:
    """All that a reader of the document sees, white space folded."""
    if name == "pdf":
        found = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    elif name == "json":
        found = json.dumps(json.loads(document), ensure_ascii=False)
    else:
        readers = {"docx": _docx_text, "xlsx": _xlsx_text, "html": _html_text}
        found = readers[name](document) if name in readers else document.decode("utf-8-sig")
    return re.sub(r"\s+", " ", re.sub(r"\x1b\[\d+m", "", found))


@pytest.fixture(scope="module", params=[PUBLISHED, INVENTED], ids=lambda path: path.stem)
def results(request: pytest.FixtureRequest) -> Results:
    return example(request.param)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_holds_the_same_facts(name: str, results: Results) -> None:
    text = text_of(name, render(name, results, DAY))
    folded = text.replace("- ", "").replace(" ", "") if name == "pdf" else text.replace(" ", "")
    wanted = [
        results.assessment.organisation,
        results.legal_sentence,
        *results.narrative,
        *(step.text for step in results.actions),
        *(theme.held_sentence for theme in results.themes),
    ]
    missing = [sentence for sentence in wanted if sentence.replace(" ", "") not in folded]
    if name == "text":  # lines are wrapped with an indent, which folding has taken out
        missing = [sentence for sentence in missing if sentence not in text]
    assert missing == []


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "json"])
def test_reconstructed_answers_are_marked_wherever_they_are_shown(name: str) -> None:
    text = text_of(name, render(name, example(PUBLISHED), DAY))
    assert "Answers reconstructed" in text
    assert "Answers reconstructed" not in text_of("text", render("text", example(INVENTED), DAY))


def test_json_says_that_answers_are_reconstructed() -> None:
    assert json.loads(render("json", example(PUBLISHED), DAY))["answers_are"] == "reconstructed"


# docx is left out: python-docx stamps the members of its archive with the time of day.
@pytest.mark.parametrize("name", [name for name in FORMATS if name != "docx"])
def test_the_same_results_give_the_same_bytes(name: str) -> None:
    assert render(name, example(INVENTED), DAY) == render(name, example(INVENTED), DAY)


@pytest.mark.parametrize("name", list(FORMATS))
@pytest.mark.parametrize("state", ["empty", "first", "last", "half"])
def test_every_format_is_made_in_every_state(name: str, state: str, index: Index) -> None:
    answers = {
        "empty": {},
        "first": everywhere(index, 0, 0),
        "last": everywhere(index, -1, -1),
        "half": dict(list(everywhere(index, 0, -1).items())[:30]),
    }[state]
    assert render(name, results_of(index, answers), DAY)


def test_an_assessment_without_a_date_carries_the_day_it_was_made() -> None:
    content = plan_content(example(PUBLISHED), DAY)
    assert content.date_line == "Made on 21 November 2026"
    assert plan_content(example(INVENTED), DAY).date_line == "Assessed on 21 November 2026, looking three years ahead"


def test_csv_is_a_list_of_actions_with_numbers_as_numbers() -> None:
    rows = list(csv.reader(io.StringIO(render("csv", example(PUBLISHED), DAY).decode("utf-8-sig"))))
    start = rows.index(["Action", "Theme", "Question", "To reach", "What to do", "Criteria", "Provenance"]) + 1
    actions = rows[start : rows.index([], start)]
    assert len(actions) == 34
    assert actions[0][:4] == ["ACT-A-I1", "A", "A1", "Innovator"]
    assert b',1,"Policy' in render("csv", example(PUBLISHED), DAY)


def _moved_on() -> tuple[Results, Results]:
    """The published case as assessed, and after A1 rose by one answer and B1 fell by one."""
    baseline = example(PUBLISHED)
    answers = dict(baseline.assessment.answers)
    for question, by in (("A1", 1), ("B1", -1)):
        now = answers[question].present
        assert isinstance(now, int)
        answers[question] = replace(answers[question], present=now + by)
    return baseline, assess(replace(baseline.assessment, answers=answers))


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_tells_baseline_now_and_target(name: str) -> None:
    baseline, now = _moved_on()
    document = render(name, now, DAY, baseline=baseline)
    text = text_of(name, document)
    if name == "json":
        data = json.loads(document)
        was = {theme["code"]: theme["present"] for theme in json.loads(render(name, baseline, DAY))["themes"]}
        assert data["baseline"]["themes"] == was
        assert data["baseline"]["answers"]["A1"] == baseline.assessment.answers["A1"].present
        assert data["baseline"]["overall_mean"] == baseline.present.overall.mean != data["overall"]["present_mean"]
        return
    assert "since then two answers have moved" in text
    assert f"average of the themes: {baseline.present.overall.mean:g} out of" in text.replace("- ", "")
    assert f"average of the themes: {now.present.overall.mean:g} out of" in text.replace("- ", "")
    assert "Of the 34 actions at the baseline, one is done. One is new" in text
    assert text.count("Baseline") + text.count("baseline") > 2
    assert "Baseline" not in text_of(name, render(name, now, DAY))


def test_what_is_done_and_what_is_new_are_told_apart() -> None:
    baseline = example(PUBLISHED)
    done, fallen = dict(baseline.assessment.answers), dict(baseline.assessment.answers)
    for step in baseline.actions[:2]:
        done[step.question] = replace(done[step.question], present=step.to_answer)
    present = fallen["B1"].present
    assert isinstance(present, int)
    fallen["B1"] = replace(fallen["B1"], present=present - 1)
    told = [
        plan_content(assess(replace(baseline.assessment, answers=answers)), DAY, baseline).actions_line
        for answers in (done, fallen)
    ]
    assert told[0].endswith("Of the 34 actions at the baseline, two are done.")
    assert told[1].endswith("11 to reach Innovator. One is new, because what was in place is no longer.")


def test_nobody_aims_lower_than_where_work_has_led(index: Index) -> None:
    baseline = results_of(index, everywhere(index, 1, 1))
    beyond = {**baseline.assessment.answers}
    for question in index.themes[1].questions:
        beyond[question.id] = replace(beyond[question.id], present=len(question.answers) - 1)
    now = assess(replace(baseline.assessment, answers=with_targets_reached(beyond)))
    content = plan_content(now, DAY, baseline)
    assert not any("lower" in sentence for sentence in content.narrative)
    row = content.results[1]
    assert (row.gap, row.cells[2:]) == (0, (plan_content(baseline, DAY).results[1].cells[1], "0"))
    assert "Where a target was passed, no gap is counted." in content.marks[-1]
    assert lanes(now, baseline)[1].future == baseline.themes[1].future


def test_the_table_has_the_level_that_was_beside_the_level_that_is() -> None:
    baseline, now = _moved_on()
    content = plan_content(now, DAY, baseline)
    assert content.result_heads == ("Theme", "Baseline", "Now", "Target", "Gap")
    plain = plan_content(baseline, DAY)
    assert [row.cells[0] for row in content.results] == [row.cells[0] for row in plain.results]
    assert all(len(row.cells) == 4 for row in content.results)
    assert [len(row.cells) for row in plain.results] == [3] * 10
