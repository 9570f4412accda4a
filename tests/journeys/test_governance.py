"""Money and people, documents, year end and governance: as a lead officer goes, each page by its accessibility too."""

import io
from pathlib import Path

import openpyxl
import pytest
from tests.journeys.visitor import Visitor

from commonweal.core.words import counted

MEANS = "&starts_on=01/04/2027&until=31/03/2029&money-1=6000&money-2=6000&people=1.5&cost_each=1000&days_each=10"


def _to_plan(visitor: Visitor) -> str:
    visitor.goes_to("/").follows("Walsall Council")
    organisation = visitor.page.url
    visitor.page.get_by_role("link", name="plan of").first.click()
    return organisation


def test_money_people_and_time_make_a_programme(visitor: Visitor, tmp_path: Path) -> None:
    _to_plan(visitor)
    page = visitor.page.url.replace("plan/", "within-means/")
    visitor.goes_to(page).checks_the_page().fills("Last day", "x").presses("Work it out")
    visitor.sees("There is a problem", "The last day is not a date.").checks_the_page()
    visitor.goes_to(f"{page}?aim=cheapest&reach=2{MEANS}")
    visitor.sees("to Mature (2").checks_the_page()
    count = visitor.page.locator("tbody").first.locator("tr").count()  # other journeys may have moved the position
    visitor.sees(f"{counted(count, 'action').capitalize()} bring you", f"£{count},000 and {10 * count} days of work")
    first = min(count, 6)
    visitor.sees(f"Year 1 £{first},000 £6,000" if first < count else f"Year 1 £{count},000")
    visitor.goes_to(f"{page}?aim=cheapest&reach=2{MEANS}".replace("6000", "60")).sees("cannot be reached")
    visitor.goes_to(f"{page}?aim=cheapest&reach=2{MEANS}").presses("Adopt this as a programme")
    programme = visitor.page.url
    visitor.sees(f"Of {counted(count, 'piece')} of work: nothing done yet.")
    visitor.goes_to(f"{programme}progress/").sees("Year 1 £6,000", "What slips")
    visitor.checks_the_page().follows("Set what is agreed for each year").checks_the_page()
    visitor.goes_to(f"{programme}paper/").checks_the_page().fills("Risks", "Little time")
    visitor.presses("Save").goes_to(f"{programme}documents/").checks_the_page()
    for name in ("paper.pdf", "paper.docx", "highlights.pdf", "work.xlsx", "work.csv", "work.json"):
        assert visitor.page.request.get(f"{programme}{name}").ok, name
    book = openpyxl.load_workbook(io.BytesIO(visitor.page.request.get(f"{programme}work.xlsx").body()))
    heads = [cell.value for cell in book["Work"][4]]
    book["Work"].cell(5, heads.index("Cost in pounds") + 1).value = 1500
    book.save(tmp_path / "work.xlsx")
    visitor.page.set_input_files("#workbook", str(tmp_path / "work.xlsx"))
    visitor.presses("See what it would change").sees("One piece of work would change").checks_the_page()
    visitor.presses("Take in all changes").sees("£1,500")
    visitor.goes_to(f"{programme}save/").checks_the_page().presses("Save the template").sees("Saved by Walsall Council")
    visitor.goes_to(f"{programme}year-end/?year=2").checks_the_page()
    visitor.presses("Close this programme and go on").sees("next period", "1 April 2029 to 31 March 2031")
    visitor.follows("Rename, move or close it").chooses("state", "closed").fills("Why?", "Tried out").presses("Save")
    visitor.goes_to(programme).sees("This programme is closed")


@pytest.mark.parametrize("width", ["visitor", "phone"])
def test_registers_and_the_calendar(width: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(width)
    visitor.goes_to("/").follows("Aldermere Borough Council").follows("Governance and calendar").checks_the_page()
    registers = visitor.page.url
    visitor.goes_to(f"{registers}groups/add/").presses("Save").sees("“Name” is not filled in.").checks_the_page()
    visitor.fills("Name", "Cabinet").page.get_by_label("Kind").select_option("Cabinet or executive")
    visitor.presses("Save").sees("Cabinet", "Members of groups").checks_the_page()
    group = visitor.page.url.rstrip("/").rpartition("/")[2]
    visitor.goes_to(f"{registers}meetings/add/?group={group}").fills("Title", "Adoption of the policy")
    visitor.fills("Day", "18/10/2023").presses("Save").sees("Papers go out 10 October 2023", "Clearance 9 October 2023")
    visitor.checks_the_page().goes_to(f"{registers}meetings/").sees("18 October 2023").checks_the_page()
    visitor.goes_to(registers.replace("governance", "calendar") + "?from=2023-09").sees(
        "Notice of key decisions", "Call-in ends", "Adoption of the policy, Cabinet"
    ).checks_the_page()
    visitor.goes_to(f"{registers}groups/").follows("Cabinet").page.get_by_text("Take it out of the register").click()
    visitor.presses("Take it out").sees("One entry of meetings belongs to it.")
