"""The results as data; docs/reference/results.md describes each field."""

import dataclasses
import datetime
import json
from typing import Any

from commonweal.core.maturity.answers import Column
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.scoring import LegalScore, LegalState, Overall, ThemeScore
from commonweal.core.maturity.theme_result import ThemeResult
from commonweal.core.maturity.verdict import verdict
from commonweal.reports.compose import TITLE
from commonweal.reports.method import limit_notes, reading_notes
from commonweal.reports.order import Order


def results_data(results: Results, made_on: datetime.date, baseline: Results | None = None) -> dict[str, Any]:
    """The results as plain values. Levels are published names, or None where a theme has none."""
    assessment, index = results.assessment, results.index
    return {
        **({"baseline": _baseline(baseline)} if baseline else {}),
        **_lacking(index),
        "title": TITLE,
        "made_on": made_on.isoformat(),
        "index": {"id": index.id, "version": index.version, "title": index.title},
        "organisation": assessment.organisation,
        "date": assessment.date.isoformat() if assessment.date else None,
        "horizon_years": assessment.horizon_years,
        "answers_are": assessment.answers_are.value,
        "source": assessment.source,
        "estimated": list(assessment.estimated),
        "levels": [level.name for level in index.levels],
        "themes": [_theme(results, theme) for theme in results.themes],
        "overall": _overall(results),
        "legal_minimum": _legal_minimum(results),
        "actions": [
            {
                "id": step.id,
                "theme": step.theme,
                "question": step.question,
                "level": index.levels[step.level].name,
                "text": step.text,
                "criteria": list(step.criteria),
                "provenance": step.provenance.value,
            }
            for step in results.actions
        ],
        "unanswered": {
            Column.PRESENT.value: list(results.present.unanswered),
            Column.FUTURE.value: list(results.future.unanswered),
        },
        "attention": [
            {
                "theme": item.theme.code,
                "gap": item.gap,
                "legal_minimum_missed": list(item.missed),
                "sentence": item.sentence,
            }
            for item in results.attention
        ],
        "narrative": " ".join(results.narrative),
        "notes": _notes(results),
        "footnote": index.plan_footnote,
        "method": [dataclasses.asdict(note) for note in (*reading_notes(results), *limit_notes(results))],
    }


def _lacking(index: Index) -> dict[str, Any]:
    """What of the published index is not held, where it counts statements."""
    if index.counting is None:
        return {}
    by_theme = {theme.code: theme.lacks for theme in index.themes if theme.lacks}
    return {"statements": {"published": index.counting.whole, "held": len(index.questions)}} | (
        {"lacks": {"themes": by_theme, "whole": list(index.lacks)}} if by_theme or index.lacks else {}
    )


def _theme(results: Results, row: ThemeResult) -> dict[str, Any]:
    following, index = row.next_level, results.index
    return {
        "code": row.theme.code,
        "title": row.theme.title,
        "present": _name(results, row.present),
        "future": _name(results, row.future),
        "gap": row.gap,
        "present_held_by": list(row.present_held_by),
        "future_held_by": list(row.future_held_by),
        "next_level": {
            "level": _name(results, following.level),
            "actions": [step.id for step in following.steps],
        }
        if following
        else None,
        "sentence": row.held_sentence,
        **_counts(results, row.now, row.then),
        **({"verdict": verdict(index.counting, row.now).value} if index.counting else {}),
    }


def _counts(results: Results, now: ThemeScore | Overall, then: ThemeScore | Overall) -> dict[str, Any]:
    """How many statements stand at each level, where the index counts them; else nothing."""
    if not now.counts:
        return {}
    names = [level.name for level in results.index.levels]
    both = ((Column.PRESENT, now), (Column.FUTURE, then))
    return {"counts": {column.value: dict(zip(names, score.counts, strict=True)) for column, score in both}}


def _baseline(results: Results) -> dict[str, Any]:
    """Where it moved from: the answers, and the levels that followed from them."""
    overall = results.present.overall
    answers = results.assessment.answers
    return {
        "overall": _name(results, overall.level),
        "overall_mean": overall.mean,
        "themes": {row.theme.code: _name(results, row.present) for row in results.themes},
        "targets": {row.theme.code: _name(results, row.future) for row in results.themes},
        "answers": {id_: answer.present for id_, answer in answers.items() if isinstance(answer.present, int)},
        "actions": [step.id for step in results.actions],
    }


def _overall(results: Results) -> dict[str, Any]:
    present, future = results.present.overall, results.future.overall
    return {
        "present": _name(results, present.level),
        "future": _name(results, future.level),
        "present_mean": present.mean,
        "future_mean": future.mean,
        **_counts(results, present, future),
    }


def _legal_minimum(results: Results) -> dict[str, Any] | None:
    """The duties in law; None where the index has none."""
    if not results.index.legal_questions:
        return None
    present, future = results.present.legal_minimum, results.future.legal_minimum
    return {
        "present": _met(present),
        "future": _met(future),
        "questions": [question.id for question in results.index.legal_questions],
        "present_missed": list(present.missed),
        "future_missed": list(future.missed),
        "sentence": results.legal_sentence,
    }


def _name(results: Results, level: int | None) -> str | None:
    return None if level is None else results.index.levels[level].name


def _met(legal: LegalScore) -> bool | None:
    """True or false; None while a question that decides it is not answered and none is known to miss it."""
    return None if legal.state is LegalState.NOT_ANSWERED else legal.state is LegalState.MET


def _notes(results: Results) -> list[dict[str, str]]:
    notes = []
    for question in results.index.questions:
        answer = results.assessment.answers.get(question.id)
        if answer:
            notes += [
                {"question": question.id, "kind": kind, "text": text}
                for kind, text in (("note", answer.note), ("reason", answer.reason), ("step_back", answer.step_back))
                if text
            ]
    return notes


def render(order: Order) -> bytes:
    """The results as JSON text, in UTF-8, with a last newline; of an extract, its actions alone."""
    data = results_data(order.results, order.made_on, order.baseline)
    shown = {action.id for action in order.content.actions}
    data["actions"] = [action for action in data["actions"] if action["id"] in shown]
    data["plan_notes"] = [{"theme": code, "text": text} for code, text in order.content.plan_notes]
    data["marks"] = list(order.content.marks)
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
