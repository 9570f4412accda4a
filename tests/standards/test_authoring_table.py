"""A council's own copy of a toolkit completes the statements that an index lacks."""

import pytest

from commonweal.core.errors import BadInput
from commonweal.formats.csv import write_csv
from commonweal.formats.tree import Tree
from commonweal.intake.statement_table import MOST_ROWS, StatementTable, read_statement_table
from commonweal.standards.authoring import Content
from commonweal.standards.authoring_table import (
    LEFT_OUT,
    NEW,
    Columns,
    Planned,
    areas_of,
    guessed_columns,
    guessed_themes,
    planned,
    with_rows,
)
from commonweal.standards.build import build_index
from commonweal.standards.catalogue import shipped_content
from commonweal.standards.check import check_index

HEADS = ["No.", "Key area", "Statement", "Guidance"]


@pytest.fixture
def held() -> Content:
    return shipped_content("lga-nps-2018")


def _toolkit(held: Content) -> StatementTable:
    """An invented copy: the statements that are held, under the names of the published areas, and 36 more."""
    rows = []
    for theme in held["themes"]:
        for question in theme["questions"]:
            rows.append([theme["title"].upper(), question["title"].replace(" (unverified)", ""), ""])
    areas = [theme["title"] for theme in held["themes"] if "lacks" in theme] + ["Creating commercial opportunities"]
    for number in range(36):
        words = f"Invented statement {'abcdef'[number % 6]} {'ghijkl'[number // 6]}"
        rows.append([areas[number % len(areas)], words, "More"])
    lines = [["A toolkit that somebody filled in"], [], HEADS, *([n, *row] for n, row in enumerate(rows, 1))]
    return read_statement_table(write_csv(lines), "toolkit.csv")


def _planned(held: Content, found: StatementTable) -> list[Planned]:
    columns = guessed_columns(found.heads, found.rows)
    return planned(held, columns, found.rows, guessed_themes(held, areas_of(columns, found.rows)))


def test_columns_are_guessed_by_their_heads() -> None:
    rows = [("1", "Area", "The longest text of the row is the statement", "x")]
    assert guessed_columns(HEADS, rows) == Columns(theme=1, text=2, help=3)
    assert guessed_columns(["a", "b", "c", "d"], rows) == Columns(text=2)
    assert guessed_columns(["Question", "Theme", "Title"], [("q", "t", "i")]) == Columns(theme=1, text=0, title=2)


def test_areas_are_found_whatever_the_capitals_and_the_rest_is_new(held: Content) -> None:
    themes = guessed_themes(held, ["ENGAGING COUNCILLORS", "3. Engaging strategic suppliers", "Something else", ""])
    assert themes == {
        "ENGAGING COUNCILLORS": "1",
        "3. Engaging strategic suppliers": "3",
        "Something else": NEW,
        "": LEFT_OUT,
    }


def test_a_whole_toolkit_makes_the_index_whole(held: Content) -> None:
    rows = _planned(held, _toolkit(held))
    assert (len(rows), sum(bool(row.is_already) for row in rows)) == (59, 23)
    made = with_rows(held, rows, is_whole=True, source="Own copy.")
    assert check_index(Tree("", made)) == []
    index = build_index(made)
    assert (len(index.questions), len(index.themes), index.lacking) == (59, len(held["themes"]) + 1, ())
    assert index.counting is not None
    assert index.counting.whole == 59
    assert not [question.title for question in index.questions if "unverified" in question.title]
    was = {question["id"] for theme in held["themes"] for question in theme["questions"]}
    assert was < {question.id for question in index.questions}
    assert index.theme("1").questions[-1].id.startswith("N1.")  # type: ignore[union-attr]


def test_a_part_of_it_leaves_what_is_lacking(held: Content) -> None:
    rows = [row for row in _planned(held, _toolkit(held)) if row.row < 30]
    made = with_rows(held, rows, is_whole=False, source="Own copy.")
    assert check_index(Tree("", made)) == []
    assert build_index(made).counting.whole == 59  # type: ignore[union-attr]
    assert build_index(made).lacking


def test_what_is_there_already_keeps_its_id_and_what_the_row_does_not_say(held: Content) -> None:
    before = held["themes"][0]["questions"][0]
    row = Planned(0, "", held["themes"][0]["code"], "Councillor development", "The text", "", "", before["id"])
    after = with_rows(held, [row], is_whole=False, source="Own copy.")["themes"][0]["questions"][0]
    assert (after["id"], after["question"], after["help"]) == (before["id"], "The text", before["help"])
    assert "provenance" not in after


def test_a_long_text_is_whole_in_the_help(held: Content) -> None:
    text = "word " * 60
    (row,) = planned(held, Columns(theme=0, text=1), [("Area", text.strip())], {"Area": "1"})
    assert len(row.text) <= 160
    assert row.text.endswith("word…")
    assert len(row.title) <= 80
    assert row.help == text.strip()


def test_the_same_rows_once_more_add_nothing(held: Content) -> None:
    found = _toolkit(held)
    made = with_rows(held, _planned(held, found), is_whole=True, source="Own copy.")
    again = with_rows(made, _planned(made, found), is_whole=True, source="Own copy.")
    assert again == made


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b" ", "The file is empty"),
        (b"only one column\nx\n", "no table with at least two columns"),
        (b"a,b\n", "nothing under the heads"),
        (b"a,b\n" + b"x,y\n" * (MOST_ROWS + 1), "more than 400 rows"),
        (b"PK\x03\x04", "toolkit.csv"),
    ],
)
def test_what_is_no_table_is_told(content: bytes, words: str) -> None:
    with pytest.raises(BadInput) as bad:
        read_statement_table(content, "toolkit.csv")
    assert words in str(bad.value.problems[0])


def test_rows_know_where_they_stood() -> None:
    found = read_statement_table(b"Titel;;Area;Statement\n\n;;A;S\n", "list.csv")
    assert (found.heads, found.rows, found.places) == (
        ("Titel", "Area", "Statement"),
        (("", "A", "S"),),
        ("list.csv, row 3",),
    )


def test_a_statement_is_known_again_by_its_text_under_another_title(held: Content) -> None:
    before = held["themes"][0]["questions"][0]
    (row,) = planned(
        held, Columns(theme=0, text=1, title=2), [("Area", before["question"].upper(), "X")], {"Area": "1"}
    )
    assert (row.is_already, row.title) == (before["id"], "X")
