"""How far an assessment is."""

from tests.cases import everywhere

from commonweal.core.maturity.answers import Blank, QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.progress import Stage, progress


def test_stages(index: Index) -> None:
    whole, part, noted, estimated, untouched = index.themes[:5]
    full = everywhere(index, 0, 0)
    answers = {question.id: full[question.id] for question in whole.questions}
    answers[part.questions[0].id] = QuestionAnswer(0, 0)
    answers[part.questions[1].id] = QuestionAnswer(0, Blank.UNANSWERED)
    answers[noted.questions[0].id] = QuestionAnswer(note="ask the buyers")
    found = {item.theme.code: item for item in progress(index, answers, frozenset({estimated.code}))}
    assert found[whole.code].stage is Stage.COMPLETE
    assert (found[part.code].stage, found[part.code].answered) == (Stage.PART, 1)
    assert (found[noted.code].stage, found[noted.code].answered) == (Stage.PART, 0)
    assert found[estimated.code].stage is Stage.ESTIMATED
    assert found[untouched.code].stage is Stage.NOT_STARTED


def test_what_does_not_apply_is_answered(index: Index) -> None:
    theme = next(theme for theme in index.themes if any(question.may_not_apply for question in theme.questions))
    answers = everywhere(index, 0, 0)
    for question in theme.questions:
        answers[question.id] = QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="None here")
    assert {item.stage for item in progress(index, answers)} == {Stage.COMPLETE}
