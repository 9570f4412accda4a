"""Departments as lanes: how many stand at each level, now in a dot and in the target in a ring."""

from collections.abc import Sequence

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.spread import ThemeSpread
from commonweal.core.words import counted
from commonweal.reports.figures.draw_lanes import Drawing
from commonweal.reports.figures.lanes import Lane


def spread_drawing(index: Index, spreads: Sequence[ThemeSpread], whose: str) -> Drawing:
    """The figure of themes over departments; `whose` names the organisation."""
    labels = tuple(level.label for level in index.levels)
    rows = tuple(_lane(one) for one in spreads)
    theme = rule_of(index).names.theme
    title = f"At which level the departments of {whose} stand, {theme} by {theme}"
    return Drawing(rows, labels, title, " ".join(_in_words(row, labels) for row in rows))


def spread_key(index: Index) -> str:
    """What the marks of the figure mean."""
    what = "departments" if rule_of(index).has_levels else "statements of all departments"
    return f"Number in a dot: {what} at that level now. In a ring: in the target."


def _lane(one: ThemeSpread) -> Lane:
    open_ = len(one.now.unknown)
    return Lane(
        code=one.theme.code,
        label=one.theme.plan_label,
        present=None,
        future=None,
        gap="",
        remark=f"{counted(open_, 'department')} not done yet" if open_ and not one.now.known else "",
        counts=tuple(zip(one.now.counts, one.then.counts, strict=True)),
    )


def _in_words(row: Lane, labels: Sequence[str]) -> str:
    at = [f"{now} at {label} (target {then})" for label, (now, then) in zip(labels, row.counts, strict=True)]
    return f"{row.code} {row.label}: {row.remark or ', '.join(at)}."
