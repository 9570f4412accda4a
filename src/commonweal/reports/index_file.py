"""An index as a file to work on: YAML, which holds everything, or a workbook, which holds everything too."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from commonweal.formats.index_sheets import (
    ABOUT,
    ABOUT_FIELDS,
    ABOUT_HEAD_ROW,
    ABOUT_VALUE,
    ANSWERS,
    CRITERIA,
    HEAD_ROW,
    LAYOUT,
    LEVELS,
    QUESTIONS,
    TABLES,
    THEMES,
    Field,
    Kind,
    Table,
)
from commonweal.formats.xlsx import Sheet, Workbook
from commonweal.standards.check import index_schema

Content = Mapping[str, Any]


def as_yaml(content: Content) -> bytes:
    """The content of an index as YAML, its fields in the order of the schema."""
    text = yaml.dump(
        index_schema().in_order(content), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, indent=2
    )
    return text.encode("utf-8")


class _Dumper(yaml.SafeDumper):
    """Lists stand under their name, further in, as people write them; nothing is written once and referred to."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """As upstream, but never without indent."""
        return super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:
        """Nothing is referred to."""
        return True


def as_workbook(content: Content, made_on: datetime.date) -> bytes:
    """The content of an index as a workbook that intake/index_file.py reads back, whole."""
    book = Workbook(str(content.get("title") or "An index of your own"), "", made_on)
    _about(book.add(ABOUT, (26, 60, 60)), content)
    for table in TABLES:
        sheet = book.add(table.sheet, [field.width for field in table.columns], landscape=True)
        sheet.text(0, 0, table.about, "quiet")
        looks = ["cell"] * len(table.columns)
        rows = [[_text(row, field) for field in table.columns] for row in _rows(table, content)]
        sheet.table(
            HEAD_ROW, [field.head for field in table.columns], [[field.advice for field in table.columns], *rows], looks
        )
    return book.save()


def _about(sheet: Sheet, content: Content) -> None:
    sheet.text(0, 0, LAYOUT, "quiet")
    sheet.text(
        1, 0, "Fill in the second column, then the other sheets in their order, and send the file.", "plain", 140
    )
    for column, head in enumerate(("What", "Yours", "What to write")):
        sheet.text(ABOUT_HEAD_ROW, column, head, "head")
    for row, field in enumerate(ABOUT_FIELDS, ABOUT_HEAD_ROW + 1):
        sheet.text(row, 0, field.head, "bold cell" if field.is_needed else "cell")
        sheet.typed(row, ABOUT_VALUE, _text(content, field))
        sheet.text(row, 2, field.advice, "note")


def _rows(table: Table, content: Content) -> Iterator[Content]:
    """The things of a table, each with what it belongs to."""
    if table is LEVELS:
        yield from content.get("levels", ())
    for theme in content.get("themes", ()):
        if table is THEMES:
            yield theme
        elif table is CRITERIA:
            yield from ({**row, "theme": theme["code"]} for row in theme.get("criteria", ()))
        for question in theme.get("questions", ()):
            if table is QUESTIONS:
                yield {**question, "theme": theme["code"]}
            elif table is ANSWERS:
                yield from ({**row, "question": question["id"]} for row in question.get("answers", ()))


def _text(row: Content, field: Field) -> str:
    value: Any = row
    for part in field.name.split("."):
        value = value.get(part, "") if isinstance(value, Mapping) else ""
    if field.kind is Kind.YES_NO and isinstance(value, bool):
        return "yes" if value else "no"
    if field.kind is Kind.PLACES and value:
        return "\n".join(f"{id_} {' '.join('-' if n is None else str(n) for n in row)}" for id_, row in value.items())
    if field.kind is Kind.GONE and value:
        return "\n".join(f"{row['id']} {row['what']}" for row in value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ("\n" if field.kind is Kind.LINES else " ").join(map(str, value))
    return str(value)


FORMATS: Mapping[str, Callable[[Content, datetime.date], bytes]] = {
    "xlsx": as_workbook,
    "yaml": lambda content, _: as_yaml(content),
}
"""The kinds of files by their endings."""
