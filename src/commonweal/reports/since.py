"""What a document says of what moved since the baseline: in one mark, and beside the number of actions."""

import datetime

from commonweal.core.maturity.answers import NOT_ANSWERED
from commonweal.core.maturity.results import Results
from commonweal.core.words import counted, long_date, number, sentence_case


def moved_mark(baseline: Results, current: Results, on: datetime.date) -> str:
    """How many answers moved since an assessment, and on which day that is so."""
    given = baseline.assessment.date
    was = f" of {long_date(given)}" if given else ""
    moved = _moved(baseline, current)
    have = "has" if moved == 1 else "have"
    passed = " Where a target was passed, no gap is counted." if _passed(baseline, current) else ""
    return (
        f"“Baseline” is the assessment{was} as it was answered. “Now” is where the organisation stands on"
        f" {long_date(on)}: since then {counted(moved, 'answer')} {have} moved, by work that was confirmed or by what"
        f" was not kept up.{passed}"
    )


def _passed(baseline: Results, current: Results) -> bool:
    """Whether a theme stands above the target that was decided on."""
    pairs = zip(baseline.themes, current.themes, strict=True)
    return any(was.future is not None and is_.present is not None and is_.present > was.future for was, is_ in pairs)


def _moved(baseline: Results, current: Results) -> int:
    answers = baseline.assessment.answers
    return sum(
        answer.present != answers.get(question, NOT_ANSWERED).present
        for question, answer in current.assessment.answers.items()
    )


def actions_line(baseline: Results | None, current: Results, line: str) -> str:
    """The sentence on the actions that are left, and how many of the baseline's are done or were added."""
    if baseline is None:
        return line
    planned, left = ({step.id for step in found.actions} for found in (baseline, current))
    parts = [line]
    if done := len(planned - left):
        parts.append(f"Of the {counted(len(planned), 'action')} at the baseline, {number(done)} {_is(done)} done.")
    if added := len(left - planned):
        parts.append(f"{sentence_case(number(added))} {_is(added)} new, because what was in place is no longer.")
    return " ".join(parts)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
