"""What other answers to one theme would do, told before they are saved."""

from collections.abc import Iterator

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.rules import overall_words, rule_of
from commonweal.core.maturity.scoring import ColumnScore, ThemeScore
from commonweal.core.maturity.theme_result import ThemeResult
from commonweal.core.words import counted


def effect(before: Results, after: Results, code: str) -> tuple[str, ...]:
    """The effect on a theme (by code), on the overall level, on the legal minimum and on the plan, in sentences."""
    index = after.index
    old, new = (_theme(results, code) for results in (before, after))
    sentences = [
        *_level_moves(index, new.theme.title, (old.now, new.now), "now"),
        *_level_moves(index, new.theme.title, (old.then, new.then), "in the target"),
        new.held_sentence,
        *_overall_moves(index, before.present, after.present, "now"),
        *_overall_moves(index, before.future, after.future, "in the target"),
    ]
    if before.legal_sentence != after.legal_sentence:
        sentences.append(after.legal_sentence)
    was, is_now = len(before.actions), len(after.actions)
    if was != is_now:
        sentences.append(f"The plan would have {counted(is_now, 'action')}; it has {was} now.")
    elif before.actions != after.actions:
        sentences.append("The plan would have other actions, as many as now.")
    if sentences == [new.held_sentence]:
        sentences.insert(0, "Levels and plan would stay as they are.")
    return tuple(sentences)


def _theme(results: Results, code: str) -> ThemeResult:
    return next(row for row in results.themes if row.theme.code == code)


def _level_moves(index: Index, title: str, scores: tuple[ThemeScore, ThemeScore], when: str) -> Iterator[str]:
    old, new = (_name(index, score) for score in scores)
    if old != new:
        yield f"{title} {when}: from {old} to {new}."


def _name(index: Index, score: ThemeScore) -> str:
    if score.counts:
        return rule_of(index).theme_words(index, score)
    if score.unanswered:
        return "not fully answered"
    return "no level" if score.level is None else index.levels[score.level].label


def _overall_moves(index: Index, old: ColumnScore, new: ColumnScore, when: str) -> Iterator[str]:
    if old.overall == new.overall:
        return
    if new.overall.counts:
        was, is_now = (overall_words(index, column.overall) for column in (old, new))
        if was != is_now:
            yield f"Overall {when}: from {was} to {is_now}."
        return
    if new.overall.level is None:
        return
    label = index.levels[new.overall.level].label
    mean = f"{old.overall.mean:g} to {new.overall.mean:g}" if old.overall.mean is not None else f"{new.overall.mean:g}"
    if old.overall.level == new.overall.level:
        yield f"Overall {when}: still {label} (average {mean})."
    else:
        was = "no level" if old.overall.level is None else index.levels[old.overall.level].label
        yield f"Overall {when}: from {was} to {label} (average {mean})."
