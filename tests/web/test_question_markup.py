"""The markup that is cut once and filled in is upstream's, character for character."""

import random

import pytest

from commonweal.core.maturity.models import Index
from commonweal.web.components.question_markup import NOT_APPLICABLE, FilledQuestion, question_html, rendered

NOTES = ["", "Seen.", "<b>&\"'</b>", "@@note@@ @@reason@@", 'name="x" type="radio" value="0"', "two\nlines"]


@pytest.mark.parametrize("seed", range(5))
def test_filled_in_and_rendered_are_equal(index: Index, seed: int) -> None:
    dice = random.Random(seed)
    for question in index.questions:
        choices = ["", NOT_APPLICABLE, "99", *(str(answer.position) for answer in question.answers)]
        filled = FilledQuestion(
            dice.choice(choices), dice.choice(choices), dice.choice(NOTES), dice.choice(NOTES).replace("\n", " ")
        )
        assert question_html(index, question, filled, {}) == rendered(question, filled, {}), question.id


def test_a_choice_is_checked_where_it_was_made_and_nowhere_else(index: Index) -> None:
    question = index.questions[0]
    html = question_html(index, question, FilledQuestion("1", "2"), {})
    assert html.count(" checked") == 2
    assert f'name="{question.id}-present" type="radio" value="1" checked' in html
    assert f'name="{question.id}-future" type="radio" value="2" checked' in html


def test_errors_stand_at_their_fields(index: Index) -> None:
    question = index.questions[0]
    html = question_html(index, question, FilledQuestion("2", "1"), {"future": "The target lies below."})
    assert f'id="{question.id}-future-error"' in html
    assert "The target lies below." in html
    assert f'name="{question.id}-step_back"' in html
