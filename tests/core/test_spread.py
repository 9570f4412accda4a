"""Departments rolled up: worked examples of the rule in core/maturity/spread.py."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from tests.cases import everywhere

from commonweal.core.maturity.answers import Assessment, Blank, QuestionAnswer
from commonweal.core.maturity.estimate import Estimate, with_estimates
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import assess
from commonweal.core.maturity.spread import DepartmentScores, spreads, together
from commonweal.reports.department_paper import department_paper
from commonweal.reports.department_words import department_sentences, names_in_words, spread_rows
from commonweal.standards.catalogue import load_index


def _department(name: str, index: Index, answers: Mapping[str, QuestionAnswer]) -> DepartmentScores:
    results = assess(Assessment(organisation=f"C, {name}", index=index, answers=answers))
    return DepartmentScores(name, results.present, results.future)


def _top(index: Index) -> dict[str, QuestionAnswer]:
    return {one.id: QuestionAnswer(len(one.answers) - 1, len(one.answers) - 1) for one in index.questions}


def _three(index: Index) -> list[DepartmentScores]:
    """One at the lowest level, two at the highest, and one that has answered nothing."""
    return [
        _department("Adults", index, everywhere(index, 0, 0)),
        _department("Children", index, _top(index)),
        _department("Estates", index, _top(index)),
        _department("Highways", index, {}),
    ]


def test_together_is_the_mean_cut_down_and_the_ends_stand_beside_it(index: Index) -> None:
    found = spreads(index, _three(index))
    first, top = found[0].now, index.top_level
    assert first.at[0] == ("Adults",)
    assert first.at[top] == ("Children", "Estates")
    assert first.unknown == ("Highways",)
    assert (first.lowest, first.highest, first.width) == (0, top, top)
    assert (first.together.total, first.together.themes) == (2 * top, 3)
    assert first.together.level == 2 * top // 3
    assert first.counts == (1, 0, 0, 0, 2)


def test_all_themes_of_all_departments_make_the_whole_and_the_open_are_left_out(index: Index) -> None:
    departments = _three(index)
    found = together([one.present for one in departments])
    each = [one.present.overall for one in departments[:3]]
    assert (found.total, found.themes) == (sum(one.total for one in each), 30)
    assert together([departments[3].present]).level is None


def test_a_theme_that_applies_to_nobody_is_no_level(index: Index) -> None:
    theme = index.themes[0]
    never = {id_: QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="x") for id_ in theme.by_id}
    one = [_department("Adults", index, {**everywhere(index, 1, 1), **never})]
    found = spreads(index, one)[0].now
    assert (found.out, found.known, found.lowest) == (("Adults",), 0, None)
    assert spread_rows(index, one)[0][1:] == ("Does not apply", "", "", "Does not apply")


def test_versions_of_an_index_are_rolled_up_by_theme() -> None:
    old, new = load_index("svmi-public@2016.1"), load_index("svmi-public@2026.1")
    both = [_department("Adults", old, everywhere(old, 0, 0)), _department("Estates", new, _top(new))]
    assert [(one.now.known, one.theme.code) for one in spreads(new, both)] == [(2, theme.code) for theme in new.themes]


def test_statements_are_added_up_and_the_ends_are_those_with_fewest_and_most_well_rated() -> None:
    index = load_index("lga-nps-2018")
    low = {one.id: QuestionAnswer(0, 0) for one in index.questions}
    high = {one.id: QuestionAnswer(4, 4) for one in index.questions}
    both = [_department("Adults", index, low), _department("Estates", index, high)]
    first = spreads(index, both)[0].now
    size = len(index.themes[0].questions)
    assert first.counts == (size, 0, 0, 0, size)
    row = spread_rows(index, both)[0]
    assert row[1].startswith(f"{size} of {2 * size}")
    assert (row[2], row[3]) == ("0 well rated: Adults", f"{size} well rated: Estates")
    assert together([one.present for one in both]).counts == (23, 0, 0, 0, 23)


def test_what_is_said_of_them(index: Index) -> None:
    said = " ".join(department_sentences(index, _three(index)))
    levels = [level.label for level in index.levels]
    assert "Three departments of four answered everything. Not done yet: Highways." in said
    assert "Highest: Innovator (Children; Estates)." in said
    assert f"Together they stand at {levels[together([one.present for one in _three(index)]).level or 0]};" in said
    assert "Furthest apart, by four levels:" in said
    alike = " ".join(department_sentences(index, _three(index)[1:3]))
    assert "In 10 themes all who answered stand at the same level." in alike
    assert "Lowest" not in alike
    nobody = department_sentences(index, _three(index)[3:])
    assert nobody == ("None of one department has answered everything yet.",)


def test_more_than_a_few_names_are_counted() -> None:
    assert names_in_words(["A", "B", "C", "D"]) == "A; B; C; one other"


def test_themes_are_matched_by_their_codes_and_what_a_version_lacks_is_not_known(index: Index) -> None:
    fewer = replace(index, version="9.9", themes=(*reversed(index.themes[:-1]),))
    low = _department("Adults", index, everywhere(index, 0, 0))
    same = _department("Estates", fewer, everywhere(index, 0, 0))
    found = spreads(index, [low, same])
    assert [one.now.width for one in found[:-1]] == [0] * (len(index.themes) - 1)
    assert found[-1].now.unknown == ("Estates",)


def test_estimates_are_told(index: Index) -> None:
    guessed = with_estimates(index, {}, {theme.code: Estimate(1, 2) for theme in index.themes})
    one = replace(_department("Adults", index, guessed), is_estimated=True)
    said = department_sentences(index, [one])
    [*_, rows] = department_paper("C", "R", index, [one], datetime.date(2026, 11, 22)).sections
    assert "Follower (1), estimate" in repr(rows)
    assert "Estimates of the short form, at least in part: Adults." in said
