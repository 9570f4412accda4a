"""From what actions cost to work that is agreed at once, and results that show what moved: as a lead officer goes."""

import pytest
from tests.journeys.visitor import Visitor


@pytest.mark.parametrize("width", ["visitor", "phone"])
def test_costs_first_then_work_agreed_at_once(width: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(width)
    visitor.goes_to("/organisations/new/").fills("What is your organisation called?", f"Costed {width}")
    visitor.chooses("kind", "health").presses("Save and continue")
    visitor.fills("What do you call this round?", "First round").presses("Save and continue")
    round_ = visitor.page.url
    first = visitor.page.locator(".govuk-task-list a").first.get_attribute("href") or ""
    code = first.strip("/").split("/")[-1]
    visitor.goes_to(f"{round_}short-form/{code}/").chooses("present", "1").chooses("future", "3")
    visitor.presses("Save and continue").goes_to(f"{round_}route/").follows("Enter what they cost").checks_the_page()
    cost = visitor.page.locator("input[name^=cost-]")
    count = cost.count()
    cost.first.fill("a lot")
    visitor.presses("Save").sees("There is a problem", "cost: this is not a number.").checks_the_page()
    for place in range(count):
        cost.nth(place).fill("£1,250")
    visitor.presses("Save").sees("actions have a cost of their own").checks_the_page()
    visitor.page.get_by_text("Fix actions in or leave some out").click()
    visitor.checks_the_page().goes_to(f"{round_}route/").sees("What each level costs").checks_the_page()
    visitor.goes_to(f"{round_}adopt/").presses("Adopt these actions")
    programme = visitor.page.url
    visitor.follows("Agree or change several at once").checks_the_page().presses("Change them")
    visitor.sees("There is a problem", "No work is chosen.", "Nothing is to be changed.").checks_the_page()
    visitor.chooses("which", "all").page.get_by_label("Agree what is only proposed").check()
    visitor.fills("Move start and due by so many days", "-7").presses("Change them").sees("Agreed")
    assert "Proposed" not in visitor.page.locator("tbody").inner_text()
    visitor.page.locator("tbody a").first.click()
    for step in ("start", "claim", "confirm"):
        visitor.chooses("step", step).page.get_by_label("Your comment").fill("The list of who came.")
        visitor.presses("Record it")
    visitor.sees("Confirmed as done").goes_to(f"{round_}results/").sees("Overall baseline", "Tick: baseline")
    visitor.checks_the_page().follows("the assessment as it was answered").sees("Since then it has moved")
    visitor.checks_the_page().goes_to(f"{round_}plan/").sees("one is done").checks_the_page()
    visitor.goes_to(f"{programme}progress/").sees("Pounds: the heavy line").checks_the_page()
    visitor.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    visitor.checks_the_page()
    assert visitor.page.request.get(f"{round_}documents/pdf/?position=now").ok
