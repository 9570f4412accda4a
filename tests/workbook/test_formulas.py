"""LibreOffice calculates the workbook, and comes to what the rules say."""

import random
from pathlib import Path
from typing import Any

import openpyxl
from tests.cases import EXAMPLES
from tests.workbook.books import DAY, TOWN, blank, edited, place
from tests.workbook.office import recalculated

from commonweal.core.maturity.answers import Assessment, Blank, Choice, QuestionAnswer
from commonweal.core.maturity.models import Index, Question
from commonweal.core.maturity.results import Results, assess
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import ThemeScore
from commonweal.formats import answer_workbook as layout
from commonweal.intake.assessment import read_assessment
from commonweal.reports.workbook import write_workbook
from commonweal.standards.catalogue import load_index


def _random(question: Question, dice: random.Random) -> QuestionAnswer:
    choices: list[Choice] = [*range(len(question.answers)), Blank.UNANSWERED]
    weights = [6.0] * len(question.answers) + [dice.choice([0.0, 0.3])]
    if question.may_not_apply:
        choices.append(Blank.NOT_APPLICABLE)
        weights.append(3)
    present, future = dice.choices(choices, weights, k=2)
    return QuestionAnswer(present, future)


def _cases(index: Index) -> list[Assessment]:
    dice = random.Random(20161)
    found = [read_assessment(path) for path in sorted(EXAMPLES.glob("*.yaml"))]
    for number in range(8):
        answers = {question.id: _random(question, dice) for question in index.questions}
        if number >= 5:  # fully answered ones have levels everywhere
            answers = {
                id_: answer if Blank.UNANSWERED not in (answer.present, answer.future) else QuestionAnswer(0, 1)
                for id_, answer in answers.items()
            }
        found.append(Assessment(TOWN, index, answers))
    statements = load_index("lga-nps-2018")
    half = {one.id: QuestionAnswer(1 + number % 2, 2) for number, one in enumerate(statements.questions)}
    found.insert(0, Assessment(TOWN, statements, half))  # exactly half of the ten is below what is enough
    for _ in range(3):
        found.append(Assessment(TOWN, statements, {one.id: _random(one, dice) for one in statements.questions}))
    return found


def _typed(assessment: Assessment, index: Index) -> bytes:
    """A blank workbook in which another program has chosen the answers: every stored value is that of a blank one."""
    cells = {}
    for question in index.questions:
        answer = assessment.answers.get(question.id)
        for choice, column in ((answer.present, layout.NOW), (answer.future, layout.TARGET)) if answer else ():
            if isinstance(choice, int):
                cells[place(index, question, column)] = layout.option(question.answers[choice])
            elif choice is Blank.NOT_APPLICABLE:
                cells[place(index, question, column)] = layout.NOT_APPLICABLE
    return edited(blank(index), cells)


def _level_said(labels: list[str], score: ThemeScore) -> str:
    if score.unanswered:
        return f"{labels[0]}: {len(score.unanswered)} not answered yet"
    return "Does not apply" if score.level is None else labels[score.level]


def _compare_counts(book: openpyxl.Workbook, results: Results) -> None:
    sheet, rule = book[layout.RESULTS], rule_of(results.index)
    for row, column in ((2, results.present), (3, results.future)):
        assert sheet.cell(row, 3).value == rule.overall_line(results.index, column)[0]
    for line, theme in enumerate(results.themes, 8):
        expected = rule.cells(results.index, theme, None)
        assert tuple(sheet.cell(line, 3 + at).value or "" for at in range(len(expected))) == expected
        own = book[layout.sheet_name(theme.theme)]
        for side, score in ((layout.NOW, theme.now), (layout.TARGET, theme.then)):
            assert own.cell(layout.HEAD_ROW, side + 1).value == rule.theme_words(results.index, score)


def _compare(book: openpyxl.Workbook, results: Results) -> None:
    _compare_plan(book, results)
    if results.index.counting is not None:
        _compare_counts(book, results)
        return
    sheet = book[layout.RESULTS]
    levels = len(results.index.levels)
    labels = [level.label for level in results.index.levels]
    for row, column in ((2, results.present), (3, results.future)):
        expected = "No level" if column.overall.level is None else labels[column.overall.level]
        assert sheet.cell(row, 3).value == expected
    for row, column in ((4, results.present), (5, results.future)) if results.index.legal_questions else ():
        legal = column.legal_minimum
        ids = " ".join(legal.missed or legal.unanswered)
        assert sheet.cell(row, 3).value == (f"{legal.state} ({ids})" if ids else legal.state)
    for line, theme in enumerate(results.themes, 8):
        said: list[Any] = [sheet.cell(line, 3 + levels + at).value for at in range(4)]
        assert said[:2] == [_level_said(labels, score) for score in (theme.now, theme.then)]
        assert (said[2] if said[2] != "" else None) == theme.gap
        assert (said[3] or "").split() == list(theme.present_held_by)


def _compare_plan(book: openpyxl.Workbook, results: Results) -> None:
    plan = book[layout.PLAN]
    listed: list[Any] = [plan.cell(5 + at, 4).value for at in range(len(results.actions) + 1)]
    assert listed == [*(step.text for step in results.actions), listed[-1]]
    assert not listed[-1]
    assert plan.cell(2, 2).value == len(results.actions)


def test_typed_answers_give_what_the_rules_say(index: Index, tmp_path: Path) -> None:
    cases, files = _cases(index), []
    for number, case in enumerate(cases):
        files.append(tmp_path / f"case-{number}.xlsx")
        files[-1].write_bytes(_typed(case, case.index))
    for case, file in zip(cases, recalculated(files, tmp_path), strict=True):
        _compare(openpyxl.load_workbook(file, data_only=True), assess(case))


def test_the_values_that_we_write_are_those_that_are_calculated(index: Index, tmp_path: Path) -> None:
    """For programs that do not calculate on opening: every formula cell of ours, against LibreOffice."""
    files = []
    for number, case in enumerate(_cases(index)[::3]):
        files.append(tmp_path / f"ours-{number}.xlsx")
        files[-1].write_bytes(write_workbook(case, DAY))
    for ours, theirs in zip(files, recalculated(files, tmp_path), strict=True):
        formulas = openpyxl.load_workbook(ours)
        written, calculated = (openpyxl.load_workbook(file, data_only=True) for file in (ours, theirs))
        seen = 0
        for sheet in formulas.worksheets:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                seen += 1
                pair = [book[sheet.title][cell.coordinate].value for book in (written, calculated)]
                if sheet.title[1:2] == " " and cell.column == layout.CHECK + 1:
                    continue  # a stored answer is never one that the check warns of
                assert (pair[0] or "") == (pair[1] or ""), f"{sheet.title} {cell.coordinate}"
        assert seen > 700  # as many as the smallest index has


def test_the_check_column_says_what_is_missing(index: Index, tmp_path: Path) -> None:
    free = next(question for question in index.questions if question.may_not_apply)
    wrong, lower, open_ = [question for question in index.questions if not question.may_not_apply][:3]
    cells = {
        place(index, free, layout.NOW): layout.NOT_APPLICABLE,
        place(index, free, layout.TARGET): layout.NOT_APPLICABLE,
        place(index, wrong, layout.NOW): "perhaps",
        place(index, lower, layout.NOW): layout.option(lower.answers[1]),
        place(index, lower, layout.TARGET): layout.option(lower.answers[0]),
        place(index, open_, layout.NOW): layout.option(open_.answers[0]),
    }
    file = tmp_path / "check.xlsx"
    file.write_bytes(edited(blank(index), cells))
    book = openpyxl.load_workbook(recalculated([file], tmp_path)[0], data_only=True)

    def check(question: Question) -> str:
        sheet, row, column = place(index, question, layout.CHECK)
        return str(book[sheet].cell(row, column).value or "")

    assert check(free) == "Say why it does not apply."
    assert check(wrong) == "Choose an answer from the list."
    assert check(lower) == "The target lies below now: say why."
    assert check(open_) == "Not fully answered yet."
