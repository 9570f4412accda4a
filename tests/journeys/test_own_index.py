"""Somebody writes an index of their own by keyboard alone; and its pages in every state."""

from pathlib import Path

import pytest
from tests.journeys.visitor import Visitor

CARBON = Path(__file__).parents[1] / "standards" / "supply-carbon.yaml"


def _indexes(visitor: Visitor, organisation: str) -> str:
    visitor.goes_to("/").follows(organisation).follows("Indexes of your own")
    return visitor.page.url


def _arrive(visitor: Visitor, address: str) -> None:
    visitor.page.wait_for_url(address)


def test_an_index_is_written_and_published_by_keyboard(visitor: Visitor) -> None:
    _indexes(visitor, "Aldermere Borough Council")
    visitor.tab_to("What is it called?").types("Fair work").tab_to("Who is it for?").types("care providers")
    visitor.tab_to("Begin an index").press("Enter")
    _arrive(visitor, "**/indexes/*-*-*-*-*/")
    index = visitor.page.url
    visitor.sees("There is no theme yet").tab_to("Title of the theme").types("Pay")
    visitor.tab_to("What does it ask?").types("Are people paid fairly?").tab_to("Add the theme").press("Enter")
    _arrive(visitor, "**/themes/A/")
    visitor.tab_to("Title").types("Living wage").tab_to("The question itself").types("Is it paid?")
    visitor.tab_to("Add and write its answers").press("Enter")
    _arrive(visitor, "**/questions/A1/")
    visitor.tab_to("Help").types("Why it matters").tab_to("What would show it?").types("Pay slips")
    visitor.tab_to("Where one starts").types("It is not paid")
    visitor.tab_to("Answer").types("Some are paid it").tab_to("Action that gets there").types("Begin with some")
    visitor.tab_to("Save").press("Enter")
    _arrive(visitor, "**/themes/A/**")
    visitor.tab_to("Title").types("Hours").tab_to("The question itself").types("Are hours agreed?")
    visitor.tab_to("Add and write its answers").press("Enter")
    _arrive(visitor, "**/questions/A2/**")
    visitor.goes_to(f"{index}themes/A/").tab_to("Move up").press("Enter")
    _arrive(visitor, "**/themes/A/#questions")
    assert visitor.page.locator("tbody th b").all_inner_texts() == ["A2", "A1"]
    visitor.goes_to(f"{index}questions/A2/").tab_to("Delete this question").press("Enter")
    visitor.tab_to("Delete it").press("Enter")
    _arrive(visitor, "**/themes/A/**")
    visitor.goes_to(index).sees("Nothing is left to do").tab_to("Publish it").press("Enter")
    _arrive(visitor, "**/publish/")
    visitor.tab_to("Publish version 1.0").press("Enter")
    _arrive(visitor, index)
    visitor.sees("Published", "New rounds can answer it")


@pytest.mark.parametrize("width", ["visitor", "phone"])
def test_pages_of_an_index_in_every_state(width: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(width)
    home = _indexes(visitor, "Wendlebrook District Council")
    visitor.checks_the_page().presses("Begin an index").sees("There is a problem").checks_the_page()
    visitor.presses("Upload and check").sees("No file was chosen").checks_the_page()
    visitor.goes_to(home).fills("What is it called?", f"Empty {width}").fills("Who is it for?", "us")
    visitor.presses("Begin an index").sees("What is left to do").checks_the_page()
    empty = visitor.page.url
    for page in ("about/", "levels/", "publish/"):
        visitor.goes_to(empty + page).checks_the_page()
    table = {"name": "t.csv", "mimeType": "text/csv", "buffer": b"Theme,Question\nPay,Is it fair?\n,No theme\n"}
    visitor.goes_to(f"{empty}table/").checks_the_page().presses("Upload and preview").sees("No file was chosen")
    visitor.checks_the_page().page.set_input_files("#file", table)  # type: ignore[arg-type]
    visitor.presses("Upload and preview").sees("One question would come in").checks_the_page()
    file = {"name": "x.yaml", "mimeType": "text/yaml", "buffer": _own(width)}
    visitor.goes_to(home).page.set_input_files("#file", file)  # type: ignore[arg-type]
    visitor.presses("Upload and check").sees("Nothing is left to do").checks_the_page()
    full = visitor.page.url
    for page in ("preview/K/", "levels/", "themes/B/", "questions/B3/", "publish/"):
        visitor.goes_to(full + page).checks_the_page()
        visitor.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        visitor.checks_the_page()
    visitor.goes_to(f"{full}questions/B3/").fills("Where one starts", "x" * 200).presses("Save")
    visitor.sees("There is a problem").checks_the_page()
    visitor.goes_to(f"{full}publish/").presses("Publish version 1.0").sees("Start a new version").checks_the_page()
    visitor.goes_to(home).checks_the_page()


def _own(width: str) -> bytes:
    text = CARBON.read_text(encoding="utf-8")
    return text.replace("id: supply-carbon", f"id: supply-carbon-{width}", 1).encode()
