"""Statements from a table come into an index that is being written: what each row would do, then all of it at once."""

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from commonweal.standards.authoring import Content, Row, changed
from commonweal.standards.authoring_themes import with_new_question, with_new_theme

LONGEST_LINE, LONGEST_TEXT = 160, 1200
LONGEST_TITLE = 80
NEW, LEFT_OUT = "new", "leave"
COLUMNS = ("theme", "text", "title", "help", "evidence")
_GUESSES = {
    "theme": r"key area|area|theme|topic|section|enabler",
    "text": r"statement|measure|question|description|criteri|text",
    "title": r"title|name|heading|subject",
    "help": r"help|guidance|meaning|note|explan",
    "evidence": r"evidence|proof|shown",
}
_NEAR = 0.82


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table is what, by its number from 0; -1 for none."""

    theme: int = -1
    text: int = -1
    title: int = -1
    help: int = -1
    evidence: int = -1

    def cell(self, name: str, row: Sequence[str]) -> str:
        """What a row has in the column that is called so."""
        at = int(getattr(self, name))
        return row[at] if 0 <= at < len(row) else ""


def guessed_columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """What each column probably is, by its head; the statement is the one with most text if no head says so."""
    found: dict[str, int] = {}
    for name, pattern in _GUESSES.items():
        for number, head in enumerate(heads):
            if number not in found.values() and re.search(pattern, head, re.IGNORECASE):
                found[name] = number
                break
    if "text" not in found:
        left = [number for number in range(len(heads)) if number not in found.values()] or list(range(len(heads)))
        found["text"] = max(left, key=lambda number: sum(len(row[number]) for row in rows))
    return Columns(**found)


def areas_of(columns: Columns, rows: Sequence[Sequence[str]]) -> list[str]:
    """The different things that stand in the column of the theme, in the order of the rows."""
    return list(dict.fromkeys(columns.cell("theme", row) for row in rows))


def guessed_themes(content: Row, areas: Sequence[str]) -> dict[str, str]:
    """The theme that each of them probably is, by its code; a new one where none is near."""
    titles = {_bare(theme["title"]): theme["code"] for theme in content["themes"]}
    found = {}
    for area in areas:
        near = difflib.get_close_matches(_bare(area), titles, n=1, cutoff=_NEAR)
        found[area] = titles[near[0]] if near else NEW if area else LEFT_OUT
    return found


def _bare(text: str) -> str:
    """A text without what differs between copies: marks, numbers before it, capitals, remarks in brackets."""
    return re.sub(r"[^a-z]+", " ", re.sub(r"\(.*?\)", "", text.casefold())).strip()


@dataclass(frozen=True, slots=True)
class Planned:
    """What a row would do: the theme it goes to (a code, new, or none), the statement, and which one it is already."""

    row: int
    area: str
    theme: str
    title: str
    text: str
    help: str
    evidence: str
    is_already: str = ""

    @property
    def is_left_out(self) -> bool:
        """Whether nothing comes of it."""
        return self.theme == LEFT_OUT or not self.text


def planned(content: Row, columns: Columns, rows: Sequence[Sequence[str]], themes: Mapping[str, str]) -> list[Planned]:
    """What each row would do. A statement that is there already, by title or text, gets the text of the row."""
    known = {
        (theme["code"], _bare(words)): question["id"]
        for theme in content["themes"]
        for question in theme["questions"]
        for words in (question["question"], question["title"])
    }
    found = []
    for number, row in enumerate(rows):
        text, area = columns.cell("text", row), columns.cell("theme", row)
        title = columns.cell("title", row) or _shortened(text, LONGEST_TITLE)
        theme = themes.get(area, LEFT_OUT)
        same = known.get((theme, _bare(text))) or known.get((theme, _bare(title))) or ""
        line = _shortened(text, LONGEST_LINE)
        said = columns.cell("help", row) or (text if line != text else "")
        shown = _shortened(columns.cell("evidence", row), LONGEST_TEXT)
        title = _shortened(title, LONGEST_LINE)
        found.append(Planned(number, area, theme, title, line, _shortened(said, LONGEST_TEXT), shown, same))
    return found


def _shortened(text: str, most: int) -> str:
    """A text, or its first words and an ellipsis.

    >>> _shortened("Suppliers are asked early", 16)
    'Suppliers are…'
    """
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def with_rows(
    content: Row, rows: Sequence[Planned], *, is_whole: bool, source: str, taken: Collection[str] = ()
) -> Content:
    """The content with all of it: new themes, new statements, and those that were there already with their text.

    `is_whole`: nothing of the published index is missing any more. `source` stands where nothing else says what a
    statement means or what would show it. Raises BadInput where there are more than an index holds.
    """
    made = changed(content, lambda _: None)
    codes: dict[str, str] = {}
    for row in rows:
        if row.is_left_out:
            continue
        code = codes.get(row.area, "") or row.theme
        if code == NEW:
            made, code = with_new_theme(made, _shortened(row.area, LONGEST_LINE), _shortened(row.area, LONGEST_LINE))
            codes[row.area] = code
        said: dict[str, str | int | bool] = {"title": row.title, "question": row.text}
        said |= {"help": row.help or source, "evidence": row.evidence or "What shows that the rating is right."}
        if row.is_already:
            made = _replaced(made, row, said)
        else:
            made, _ = with_new_question(made, code, said, taken)
    return _whole(made) if is_whole else _of_at_least(made)


def _replaced(content: Row, row: Planned, said: Mapping[str, str | int | bool]) -> Content:
    def change(made: Content) -> None:
        for theme in made["themes"]:
            for question in theme["questions"]:
                if question["id"] == row.is_already:
                    kept = {} if row.help else {"help": question["help"]}
                    kept |= {} if row.evidence else {"evidence": question["evidence"]}
                    question.update({**said, **kept})
                    question.pop("note", None)
                    question.pop("provenance", None)  # now it stands there as those who publish it wrote it

    return changed(content, change)


def _whole(content: Row) -> Content:
    """Nothing is lacking: what said so goes, and the statements that are there are all."""

    def change(made: Content) -> None:
        made.pop("lacks", None)
        for theme in made["themes"]:
            theme.pop("lacks", None)

    return changed(content, change)


def _of_at_least(content: Row) -> Content:
    """An index that lacks something has more statements than are held."""

    def change(made: Content) -> None:
        held = sum(len(theme["questions"]) for theme in made["themes"])
        if "scoring" in made:
            made["scoring"]["whole"] = max(made["scoring"]["whole"], held)

    return changed(content, change)
