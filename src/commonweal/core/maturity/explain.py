"""Why a theme stands where it stands, and what its next level needs."""

from typing import NamedTuple

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers, Column
from commonweal.core.maturity.models import Index, Step
from commonweal.core.maturity.scoring import LOWEST_LEVEL, ThemeScore
from commonweal.core.words import counted, listed, sentence_case


class NextLevel(NamedTuple):
    """What a theme needs to rise: one `step` in each question that holds it, and the `level` that this brings."""

    level: int
    steps: tuple[Step, ...]


def held_by(score: ThemeScore, top_level: int) -> tuple[str, ...]:
    """Ids, in index order, of the questions that hold a theme at its level.

    The unanswered ones; if there are none, those whose limit is the theme's level. None at the top level.
    """
    if score.unanswered:
        return score.unanswered
    return () if score.level is None or score.level >= top_level else score.lowest


def next_level(score: ThemeScore, answers: Answers, column: Column, top_level: int) -> NextLevel | None:
    """One step in each question that holds the theme, and the level that the theme then reaches.

    None where there is no higher level, or where questions must be answered first.
    """
    held = held_by(score, top_level)
    if score.unanswered or not held:
        return None
    present = column is Column.PRESENT
    steps, lowest = [], score.next_limit
    for id_ in held:
        answer, question = answers.get(id_, NOT_ANSWERED), score.theme.by_id[id_]
        choice = answer.present if present else answer.future
        if isinstance(choice, int):
            steps.append(question.steps[choice])
            lowest = min(lowest, question.limits[choice + 1])
    return NextLevel(min(lowest, top_level), tuple(steps))


def holding_sentence(index: Index, score: ThemeScore, held: tuple[str, ...], following: NextLevel | None) -> str:
    """The explanation as one or two sentences, the same wherever it is shown."""
    title = score.theme.title
    if score.level is None:
        return f"No question of {title} applies, so it has no level and does not count in the mean."
    level = index.levels[score.level].label
    if score.unanswered:
        return (
            f"{title} shows as {level} because {counted(len(score.unanswered), 'question')}"
            f" {'is' if len(score.unanswered) == 1 else 'are'} not answered yet: {listed(score.unanswered)}."
        )
    if following is None:
        return f"{title} is at {level}, the highest level."
    one = len(held) == 1
    brings = index.levels[following.level].label
    in_place = ": a first step is not in place" if score.level == LOWEST_LEVEL else ""
    hold = sentence_case(counted(len(held), "question")) + (" holds" if one else " hold")
    return (
        f"{title} is at {level}{in_place}. {hold} it there, {listed(held)}:"
        f" one step {'there' if one else 'in each'} would bring {brings}."
    )


def lowest_answered_sentence(score: ThemeScore) -> list[str]:
    """In a theme that is not fully answered: the questions whose answer would hold it at the lowest level anyway."""
    if score.limit != LOWEST_LEVEL:
        return []
    verb = "is" if len(score.lowest) == 1 else "are"
    return [f"{listed(score.lowest)} {verb} answered, and a first step is not in place there."]


def target_sentence(index: Index, now: ThemeScore, then: ThemeScore, held: tuple[str, ...]) -> list[str]:
    """What holds the target: questions without a target answer, or those that keep it from the highest level."""
    if then.unanswered:
        missing = [question for question in then.unanswered if question not in now.unanswered]
        if not missing:
            return []
        return [f"{listed(missing)} {'has' if len(missing) == 1 else 'have'} no answer for the target yet."]
    if not held or then.level is None:
        return []
    verb = "holds" if len(held) == 1 else "hold"
    return [f"In the target, {listed(held)} {verb} it at {index.levels[then.level].label}."]
