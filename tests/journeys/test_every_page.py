"""Every page, empty, half, full and in error, at a desk and on a small screen: axe finds nothing, nothing overflows."""

import re

import pytest
from tests.journeys.visitor import Visitor

STATES = {"full": "Aldermere Borough Council", "half": "Wendlebrook District Council", "published": "Walsall Council"}


def _rounds(visitor: Visitor, organisation: str) -> tuple[str, str]:
    """The addresses of an organisation and of its latest round."""
    visitor.goes_to("/").follows(organisation)
    address = visitor.page.url
    return address, visitor.page.get_by_role("table").get_by_role("link").first.get_attribute("href") or ""


def _pages(organisation: str, assessment: str) -> list[str]:
    inside = ("", "check/", "edition/", "results/", "plan/", "plan/?view=list", "workbook/", "short-form/")
    around = ("evidence/", "evidence/add/", "decisions/", "people/")
    own = ("", "rounds/", "people/", "people/invite/", "trail/", "settings/", "predecessors/")
    return [*(organisation + page for page in own), *(assessment + page for page in (*inside, *around))]


@pytest.mark.parametrize("width", ["visitor", "phone"])
@pytest.mark.parametrize("state", sorted(STATES))
def test_pages_of_an_organisation(state: str, width: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(width)
    organisation, assessment = _rounds(visitor, STATES[state])
    for address in _pages(organisation, assessment):
        visitor.goes_to(address).checks_the_page()
    themes = visitor.goes_to(assessment).page.locator(".govuk-task-list a").all()
    addresses = [theme.get_attribute("href") or "" for theme in themes]
    assert len(addresses) > 5
    for address in [addresses[0], addresses[4], addresses[-1]]:
        visitor.goes_to(address).checks_the_page()
        visitor.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        visitor.checks_the_page()
        code = address.strip("/").split("/")[-1]
        visitor.goes_to(f"{assessment}short-form/{code}/").checks_the_page()
        visitor.goes_to(f"{assessment}plan/notes/{code}/").checks_the_page()


@pytest.mark.parametrize("width", ["visitor", "phone"])
def test_pages_of_an_empty_round_and_pages_in_error(width: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(width)
    visitor.goes_to("/organisations/new/").checks_the_page().presses("Save and continue")
    visitor.sees("There is a problem", "Enter the name of your organisation.").checks_the_page()
    visitor.fills("What is your organisation called?", f"Empty {width}").chooses("kind", "health")
    visitor.presses("Save and continue").checks_the_page().fills("What do you call this round?", "")
    visitor.presses("Save and continue").sees("Enter a name for this round").checks_the_page()
    visitor.fills("What do you call this round?", "First round").presses("Save and continue")
    assessment = visitor.page.url
    organisation = visitor.page.locator(".govuk-breadcrumbs a").nth(1).get_attribute("href") or ""
    for address in _pages(organisation, assessment):
        visitor.goes_to(address).checks_the_page()
    first = visitor.goes_to(assessment).page.locator(".govuk-task-list a").first.get_attribute("href") or ""
    code = first.strip("/").split("/")[-1]
    visitor.goes_to(first).chooses(f"{code}1-present", "1").chooses(f"{code}1-future", "0")
    visitor.presses("Save and continue").sees("There is a problem").checks_the_page()
    visitor.goes_to(f"{assessment}short-form/{code}/").presses("Save and continue").sees("No level is chosen")
    visitor.checks_the_page()
    visitor.goes_to(f"{assessment}workbook/").presses("Upload and preview").sees("No file was chosen").checks_the_page()


@pytest.mark.parametrize("width", ["visitor", "phone"])
def test_pages_for_all(width: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(width)
    for address in (
        "/",
        "/workbooks/",
        "/about/",
        "/accessibility/",
        "/cookies/",
        "/sign-in/",
        "/sign-out/",
        "/nothing/",
    ):
        visitor.goes_to(address).checks_the_page()
    visitor.page.context.clear_cookies()
    visitor.goes_to("/").sees("Sign in").checks_the_page()
    visitor.goes_to("/sign-in/abc/").checks_the_page().presses("Open Commonweal")
    visitor.sees("This link does not work any more").checks_the_page()


@pytest.mark.parametrize("width", ["visitor", "phone"])
def test_evidence_remarks_and_decisions(width: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(width)
    _, assessment = _rounds(visitor, STATES["half"])
    question = visitor.goes_to(f"{assessment}check/").page.locator("main th a").first.get_attribute("href") or ""
    visitor.goes_to(question).checks_the_page().presses("Remark").sees("There is no remark.").checks_the_page()
    visitor.fills("Your remark", "Is this\nstill so?").presses("Remark").sees("Is this still so?").checks_the_page()
    visitor.follows("Add evidence").presses("Add evidence").sees("There is a problem").checks_the_page()
    visitor.chooses("kind", "file").chooses("strength", "documented").fills("Name", f"Policy {width}")
    visitor.page.set_input_files("#file", {"name": "run.exe", "mimeType": "x/y", "buffer": b"MZ"})
    visitor.presses("Add evidence").sees("This kind of file is not taken.").checks_the_page()
    visitor.page.set_input_files("#file", {"name": "policy.txt", "mimeType": "text/plain", "buffer": b"Weighed"})
    visitor.fills("Valid until", "31/03/2020").presses("Add evidence").sees("Out of date", "policy.txt")
    visitor.checks_the_page().follows("Change its name, dates, or what it serves").checks_the_page()
    other_tab = visitor.page.url
    visitor.page.locator("input[name=criteria]").first.check()
    visitor.presses("Save evidence").sees("Shows: ").checks_the_page()
    visitor.goes_to(other_tab).page.locator("input[name=version]").evaluate("field => { field.value = 0; }")
    visitor.fills("Name", f"My policy {width}").presses("Save evidence").sees("Nothing was saved yet").checks_the_page()
    visitor.fills("Name", "").presses("Save evidence").sees("It has no name.").checks_the_page()
    visitor.fills("Name", f"Policy {width}").presses("Save evidence").sees("Out of date")
    with visitor.page.expect_download() as downloaded:
        visitor.follows("policy.txt")
    assert downloaded.value.suggested_filename == "policy.txt"
    visitor.goes_to(question).sees(f"Policy {width}", "Out of date", "Criteria behind the answers").checks_the_page()
    visitor.goes_to(f"{assessment}decisions/").presses("Record it").sees("Choose what was decided.").checks_the_page()
    visitor.chooses("step", "agree").presses("Record it").sees("agreed").checks_the_page()
    visitor.chooses("step", "refer-back").presses("Record it").sees("Enter the day, like").checks_the_page()
    for address in _pages(*_rounds(visitor, STATES["half"])):
        if not address.endswith("add/"):
            visitor.goes_to(address).checks_the_page()
    visitor.goes_to(f"{assessment}decisions/").chooses("step", "refer-back").fills("Which body decided?", "Cabinet")
    visitor.fills("When did it meet?", "01/11/2026").fills("Minute reference", "CAB 1/26")
    visitor.fills("Amendments, reasons or conditions", "More evidence").presses("Record it")
    visitor.sees("Referred back", "Cabinet", "More evidence").checks_the_page()


def test_a_page_prints_without_what_is_for_the_screen(visitor: Visitor) -> None:
    _, assessment = _rounds(visitor, STATES["full"])
    visitor.goes_to(f"{assessment}plan/").page.emulate_media(media="print")
    for hidden in (".cw-filter", ".govuk-breadcrumbs", ".cw-documents", ".cw-header__links"):
        assert not visitor.page.locator(hidden).is_visible(), hidden
    assert visitor.page.locator(".cw-grid").is_visible()


def test_at_400_percent_everything_can_still_be_reached(phone: Visitor) -> None:
    _, assessment = _rounds(phone, STATES["full"])
    phone.goes_to(f"{assessment}plan/")
    words = re.findall(r"\w+", phone.page.inner_text("main"))
    phone.page.set_viewport_size({"width": 1280, "height": 900})
    assert set(re.findall(r"\w+", phone.page.inner_text("main"))) - set(words) <= {
        "Theme",
        "Notes",
    }  # heads of the table, said at each cell instead
