"""Answers for rounds: different each time, the same for everyone."""

import random

from commonweal.core.maturity.answers import Assessment, QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.standards.catalogue import load_index

INDEX = "svmi-public@2016.1"


def choices(index: Index, number: int) -> dict[str, tuple[int, int]]:
    """Present and future positions by question; the future is never below the present."""
    chance = random.Random(number)  # noqa: S311  not a secret
    found = {}
    for question in index.questions:
        last = len(question.answers) - 1
        present = chance.choice([0, 0, chance.randint(0, last)])
        found[question.id] = (present, chance.randint(present, last))
    return found


def assessment(number: int) -> Assessment:
    index = load_index(INDEX)
    answers = {id_: QuestionAnswer(now, then) for id_, (now, then) in choices(index, number).items()}
    return Assessment(f"Example Council {number}", index, answers, horizon_years=3)


def as_yaml(number: int) -> str:
    """The same answers as a file."""
    index = load_index(INDEX)
    lines = [f"organisation: Example Council {number}", f"index: {INDEX}", "answers:"]
    lines += [f"  {id_}: {{present: {now}, future: {then}}}" for id_, (now, then) in choices(index, number).items()]
    return "\n".join(lines) + "\n"
