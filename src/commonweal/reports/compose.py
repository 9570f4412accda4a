"""Makes the content of an action plan document from the results, once; every format only places it."""

import dataclasses
import datetime
from itertools import repeat

from commonweal.core.maturity.answers import NOT_ANSWERED, Blank, Choice, QuestionAnswer, Standing
from commonweal.core.maturity.models import Provenance, Question, Step
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import ColumnScore, LegalState
from commonweal.core.maturity.theme_result import ThemeResult
from commonweal.core.words import counted, listed, long_date
from commonweal.reports import since
from commonweal.reports.content import (
    BASELINE_HEAD,
    ActionRow,
    AnswerRow,
    GridAction,
    OverallLine,
    PlanContent,
    PlanRow,
    ResultRow,
    Summary,
)
from commonweal.reports.method import limit_notes, reading_notes

TITLE = "Results and action plan"
INFERRED_MARK = "*"
_MOST_ATTENTION = 3
_LONGEST_GRID_NOTE = 300


def summary(results: Results, made_on: datetime.date, baseline: Results | None = None) -> Summary:
    """The summary of an assessment's results. `made_on` stands in for the assessment's own date if it has none.

    With the results at the baseline, `results` are those of the position on `made_on`, and both are told.
    """
    assessment, index = results.assessment, results.index
    horizon = f", looking {counted(assessment.horizon_years, 'year')} ahead" if assessment.horizon_years else ""
    day = f"Assessed on {long_date(assessment.date)}" if assessment.date else f"Made on {long_date(made_on)}"
    return Summary(
        title=TITLE,
        organisation=assessment.organisation,
        index_line=f"{index.title}, edition for {index.edition}, version {index.version}",
        date_line=f"{day}{horizon}",
        marks=(
            *_marks(results, assessment.answers_are is Standing.RECONSTRUCTED),
            *([since.moved_mark(baseline, results, made_on)] if baseline else []),
        ),
        overall=(
            *([_overall(baseline, BASELINE_HEAD, baseline.present)] if baseline else []),
            _overall(results, "Now", results.present),
            _overall(results, "Target", (baseline or results).future),
        ),
        legal=results.legal_sentence,
        legal_missed=LegalState.NOT_MET in (results.present.legal_minimum.state, results.future.legal_minimum.state),
        narrative=results.narrative,
        attention=tuple(item.sentence for item in results.attention[:_MOST_ATTENTION]),
        actions_line=since.actions_line(baseline, results, _actions_line(results)),
        results=tuple(
            _result_row(results, theme, was)
            for theme, was in zip(results.themes, baseline.themes if baseline else repeat(None), strict=False)
        ),
        result_heads=rule_of(index).heads(index, with_baseline=baseline is not None),
        has_baseline=baseline is not None,
        names=rule_of(index).names,
    )


def plan_content(results: Results, made_on: datetime.date, baseline: Results | None = None) -> PlanContent:
    """The document for an assessment's results; `made_on` and `baseline` as in `summary`."""
    assessment, index = results.assessment, results.index
    beginning = summary(results, made_on, baseline)
    reconstructed = assessment.answers_are is Standing.RECONSTRUCTED
    return PlanContent(
        **{field.name: getattr(beginning, field.name) for field in dataclasses.fields(beginning)},
        columns=tuple(f"To reach {level.label}" for level in index.levels[1:]),
        grid=tuple(_plan_row(results, theme) for theme in results.themes),
        actions=tuple(
            ActionRow(
                id=step.id,
                theme=step.theme,
                question=step.question,
                level=index.levels[step.level].label,
                text=step.text,
                criteria=", ".join(step.criteria),
                provenance=step.provenance,
            )
            for step in results.actions
        ),
        footnote=_footnote(results),
        answers=tuple(
            _answer_row(question, assessment.answers[question.id], counts=index.counting is not None)
            for question in index.questions
            if assessment.answers.get(question.id, NOT_ANSWERED) != NOT_ANSWERED
        ),
        not_answered=_not_answered(results),
        answers_heading="The answers behind these results" + (" (reconstructed)" if reconstructed else ""),
        reading=reading_notes(results),
        limits=limit_notes(results),
    )


def _footnote(results: Results) -> str:
    inferred = dict(results.index.provenance_meanings)[Provenance.INFERRED] if results.actions else ""
    starred = any(step.provenance is Provenance.INFERRED for step in results.actions)
    return f"{results.index.plan_footnote} {INFERRED_MARK} {inferred}" if starred else results.index.plan_footnote


def _not_answered(results: Results) -> str:
    """The questions without any answer, as one line; nothing if there is none."""
    answers = results.assessment.answers
    ids = [q.id for q in results.index.questions if answers.get(q.id, NOT_ANSWERED) == NOT_ANSWERED]
    return f"Not answered yet, for now or for the target: {listed(ids)}." if ids else ""


def _marks(results: Results, reconstructed: bool) -> tuple[str, ...]:
    marks = []
    if reconstructed:
        marks.append(
            "Answers reconstructed: they are one set of many that lead to the published levels and actions,"
            " and were not themselves published."
        )
    if results.assessment.estimated:
        one = len(results.assessment.estimated) == 1
        marks.append(
            f"Estimate: {'theme' if one else 'themes'} {listed(results.assessment.estimated)}"
            f" {'was' if one else 'were'} answered with one question each in the short form."
            " The full form can give other levels and actions."
        )
    if results.assessment.source:
        marks.append(f"Source: {results.assessment.source}.")
    return tuple(marks)


def _overall(results: Results, heading: str, column: ColumnScore) -> OverallLine:
    return OverallLine(heading, *rule_of(results.index).overall_line(results.index, column))


def _actions_line(results: Results) -> str:
    count = len(results.actions)
    if not count:
        return "No step lies between the answers now and the answers for the future, so there is no action."
    shares = [
        f"{sum(step.level == level.position for step in results.actions)} to reach {level.label}"
        for level in results.index.levels
        if any(step.level == level.position for step in results.actions)
    ]
    return f"The plan has {counted(count, 'action')}: {listed(shares)}."


def _result_row(results: Results, row: ThemeResult, was: ThemeResult | None) -> ResultRow:
    return ResultRow(
        code=row.theme.code,
        title=row.theme.title,
        cells=rule_of(results.index).cells(results.index, row, was),
        held=row.held_sentence,
        next_steps=tuple(_grid_action(step) for step in row.next_level.steps) if row.next_level else (),
        gap=row.gap,
    )


def _plan_row(results: Results, row: ThemeResult) -> PlanRow:
    steps = [step for step in results.actions if step.theme == row.theme.code]
    levels = range(1, len(results.index.levels))
    notes = []
    for question in row.theme.questions:
        answer = results.assessment.answers.get(question.id, NOT_ANSWERED)
        notes += [f"{question.id}: {_short(text)}" for text in remarks(answer)]
    return PlanRow(
        code=row.theme.code,
        label=row.theme.plan_label,
        cells=tuple(tuple(_grid_action(step) for step in steps if step.level == level) for level in levels),
        notes=tuple(notes),
        remark=_plan_remark(row) if not steps else "",
    )


def _grid_action(step: Step) -> GridAction:
    """An action in a cell; a star tells our own completions from what a published plan prints."""
    star = INFERRED_MARK if step.provenance is Provenance.INFERRED else ""
    return GridAction(f"{step.question}{star}", step.text)


def _short(note: str) -> str:
    """A note as the grid has room for; the answers have it in full."""
    if len(note) <= _LONGEST_GRID_NOTE:
        return note
    return f"{note[:_LONGEST_GRID_NOTE].rpartition(' ')[0] or note[:_LONGEST_GRID_NOTE]} … (in full with the answers)"


def _plan_remark(row: ThemeResult) -> str:
    """Why a theme has no action, so that an empty row is not read as nothing to do."""
    return "Not fully answered yet" if row.now.unanswered or row.then.unanswered else "No actions"


def remarks(answer: QuestionAnswer) -> list[str]:
    """What was written beside an answer, each kind told apart by what the answer is."""
    present, future = answer.present, answer.future
    found = [answer.note] if answer.note else []
    if answer.reason:
        does_not_apply = Blank.NOT_APPLICABLE in (present, future)
        found.append(f"Does not apply: {answer.reason}" if does_not_apply else answer.reason)
    if answer.step_back:
        falls = isinstance(present, int) and isinstance(future, int) and future < present
        found.append(f"Step back: {answer.step_back}" if falls else answer.step_back)
    return found


def _answer_row(question: Question, answer: QuestionAnswer, *, counts: bool) -> AnswerRow:
    same = answer.future == answer.present and isinstance(answer.future, int)
    return AnswerRow(
        theme=question.theme,
        id=question.id,
        question=question.question,
        present=_choice_text(question, answer.present, counts=counts),
        future="No change" if same else _choice_text(question, answer.future, counts=counts),
        notes=" ".join(remarks(answer)),
    )


def _choice_text(question: Question, choice: Choice, *, counts: bool) -> str:
    """By position and in words; a rating by its level alone, since others number the levels from 1."""
    if isinstance(choice, int):
        text = question.answers[choice].text
        return text if counts else f"{choice}: {text}"
    return "Does not apply" if choice is Blank.NOT_APPLICABLE else "Not answered yet"
