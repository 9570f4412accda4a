"""What there is to show for an answer."""

from dataclasses import replace

from commonweal.core.evidence import criteria_to_show, says_something
from commonweal.core.maturity.answers import Blank
from commonweal.core.maturity.models import CriterionKind, Index


def test_every_requirement_can_be_shown_and_no_descriptor(index: Index) -> None:
    shown = {
        criterion
        for theme in index.themes
        for question in theme.questions
        for _, criterion in criteria_to_show(theme, question)
    }
    all_ = {criterion for theme in index.themes for criterion in theme.criteria}
    assert shown == {criterion for criterion in all_ if criterion.kind is CriterionKind.REQUIREMENT}
    assert shown != all_


def test_an_answer_says_something_above_the_lowest_or_with_a_criterion(index: Index) -> None:
    theme, question = next(
        (theme, question) for theme in index.themes for question in theme.questions if criteria_to_show(theme, question)
    )
    position, criterion = criteria_to_show(theme, question)[0]
    assert position > 0
    assert says_something(theme, question, position)
    assert not any(says_something(theme, question, choice) for choice in (0, *Blank))
    lowest = replace(question.answers[0], criteria=(criterion.id,))
    assert says_something(theme, replace(question, answers=(lowest, *question.answers[1:])), 0)
