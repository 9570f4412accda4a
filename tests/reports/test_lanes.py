"""The lanes figure: what it shows, in both layouts."""

import re
import xml.etree.ElementTree as ET

import pytest
from tests.cases import INVENTED, everywhere, example, results_of

from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.reports.figures.draw_lanes import NARROW, WIDE, Layout, lanes_svg
from commonweal.reports.figures.lanes import lanes, lanes_description


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_is_well_formed_with_title_and_description_inside(layout: Layout) -> None:
    svg = ET.fromstring(lanes_svg(example(INVENTED), layout))
    space = "{http://www.w3.org/2000/svg}"
    assert svg.get("role") == "img"
    assert [svg[0].tag, svg[1].tag] == [f"{space}title", f"{space}desc"]
    assert svg[1].text == lanes_description(example(INVENTED))


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_stands_outside_and_no_text_is_small(layout: Layout) -> None:
    svg = lanes_svg(example(INVENTED), layout)
    assert all(int(size) >= 12 for size in re.findall(r'font-size="(\d+)"', svg))
    assert all(0 <= float(x) <= layout.width for x in re.findall(r'\bc?x="([\d.-]+)"', svg))


def test_one_dot_and_one_ring_a_theme() -> None:
    svg = lanes_svg(example(INVENTED))
    assert svg.count("<circle") == 2 * len(lanes(example(INVENTED)))


def test_dots_and_rings_stand_over_their_levels() -> None:
    results = example(INVENTED)
    circles = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', lanes_svg(results))]
    columns = [
        WIDE.label_width + (level + 0.5) * (WIDE.width - WIDE.label_width - WIDE.gap_width) / 5 for level in range(5)
    ]
    expected = [
        columns[level] for theme in results.themes for level in (theme.future, theme.present) if level is not None
    ]
    assert circles == pytest.approx(expected)


def test_a_theme_that_is_not_answered_has_no_dot_and_says_so(index: Index) -> None:
    answers = everywhere(index, 0, 1)
    del answers["E4"]
    results = results_of(index, answers)
    lane = next(lane for lane in lanes(results) if lane.code == "E")
    assert (lane.present, lane.future, lane.remark, lane.gap) == (None, None, "1 not answered yet", "")
    assert "E Procurement: now no level shown, target no level shown (1 not answered yet)." in lanes_description(
        results
    )
    assert lanes_svg(results).count("<circle") == 2 * (len(index.themes) - 1)


def test_a_step_back_is_dashed(index: Index) -> None:
    answers = {**everywhere(index, -1, -1), "F3": QuestionAnswer(2, 1, step_back="Too dear.")}
    assert lanes_svg(results_of(index, answers)).count("stroke-dasharray") == 1


def test_text_is_escaped(index: Index) -> None:
    results = results_of(index, everywhere(index, 0, 1), organisation="<b>&")
    assert ET.fromstring(lanes_svg(results))[0].text == "Where <b>& is now and wants to be, theme by theme"
