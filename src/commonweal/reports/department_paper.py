"""Departments side by side as a paper for a committee."""

import datetime
from collections.abc import Sequence

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import ColumnScore
from commonweal.core.maturity.spread import DepartmentScores, spreads
from commonweal.core.words import long_date, sentence_case
from commonweal.reports import typeface
from commonweal.reports.department_words import TOGETHER, department_sentences, spread_heads, spread_rows
from commonweal.reports.figures.draw_lanes import draw
from commonweal.reports.figures.spread_lanes import spread_drawing, spread_key
from commonweal.reports.papers.blocks import Figure, Paper, Section, Text, table

_TITLE = "Departments side by side"
_AVERAGE = "In brackets stands the average of the themes, which is rounded down to a level."


def empty_department_paper(organisation: str, made_on: datetime.date) -> Paper:
    """The paper where no department has a round."""
    summary = Section("Summary", (Text("No department has a round of its own yet."),))
    return Paper(_TITLE, organisation, (f"Made on {long_date(made_on)}",), (summary,))


def department_paper(
    organisation: str, wave: str, index: Index, departments: Sequence[DepartmentScores], made_on: datetime.date
) -> Paper:
    """The paper of one wave of rounds: a summary to stop after, the figure, themes, and each department."""
    rule = rule_of(index)
    drawing = spread_drawing(index, spreads(index, departments), organisation)
    figure = Figure(draw(drawing, fonts=typeface.NAME), f"{drawing.title}. {spread_key(index)}", drawing.description)
    theme_table = table(spread_heads(index), (4, 2, 4, 4, 2), spread_rows(index, departments))
    rows = [(one.name, *(_overall(index, one, column) for column in (one.present, one.future))) for one in departments]
    how = ((Text(TOGETHER),), (Text(_AVERAGE),)) if rule.has_levels else ((), ())
    return Paper(
        title=_TITLE,
        organisation=organisation,
        lines=(f"{index.title}, edition for {index.edition}: {wave}", f"Made on {long_date(made_on)}"),
        sections=(
            Section("Summary", tuple(map(Text, department_sentences(index, departments)))),
            Section("Where they stand", (figure,)),
            Section(sentence_case(rule.names.themes), (theme_table, *how[0]), is_wide=True),
            Section("Departments", (table(("Department", "Overall now", "Target"), (4, 3, 3), rows), *how[1])),
        ),
    )


def _overall(index: Index, department: DepartmentScores, column: ColumnScore) -> str:
    """Where a department stands in a column, and whether that is an estimate."""
    if column.unanswered:
        return "Not known yet"
    return rule_of(index).overall_words(index, column.overall) + (", estimate" if department.is_estimated else "")
