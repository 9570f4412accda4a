"""The sheets that people fill in: start, and a sheet a theme."""

from commonweal.core.maturity.answers import NOT_ANSWERED, Assessment, Blank, Column, Standing
from commonweal.core.maturity.models import Question, Theme
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.rules import rule_of
from commonweal.formats import answer_workbook as layout
from commonweal.formats.answer_workbook import PLAN, RESULTS, START, START_COLUMN, START_ROWS, sheet_name
from commonweal.formats.cell_names import absolute
from commonweal.formats.xlsx import Sheet, Workbook
from commonweal.reports.workbook import places
from commonweal.reports.workbook.places import Places
from commonweal.reports.workbook.words import stands_value, stands_words

_HOW = (
    "1. Go through the sheets of the {themes}, one after the other. For each {question} choose what is in place now and"
    " what you want in place by the end of the years above. The lists open with a click, or with Alt and arrow down.",
    "2. Write a note where it helps: what you based the answer on, or what to settle. Leave out names of people.",
    "3. The column Check says what is missing. Results and Plan change with every answer.",
    "4. Send the file back to whoever sent it to you. They can upload it; an empty cell changes nothing there,"
    f" and {layout.ERASE} takes away what was stored.",
)


def write_start(book: Workbook, at: Places, assessment: Assessment, code: str) -> None:
    """What this is, how to fill it in, and the lines that say whose answers these are."""
    index = at.index
    sheet = book.add(START, (30, 60, 20))
    sheet.text(0, 0, f"{index.title}, edition for {index.edition}", "title")
    sheet.text(1, 0, f"Version {index.version}. Fill in the green cells; everything else is worked out.", "quiet")
    horizon = "" if assessment.horizon_years is None else str(assessment.horizon_years)
    reconstructed = assessment.answers_are is Standing.RECONSTRUCTED
    fixed = {"layout": ("Made by", layout.LAYOUT), "index": ("Index", index.reference), "code": ("Assessment", code)}
    typed = {
        "organisation": ("Organisation", assessment.organisation),
        "horizon_years": ("Years to the target", horizon),
        "date": ("Date (year-month-day)", assessment.date.isoformat() if assessment.date else ""),
        "answers_are": ("Answers are", Standing.RECONSTRUCTED.value if reconstructed else Standing.GIVEN.value),
        "source": ("Source", assessment.source),
    }
    for key, (name, text) in {**fixed, **typed}.items():
        sheet.text(START_ROWS[key], 0, name, "strong")
        if key in fixed:
            sheet.text(START_ROWS[key], START_COLUMN, text, "plain")
        else:
            sheet.typed(START_ROWS[key], START_COLUMN, text)
    row = max(START_ROWS.values()) + 2
    sheet.text(row, 0, "How to fill it in", "strong")
    names = rule_of(index).names
    for line in _HOW:
        row += 1
        sheet.across(row, line.format(themes=names.themes, question=names.question))
    row += 2
    sheet.text(row, 0, "Sheets", "strong")
    for name in (*(sheet_name(theme) for theme in index.themes), RESULTS, PLAN):
        row += 1
        sheet.link(row, 0, name, name)
    sheet.protect()


def write_theme(book: Workbook, at: Places, theme: Theme, results: Results) -> None:
    """A theme's questions with their drop-downs, notes, reasons and help, and its levels on top."""
    sheet = book.add(sheet_name(theme), (6, 36, 30, 30, 30, 20, 20, 20, 60), landscape=True)
    sheet.text(0, 0, f"{theme.code} {theme.title}", "title")
    sheet.text(1, 0, theme.lead_question, "quiet")
    row = next(row for row in results.themes if row.theme.code == theme.code)
    sides = (
        (layout.NOW, places.OPEN_NOW, places.LEVEL_NOW, row.now),
        (layout.TARGET, places.OPEN_TARGET, places.LEVEL_TARGET, row.then),
    )
    for column, open_at, level_at, score in sides:
        formula = stands_words(at, theme.code, open_at, level_at)
        sheet.formula(layout.HEAD_ROW - 1, column, formula, stands_value(results, score), "bold cell")
    sheet.text(
        layout.HEAD_ROW - 1,
        layout.QUESTION,
        f"Where the {rule_of(at.index).names.theme} stands" if at.index.counting else "Level of the theme",
        "bold cell",
    )
    for column, head in enumerate(layout.HEADS):
        sheet.text(layout.HEAD_ROW, column, head, "head")
    for line, question in enumerate(theme.questions, layout.FIRST_ROW):
        _question(sheet, line, at, question, results.assessment)
    sheet.keep_in_view(layout.FIRST_ROW, 2)
    sheet.protect()


def _question(sheet: Sheet, line: int, at: Places, question: Question, assessment: Assessment) -> None:
    answer = assessment.answers.get(question.id, NOT_ANSWERED)
    sheet.text(line, layout.ID, question.id, "bold cell")
    sheet.text(line, layout.QUESTION, question.question)
    others = len(layout.options(question)) - len(question.answers)
    for side, asked in ((Column.PRESENT, layout.NOW), (Column.FUTURE, layout.TARGET)):
        choice = answer[side]
        text = layout.option(question.answers[choice]) if isinstance(choice, int) else ""
        if choice is Blank.NOT_APPLICABLE:
            text = layout.NOT_APPLICABLE
        hint = "Where you are now." if side is Column.PRESENT else "Where you want to be."
        sheet.choice(line, asked, text, at.answers_of(question, others), hint)
    remarks = ((layout.NOTE, answer.note), (layout.REASON, answer.reason), (layout.STEP_BACK, answer.step_back))
    for column, text in remarks:
        sheet.typed(line, column, layout.written(text))
    help_text = f"{question.help}\nWhat would show it: {question.evidence}"
    if question.may_not_apply:
        help_text += f"\nMay not apply: {question.may_not_apply}"
    sheet.text(line, layout.HELP, help_text)
    formula = _check(at, line, question)
    sheet.formula(line, layout.CHECK, formula, _check_value(question, assessment), "warning")


_WRONG = "Choose an answer from the list."
_OPEN = "Not fully answered yet."
_NO_REASON = "Say why it does not apply."
_LOWER = "The target lies below now: say why."


def _check(at: Places, line: int, question: Question) -> str:
    now, target = (at.calculated(question.id, column) for column in (places.NOW, places.TARGET))
    reason, lower = (absolute(line, column) for column in (layout.REASON, layout.STEP_BACK))
    falls = f'IF(AND(ISNUMBER({now}),ISNUMBER({target})),IF(AND({target}<{now},{lower}=""),"{_LOWER}",""),"")'
    reasoned = f'IF(AND(OR({now}="n/a",{target}="n/a"),{reason}=""),"{_NO_REASON}",{falls})'
    complete = f'IF(OR({now}="",{target}=""),"{_OPEN}",{reasoned})'
    return f'IF(OR({now}="?",{target}="?"),"{_WRONG}",{complete})'


def _check_value(question: Question, assessment: Assessment) -> str:
    """What the check says of a stored answer, which is never one that is refused."""
    answer = assessment.answers.get(question.id, NOT_ANSWERED)
    return _OPEN if Blank.UNANSWERED in (answer.present, answer.future) else ""
