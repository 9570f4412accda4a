"""What happened between two rounds, in sentences: levels, targets, actions, and when the target is reached."""

from collections import Counter
from collections.abc import Iterator, Sequence

from commonweal.core.maturity.round_change import Aim, Fate, RoundChange, Way, target_day
from commonweal.core.maturity.rules import overall_words, rule_of
from commonweal.core.words import counted, listed, long_date, number, sentence_case


def sentences(change: RoundChange) -> tuple[str, ...]:
    """The summary: levels, targets, actions, and when the target is reached at this pace."""
    return (*_levels(change), *_targets(change), *_actions(change), *_forecast(change))


def _levels(change: RoundChange) -> Iterator[str]:
    first, second = change.first.results, change.second.results
    was, is_ = (overall_words(one.index, one.present.overall) for one in (first, second))
    name = second.assessment.organisation
    yield f"Overall, {name} stands as before: {is_}." if was == is_ else f"Overall, {name}: {was} before, {is_} now."
    theme = rule_of(second.index).names.theme
    gained = [one.is_.name for one in change.themes if (one.gained or 0) > 0]
    lost = [one.is_.name for one in change.themes if (one.gained or 0) < 0]
    if gained:
        yield f"{sentence_case(counted(len(gained), theme))} gained: {listed(gained)}."
    if lost:
        yield f"{sentence_case(counted(len(lost), theme))} lost: {listed(lost)}."
    unknown = sum(one.gained is None for one in change.themes)
    if unknown:
        yield f"{sentence_case(counted(unknown, theme))} cannot be compared, because {_it(unknown)} not fully answered."
    if not gained and not lost and unknown < len(change.themes):
        yield f"No {theme} that can be compared has moved."


def _targets(change: RoundChange) -> Iterator[str]:
    counts = Counter(one.aim for one in change.themes)
    parts = [(counts[Aim.MET], "met"), (counts[Aim.SLIPPED], "missed"), (counts[Aim.AHEAD], "still to come")]
    by_when = target_day(change.first)
    set_ = sum(count for count, _ in parts)
    if set_:
        day = f", set for {long_date(by_when)}" if by_when else ""
        whole = next((word for count, word in parts if count == set_ > 1), "")
        if whole:
            yield f"All {counted(set_, 'target')} of the first round{day} are {whole}."
        else:
            yield f"Of {counted(set_, 'target')} of the first round{day}, {listed(_parts(parts))}."
    raised = sum((one.target_moved or 0) > 0 for one in change.themes)
    lowered = sum((one.target_moved or 0) < 0 for one in change.themes)
    moved = _parts([(raised, "higher than in the first"), (lowered, "lower")])
    if moved:
        yield f"Of the targets of the later round, {listed(moved)}."


def _it(count: int) -> str:
    return "it is" if count == 1 else "they are"


def _parts(pairs: Sequence[tuple[int, str]]) -> list[str]:
    """Counts with what they are counts of, without those of nothing."""
    return [f"{number(count)} {_is(count)} {word}" for count, word in pairs if count]


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _actions(change: RoundChange) -> Iterator[str]:
    if change.actions:
        done = sum(fate is Fate.DONE for _, fate in change.actions)
        out = sum(fate is Fate.OUT for _, fate in change.actions)
        gone = f", and {number(out)} no longer {'applies' if out == 1 else 'apply'}" if out else ""
        planned = f"{counted(len(change.actions), 'action')} of the first plan"
        if done == len(change.actions) > 1:
            yield f"All {planned} are done."
        else:
            yield f"Of {planned}, {number(done) if done else 'none'} {'is' if done < _TWO else 'are'} done{gone}."


_TWO = 2


def _forecast(change: RoundChange) -> Iterator[str]:
    found = change.forecast
    if found is None:
        return
    names = rule_of(change.second.results.index).names
    if found.reached:
        yield "All that the later round aims for is in place."
        return
    every = len(change.second.results.themes)
    part = f"the {found.known} of {every} {names.themes} that are known"
    over = f"all {names.themes}" if found.known == every else part
    if not found.missing:
        yield f"Over {over}, nothing is missing to the target."
        return
    pace = f"{counted(found.gained, 'level')} in {counted(found.days, 'day')}" if found.gained > 0 else ""
    missing = f"over {over}, {counted(found.missing, 'level')} {_is(found.missing)} missing to the target"
    if not pace:
        yield f"{sentence_case(missing)}, and at the pace of the two rounds it is never reached."
        return
    if found.on is None:
        yield f"{sentence_case(missing)}; at the pace of the two rounds ({pace}) that takes more than a lifetime."
        return
    due = target_day(change.second)
    against = ""
    if due is not None:
        against = f", {'by' if found.on <= due else 'after'} the day it is set for, {long_date(due)}"
    yield f"{sentence_case(missing)}."
    yield f"At the pace of the two rounds ({pace}) the target is reached on {long_date(found.on)}{against}."


def step_rows(changes: Sequence[RoundChange]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What happened from each round to the next, a column a step: levels, questions, actions, targets, the pace."""
    if not changes:
        return ()
    names = rule_of(changes[-1].second.results.index).names
    rows = (
        (f"{sentence_case(names.themes)} that gained", lambda one: sum((it.gained or 0) > 0 for it in one.themes)),
        (f"{sentence_case(names.themes)} that lost", lambda one: sum((it.gained or 0) < 0 for it in one.themes)),
        (f"{sentence_case(names.question)}s that moved up", lambda one: _ways(one, Way.UP)),
        (
            f"{sentence_case(names.question)}s that moved down",
            lambda one: _ways(one, Way.DOWN),
        ),
        ("Actions of the plan before: done", lambda one: _fates(one, Fate.DONE)),
        ("Actions of the plan before: not done", lambda one: _fates(one, Fate.LEFT)),
        ("Targets met", lambda one: _aims(one, Aim.MET)),
        ("Targets missed", lambda one: _aims(one, Aim.SLIPPED)),
        ("Targets still to come", lambda one: _aims(one, Aim.AHEAD)),
        ("Targets raised", lambda one: sum((it.target_moved or 0) > 0 for it in one.themes)),
        ("Targets lowered", lambda one: sum((it.target_moved or 0) < 0 for it in one.themes)),
    )
    counts = tuple((head, tuple(str(count(one)) for one in changes)) for head, count in rows)
    return (*counts, ("Target reached at this pace", tuple(_when(one) for one in changes)))


def _ways(change: RoundChange, way: Way) -> int:
    return sum(one.way is way for one in change.answers)


def _fates(change: RoundChange, fate: Fate) -> int:
    return sum(found is fate for _, found in change.actions)


def _aims(change: RoundChange, aim: Aim) -> int:
    return sum(one.aim is aim for one in change.themes)


def _when(change: RoundChange) -> str:
    found = change.forecast
    if found is None:
        return "Not known"
    if found.reached:
        return "Reached"
    return long_date(found.on) if found.on else "Not at this pace"
