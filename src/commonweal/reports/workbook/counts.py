"""The results of an index whose statements are counted: how many at each level, worked out as answers change."""

from commonweal.core.maturity.models import Counting, Theme
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import ColumnScore
from commonweal.formats.answer_workbook import RESULTS
from commonweal.formats.xlsx import Sheet, Workbook
from commonweal.reports.figures.level_heads import shade_of
from commonweal.reports.workbook import places
from commonweal.reports.workbook.places import Places


def write_counts(book: Workbook, at: Places, results: Results, counting: Counting) -> None:
    """The whole, then each theme with how many statements stand at each level now and in the target."""
    levels = [level.label for level in at.index.levels]
    sheet = book.add(RESULTS, (6, 38, *[13] * len(levels), 24), landscape=True)
    sheet.text(0, 0, "Results", "title")
    columns = (
        (1, "Overall now", places.NOW, results.present),
        (2, "Overall target", places.TARGET, results.future),
    )
    for row, heading, choice_at, column in columns:
        sheet.text(row, 1, heading, "strong")
        sheet.formula(row, 2, _overall(at, counting, choice_at), _overall_value(results, column), "big")
    sheet.text(3, 1, "Statements at each level now and, after the arrow, in the target.", "quiet")
    rule = rule_of(at.index)
    theme, *_, focus = rule.heads(at.index, with_baseline=False)
    for position, head in enumerate(("Code", theme, *levels, focus)):
        sheet.text(6, position, head, "head")
    for position, label in enumerate(levels):
        shade, colour = shade_of(position, len(levels))
        book.look(shade, {"bold": True, "align": "center", "bg_color": shade, "font_color": colour, "border": 1})
        sheet.text(6, 2 + position, label, shade)
    for line, each in enumerate(at.index.themes, 7):
        _row(sheet, line, at, each, results, counting)
    line = 8 + len(at.index.themes)
    for lack in at.index.lacking:
        sheet.text(line, 1, f"Not held: {lack}", "quiet")
        line += 1
    sheet.keep_in_view(7, 2)
    sheet.protect()


def _row(sheet: Sheet, line: int, at: Places, theme: Theme, results: Results, counting: Counting) -> None:
    found = next(row for row in results.themes if row.theme.code == theme.code)
    rule = rule_of(at.index)
    sheet.text(line, 0, theme.code, "bold cell")
    sheet.text(line, 1, theme.title)
    now, target = (at.choices_of(theme, column) for column in (places.NOW, places.TARGET))
    *counts, focus = rule.cells(at.index, found, None)
    for level, value in enumerate(counts):
        here, there = f"COUNTIF({now},{level})", f"COUNTIF({target},{level})"
        same = f'IF({here}=0,"",""&{here})'
        formula = f'IF({here}={there},{same},{here}&" → "&{there})'
        sheet.formula(line, 2 + level, formula, value, "centre")
    open_, rated = (at.of_theme(theme.code, column) for column in (places.OPEN_NOW, places.APPLY_NOW))
    below = f'COUNTIF({now},"<{counting.enough}")'
    left = f'IF({open_}>0," ("&{open_}&" not rated)","")'
    judged = f'IF({rated}=0,"does not apply",IF(2*{below}>{rated},"yes","no"))'
    verdict = f'"not known"&{left}' if theme.lacks else f'IF({open_}>0,"not known"&{left},{judged})'
    sheet.formula(line, 2 + len(counts), verdict, focus)


def _overall(at: Places, counting: Counting, choice_at: int) -> str:
    """How many statements are well rated, of those that are rated; all of them stand in one column of Calculation."""
    choices = at.all_questions(choice_at)
    final = f'IF(SUMPRODUCT(--({choices}=""))+SUMPRODUCT(--({choices}="?"))>0,", not final","")'
    said = f'COUNTIF({choices},">={counting.enough}")&" of "&COUNT({choices})&{final}'
    return f'IF(COUNT({choices})=0,"Nothing rated yet",{said})'


def _overall_value(results: Results, column: ColumnScore) -> str:
    return rule_of(results.index).overall_line(results.index, column)[0]
