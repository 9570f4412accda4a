"""A part of a plan: what was left out is left out everywhere, and said."""

import datetime
import json

import pytest
from tests.cases import INVENTED, example

from commonweal.reports.compose import plan_content
from commonweal.reports.extract import Extract, extracted, with_notes
from commonweal.reports.formats import FORMATS, render

DAY = datetime.date(2026, 11, 21)
RESULTS = example(INVENTED)
WHOLE = plan_content(RESULTS, DAY)


def test_the_whole_plan_is_itself() -> None:
    assert extracted(WHOLE, RESULTS.index, Extract()) is WHOLE


def test_theme_and_level_cut_grid_list_and_columns_alike() -> None:
    theme = next(
        theme for theme in RESULTS.index.themes if {s.level for s in RESULTS.actions if s.theme == theme.code} > {3}
    )
    found = extracted(WHOLE, RESULTS.index, Extract((theme.code,), (3,)))
    wanted = [step.id for step in RESULTS.actions if step.theme == theme.code and step.level == 3]
    assert [action.id for action in found.actions] == wanted
    assert [row.code for row in found.grid] == [theme.code]
    assert found.columns == (f"To reach {RESULTS.index.levels[3].label}",)
    assert len(found.grid[0].cells) == 1
    assert len(found.grid[0].cells[0]) == len(wanted)
    assert found.marks[-1] == (
        f"The plan shows {theme.title} ({theme.code}), the steps to {RESULTS.index.levels[3].label} only."
    )
    assert found.results == WHOLE.results


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_takes_an_extract_and_notes(name: str) -> None:
    code = RESULTS.index.themes[1].code
    whole = render(name, RESULTS, DAY)
    part = render(name, RESULTS, DAY, extract=Extract((code,)), plan_notes={code: "Ask the new director"})
    assert part
    assert part != whole


def test_data_of_an_extract_has_its_actions_alone_and_the_notes() -> None:
    code = RESULTS.index.themes[1].code
    data = json.loads(render("json", RESULTS, DAY, extract=Extract((code,)), plan_notes={code: "Ask"}))
    assert {action["theme"] for action in data["actions"]} == {code}
    assert data["plan_notes"] == [{"theme": code, "text": "Ask"}]
    assert any("only" in mark for mark in data["marks"])


def test_a_note_on_the_plan_stands_first_in_its_row() -> None:
    code = WHOLE.grid[0].code
    found = with_notes(WHOLE, {code: "Ask"})
    assert found.grid[0].notes == ("Ask", *WHOLE.grid[0].notes)
    assert found.grid[1:] == WHOLE.grid[1:]
