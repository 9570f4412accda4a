"""Counted statements in words: the summary, and the sentence on each theme."""

from collections.abc import Iterator, Sequence

from commonweal.core.maturity.answers import NOT_ANSWERED
from commonweal.core.maturity.models import Counting, Index, Question
from commonweal.core.maturity.overview import Overview
from commonweal.core.maturity.scoring import ThemeScore
from commonweal.core.maturity.verdict import Verdict, below, verdict
from commonweal.core.words import counted, listed, number, sentence_case

_MOST_NAMES = 7
"""More statements than this are counted, so that the summary stays a summary."""

SAID = {
    Verdict.FOCUS: "yes",
    Verdict.NOT_FOCUS: "no",
    Verdict.LACKS: "not known",
    Verdict.OPEN: "not known",
    Verdict.DOES_NOT_APPLY: "does not apply",
}
"""The verdicts under the head that asks whether a theme is a focus area."""


def well_rated(counting: Counting, index: Index, counts: Sequence[int]) -> str:
    """How many of the rated statements are rated with what is enough, or better."""
    return f"{sum(counts[counting.enough :])} of {sum(counts)} at {index.levels[counting.enough].label} or above"


def low_levels(counting: Counting, index: Index) -> str:
    """The levels that are less than enough, in words."""
    return listed([level.label for level in index.levels[: counting.enough]], "or")


def moved(was: int, now: int, then: int) -> str:
    """A count with what it was and, after the arrow, is to be, where that differs.

    >>> moved(4, 4, 4), moved(4, 4, 1), moved(5, 4, 1), moved(0, 0, 0)
    ('4', '4 → 1', '4 → 1 (was 5)', '')
    """
    if not (was or now or then):
        return ""
    return f"{now}{f' → {then}' if then != now else ''}{f' (was {was})' if was != now else ''}"


def verdict_sentence(counting: Counting, index: Index, score: ThemeScore) -> str:
    """The verdict on a theme with its reason."""
    title, rated = score.theme.title, sum(score.counts)
    found = verdict(counting, score)
    if found is Verdict.LACKS:
        return f"{title}: no verdict, because not all of its statements are held here. {score.theme.lacks}"
    if found is Verdict.OPEN:
        verb = "is" if len(score.unanswered) == 1 else "are"
        return (
            f"{title}: no verdict yet, because {counted(len(score.unanswered), 'statement')} {verb} not rated:"
            f" {listed(score.unanswered)}."
        )
    if found is Verdict.DOES_NOT_APPLY:
        return f"{title}: none of its statements applies."
    share = f"{below(counting, score)} of {counted(rated, 'statement')} at {low_levels(counting, index)}"
    if found is Verdict.FOCUS:
        return f"{title} is a focus area: {share}, more than half."
    return f"{title} is no focus area: {share}, not more than half."


def summary(counting: Counting, overview: Overview) -> tuple[str, ...]:
    """How far it is rated, the counts, the highest and the lowest, the focus areas, and what is missing."""
    parts = (_answered, _shares, _extremes, _verdicts)
    return tuple(sentence for part in parts for sentence in part(counting, overview))


def _answered(_: Counting, overview: Overview) -> Iterator[str]:
    now, then = (len(column.unanswered) for column in (overview.present, overview.future))
    if now or then:
        total = len(overview.index.questions)
        rated = f"{_figure(total - now)} of {number(total)} statements for now and {_figure(total - then)}"
        yield f"{overview.organisation} has rated {rated} for the target."


def _shares(counting: Counting, overview: Overview) -> Iterator[str]:
    now, then = overview.present.overall.counts, overview.future.overall.counts
    if sum(now):
        of = "all " if not overview.present.unanswered else ""
        yield f"Of {of}{counted(sum(now), 'rated statement')}, {_parts(counting, overview.index, now)}."
    if sum(then) and then != now:
        yield f"In the target, {_parts(counting, overview.index, then)}."


def _parts(counting: Counting, index: Index, counts: Sequence[int]) -> str:
    """As the published results are told: what is well rated together, then each level below, the higher first."""
    labels = [level.label for level in index.levels]
    well = sum(counts[counting.enough :])
    parts = [f"{_figure(well)} {'is' if well == 1 else 'are'} {labels[counting.enough]} or above"]
    parts += [f"{_figure(counts[position])} {labels[position]}" for position in reversed(range(counting.enough))]
    return listed(parts)


def _figure(count: int) -> str:
    return number(count) if count else "none"


def _extremes(counting: Counting, overview: Overview) -> Iterator[str]:
    index, top = overview.index, overview.index.top_level
    for name, low, high in (("highest", counting.high, top), ("lowest", 0, counting.low)):
        found = [question for question, level in _ratings(overview) if low <= level <= high]
        if found:
            at = listed([level.label for level in index.levels[low : high + 1]], "or")
            yield f"Rated {name}, at {at}: {_titles(found)}."


def _ratings(overview: Overview) -> list[tuple[Question, int]]:
    return [
        (question, question.answers[choice].level)
        for question in overview.index.questions
        if isinstance(choice := overview.answers.get(question.id, NOT_ANSWERED).present, int)
    ]


def _titles(questions: Sequence[Question]) -> str:
    if len(questions) <= _MOST_NAMES:
        return listed([question.title for question in questions])
    return sentence_case(counted(len(questions), "statement"))


def _verdicts(counting: Counting, overview: Overview) -> Iterator[str]:
    found = [(row.theme, verdict(counting, row.now)) for row in overview.themes]
    low = low_levels(counting, overview.index)
    focus = [theme.title for theme, said in found if said is Verdict.FOCUS]
    if focus:
        name, its = ("Focus area", "its") if len(focus) == 1 else ("Focus areas", "their")
        yield f"{name}, with more than half of {its} statements at {low}: {listed(focus)}."
    elif any(said is Verdict.NOT_FOCUS for _, said in found):
        yield f"No key area that could be judged has more than half of its statements at {low}."
    lacking = [theme.title for theme, said in found if said is Verdict.LACKS]
    if lacking:
        its = "its" if len(lacking) == 1 else "their"
        yield f"No verdict on {listed(lacking)}: not all of {its} statements are held here."
    held = len(overview.index.questions)
    if held < counting.whole:
        of = f"{number(held)} of the {number(counting.whole)}"
        yield f"This index holds {of} published statements and counts only these."
