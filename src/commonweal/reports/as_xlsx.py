"""The plan as a workbook: summary, results with lanes drawn in cells, plan grid, list of actions, answers, method."""

from commonweal.core.maturity.results import Results
from commonweal.core.maturity.rules import rule_of
from commonweal.core.words import sentence_case
from commonweal.formats.xlsx import Sheet, Workbook
from commonweal.reports.content import PlanContent
from commonweal.reports.figures.lanes import Lane, lanes, lanes_title
from commonweal.reports.figures.level_heads import shade_of
from commonweal.reports.order import Order

_NOW, _TARGET, _BOTH, _WAY, _BACK = "●", "○", "◉", "━━━", "╌╌╌"


def render(order: Order) -> bytes:
    """The workbook as XLSX bytes. All text is stored as text, never as a formula."""
    content, results = order.content, order.results
    book = Workbook(content.document_title, content.organisation, order.made_on)
    _summary(book, content)
    _results(book, content, results)
    _plan(book, content)
    _actions(book, content)
    _answers(book, content)
    _method(book, content)
    return book.save()


def _summary(book: Workbook, content: PlanContent) -> None:
    sheet = book.add("Summary", (16, 84))
    sheet.text(0, 0, content.organisation, "quiet")
    sheet.text(1, 0, content.title, "title")
    sheet.text(2, 0, content.index_line, "quiet")
    sheet.text(3, 0, content.date_line, "quiet")
    row = 5
    for mark in content.marks:
        sheet.text(row, 1, mark, "plain")
        row += 1
    for line in content.overall:
        sheet.text(row, 0, line.heading, "plain")
        sheet.text(row, 1, f"{line.level}, {line.mean}" if line.mean else line.level, "big")
        row += 1
    if content.legal:
        sheet.text(row, 0, "Legal minimum", "plain")
        sheet.text(row, 1, content.legal, "mark")
        row += 1
    row += 1
    plan = (content.actions_line,)
    for heading, sentences in (("Summary", content.narrative), ("Attention", content.attention), ("Plan", plan)):
        for position, sentence in enumerate(sentences):
            numbered = f"{position + 1}. {sentence}" if heading == "Attention" else sentence
            sheet.text(row, 0, "" if position else heading, "strong")
            sheet.text(row, 1, numbered, "plain")
            row += 1


def _results(book: Workbook, content: PlanContent, results: Results) -> None:
    levels = [level.label for level in results.index.levels]
    heads = content.result_heads[1:]
    first, gap = 2 + len(levels), 1 + len(levels) + len(heads)
    sheet = book.add("Results", (6, 32, *[11] * len(levels), *[13] * (len(heads) - 1), 6, 48), landscape=True)
    sheet.text(0, 0, f"{lanes_title(results)}: {_key(results)}", "quiet")
    for column, text in enumerate(("Code", content.result_heads[0], *levels, *heads, content.names.held_heads[0])):
        sheet.text(2, column, text, "head")
    for position, label in enumerate(levels):
        shade, colour = shade_of(position, len(levels))
        book.look(shade, {"bold": True, "align": "center", "bg_color": shade, "font_color": colour, "border": 1})
        sheet.text(2, 2 + position, label, shade)
    rows = zip(content.results, lanes(results), results.themes, strict=True)
    for line, (row, lane, theme) in enumerate(rows, 3):
        sheet.text(line, 0, row.code, "bold cell")
        sheet.text(line, 1, row.title)
        _lane(sheet, line, lane, len(levels))
        for column, text in enumerate(row.cells[:-1], first):
            sheet.text(line, column, text)
        if theme.gap is None:
            sheet.text(line, gap, row.cells[-1])
        else:
            sheet.number(line, gap, theme.gap)
        sheet.text(line, gap + 1, row.held)
    sheet.keep_in_view(3, 2)


def _key(results: Results) -> str:
    if not rule_of(results.index).has_levels:
        return "statements at each level now and, after the arrow, in the target"
    return f"{_NOW} now, {_TARGET} target, {_BOTH} both"


def _lane(sheet: Sheet, line: int, lane: Lane, levels: int) -> None:
    """Dots, ring and the way between; where one is missing, words in the cell that the other leaves free."""
    known = lane.present if lane.present is not None else lane.future
    words_at = 0 if known is None or known > 1 else 2
    for level in range(levels):
        if lane.remark and level == words_at:
            sheet.text(line, 2 + level, lane.remark, "lane remark")
        else:
            sheet.text(line, 2 + level, _lane_cell(lane, level), "centre")


def _lane_cell(lane: Lane, level: int) -> str:
    """What stands in a lane under one level: a dot, a ring, both, the way between, or nothing."""
    if lane.counts:
        now, then = lane.counts[level]
        return f"{now} → {then}" if now != then else str(now or "")
    if lane.present == level:
        return _BOTH if lane.future == level else _NOW
    if lane.future == level:
        return _TARGET
    if lane.present is None or lane.future is None:
        return ""
    if lane.present < level < lane.future:
        return _WAY
    return _BACK if lane.future < level < lane.present else ""


def _plan(book: Workbook, content: PlanContent) -> None:
    widths = [
        28 if any(row.cells[position] for row in content.grid) else 18 for position in range(len(content.columns))
    ]
    sheet = book.add("Plan", (20, *widths, 32), landscape=True)
    sheet.across(0, content.actions_line)
    sheet.across(1, content.footnote)
    rows = [
        (
            f"{row.code} {row.label}" + (f"\n{row.remark}" if row.remark else ""),
            *["\n".join(f"{action.question} {action.text}" for action in cell) for cell in row.cells],
            "\n".join(row.notes),
        )
        for row in content.grid
    ]
    sheet.table(3, content.grid_heads, rows, ("bold cell", *["cell"] * len(widths), "note"))


def _called(content: PlanContent) -> tuple[str, str]:
    """What stands over themes and questions."""
    return sentence_case(content.names.theme), sentence_case(content.names.question)


def _actions(book: Workbook, content: PlanContent) -> None:
    """The list to work with: empty columns for who, by when and how far."""
    sheet = book.add("Actions", (12, 8, 10, 12, 62, 20, 16, 12, 14, 22, 14), landscape=True)
    rows = [
        (row.id, row.theme, row.question, row.level, row.text, "", "", "", "", row.criteria, row.provenance)
        for row in content.actions
    ]
    heads = ("Action", *_called(content), "To reach", "What to do")
    work = ("Owner", "By when", "Status", "Comment")
    sheet.table(0, (*heads, *work, "Criteria", "Provenance"), rows, ("bold cell", *["cell"] * 10))


def _answers(book: Workbook, content: PlanContent) -> None:
    sheet = book.add("Answers", (8, 7, 40, 36, 36, 34), landscape=True)
    sheet.text(0, 0, content.answers_heading, "quiet")
    rows = [(row.theme, row.id, row.question, row.present, row.future, row.notes) for row in content.answers]
    looks = ("cell", "bold cell", "cell", "cell", "cell", "note")
    theme, question = _called(content)
    sheet.across(1, content.not_answered)
    sheet.table(3, (theme, "No.", question, "Now", "Target", "Notes"), rows, looks)


def _method(book: Workbook, content: PlanContent) -> None:
    sheet = book.add("Method", (26, 84))
    row = 0
    for note in (*content.reading, *content.limits):
        sheet.text(row, 0, note.heading, "strong")
        for text in filter(None, (note.text, *note.points)):
            sheet.text(row, 1, text, "plain")
            row += 1
        row += 1
