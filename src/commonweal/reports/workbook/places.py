"""Where each number of the workbook stands, so that formulas on other sheets can name it."""

from dataclasses import dataclass
from functools import cached_property

from commonweal.core.maturity.models import Index, Question, Step, Theme
from commonweal.formats.answer_workbook import CALCULATION, FIRST_ROW, LISTS, STEPS, sheet_name
from commonweal.formats.cell_names import absolute, in_sheet

NO_LIMIT = 99
"""What stands in a cell for the limit of a last answer: more than any level."""

# Lists: a row for each question after the rows of levels; texts from OPTIONS on, limits from LIMITS on.
LEVELS_ROW, QUESTIONS_ROW = 1, 4
OPTIONS, LIMITS = 2, 17
"""Twelve answers, that it does not apply, and the word that erases stand before the limits."""
# Calculation: a row for each question, then a row for each theme.
QUESTION_ID, THEME_ID, NOW, TARGET, LIMIT_NOW, LIMIT_TARGET = range(6)
_HEAD = 3
THEME_CODE, OPEN_NOW, OPEN_TARGET, APPLY_NOW, APPLY_TARGET, LEVEL_NOW, LEVEL_TARGET = range(7)
APPLY_OF = {OPEN_NOW: APPLY_NOW, OPEN_TARGET: APPLY_TARGET}
CHOICE_OF = {OPEN_NOW: NOW, OPEN_TARGET: TARGET}
"""The columns of the same side, by the one that counts its open questions."""
# Steps: a row for each step.
IN_PLAN, COUNTED, STEP_THEME, STEP_QUESTION, STEP_LEVEL, STEP_TEXT = range(6)
STEPS_ROW = 3


@dataclass(frozen=True)
class Places:
    """Every place that a formula names, for one index."""

    index: Index

    @cached_property
    def question_rows(self) -> dict[str, int]:
        """The row of each question on Calculation."""
        return {question.id: _HEAD + at for at, question in enumerate(self.index.questions)}

    @cached_property
    def theme_rows(self) -> dict[str, int]:
        """The row of each theme on Calculation."""
        first = _HEAD + len(self.index.questions) + 3
        return {theme.code: first + at for at, theme in enumerate(self.index.themes)}

    @cached_property
    def list_rows(self) -> dict[str, int]:
        """The row of each question on Lists."""
        return {question.id: QUESTIONS_ROW + at for at, question in enumerate(self.index.questions)}

    @cached_property
    def step_rows(self) -> dict[str, int]:
        """The row of each step on Steps."""
        steps = [step for question in self.index.questions for step in question.steps]
        return {step.id: STEPS_ROW + at for at, step in enumerate(steps)}

    def cell(self, question: Question, column: int) -> str:
        """A cell of a question's row on its theme's sheet."""
        theme = next(theme for theme in self.index.themes if theme.code == question.theme)
        return in_sheet(sheet_name(theme), absolute(FIRST_ROW + theme.questions.index(question), column))

    def calculated(self, question_id: str, column: int) -> str:
        """A cell of a question's row on Calculation."""
        return in_sheet(CALCULATION, absolute(self.question_rows[question_id], column))

    def of_theme(self, code: str, column: int) -> str:
        """A cell of a theme's row on Calculation."""
        return in_sheet(CALCULATION, absolute(self.theme_rows[code], column))

    def questions_of(self, theme: Theme, column: int) -> str:
        """The cells of all of a theme's questions on Calculation, as that sheet's own formulas name them."""
        first, last = (self.question_rows[theme.questions[at].id] for at in (0, -1))
        return f"{absolute(first, column)}:{absolute(last, column)}"

    def choices_of(self, theme: Theme, column: int) -> str:
        """The same, as formulas of other sheets name them."""
        return in_sheet(CALCULATION, self.questions_of(theme, column))

    def all_questions(self, column: int) -> str:
        """The cells of all questions on Calculation."""
        first, last = (self.question_rows[self.index.questions[at].id] for at in (0, -1))
        return in_sheet(CALCULATION, f"{absolute(first, column)}:{absolute(last, column)}")

    def all_themes(self, column: int) -> str:
        """The cells of all themes on Calculation."""
        first, last = (self.theme_rows[self.index.themes[at].code] for at in (0, -1))
        return in_sheet(CALCULATION, f"{absolute(first, column)}:{absolute(last, column)}")

    def answers_of(self, question: Question, extra: int = 0) -> str:
        """The cells with a question's answers on Lists, and so many after them."""
        row = self.list_rows[question.id]
        last = OPTIONS + len(question.answers) - 1 + extra
        return in_sheet(LISTS, f"{absolute(row, OPTIONS)}:{absolute(row, last)}")

    def limits_of(self, question: Question) -> str:
        """The cells with the limits of a question's answers on Lists."""
        row = self.list_rows[question.id]
        return in_sheet(LISTS, f"{absolute(row, LIMITS)}:{absolute(row, LIMITS + len(question.answers) - 1)}")

    @property
    def labels(self) -> str:
        """The cells with the names of the levels on Lists."""
        last = OPTIONS + len(self.index.levels) - 1
        return in_sheet(LISTS, f"{absolute(LEVELS_ROW, OPTIONS)}:{absolute(LEVELS_ROW, last)}")

    def steps_column(self, column: int) -> str:
        """The cells of all steps in a column of Steps."""
        last = STEPS_ROW + len(self.step_rows) - 1
        return in_sheet(STEPS, f"{absolute(STEPS_ROW, column)}:{absolute(last, column)}")


def steps_of(index: Index) -> list[Step]:
    """Every step of an index in order."""
    return [step for question in index.questions for step in question.steps]
