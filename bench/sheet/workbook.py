"""Makes the sheet: answers in two columns; limits, theme levels, overall and the plan by formula."""

from pathlib import Path

import xlsxwriter

from commonweal.core.maturity.models import NO_LIMIT, Index

FIRST_ROW = 2


def make_workbook(path: Path, index: Index, answers: dict[str, tuple[int, int]]) -> None:
    """Write the workbook; the answers stand in Answers!B2:C(n+1)."""
    book = xlsxwriter.Workbook(str(path))
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Answers")
    rows = {}
    for row, question in enumerate(index.questions, FIRST_ROW):
        rows[question.id] = row
        now, then = answers[question.id]
        sheet.write_row(row - 1, 0, [question.id, now, then])
        for column, limit in enumerate(question.limits, 3):
            sheet.write_number(row - 1, column, index.top_level if limit == NO_LIMIT else limit)
        sheet.write_formula(row - 1, 8, f"=INDEX(D{row}:G{row},1,B{row}+1)")
        sheet.write_formula(row - 1, 9, f"=INDEX(D{row}:G{row},1,C{row}+1)")
    results = book.add_worksheet("Results")
    for line, theme in enumerate(index.themes, FIRST_ROW):
        first, last = rows[theme.questions[0].id], rows[theme.questions[-1].id]
        results.write_string(line - 1, 0, theme.title)
        results.write_formula(line - 1, 1, f"=MIN(Answers!I{first}:I{last})")
        results.write_formula(line - 1, 2, f"=MIN(Answers!J{first}:J{last})")
    end = FIRST_ROW + len(index.themes)
    for letter in "BC":
        results.write_formula(f"{letter}{end + 1}", f"=INT(AVERAGE({letter}{FIRST_ROW}:{letter}{end - 1}))")
    plan = book.add_worksheet("Plan")
    plan.set_column(0, 0, 10)
    plan.set_column(1, 4, 30, wrap)
    line = 1
    for question in index.questions:
        for step in question.steps:
            row = rows[question.id]
            plan.write_string(line - 1, 0, question.id)
            text = step.text.replace('"', '""')
            formula = f'=IF(AND(Answers!B{row}<{step.to_answer},Answers!C{row}>={step.to_answer}),"{text}","")'
            plan.write_formula(line - 1, step.level, formula, wrap)
            line += 1
    for page in (results, plan):
        page.set_landscape()
        page.fit_to_pages(1, 0)
    book.close()
