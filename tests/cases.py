"""Ready-made assessments for tests."""

from pathlib import Path

import commonweal
from commonweal.core.maturity.answers import Answers, Assessment, Choice, QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import Results, assess
from commonweal.intake.assessment import read_assessment

EXAMPLES = Path(commonweal.__file__).parent / "standards" / "examples"
PUBLISHED = EXAMPLES / "walsall-council.yaml"
INVENTED = EXAMPLES / "aldermere-borough-council.yaml"


def example(path: Path) -> Results:
    return assess(read_assessment(path))


def everywhere(index: Index, present: int, future: int) -> dict[str, QuestionAnswer]:
    """Every question answered alike; negative positions count from the last answer."""
    return {
        question.id: QuestionAnswer(
            present % len(question.answers) if present < 0 else min(present, len(question.answers) - 1),
            future % len(question.answers) if future < 0 else min(future, len(question.answers) - 1),
        )
        for question in index.questions
    }


def results_of(index: Index, answers: Answers, organisation: str = "Example Council") -> Results:
    return assess(Assessment(organisation, index, answers))


def changed(
    answers: dict[str, QuestionAnswer], question: str, present: Choice, future: Choice
) -> dict[str, QuestionAnswer]:
    return {**answers, question: QuestionAnswer(present, future)}
