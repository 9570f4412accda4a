"""The results in a terminal: headline, lanes with their table, what holds each theme, the plan."""

import textwrap
from collections.abc import Iterator, Sequence

import click

from commonweal.core.maturity.results import Results
from commonweal.core.maturity.rules import rule_of
from commonweal.reports.content import ATTENTION, PLAN, GridAction, PlanContent
from commonweal.reports.figures.lanes import Lane, lanes
from commonweal.reports.order import Order

_INDENT = "    "
_MOST_LABEL = 34
_LEAST_LABEL, _LEAST_COLUMN = 12, 4
_NARROW_COLUMN = 8


def render(order: Order) -> bytes:
    """The results as lines of at most `width` columns (never fewer than 60), with bold and dim where allowed."""
    content, results = order.content, order.results
    width = max(60, min(order.width, 120))
    parts = [
        *_headline(content, width),
        *_lanes(content, results, width),
        *_held(content, width),
        *_plan(content, width),
        *_notes(content, width),
        *_limits(content, width),
    ]
    return ("\n".join(parts) + "\n").encode("utf-8")


def _bold(text: str) -> str:
    return click.style(text, bold=True)


def _dim(text: str) -> str:
    return click.style(text, dim=True)


def _wrapped(text: str, width: int, first: str = "", indent: str = "") -> list[str]:
    return textwrap.wrap(text, width, initial_indent=first or indent, subsequent_indent=indent) or [first]


def _headline(content: PlanContent, width: int) -> Iterator[str]:
    yield _bold(f"{content.organisation}: {content.title.lower()}")
    yield from map(_dim, _wrapped(f"{content.index_line}. {content.date_line}.", width))
    for mark in content.marks:
        yield from _wrapped(mark, width)
    yield ""
    for line in content.overall:
        mean = f"({line.mean})" if line.mean else ""
        first = max(len(one.heading) for one in content.overall) + 2
        if len(line.level) + len(mean) + 10 <= width:
            yield f"{line.heading:<{first}}{_bold(line.level)}  {mean}".rstrip()
        else:
            yield f"{line.heading:<{first}}{_bold(line.level)}"
            yield f"{'':<{first}}{mean}"
    yield ""
    if content.legal:
        legal = _wrapped(content.legal, width)
        yield from map(_bold, legal) if content.legal_missed else legal
        yield ""
    yield from _wrapped(" ".join(content.narrative), width)
    yield ""
    if content.attention:
        yield _bold(ATTENTION)
        for position, sentence in enumerate(content.attention, 1):
            yield from _wrapped(sentence, width, first=f"{position}   ", indent=_INDENT)
        yield ""


def _lanes(content: PlanContent, results: Results, width: int) -> Iterator[str]:
    levels = [level.label for level in results.index.levels]
    label_width = max(_LEAST_LABEL, min(_MOST_LABEL, width - 5 - _NARROW_COLUMN * len(levels)))
    column = max(_LEAST_COLUMN, (width - label_width - 5) // len(levels))
    if column <= max(map(len, levels)):
        levels = [label if len(label) < column else label[: column - 2] + "." for label in levels]
    gap = " Gap" if rule_of(results.index).has_levels else ""
    yield " " * label_width + "".join(_bold(f"{label:^{column}}") for label in levels) + _bold(gap)
    for lane in lanes(results):
        label = f"{lane.code}  {lane.label}"
        if len(label) >= label_width:
            label = label[: label_width - 2].rstrip() + "…"
        drawn = _counts(lane, column) if lane.counts else _lane(lane, len(levels), column)
        yield f"{label:<{label_width}}{drawn}{lane.gap:>{max(4, len(lane.gap))}}"
    yield _dim(f"{' ' * label_width}{_key(results):^{column * len(levels)}}")
    yield ""


def _key(results: Results) -> str:
    return "● now   ○ target   ◉ both" if rule_of(results.index).has_levels else "now → target, where they differ"


def _counts(lane: Lane, column: int) -> str:
    """How many statements stand at each level, and how many are to, where that differs."""
    if lane.remark:
        return f"{lane.remark:^{column * len(lane.counts)}}"
    said = [f"{now}" if now == then else f"{now} → {then}" for now, then in lane.counts]
    return "".join(f"{'·' if text == '0' else text:^{column}}" for text in said)


def _lane(lane: Lane, columns: int, column: int) -> str:
    """One lane as characters: a dot, a line, a ring."""
    cells = [" "] * (columns * column)
    for position in range(columns):
        cells[_centre(position, column)] = "·"
    if lane.present is not None and lane.future is not None:
        low, high = sorted((lane.present, lane.future))
        line = "━" if lane.future >= lane.present else "╌"
        for at in range(_centre(low, column), _centre(high, column)):
            cells[at] = line
    if lane.future is not None:
        cells[_centre(lane.future, column)] = "○"
    if lane.present is not None:
        cells[_centre(lane.present, column)] = "◉" if lane.present == lane.future else "●"
    if lane.remark:
        known = lane.present if lane.present is not None else lane.future
        free_right = known is not None and known < columns / 2
        words = lane.remark[: len(cells) - 2]
        start = len(cells) - len(words) if free_right else 2
        cells[start : start + len(words)] = words
    return "".join(cells)


def _centre(position: int, column: int) -> int:
    return position * column + column // 2


def _held(content: PlanContent, width: int) -> Iterator[str]:
    yield _bold(content.names.held.partition(",")[0])
    for row in content.results:
        yield from _wrapped(row.held, width, first=f"{row.code}   ", indent=_INDENT)
    yield ""


def _plan(content: PlanContent, width: int) -> Iterator[str]:
    yield _bold(PLAN)
    yield from _wrapped(content.actions_line, width)
    for row in content.grid:
        yield ""
        yield _bold(f"{row.code}   {row.label}")
        if row.remark:
            yield f"{_INDENT}{_dim(row.remark)}"
        for column, actions in zip(content.columns, row.cells, strict=True):
            if actions:
                yield f"{_INDENT}{_dim(column)}"
                yield from _actions(actions, width)
    yield ""
    yield from map(_dim, _wrapped(content.footnote, width))


def _actions(actions: Sequence[GridAction], width: int) -> Iterator[str]:
    for action in actions:
        yield from _wrapped(action.text, width, first=f"{_INDENT}  {action.question:<4} ", indent=_INDENT + "       ")


def _notes(content: PlanContent, width: int) -> Iterator[str]:
    notes = [note for row in content.grid for note in row.notes]
    if content.not_answered:
        yield ""
        yield from _wrapped(content.not_answered, width)
    if notes:
        yield ""
        yield _bold("Notes")
        for note in notes:
            yield from _wrapped(note, width, first=_INDENT, indent=_INDENT + "  ")


def _limits(content: PlanContent, width: int) -> Iterator[str]:
    """Method, limits and source, quietly."""
    for note in (*content.reading, *content.limits):
        yield ""
        yield from map(_dim, _wrapped(f"{note.heading}. {note.text}".strip(), width))
        for point in note.points:
            yield from map(_dim, _wrapped(point, width, first=_INDENT, indent=_INDENT + "  "))
