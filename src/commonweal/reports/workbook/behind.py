"""The sheets behind the others: what can be chosen, what follows from it. Open to look at, protected."""

from typing import NamedTuple

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers, Blank, Choice, Column, QuestionAnswer
from commonweal.core.maturity.models import NO_LIMIT as UNLIMITED
from commonweal.core.maturity.models import Question
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.scoring import ThemeScore
from commonweal.formats import answer_workbook as layout
from commonweal.formats.answer_workbook import CALCULATION, ERASE, LISTS, NOT_APPLICABLE, STEPS
from commonweal.formats.cell_names import absolute
from commonweal.formats.xlsx import Sheet, Workbook
from commonweal.reports.workbook import places
from commonweal.reports.workbook.places import Places, steps_of


class _Columns(NamedTuple):
    """Where one side of the answers stands: on the theme's sheet, then on Calculation."""

    side: Column
    asked: int
    choice: int
    limit: int
    open: int
    apply: int
    level: int


_NOW = _Columns(
    Column.PRESENT,
    layout.NOW,
    places.NOW,
    places.LIMIT_NOW,
    places.OPEN_NOW,
    places.APPLY_NOW,
    places.LEVEL_NOW,
)
_TARGET = _Columns(
    Column.FUTURE,
    layout.TARGET,
    places.TARGET,
    places.LIMIT_TARGET,
    places.OPEN_TARGET,
    places.APPLY_TARGET,
    places.LEVEL_TARGET,
)


def write_lists(book: Workbook, at: Places) -> None:
    """The texts of every drop-down, and the level each answer lets its theme reach."""
    sheet = book.add(LISTS, (8, 8, *[24] * 15, *[8] * 12), landscape=True)
    sheet.text(0, 0, "What can be chosen. The other sheets take their lists from here.", "quiet")
    for level in at.index.levels:
        sheet.text(places.LEVELS_ROW, places.OPTIONS + level.position, level.label)
    sheet.text(places.QUESTIONS_ROW - 1, 0, "No.", "head")
    sheet.text(places.QUESTIONS_ROW - 1, places.OPTIONS, "Answers", "head")
    if at.index.counting is None:
        sheet.text(places.QUESTIONS_ROW - 1, places.LIMITS, "Limits", "head")
    for question in at.index.questions:
        row = at.list_rows[question.id]
        sheet.text(row, 0, question.id, "bold cell")
        for position, text in enumerate(layout.options(question)):
            sheet.text(row, places.OPTIONS + position, text)
        for position, limit in enumerate(question.limits if at.index.counting is None else ()):
            sheet.number(row, places.LIMITS + position, places.NO_LIMIT if limit == UNLIMITED else limit, "count")
    sheet.protect()


_LADDERS = (
    "How the levels come about: an answer's limit is the level just under the next answer's (99: none);"
    " a theme's level is its lowest limit; a theme that is not fully answered counts as the lowest level."
)
_STATEMENTS = "Each statement as the position of the level that it is rated with. Results counts them."


def write_calculation(book: Workbook, at: Places, results: Results) -> None:
    """Each answer as a position and the limit that it sets; each theme's level as the lowest limit."""
    sheet = book.add(CALCULATION, (10, 10, 14, 14, 14, 14, 14), landscape=True)
    sheet.across(
        0,
        _LADDERS if at.index.counting is None else _STATEMENTS,
    )
    heads = ("No.", "Theme", "Now", "Target", "Limit now", "Limit target")
    for column, head in enumerate(heads if at.index.counting is None else heads[:-2]):
        sheet.text(2, column, head, "head")
    for question in at.index.questions:
        _calculate_question(sheet, at, question, results.assessment.answers.get(question.id, NOT_ANSWERED))
    theme_heads = (
        "Theme",
        "Open now",
        "Open in target",
        "Apply now",
        "Apply in target",
        "Level now",
        "Level in target",
    )
    for column, head in enumerate(theme_heads if at.index.counting is None else theme_heads[:-2]):
        sheet.text(min(at.theme_rows.values()) - 1, column, head, "head")
    for theme in results.themes:
        sheet.text(at.theme_rows[theme.theme.code], places.THEME_CODE, theme.theme.code, "bold cell")
        for columns, score in ((_NOW, theme.now), (_TARGET, theme.then)):
            _calculate_theme(sheet, at, columns, score, results.assessment.answers)
    sheet.protect()


def _calculate_question(sheet: Sheet, at: Places, question: Question, answer: QuestionAnswer) -> None:
    """The row of a question: each answer as a position, and the limit that it sets."""
    row = at.question_rows[question.id]
    sheet.text(row, places.QUESTION_ID, question.id, "bold cell")
    sheet.text(row, places.THEME_ID, question.theme)
    for columns in (_NOW, _TARGET):
        choice = answer[columns.side]
        sheet.formula(row, columns.choice, _choice(at, question, columns.asked), _choice_value(choice), "count")
        if at.index.counting is not None:
            continue
        here = absolute(row, columns.choice)
        limit = f'IF(ISNUMBER({here}),INDEX({at.limits_of(question)},{here}+1),"")'
        sheet.formula(row, columns.limit, limit, _limit_value(question, choice), "count")


def _calculate_theme(sheet: Sheet, at: Places, columns: _Columns, score: ThemeScore, answers: Answers) -> None:
    """One side of a theme's row: how many questions are open and how many apply, and the level."""
    theme = score.theme
    row, choices = at.theme_rows[theme.code], at.questions_of(theme, columns.choice)
    open_ = f'SUMPRODUCT(--({choices}=""))+SUMPRODUCT(--({choices}="?"))'
    sheet.formula(row, columns.open, open_, len(score.unanswered), "count")
    given = [answers.get(question.id, NOT_ANSWERED)[columns.side] for question in theme.questions]
    applies = sum(isinstance(choice, int) for choice in given)
    sheet.formula(row, columns.apply, f"COUNT({choices})", applies, "count")
    if at.index.counting is not None:
        return
    level = (
        f'IF({absolute(row, columns.open)}>0,0,IF({absolute(row, columns.apply)}=0,"none",'
        f"MIN({at.index.top_level},MIN({at.questions_of(theme, columns.limit)}))))"
    )
    sheet.formula(row, columns.level, level, level_value(score), "count")


def level_value(score: ThemeScore) -> str | int:
    """A theme's level as its cell has it."""
    return "none" if score.level is None else score.level


def _choice(at: Places, question: Question, asked: int) -> str:
    cell = at.cell(question, asked)
    listed = f'IFERROR(MATCH({cell},{at.answers_of(question)},0)-1,"?")'
    if question.may_not_apply:
        listed = f'IF({cell}="{NOT_APPLICABLE}","n/a",{listed})'
    return f'IF(OR({cell}="",{cell}="{ERASE}"),"",{listed})'


def _choice_value(choice: Choice) -> str | int:
    if isinstance(choice, int):
        return choice
    return "n/a" if choice is Blank.NOT_APPLICABLE else ""


def _limit_value(question: Question, choice: Choice) -> str | int:
    if not isinstance(choice, int):
        return ""
    limit = question.limits[choice]
    return places.NO_LIMIT if limit == UNLIMITED else limit


def write_steps(book: Workbook, at: Places, results: Results) -> None:
    """Every step of the index, and whether it lies between the two answers to its question."""
    sheet = book.add(STEPS, (10, 10, 8, 8, 12, 90), landscape=True)
    sheet.across(0, "A step is in the plan (1) if it lies above the answer for now and not above the target.")
    for column, head in enumerate(("In the plan", "Counted", "Theme", "No.", "To reach", "What to do")):
        sheet.text(2, column, head, "head")
    chosen, count = {step.id for step in results.actions}, 0
    for step in steps_of(at.index):
        row = at.step_rows[step.id]
        now, target = (at.calculated(step.question, column) for column in (places.NOW, places.TARGET))
        taken = f"AND({now}<{step.to_answer},{step.to_answer}<={target})"
        planned = f"IF(AND(ISNUMBER({now}),ISNUMBER({target})),IF({taken},1,0),0)"
        count += step.id in chosen
        sheet.formula(row, places.IN_PLAN, planned, int(step.id in chosen), "count")
        above = "" if row == places.STEPS_ROW else f"{absolute(row - 1, places.COUNTED)}+"
        sheet.formula(row, places.COUNTED, f"{above}{absolute(row, places.IN_PLAN)}", count, "count")
        sheet.text(row, places.STEP_THEME, step.theme)
        sheet.text(row, places.STEP_QUESTION, step.question, "bold cell")
        sheet.text(row, places.STEP_LEVEL, at.index.levels[step.level].label)
        sheet.text(row, places.STEP_TEXT, step.text)
    sheet.protect()
