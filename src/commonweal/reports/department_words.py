"""Departments rolled up, in words: for the page and the paper."""

from collections.abc import Iterator, Sequence

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import Overall
from commonweal.core.maturity.spread import DepartmentScores, Spread, ThemeSpread, spreads, together
from commonweal.core.words import counted, listed, number, sentence_case

_MOST_NAMED = 3
_FAR = 2
"""From how many levels between the lowest and the highest department a theme is told as lying far apart."""
TOGETHER = "Together is the average of the departments that answered, rounded down to a whole level."
Row = tuple[str, ...]


def names_in_words(names: Sequence[str]) -> str:
    """Departments by name; of more than a few, some and how many others.

    >>> names_in_words(("Adults", "Estates and roads")), names_in_words(("A", "B", "C", "D", "E"))
    ('Adults; Estates and roads', 'A; B; C; two others')
    """
    others = len(names) - _MOST_NAMED
    return "; ".join([*names[:_MOST_NAMED], *([counted(others, "other")] if others > 0 else [])])


def department_sentences(index: Index, departments: Sequence[DepartmentScores]) -> tuple[str, ...]:
    """How many answered, where they stand together, who lowest and highest, and where they lie far apart."""
    return (*_answered(departments), *_stand(index, departments), *_apart(index, spreads(index, departments)))


def _answered(departments: Sequence[DepartmentScores]) -> Iterator[str]:
    open_ = [one.name for one in departments if one.present.unanswered]
    guessed = [one.name for one in departments if one.is_estimated and one.name not in open_]
    done = len(departments) - len(open_)
    if not open_:
        yield f"{sentence_case(counted(done, 'department'))} answered everything."
    elif done:
        yield f"{sentence_case(counted(done, 'department'))} of {number(len(departments))} answered everything."
        yield f"Not done yet: {names_in_words(open_)}."
    else:
        yield f"None of {counted(len(departments), 'department')} has answered everything yet."
    if guessed:
        yield f"Estimates of the short form, at least in part: {names_in_words(guessed)}."


def _stand(index: Index, departments: Sequence[DepartmentScores]) -> Iterator[str]:
    rule = rule_of(index)
    done = [one for one in departments if not one.present.unanswered]
    now, then = (together([getattr(one, column) for one in departments]) for column in ("present", "future"))
    if not done or not (now.themes or sum(now.counts)):
        return
    if not rule.has_levels:
        yield f"Together: {rule.overall_words(index, now)} now, {rule.overall_words(index, then)} in the target."
        return
    yield f"Together they stand at {rule.label(index, now)}; their targets come to {rule.label(index, then)}."
    places: dict[int, list[str]] = {}
    for one in done:
        level = one.present.overall.level
        if level is not None:
            places.setdefault(level, []).append(one.name)
    if len(places) > 1:
        low, high = min(places), max(places)
        yield f"Lowest: {_at(index, low, places[low])}. Highest: {_at(index, high, places[high])}."


def _at(index: Index, level: int, names: Sequence[str]) -> str:
    return f"{index.levels[level].label} ({names_in_words(names)})"


def _apart(index: Index, found: Sequence[ThemeSpread]) -> Iterator[str]:
    rule = rule_of(index)
    if not rule.has_levels:
        return
    widest = max((one.now.width for one in found), default=0)
    if widest >= _FAR:
        far = [f"{one.theme.title} ({one.theme.code})" for one in found if one.now.width == widest]
        yield f"Furthest apart, by {counted(widest, 'level')}: {listed(far)}."
    alike = [one for one in found if one.now.known > 1 and not one.now.width]
    if alike:
        yield f"In {counted(len(alike), rule.names.theme)} all who answered stand at the same level."


def spread_heads(index: Index) -> Row:
    """What stands over the columns of the table of themes."""
    return (sentence_case(rule_of(index).names.theme), "Together now", "Lowest", "Highest", "Together in the target")


def spread_rows(index: Index, departments: Sequence[DepartmentScores]) -> list[Row]:
    """Each theme: together, the lowest and the highest with who stands there, and the target."""
    return [
        (
            f"{one.theme.code} {one.theme.title}",
            _together_words(index, one.now),
            *_ends(index, one),
            _together_words(index, one.then),
        )
        for one in spreads(index, departments)
    ]


def _together_words(index: Index, spread: Spread) -> str:
    if not spread.known:
        return "Does not apply" if spread.out and not spread.unknown else "Not known"
    rule = rule_of(index)
    overall = spread.together if rule.has_levels else Overall(0, 0, spread.counts)
    return rule.label(index, overall)


def _ends(index: Index, one: ThemeSpread) -> tuple[str, str]:
    low, high = one.now.lowest, one.now.highest
    if low is None or high is None:
        return "", ""
    if low == high:
        same = _end(index, one.now, low)
        return same, same
    return _end(index, one.now, low), _end(index, one.now, high)


def _end(index: Index, spread: Spread, place: int) -> str:
    names = names_in_words(spread.at[place])
    if rule_of(index).has_levels:
        return f"{index.levels[place].label}: {names}"
    return f"{place} well rated: {names}"
