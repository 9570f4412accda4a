"""What happened between two rounds of one organisation: levels, answers, actions, targets, and the pace.

Everything is counted from the answers of the two rounds alone. What only one of them has (a question that its version
of the index does not know) is left out.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from commonweal.core.maturity.answers import NOT_ANSWERED, Blank, Choice
from commonweal.core.maturity.comparison import ComparedRound
from commonweal.core.maturity.measuring import months_after
from commonweal.core.maturity.models import Question, Step, Theme
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.scoring import ThemeScore
from commonweal.core.maturity.theme_result import ThemeResult


class Way(StrEnum):
    """Where an answer went."""

    UP = "up"
    DOWN = "down"
    NEW = "answered for the first time"
    GONE = "no longer answered"
    OUT = "no longer applies"


@dataclass(frozen=True, slots=True)
class AnswerMove:
    """A question whose answer for now is another one, with both."""

    question: Question
    was: Choice
    is_: Choice
    way: Way


class Fate(StrEnum):
    """What became of an action of the first round's plan."""

    DONE = "done"
    LEFT = "not done"
    OPEN = "not answered now"
    OUT = "no longer applies"


class Aim(StrEnum):
    """What became of the target of a theme."""

    MET = "met"
    AHEAD = "still to come"
    SLIPPED = "missed"
    NONE = "none was set"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """A theme in both rounds: where it stood and was to be, where it stands and is to be.

    `aim` is what became of the first target; a theme that was to stay where it stood had none. `gained` and
    `target_moved` are in levels, of the theme or, where statements are counted, of all of them together; None where
    either end is not known.
    """

    theme: Theme
    was: ThemeResult
    is_: ThemeResult
    gained: int | None
    aim: Aim
    target_moved: int | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the second round's target is reached if it goes on as between the two: `on`, or None where it never is.

    `gained` and `missing` are sums of levels over the `known` of all themes: those that are answered in both rounds and
    in the target. `reached` only where every theme is known and nothing is missing.
    """

    gained: int
    missing: int
    days: int
    known: int
    on: datetime.date | None
    reached: bool


@dataclass(frozen=True, slots=True)
class RoundChange:
    """All that changed from the first round to the second."""

    first: ComparedRound
    second: ComparedRound
    themes: tuple[ThemeChange, ...]
    answers: tuple[AnswerMove, ...]
    actions: tuple[tuple[Step, Fate], ...]
    forecast: Forecast | None


def round_change(first: ComparedRound, second: ComparedRound) -> RoundChange:
    """What changed from a round to a later one by the same index. Rounds without a date have no forecast."""
    return RoundChange(
        first=first,
        second=second,
        themes=tuple(_themes(first, second)),
        answers=tuple(_answers(first.results, second.results)),
        actions=tuple(_actions(first.results, second.results)),
        forecast=_forecast(first, second),
    )


def target_day(one: ComparedRound) -> datetime.date | None:
    """The day by which a round's targets were to be reached; None where no day or no horizon is known."""
    years = one.results.assessment.horizon_years
    if years is None or one.date == datetime.date.min:
        return None
    if one.date.year + years > datetime.MAXYEAR:
        return None
    return months_after(one.date, 12 * years)


def _themes(first: ComparedRound, second: ComparedRound) -> Iterator[ThemeChange]:
    before = {row.theme.code: row for row in first.results.themes}
    by_when = target_day(first)
    for row in second.results.themes:
        was = before.get(row.theme.code)
        if was is None:
            continue
        aimed, aims = _height(was.then), _height(row.then)
        yield ThemeChange(
            theme=row.theme,
            was=was,
            is_=row,
            gained=_gained(first.results, second.results, was, row),
            aim=_aim(first.results, second.results, was, row, is_due=by_when is not None and second.date >= by_when),
            target_moved=None if aimed is None or aims is None else aims - aimed,
        )


def _gained(first: Results, second: Results, was: ThemeResult, is_: ThemeResult) -> int | None:
    """The levels between; of statements, of those alone that are rated in both rounds: one that left the scope is no
    loss."""
    stood, stands = _height(was.now), _height(is_.now)
    if stood is None or stands is None:
        return None
    if not is_.now.counts:
        return stands - stood
    before, after = first.assessment.answers, second.assessment.answers
    pairs = [(before.get(id_, NOT_ANSWERED).present, after.get(id_, NOT_ANSWERED).present) for id_ in is_.theme.by_id]
    return sum(now - then for then, now in pairs if isinstance(then, int) and isinstance(now, int))


def _height(score: ThemeScore) -> int | None:
    """Where a theme is, as a number that grows with it: its level, or the levels of its statements together."""
    if score.unanswered:
        return None
    return sum(level * count for level, count in enumerate(score.counts)) if score.counts else score.level


def _aim(first: Results, second: Results, was: ThemeResult, is_: ThemeResult, *, is_due: bool) -> Aim:
    """By the theme's level; where statements are counted, by each of them, since one cannot make up for another."""
    stood, aimed, stands = _height(was.now), _height(was.then), _height(is_.now)
    if stood is None or aimed is None or stands is None:
        return Aim.UNKNOWN
    if aimed <= stood:
        return Aim.NONE
    met = _each_is_met(first, second, was.theme) if was.now.counts else stands >= aimed
    if met:
        return Aim.MET
    return Aim.SLIPPED if is_due else Aim.AHEAD


def _each_is_met(first: Results, second: Results, theme: Theme) -> bool:
    """Whether every statement that was to rise stands where it was to be; one that no longer applies holds nothing."""
    for id_ in theme.by_id:
        aimed = first.assessment.answers.get(id_, NOT_ANSWERED).future
        now = second.assessment.answers.get(id_, NOT_ANSWERED).present
        if isinstance(aimed, int) and isinstance(now, int) and now < aimed:
            return False
    return True


def _answers(first: Results, second: Results) -> Iterator[AnswerMove]:
    known = {question.id for question in first.index.questions}
    for question in second.index.questions:
        if question.id not in known:
            continue
        was = first.assessment.answers.get(question.id, NOT_ANSWERED).present
        is_ = second.assessment.answers.get(question.id, NOT_ANSWERED).present
        if was != is_:
            yield AnswerMove(question, was, is_, _way(was, is_))


def _way(was: Choice, is_: Choice) -> Way:
    if is_ is Blank.NOT_APPLICABLE:
        return Way.OUT
    if is_ is Blank.UNANSWERED:
        return Way.GONE
    if not isinstance(was, int) or not isinstance(is_, int):
        return Way.NEW
    return Way.UP if is_ > was else Way.DOWN


def _actions(first: Results, second: Results) -> Iterator[tuple[Step, Fate]]:
    known = {question.id for question in second.index.questions}
    for step in first.actions:
        if step.question not in known:
            continue
        now = second.assessment.answers.get(step.question, NOT_ANSWERED).present
        if now is Blank.NOT_APPLICABLE:
            yield step, Fate.OUT
        elif isinstance(now, int):
            yield step, Fate.DONE if now >= step.to_answer else Fate.LEFT
        else:
            yield step, Fate.OPEN


def _forecast(first: ComparedRound, second: ComparedRound) -> Forecast | None:
    """A straight line through the two rounds; over the themes alone that are known in both and in the target."""
    days = (second.date - first.date).days
    if datetime.date.min in (first.date, second.date) or days <= 0:
        return None
    before = {row.theme.code: row for row in first.results.themes}
    gained = missing = known = 0
    for row in second.results.themes:
        was = before.get(row.theme.code)
        won = None if was is None else _gained(first.results, second.results, was, row)
        stands, aims = _height(row.now), _height(row.then)
        if won is None or stands is None or aims is None:
            continue
        known += 1
        gained += won
        missing += max(0, aims - stands)
    if not known:
        return None
    if not missing:
        return Forecast(gained, 0, days, known, None, reached=known == len(second.results.themes))
    needed = -(-missing * days // gained) if gained > 0 else None
    on = None if needed is None or needed > _FARTHEST else second.date + datetime.timedelta(days=needed)
    return Forecast(gained, missing, days, known, on, reached=False)


_FARTHEST = 100 * 365
"""Days after which a forecast says no more than never."""
