"""The sheets that people read: results with the lanes, and the plan."""

from collections.abc import Sequence

from commonweal.core.maturity.models import Theme
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import ColumnScore, LegalScore
from commonweal.core.words import sentence_case
from commonweal.formats.answer_workbook import PLAN, RESULTS
from commonweal.formats.xlsx import Sheet, Workbook
from commonweal.reports.figures.level_heads import shade_of
from commonweal.reports.workbook import places
from commonweal.reports.workbook.places import Places, steps_of
from commonweal.reports.workbook.words import level_words, level_words_value


def write_results(book: Workbook, at: Places, results: Results) -> None:
    """Overall, legal minimum, and the lanes, drawn in cells by formula."""
    levels = [level.label for level in at.index.levels]
    sheet = book.add(RESULTS, (6, 34, *[12] * len(levels), 24, 24, 7, 40), landscape=True)
    sheet.text(0, 0, "Results", "title")
    columns = (
        (1, "Overall now", places.LEVEL_NOW, results.present),
        (2, "Overall target", places.LEVEL_TARGET, results.future),
    )
    for row, heading, level_at, column in columns:
        sheet.text(row, 1, heading, "strong")
        sheet.formula(row, 2, _overall(at, level_at), _overall_value(results, column), "big")
    legal = ((3, "now", places.NOW, results.present), (4, "in the target", places.TARGET, results.future))
    for row, when, choice_at, column in legal if at.index.legal_questions else ():
        sheet.text(row, 1, f"{at.index.legal_minimum_title} {when}", "strong")
        sheet.formula(row, 2, _legal(at, choice_at), _legal_value(column.legal_minimum), "big")
    sheet.text(5, 1, "Dot: now. Ring: target. Ringed dot: both.", "quiet")
    heads = ("Code", "Theme", *levels, "Now", "Target", "Gap", "Held now by")
    for position, head in enumerate(heads):
        sheet.text(6, position, head, "head")
    for position, label in enumerate(levels):
        shade, colour = shade_of(position, len(levels))
        book.look(shade, {"bold": True, "align": "center", "bg_color": shade, "font_color": colour, "border": 1})
        sheet.text(6, 2 + position, label, shade)
    for line, theme in enumerate(at.index.themes, 7):
        _result_row(sheet, line, at, theme, results)
    sheet.keep_in_view(7, 2)
    sheet.protect()


def _result_row(sheet: Sheet, line: int, at: Places, theme: Theme, results: Results) -> None:
    row = next(row for row in results.themes if row.theme.code == theme.code)
    count = len(at.index.levels)
    sheet.text(line, 0, theme.code, "bold cell")
    sheet.text(line, 1, theme.title)
    now, target = (at.of_theme(theme.code, column) for column in (places.LEVEL_NOW, places.LEVEL_TARGET))
    open_now, open_target = (at.of_theme(theme.code, column) for column in (places.OPEN_NOW, places.OPEN_TARGET))
    shown_now, shown_target = f'IF({open_now}>0,"",{now})', f'IF({open_target}>0,"",{target})'
    known = [None if score.unanswered else score.level for score in (row.now, row.then)]
    for level in range(count):
        between = (
            f"IF(AND(ISNUMBER({shown_now}),ISNUMBER({shown_target})),"
            f'IF(AND({level}>MIN({now},{target}),{level}<MAX({now},{target})),"━━━",""),"")'
        )
        ring = f'IF({shown_target}={level},"○",{between})'
        formula = f'IF({shown_now}={level},IF({shown_target}={level},"◉","●"),{ring})'
        sheet.formula(line, 2 + level, formula, _mark(level, known), "centre")
    sides = (
        (places.OPEN_NOW, places.LEVEL_NOW, row.now),
        (places.OPEN_TARGET, places.LEVEL_TARGET, row.then),
    )
    for position, (open_at, level_at, score) in enumerate(sides, 2 + count):
        words = level_words(at, theme.code, open_at, level_at)
        sheet.formula(line, position, words, level_words_value(results, score))
    gap = f'IF(AND(ISNUMBER({shown_now}),ISNUMBER({shown_target})),{target}-{now},"")'
    sheet.formula(line, 4 + count, gap, "" if row.gap is None else row.gap, "signed")
    sheet.formula(line, 5 + count, _held(at, theme), " ".join(row.present_held_by))


def _mark(level: int, known: Sequence[int | None]) -> str:
    now, target = known
    if now == level:
        return "◉" if target == level else "●"
    if target == level:
        return "○"
    if now is None or target is None:
        return ""
    return "━━━" if min(now, target) < level < max(now, target) else ""


def _held(at: Places, theme: Theme) -> str:
    """The questions that hold a theme now: the open ones, or else those whose limit is its level."""
    open_, level = at.of_theme(theme.code, places.OPEN_NOW), at.of_theme(theme.code, places.LEVEL_NOW)
    choices = [(question.id, at.calculated(question.id, places.NOW)) for question in theme.questions]
    limits = [(question.id, at.calculated(question.id, places.LIMIT_NOW)) for question in theme.questions]
    unanswered = "&".join(f'IF(OR({cell}="",{cell}="?"),"{id_} ","")' for id_, cell in choices)
    holding = "&".join(f'IF({cell}={level},"{id_} ","")' for id_, cell in limits)
    below_top = f'IF(ISNUMBER({level}),IF({level}<{at.index.top_level},TRIM({holding}),""),"")'
    return f"IF({open_}>0,TRIM({unanswered}),{below_top})"


def _overall(at: Places, level_at: int) -> str:
    levels = at.all_themes(level_at)
    return f'IF(COUNT({levels})=0,"No level",INDEX({at.labels},INT(SUM({levels})/COUNT({levels}))+1))'


def _overall_value(results: Results, column: ColumnScore) -> str:
    return "No level" if column.overall.level is None else results.index.levels[column.overall.level].label


def _legal(at: Places, choice_at: int) -> str:
    missed, open_ = [], []
    for question in at.index.legal_questions:
        cell = at.calculated(question.id, choice_at)
        met_from = question.legal_minimum.met_from_answer if question.legal_minimum else 0
        missed.append(f'IF(ISNUMBER({cell}),IF({cell}<{met_from},"{question.id} ",""),"")')
        open_.append(f'IF(OR({cell}="",{cell}="?"),"{question.id} ","")')
    all_missed, all_open = "&".join(missed), "&".join(open_)
    return (
        f'IF(TRIM({all_missed})<>"","not met ("&TRIM({all_missed})&")",'
        f'IF(TRIM({all_open})<>"","not answered yet ("&TRIM({all_open})&")","met"))'
    )


def _legal_value(legal: LegalScore) -> str:
    ids = legal.missed or legal.unanswered
    return f"{legal.state} ({' '.join(ids)})" if ids else legal.state


def write_plan(book: Workbook, at: Places, results: Results) -> None:
    """The steps between the answers, without gaps, in the order of the questions."""
    sheet = book.add(PLAN, (6, 8, 14, 100), landscape=True)
    counted = at.steps_column(places.COUNTED)
    sheet.text(0, 0, "Action plan", "title")
    sheet.text(1, 0, "Steps", "strong")
    sheet.formula(1, 1, f"MAX({counted})", len(results.actions), "count")
    sheet.across(2, at.index.plan_footnote)
    for column, head in enumerate((sentence_case(rule_of(at.index).names.theme), "No.", "To reach", "What to do")):
        sheet.text(3, column, head, "head")
    taken = (places.STEP_THEME, places.STEP_QUESTION, places.STEP_LEVEL, places.STEP_TEXT)
    for number in range(1, len(steps_of(at.index)) + 1):
        step = results.actions[number - 1] if number <= len(results.actions) else None
        values = (step.theme, step.question, at.index.levels[step.level].label, step.text) if step else ("", "", "", "")
        for column, (from_column, value) in enumerate(zip(taken, values, strict=True)):
            found = f"INDEX({at.steps_column(from_column)},MATCH({number},{counted},0))"
            sheet.formula(3 + number, column, f'IFERROR({found},"")', value, "plain")
    sheet.keep_in_view(4, 0)
    sheet.protect()
