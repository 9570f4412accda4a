"""The short form: one level for a theme, chosen by its description, stands in for answers until they are given.

It is an estimate and says so wherever it is shown. It fills in what is not answered, until every question of the
theme is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers, Blank, QuestionAnswer
from commonweal.core.maturity.models import CriterionKind, Index, Question, Theme
from commonweal.core.problems import Refused


@dataclass(frozen=True, slots=True)
class Estimate:
    """The levels that somebody chose for a theme, as positions."""

    present: int
    future: int


def answer_at(question: Question, level: int) -> int:
    """The highest answer that asks for no more than a level."""
    return max(answer.position for answer in question.answers if not answer.position or answer.level <= level)


def estimated_answers(theme: Theme, estimate: Estimate) -> dict[str, QuestionAnswer]:
    """The answers that bring a theme to the estimated levels, by question id."""
    return {
        question.id: QuestionAnswer(answer_at(question, estimate.present), answer_at(question, estimate.future))
        for question in theme.questions
    }


def with_estimates(index: Index, answers: Answers, estimates: Mapping[str, Estimate]) -> Answers:
    """Answers, with what is not answered filled in for the themes (by code) that have an estimate."""
    if not estimates:
        return answers
    filled = dict(answers)
    for theme in index.themes:
        if theme.code in estimates:
            for id_, guessed in estimated_answers(theme, estimates[theme.code]).items():
                filled[id_] = _filled(answers.get(id_, NOT_ANSWERED), guessed)
    return filled


def _filled(given: QuestionAnswer, guessed: QuestionAnswer) -> QuestionAnswer:
    """A given answer with guesses where it is open; a guess never makes a step back of it."""
    present, future = given.present, given.future
    if present is Blank.UNANSWERED:
        present = guessed.present
        if isinstance(present, int) and isinstance(future, int):
            present = min(present, future)
    if future is Blank.UNANSWERED:
        future = guessed.future
        if isinstance(present, int) and isinstance(future, int):
            future = max(present, future)
    return replace(given, present=present, future=future)


def lowest_level(theme: Theme) -> int:
    """The level at which a theme stands when nothing is in place: not every theme has a first step below others."""
    return min(question.limits[0] for question in theme.questions)


def refused_estimate(
    index: Index, theme: Theme, present: int | None, future: int | None
) -> Iterator[tuple[str, Refused]]:
    """Why an estimate is refused, each reason with its field."""
    for field, level, when in (("present", present, "now"), ("future", future, "for the target")):
        if level is None or not lowest_level(theme) <= level <= index.top_level:
            yield field, Refused(f"No level is chosen {when}.", "Choose the description that sounds most like you.")
    if present is not None and future is not None and future < present:
        yield (
            "future",
            Refused(
                "The target lies below where you are now.",
                "Choose the same level or a higher one. The full form takes a step back, with its reason.",
            ),
        )


def descriptions(index: Index, theme: Theme) -> dict[int, tuple[str, ...]]:
    """What each level that a theme can stand at looks like: its criteria; for the lowest one, what is lacking."""
    lowest = lowest_level(theme)
    found = {}
    for level in range(lowest, len(index.levels)):
        found[level] = tuple(
            criterion.text
            for criterion in theme.criteria
            if criterion.level_in_use == level and criterion.kind is CriterionKind.REQUIREMENT
        )
    if not theme.criteria:  # an index whose authors named none: what its levels mean
        return {level: (index.levels[level].definition,) for level in found}
    lacking = tuple(criterion.text for criterion in theme.criteria if criterion.kind is CriterionKind.DESCRIPTOR)
    found[lowest] = (*lacking, *found[lowest]) or (_NOTHING_YET,)
    return found


_NOTHING_YET = "The first step, described next, is not in place yet."
