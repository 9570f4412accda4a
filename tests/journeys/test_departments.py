"""Departments, sides and what changed in a version, in a browser: axe finds nothing, and nothing overflows."""

import pytest
from tests.journeys.visitor import Visitor


@pytest.mark.parametrize("width", ["visitor", "phone"])
def test_departments_answer_and_are_seen_side_by_side(width: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(width)
    visitor.goes_to("/organisations/new/").fills("What is your organisation called?", f"Parted {width}")
    visitor.chooses("kind", "fire").presses("Save and continue")
    organisation = visitor.page.locator(".govuk-breadcrumbs a").nth(1).get_attribute("href") or ""
    visitor.goes_to(f"{organisation}departments/").sees("Name your departments in the settings first").checks_the_page()
    visitor.goes_to(f"{organisation}settings/")
    visitor.page.get_by_label("Departments").fill("Prevention\nResponse\nWorkshops")
    visitor.presses("Save settings")
    visitor.goes_to(f"{organisation}departments/").follows("Start a round").checks_the_page()
    visitor.presses("Save and continue").sees("None of three departments has answered everything yet.")
    visitor.checks_the_page()
    visitor.goes_to(organisation).sees("Latest rounds of departments: 3").checks_the_page()
    visitor.page.locator("details a").first.click()
    assessment = visitor.page.url
    visitor.page.get_by_text("In the words of fire and rescue services").click()
    visitor.checks_the_page()
    visitor.follows("Change when to measure again").checks_the_page()
    visitor.fills("When do you want to measure again?", "soon").presses("Save")
    visitor.sees("This is not a date.").checks_the_page()
    visitor.goes_to(f"{assessment}themes/H/").sees("For fire and rescue services").checks_the_page()
    visitor.goes_to(f"{organisation}rounds/").sees("Whose rounds").checks_the_page()


@pytest.mark.parametrize("width", ["visitor", "phone"])
def test_a_supplier_is_asked_and_agrees(width: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(width)
    visitor.goes_to("/").follows("Aldermere Borough Council")
    organisation = visitor.page.url
    visitor.follows("Two sides: buyer and suppliers").checks_the_page()
    visitor.presses("Make a link").sees("It is not said whom you ask.").checks_the_page()
    visitor.fills("Ask a supplier", f"Supplier {width}").presses("Make a link").checks_the_page()
    link = visitor.page.locator("#link").inner_text()
    visitor.goes_to(link).sees("Aldermere Borough Council asks where you stand").checks_the_page()
    visitor.presses("Show it to Aldermere Borough Council").sees("No round is chosen.").checks_the_page()
    visitor.page.get_by_role("radio").first.check()
    visitor.presses("Show it to Aldermere Borough Council").sees(
        "to Aldermere Borough Council, since"
    ).checks_the_page()
    visitor.goes_to(f"{organisation}sides/").sees("beside your suppliers").checks_the_page()
    visitor.goes_to(organisation)
    visitor.page.get_by_role("table").get_by_role("link").first.click()
    visitor.follows("Versions of the index").checks_the_page()
    visitor.follows("What changed in it, text by text").checks_the_page()
