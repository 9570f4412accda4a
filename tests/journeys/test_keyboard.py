"""Ten journeys by keyboard alone. (The first, signing in, is made by the fixture `signed_in`.)"""

from playwright.sync_api import Page
from tests.journeys.visitor import Visitor


def _arrive(page: Page, address: str) -> None:
    page.wait_for_url(address)


def _organisation(visitor: Visitor, name: str) -> None:
    visitor.goes_to("/").tab_to("Add your organisation").press("Enter")
    _arrive(visitor.page, "**/organisations/new/")
    visitor.tab_to("What is your organisation called?").types(name)
    visitor.tab_to_choice("What kind of organisation is it?", "Health body")
    visitor.tab_to("Save and continue").press("Enter")
    _arrive(visitor.page, "**/assessments/new/")


def _round(visitor: Visitor, name: str) -> None:
    _organisation(visitor, name)
    visitor.tab_to_choice("How far ahead do you look?", "3 years")
    visitor.tab_to("Save and continue").press("Enter")
    visitor.page.wait_for_selector(".govuk-task-list")


def _first_theme(visitor: Visitor, name: str) -> None:
    _round(visitor, name)
    visitor.tab_to("Start with the first theme").press("Enter")
    _arrive(visitor.page, "**/themes/*/")


def test_2_add_an_organisation(visitor: Visitor) -> None:
    _organisation(visitor, "Keyboard Health")
    assert visitor.heading() == "New assessment"


def test_3_open_an_assessment(visitor: Visitor) -> None:
    _round(visitor, "Keyboard Round")
    visitor.sees("0 of 10 themes completed")


def test_4_answer_a_theme_and_go_on(visitor: Visitor) -> None:
    _first_theme(visitor, "Keyboard Theme")
    first = visitor.page.url
    visitor.tab_to_choice("Where are you now?", "Only the larger").tab_to_choice(
        "Where do you want to be?", "Our policy"
    )
    visitor.tab_to("Save and continue").press("Enter")
    visitor.page.wait_for_function("here => location.href !== here", arg=first)
    visitor.goes_to(first)
    assert visitor.page.locator("input:checked").count() == 2


def test_5_open_help_and_write_a_note(visitor: Visitor) -> None:
    _first_theme(visitor, "Keyboard Note")
    visitor.tab_to("Help and what would show it").press("Enter")
    visitor.sees("What would show it:")
    visitor.tab_to("Note on", kind="summary").press("Enter").tab_to("Note on", kind="textarea").types("By keyboard")
    visitor.tab_to("Save and stop").press("Enter")
    visitor.page.wait_for_selector(".govuk-task-list")
    visitor.sees("In progress")


def test_6_see_the_effect(visitor: Visitor) -> None:
    _first_theme(visitor, "Keyboard Effect")
    visitor.tab_to_choice("Where are you now?", "Our policy").tab_to("See the effect").press("Enter")
    visitor.page.wait_for_selector("#effect li")
    visitor.sees("What these answers would do (not saved yet)")


def test_7_go_from_the_error_summary_to_the_field_and_mend_it(visitor: Visitor) -> None:
    _first_theme(visitor, "Keyboard Error")
    visitor.tab_to_choice("Where are you now?", "Our policy").tab_to_choice(
        "Where do you want to be?", "Only the larger"
    )
    visitor.tab_to("Save and stop").press("Enter")
    visitor.page.wait_for_selector(".govuk-error-summary")
    visitor.tab_to("The future answer to").press("Enter")
    assert visitor.focus()["group"].startswith("Where do you want to be?")
    visitor.tab_to("Reason for the step back").types("The scheme ends")
    visitor.tab_to("Save and stop").press("Enter")
    visitor.page.wait_for_selector(".govuk-task-list")


def test_8_the_short_form(visitor: Visitor) -> None:
    _round(visitor, "Keyboard Short")
    visitor.tab_to("Start with the short form").press("Enter")
    _arrive(visitor.page, "**/short-form/")
    visitor.tab_to("Start the short form").press("Enter")
    _arrive(visitor.page, "**/short-form/*/")
    while "/short-form/" in visitor.page.url:
        here = visitor.page.url
        visitor.tab_to_choice("Which of these sounds like you now?", "Mature")
        visitor.tab_to_choice("Which do you want to be?", "Leader").tab_to("Save and continue").press("Enter")
        visitor.page.wait_for_function("here => location.href !== here", arg=here)
    visitor.sees("Estimate: themes")


def test_9_filter_the_plan(visitor: Visitor) -> None:
    visitor.goes_to("/").tab_to("Aldermere Borough Council").press("Enter")
    _arrive(visitor.page, "**/organisations/*/")
    visitor.tab_to("plan").press("Enter")
    _arrive(visitor.page, "**/plan/")
    visitor.tab_to("Theme").press("ArrowDown").tab_to("Show as").press("ArrowDown").tab_to("Show", kind="submit")
    visitor.press("Enter")
    _arrive(visitor.page, "**/plan/?theme=*view=list")
    visitor.sees("The plan shows")


def test_10_keep_a_note_on_the_plan(visitor: Visitor) -> None:
    visitor.goes_to("/").tab_to("Wendlebrook District Council").press("Enter")
    _arrive(visitor.page, "**/organisations/*/")
    visitor.tab_to("plan").press("Enter")
    _arrive(visitor.page, "**/plan/")
    visitor.tab_to("Edit note").press("Enter")
    _arrive(visitor.page, "**/notes/*/")
    visitor.tab_to("Note").types("Ask the leader")
    visitor.tab_to("Save note").press("Enter")
    _arrive(visitor.page, "**/plan/#theme-*")
    visitor.sees("Ask the leader")


def test_the_skip_link_comes_first_and_leads_to_the_content(visitor: Visitor) -> None:
    visitor.goes_to("/").press("Tab")
    assert visitor.focus()["name"] == "Skip to main content"
    visitor.press("Enter")
    assert visitor.page.evaluate("location.hash") == "#main-content"
