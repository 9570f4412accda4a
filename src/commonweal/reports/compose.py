"""Makes the content of an action plan document from the results, once; every format only places it."""

import datetime

from commonweal.core.maturity.answers import NOT_ANSWERED, Blank, Choice, QuestionAnswer, Standing
from commonweal.core.maturity.models import Question
from commonweal.core.maturity.results import Results, ThemeResult
from commonweal.core.maturity.scoring import ColumnScore, LegalState
from commonweal.core.words import counted, long_date, signed
from commonweal.reports.content import ActionRow, AnswerRow, GridAction, OverallLine, PlanContent, PlanRow, ResultRow
from commonweal.reports.method import limit_notes, reading_notes

TITLE = "Results and action plan"
_MOST_ATTENTION = 3


def plan_content(results: Results, made_on: datetime.date) -> PlanContent:
    """The document for an assessment's results. `made_on` stands in for the assessment's own date if it has none."""
    assessment, index = results.assessment, results.index
    horizon = f", looking {counted(assessment.horizon_years, 'year')} ahead" if assessment.horizon_years else ""
    day = f"Assessed on {long_date(assessment.date)}" if assessment.date else f"Made on {long_date(made_on)}"
    reconstructed = assessment.answers_are is Standing.RECONSTRUCTED
    return PlanContent(
        title=TITLE,
        organisation=assessment.organisation,
        index_line=f"{index.title}, edition for {index.edition}, version {index.version}",
        date_line=f"{day}{horizon}",
        marks=_marks(results, reconstructed),
        overall=(_overall(results, "Now", results.present), _overall(results, "Target", results.future)),
        legal=results.legal_sentence,
        legal_missed=LegalState.NOT_MET in (results.present.legal_minimum.state, results.future.legal_minimum.state),
        narrative=results.narrative,
        attention=tuple(item.sentence for item in results.attention[:_MOST_ATTENTION]),
        actions_line=_actions_line(results),
        results=tuple(_result_row(results, theme) for theme in results.themes),
        columns=tuple(f"To reach {level.label}" for level in index.levels[1:]),
        grid=tuple(_plan_row(results, theme) for theme in results.themes),
        actions=tuple(
            ActionRow(
                step.id, step.theme, step.question, index.levels[step.level].label, step.text, ", ".join(step.criteria)
            )
            for step in results.actions
        ),
        footnote=index.plan_footnote,
        answers=tuple(_answer_row(results, question) for question in index.questions),
        answers_heading="The answers behind these results" + (" (reconstructed)" if reconstructed else ""),
        reading=reading_notes(results),
        limits=limit_notes(results),
    )


def _marks(results: Results, reconstructed: bool) -> tuple[str, ...]:
    marks = []
    if reconstructed:
        marks.append(
            "Answers reconstructed: they are one set of many that lead to the published levels and actions,"
            " and were not themselves published."
        )
    if results.assessment.source:
        marks.append(f"Source: {results.assessment.source}.")
    return tuple(marks)


def _overall(results: Results, heading: str, column: ColumnScore) -> OverallLine:
    overall = column.overall
    if overall.level is None:
        return OverallLine(heading, "No level", "")
    top = results.index.top_level
    return OverallLine(
        heading, results.index.levels[overall.level].label, f"mean of the themes {overall.mean:g} of {top}"
    )


def _actions_line(results: Results) -> str:
    count = len(results.actions)
    if not count:
        return "No step lies between the answers now and the answers for the future, so there is no action."
    return f"The plan has {counted(count, 'action')}."


def _level_text(results: Results, level: int | None, unanswered: tuple[str, ...]) -> str:
    if level is None:
        return "Does not apply"
    label = results.index.levels[level].label
    return f"{label} ({len(unanswered)} not answered)" if unanswered else label


def _result_row(results: Results, row: ThemeResult) -> ResultRow:
    position = results.themes.index(row)
    return ResultRow(
        code=row.theme.code,
        title=row.theme.title,
        present=_level_text(results, row.present, results.present.themes[position].unanswered),
        future=_level_text(results, row.future, results.future.themes[position].unanswered),
        gap=signed(row.gap),
        held=row.held_sentence,
        next_steps=tuple(GridAction(step.question, step.text) for step in row.next_level.steps)
        if row.next_level
        else (),
    )


def _plan_row(results: Results, row: ThemeResult) -> PlanRow:
    steps = [step for step in results.actions if step.theme == row.theme.code]
    levels = range(1, len(results.index.levels))
    notes = []
    for question in row.theme.questions:
        answer = results.assessment.answers.get(question.id, NOT_ANSWERED)
        notes += [f"{question.id}: {text}" for text in remarks(answer)]
    return PlanRow(
        code=row.theme.code,
        label=row.theme.plan_label,
        cells=tuple(
            tuple(GridAction(step.question, step.text) for step in steps if step.level == level) for level in levels
        ),
        notes=tuple(notes),
    )


def remarks(answer: QuestionAnswer) -> list[str]:
    """What was written beside an answer, each kind told apart."""
    found = [answer.note] if answer.note else []
    if answer.reason:
        found.append(f"Does not apply: {answer.reason}")
    if answer.step_back:
        found.append(f"Step back: {answer.step_back}")
    return found


def _answer_row(results: Results, question: Question) -> AnswerRow:
    answer = results.assessment.answers.get(question.id, NOT_ANSWERED)
    return AnswerRow(
        theme=question.theme,
        id=question.id,
        question=question.question,
        present=_choice_text(question, answer.present),
        future="No change"
        if answer.future == answer.present != Blank.UNANSWERED
        else _choice_text(question, answer.future),
        remarks=" ".join(remarks(answer)),
    )


def _choice_text(question: Question, choice: Choice) -> str:
    if isinstance(choice, int):
        return question.answers[choice].text
    return "Does not apply" if choice is Blank.NOT_APPLICABLE else "Not answered yet"
