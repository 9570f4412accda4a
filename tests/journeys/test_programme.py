"""From a published plan to finished work, and what it does to the levels: as a lead officer goes."""

import re

import pytest
from tests.journeys.visitor import Visitor

THREE = ("Train the officers who work on social value", "Start to share data with other", "Name the public bodies")


def _plan(visitor: Visitor, organisation: str) -> str:
    """To the plan of the organisation's latest round; the address of the organisation."""
    visitor.goes_to("/").follows(organisation)
    address = visitor.page.url
    visitor.page.get_by_role("link", name="plan of").first.click()
    return address


def _works(visitor: Visitor, programme: str, title: str) -> None:
    """One piece of work from proposed to confirmed."""
    visitor.goes_to(programme).page.get_by_role("link", name=title).first.click()
    visitor.chooses("step", "agree").presses("Record it").sees("Agreed")
    visitor.chooses("step", "start").presses("Record it").sees("Under way")
    visitor.chooses("step", "claim").presses("Record it").sees("There is a problem", "What shows that it is done")
    visitor.checks_the_page().page.get_by_label("Your comment").fill("The list of who came.")
    visitor.presses("Record it").sees("Done, to be confirmed", "What it does to your levels")
    visitor.chooses("step", "confirm").presses("Record it").sees("Confirmed as done")


def test_adopted_dated_worked_confirmed_and_assessed_again(visitor: Visitor) -> None:
    name = "Social value 2027 to 2029"
    organisation = _plan(visitor, "Walsall Council")
    visitor.follows("Find the cheapest route").sees("Eight actions bring you from Follower (1.2) to Mature (2).")
    visitor.checks_the_page().goes_to(visitor.page.url.replace("route/", "plan/"))
    visitor.follows("Adopt this plan").checks_the_page()
    visitor.fills("What do you call the programme?", name).fills("First day", "01/04/2027")
    visitor.presses("Adopt these actions").sees("Of 34 pieces of work: nothing done yet.").checks_the_page()
    programme = visitor.page.url
    visitor.page.get_by_role("link", name=THREE[0]).click()
    visitor.sees("Internal Management now: from Mature to Leader.", "Overall now: still Follower (average 1.2 to 1.3).")
    visitor.checks_the_page().follows("Change any of this").checks_the_page()
    visitor.fills("Start", "01/05/2027").fills("Due", "30/06/2027").fills("Cost in pounds", "2500").presses(
        "Save"
    ).sees("30 June 2027", "£2,500")
    for title in THREE:
        _works(visitor, programme, title)
    visitor.goes_to(programme).sees("Of 34 pieces of work: three pieces done.", "average 1.5")
    visitor.follows("See where you stand in detail").checks_the_page()
    visitor.sees(
        "B Internal Management Mature Leader Leader +1", "H Cross Sector Collaboration Incomplete Mature Mature +2"
    )
    visitor.sees("Three moves since then have led here.")
    visitor.goes_to(f"{organisation}assessments/new/").fills("What do you call this round?", f"After {name}")
    visitor.page.get_by_label("Those of Published plan, as they stand now").check()
    visitor.checks_the_page().presses("Save and continue")
    visitor.goes_to(f"{organisation}rounds/").sees("Follower (1.2)", "Follower (1.5)").checks_the_page()
    visitor.goes_to(f"{programme}compare/").sees(
        "Compare with After", "Nothing differs. 34 pieces of work stay as they are."
    ).checks_the_page()


def test_both_templates_come_to_the_page(visitor: Visitor) -> None:
    visitor.goes_to("/").follows("Wendlebrook District Council").follows("Programmes of work").checks_the_page()
    page = visitor.page.url
    visitor.follows("Refresh the social value policy in twelve steps").checks_the_page()
    visitor.presses("Start the programme").sees("There is a problem", "There is no date yet").checks_the_page()
    visitor.fills("Meeting that adopts the policy", "18/10/2023").presses("Start the programme").checks_the_page()
    visitor.goes_to(f"{visitor.page.url}?view=list&show=milestones")
    shown = re.findall(r"\d+ (?:August|September|October|April|May) 202[34]", visitor.page.inner_text("tbody"))
    assert shown == [
        "31 August 2023",
        "31 August 2023",
        "8 September 2023",
        "19 September 2023",
        "9 October 2023",
        "18 October 2023",
        "27 October 2023",
        "26 April 2024",
        "2 May 2024",
    ]
    visitor.checks_the_page().goes_to(page).follows("Four guiding principles over two years")
    visitor.fills("First day of the programme", "01/04/2027").presses("Start the programme").checks_the_page()
    visitor.sees(
        "Catch up with those who lead", "Baseline Describe where you stand and where you want to go.", "Year 2"
    )


def test_what_if_is_seen_at_once_and_without_scripts(visitor: Visitor, plain: Visitor) -> None:
    for somebody in (visitor, plain):  # axe itself needs scripts; the pages are checked below
        _plan(somebody, "Walsall Council")
        somebody.follows("Try what single actions do")
        somebody.page.get_by_label("Gather feedback and lessons inside departments").check()
        if somebody is plain:
            somebody.presses("Show what these do")
        somebody.page.get_by_text("With one action:").wait_for()
        somebody.sees("E Procurement: from Mature to Leader.")


@pytest.mark.parametrize("width", ["visitor", "phone"])
def test_programme_pages_in_every_view(width: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(width)
    visitor.goes_to("/").follows("Aldermere Borough Council").follows("Programmes of work").checks_the_page()
    visitor.goes_to(f"{visitor.page.url}new/guiding-principles@1/").checks_the_page()
    visitor.fills("First day of the programme", "01/04/2025").presses("Start the programme")
    programme = visitor.page.url
    for view in ("grid", "list", "board", "departments"):
        visitor.goes_to(f"{programme}?view={view}").checks_the_page()
    visitor.goes_to(f"{programme}?view=list&show=mine").sees("No work matches.").checks_the_page()
    visitor.goes_to(f"{programme}add/").presses("Save").sees(
        "There is a problem", "Write what is to be done"
    ).checks_the_page()
    visitor.page.get_by_label("What is to be done?").fill("Our own work")
    visitor.page.get_by_label("Where does it belong?").select_option("1")
    visitor.presses("Save").sees("Our own work", "Nobody yet").checks_the_page()
    for page in ("route/?reach=4", "what-if/", "adopt/", "position/", "position/?on=x"):
        visitor.goes_to("/").follows("Aldermere Borough Council")
        inside = visitor.page.get_by_role("table").get_by_role("link").first.get_attribute("href") or ""
        visitor.goes_to(inside + page).checks_the_page()
