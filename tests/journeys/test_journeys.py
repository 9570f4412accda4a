"""From the start page to a plan, as people go."""

from pathlib import Path

import openpyxl
from tests.journeys.visitor import Visitor


def _begin(visitor: Visitor, name: str) -> str:
    """A new organisation with a first round; the address of its task list."""
    visitor.goes_to("/organisations/new/").fills("What is your organisation called?", name)
    visitor.chooses("kind", "unitary-council").presses("Save and continue")
    visitor.presses("Save and continue").sees("In a hurry?")
    return visitor.page.url


def _answer_all(visitor: Visitor, present: int, future: int) -> None:
    """Every question of every theme, from the first theme's page on."""
    while "/themes/" in visitor.page.url:
        names = visitor.page.eval_on_selector_all("input[type=radio]", "all => [...new Set(all.map(one => one.name))]")
        for name in names:
            positions = visitor.page.eval_on_selector_all(
                f'input[name="{name}"]', "all => all.map(one => one.value).filter(value => value != 'n/a').length"
            )
            wanted = present if name.endswith("-present") else future
            visitor.chooses(name, str(min(wanted, positions - 1)))
        visitor.presses("Save and continue")


def test_from_the_start_page_to_a_downloaded_plan(visitor: Visitor, tmp_path: Path) -> None:
    _begin(visitor, "Journey Council")
    visitor.follows("Start with the first theme")
    _answer_all(visitor, 0, 1)
    assert visitor.heading() == "Check your answers"
    visitor.checks_the_page().follows("See the results")
    visitor.sees("Overall now", "What needs attention first", "Journey Council").checks_the_page()
    visitor.follows("See the action plan").sees("The plan has").checks_the_page()
    for name in ("PDF", "Word", "Excel", "Web page", "CSV", "JSON"):
        with visitor.page.expect_download() as download:
            visitor.follows(name)
        assert download.value.suggested_filename.startswith("journey-council-plan.")
        assert Path(download.value.path()).stat().st_size > 1_000


def test_the_same_without_scripts(plain: Visitor) -> None:
    _begin(plain, "Plain Council")
    plain.follows("Start with the first theme")
    first = plain.page.url
    plain.page.locator("input[type=radio]").nth(1).check()
    plain.presses("See the effect").sees("What these answers would do (not saved yet)")
    assert plain.page.locator("input[type=radio]").nth(1).is_checked()
    plain.presses("Save and stop").sees("In progress")
    plain.goes_to(first)
    plain.presses("Save and continue")
    assert plain.page.url != first


def test_the_effect_is_seen_at_once_with_scripts_and_says_the_same(visitor: Visitor) -> None:
    _begin(visitor, "Effect Council")
    visitor.follows("Start with the first theme")
    for name in visitor.page.eval_on_selector_all("input[type=radio]", "all => [...new Set(all.map(one => one.name))]"):
        visitor.chooses(name, "1")
    visitor.page.wait_for_selector("#effect li:has-text('from not fully answered to')")
    at_once = visitor.page.inner_text("#effect")
    visitor.checks_the_page().presses("See the effect")
    assert visitor.page.inner_text("#effect") == at_once
    visitor.presses("Save and stop").sees("Completed")


def test_two_tabs_lose_nothing(visitor: Visitor) -> None:
    task_list = _begin(visitor, "Two Tabs Council")
    visitor.follows("Start with the first theme")
    other = Visitor(visitor.page.context.new_page(), visitor.home + "/sign-in/")
    other.goes_to(visitor.page.url)
    first = visitor.page.locator("input[type=radio]").nth(0).get_attribute("name") or ""
    visitor.chooses(first, "0").presses("Save and stop")
    other.chooses(first, "1").presses("Save and stop")
    other.sees("this theme was changed in the meantime", "Saved in the meantime").checks_the_page()
    assert other.page.is_checked(f'input[name="{first}"][value="1"]')
    other.presses("Save and stop")
    visitor.goes_to(task_list).follows("A Policy & Scope")
    assert visitor.page.is_checked(f'input[name="{first}"][value="1"]')


def test_short_form_on_a_phone(phone: Visitor) -> None:
    _begin(phone, "Phone Council")
    phone.follows("Start with the short form").checks_the_page().follows("Start the short form")
    while "/short-form/" in phone.page.url:
        phone.page.locator("input[name=present]").first.check()
        phone.page.locator("input[name=future]").nth(2).check()
        phone.presses("Save and continue")
    phone.sees("Estimate: themes", "Overall now").checks_the_page()


def test_a_workbook_goes_out_and_comes_back(visitor: Visitor, tmp_path: Path) -> None:
    task_list = _begin(visitor, "Workbook Council")
    visitor.follows("Workbook to fill in offline").checks_the_page()
    with visitor.page.expect_download() as download:
        visitor.follows("Download the workbook")
    download.value.save_as(tmp_path / "town.xlsx")
    book = openpyxl.load_workbook(tmp_path / "town.xlsx")
    sheet = book.worksheets[1]
    sheet["C5"], sheet["D5"], sheet["E5"] = 1, 2, "Typed in the workbook"
    book.save(tmp_path / "filled.xlsx")
    visitor.page.set_input_files("#workbook", tmp_path / "filled.xlsx")
    visitor.presses("Upload and preview").sees("Three changes. Nothing is saved yet.", "Typed in the workbook")
    visitor.checks_the_page().presses("Apply all changes").sees("Note: Typed in the workbook")
    sheet["C5"] = "nonsense"
    book.save(tmp_path / "wrong.xlsx")
    visitor.goes_to(f"{task_list}workbook/").page.set_input_files("#workbook", tmp_path / "wrong.xlsx")
    visitor.presses("Upload and preview").sees("cell C5", "is not an answer to question").checks_the_page()


def test_rounds_side_by_side(visitor: Visitor) -> None:
    visitor.goes_to("/").follows("Aldermere Borough Council").follows("Compare rounds side by side")
    visitor.sees("2024 assessment", "2025 assessment", "2026 assessment", "Change").checks_the_page()
