"""Lanes, the figure of the index: a row for each theme, a column for each level.

A filled dot is now, a ring is the target, a line joins them; where they are equal, the dot stands in the ring.
"""

from dataclasses import dataclass
from itertools import repeat

from commonweal.core.maturity.results import Results
from commonweal.core.maturity.rule import Rule
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import ThemeScore
from commonweal.core.maturity.theme_result import ThemeResult
from commonweal.core.words import signed


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: levels as positions or None, and a remark that stands in place of the dots where there are none.

    `baseline` is where a tick stands once work is under way: the level that was decided on. Where statements are
    counted, `counts` has for each level how many stand there now and in the target, and `gap` says that it is a focus
    area.
    """

    code: str
    label: str
    present: int | None
    future: int | None
    gap: str
    remark: str
    baseline: int | None = None
    counts: tuple[tuple[int, int], ...] = ()


def lanes(results: Results, baseline: Results | None = None) -> tuple[Lane, ...]:
    """The rows of the figure; with the results at the baseline, each has its tick, and the target decided on then."""
    rows = []
    rule = rule_of(results.index)
    for row, was in zip(results.themes, baseline.themes if baseline else repeat(None), strict=False):
        now, then = row.now, was.then if was else row.then
        if not rule.has_levels:
            rows.append(_counts(rule, row, then))
            continue
        rows.append(
            Lane(
                code=row.theme.code,
                label=row.theme.plan_label,
                present=None if now.unanswered else now.level,
                future=None if then.unanswered else then.level,
                gap=signed(row.gap),
                remark=_remark(len(now.unanswered), len(then.unanswered), now.level is None and then.level is None),
                baseline=was.present if was else None,
            )
        )
    return tuple(rows)


def _counts(rule: Rule, row: ThemeResult, then: ThemeScore) -> Lane:
    """A lane of statements: none has a level of its own, so nothing lies between."""
    open_ = len(row.now.unanswered)
    return Lane(
        code=row.theme.code,
        label=row.theme.plan_label,
        present=None,
        future=None,
        gap="Focus" if rule.needs_focus(row.now) else "",
        remark="" if sum(row.now.counts) or not open_ else f"{open_} not answered yet",
        counts=tuple(zip(row.now.counts, then.counts, strict=True)),
    )


def _remark(now: int, target: int, does_not_apply: bool) -> str:
    """What stands where a dot is missing.

    >>> _remark(4, 4, False), _remark(3, 0, False), _remark(3, 4, False), _remark(0, 0, True)
    ('4 not answered yet', 'not answered yet: 3 now', 'not answered yet: 3 now, 4 target', 'does not apply')
    """
    if now and now == target:
        return f"{now} not answered yet"
    parts = [f"{count} {name}" for count, name in ((now, "now"), (target, "target")) if count]
    if parts:
        return f"not answered yet: {', '.join(parts)}"
    return "does not apply" if does_not_apply else ""


def lanes_title(results: Results) -> str:
    """The figure's name, for a caption and for those who do not see it."""
    theme = rule_of(results.index).names.theme
    return f"Where {results.assessment.organisation} is now and wants to be, {theme} by {theme}"


def key_sentence(results: Results, *, has_baseline: bool = False) -> str:
    """What the marks of the figure mean."""
    if not rule_of(results.index).has_levels:
        return "Number in a dot: statements at that level now. In a ring: in the target."
    return f"Dot: now. Ring: target.{' Tick: baseline.' if has_baseline else ''}"


def lanes_caption(results: Results, baseline: Results | None = None) -> str:
    """The line under the figure: its name and, where there are any, what the ticks are."""
    ticks = ". Each tick is the baseline" if baseline and rule_of(results.index).has_levels else ""
    return f"{lanes_title(results)}{ticks}"


def lanes_description(results: Results, baseline: Results | None = None) -> str:
    """The figure in words: the same facts, in the same order."""
    labels = [level.label for level in results.index.levels]
    parts = []
    for lane in lanes(results, baseline):
        if lane.counts:
            at = [f"{now} at {label} (target {then})" for label, (now, then) in zip(labels, lane.counts, strict=True)]
            focus = " A focus area." if lane.gap else ""
            parts.append(f"{lane.code} {lane.label}: {lane.remark or ', '.join(at)}.{focus}")
            continue
        now = labels[lane.present] if lane.present is not None else "no level shown"
        then = labels[lane.future] if lane.future is not None else "no level shown"
        remark = f" ({lane.remark})" if lane.remark else ""
        was = f"baseline {labels[lane.baseline]}, " if lane.baseline is not None else ""
        parts.append(f"{lane.code} {lane.label}: {was}now {now}, target {then}{remark}.")
    return " ".join(parts)
