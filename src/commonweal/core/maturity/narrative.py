"""The results in sentences: the ambition overall, the themes pushed hardest, and what needs attention first."""

from collections.abc import Iterable

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.overview import Attention, Overview
from commonweal.core.maturity.scoring import LegalScore
from commonweal.core.maturity.theme_result import ThemeResult
from commonweal.core.words import counted, listed, number, sentence_case

_MOST_NAMES = 5
"""More themes than this are listed by code, so that the summary stays a summary."""


def attention(overview: Overview) -> tuple[Attention, ...]:
    """Themes in order of need: a missed legal minimum first, then the widest gap, then the order of the index."""
    now, target = set(overview.present.legal_minimum.missed), set(overview.future.legal_minimum.missed)
    found = []
    any_missed = bool(now or target)
    for row in overview.themes:
        missed = tuple([id_ for id_ in row.theme.by_id if id_ in now or id_ in target]) if any_missed else ()
        if missed or (row.gap or 0) > 0:
            found.append(Attention(row.theme, row.gap, missed, _attention_sentence(overview, row, missed)))
    return tuple(sorted(found, key=lambda item: (not item.missed, -(item.gap or 0))))


def _attention_sentence(overview: Overview, row: ThemeResult, missed: tuple[str, ...]) -> str:
    parts = []
    if missed:
        columns = (("now", overview.present), ("in the target", overview.future))
        where = [
            f"{when} ({listed(ids)})"
            for when, column in columns
            if (ids := [id_ for id_ in missed if id_ in column.legal_minimum.missed])
        ]
        parts.append(f"the legal minimum is not met {listed(where)}")
    if row.gap and row.gap > 0 and row.present is not None and row.future is not None:
        way = f"from {overview.label(row.present)} to {overview.label(row.future)}"
        parts.append(f"{counted(row.gap, 'level')} to go, {way}, held by {listed(row.present_held_by)}")
    return f"{row.name}: {'; '.join(parts)}."


def legal_sentence(index: Index, present: LegalScore, future: LegalScore) -> str:
    """The line that stands beside the overall level: the mean alone can hide a missed duty.

    Empty where no question of the index is a duty in law.
    """
    if not index.legal_questions:
        return ""
    now, then = _legal_state(present), _legal_state(future)
    if now == then:
        return f"{index.legal_minimum_title}: {now}, now and in the target."
    return f"{index.legal_minimum_title}: {now} now, {then} in the target."


def _legal_state(legal: LegalScore) -> str:
    if not legal.missed:
        return f"{legal.state} ({listed(legal.unanswered)})" if legal.unanswered else legal.state
    unknown = f"; {listed(legal.unanswered)} not answered yet" if legal.unanswered else ""
    return f"{legal.state} ({listed(legal.missed)}{unknown})"


def narrative(overview: Overview) -> tuple[str, ...]:
    """The summary a cabinet member can stop after, one sentence an item."""
    if overview.present.unanswered or overview.future.unanswered:
        return _not_final(overview)
    return (_ambition(overview), *_pushed_hardest(overview), *_longest_way(overview))


def _not_final(overview: Overview) -> tuple[str, ...]:
    """While questions are unanswered nothing is said of ambition: nobody has stated it yet."""
    total = len(overview.index.questions)
    now, then = (total - len(column.unanswered) for column in (overview.present, overview.future))
    counts = f"{now} of {total} questions for now and {then} for the target"
    guessed = f", those of {listed(overview.estimated)} by an estimate" if overview.estimated else ""
    return (
        f"{overview.organisation} has answered {counts}{guessed}.",
        f"Until all are answered, the themes concerned show as {overview.label(0)} and the overall level is not final.",
    )


def _ambition(overview: Overview) -> str:
    now, then = overview.present.overall.level, overview.future.overall.level
    if now is None or then is None:
        return f"{overview.organisation} has no overall level, because no theme has one in both columns."
    by_when = "" if overview.horizon_years is None else f" in {counted(overview.horizon_years, 'year')}"
    if now != then:
        aim = f"aims for {overview.label(then)}"
    else:
        change = overview.future.overall.compared_with(overview.present.overall)
        aim = {0: "aims for the same level", 1: "aims higher within that level", -1: "aims lower within that level"}[
            change
        ]
    return f"Overall, {overview.organisation} is at {overview.label(now)} and {aim}{by_when}."


def _pushed_hardest(overview: Overview) -> Iterable[str]:
    """Themes whose target is the highest of those that rise, where it lies above the overall target."""
    overall_target = overview.future.overall.level
    rising = [row for row in overview.themes if row.gap and row.gap > 0 and row.future is not None]
    if overall_target is None or not rising:
        return
    highest = max(row.future or 0 for row in rising)
    if highest <= overall_target:
        return
    pushed = [row for row in rising if row.future == highest]
    yield f"It aims highest, for {overview.label(highest)}, in {_theme_names(pushed)}."
    starts = {row.present for row in pushed if row.present is not None}
    if len(pushed) > 1 and len(starts) > 1:
        by_start = [[row.theme.code for row in pushed if row.present == start] for start in sorted(starts)[::-1]]
        labels = [overview.label(start) for start in sorted(starts)[::-1]]
        first, *others = [f"{listed(codes)} {{}}at {label}" for codes, label in zip(by_start, labels, strict=True)]
        verb = "is now " if len(by_start[0]) == 1 else "are now "
        yield f"Of these, {listed([first.format(verb), *(group.format('') for group in others)])}."


def _longest_way(overview: Overview) -> Iterable[str]:
    """Themes with the widest gap, where that is more than one level."""
    widest = max((row.gap or 0 for row in overview.themes), default=0)
    if widest > 1:
        furthest = [row for row in overview.themes if row.gap == widest]
        verb = "has" if len(furthest) == 1 else "have"
        yield f"{sentence_case(_theme_names(furthest))} {verb} the longest way to go: {number(widest)} levels."


def _theme_names(rows: list[ThemeResult]) -> str:
    """Themes by name; where the names would fill the page, by code."""
    if len(rows) <= _MOST_NAMES:
        return listed([row.name for row in rows])
    return f"{number(len(rows))} themes ({listed([row.theme.code for row in rows])})"
