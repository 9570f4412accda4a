"""An answer in words, as every page says it."""

from commonweal.core.maturity.answers import Blank, Choice
from commonweal.core.maturity.models import Question


def choice_words(question: Question, choice: Choice) -> str:
    """An answer in its own words."""
    if isinstance(choice, int):
        return question.answers[choice].text
    return "Does not apply" if choice is Blank.NOT_APPLICABLE else "Not answered yet"
