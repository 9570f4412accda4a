"""The public index as shipped: its facts, and that it is whole."""

import re
from collections import Counter

import pytest

from commonweal.core.maturity.models import CriterionKind, Index, Provenance


def _criteria(index: Index) -> dict[str, object]:
    return {criterion.id: criterion for theme in index.themes for criterion in theme.criteria}


def test_themes_in_the_order_of_the_results(index: Index) -> None:
    assert [(theme.code, theme.title) for theme in index.themes] == [
        ("A", "Policy & Scope"),
        ("B", "Internal Management"),
        ("C", "Measurement: Themes, Outcomes and Measures"),
        ("D", "Commissioning"),
        ("E", "Procurement"),
        ("F", "Market Engagement and Partnerships"),
        ("G", "Contract Management"),
        ("H", "Cross Sector Collaboration"),
        ("I", "Reporting"),
        ("J", "Governance and Accountability"),
    ]
    assert index.themes[2].plan_label == "Measurement: TOMs"


def test_levels(index: Index) -> None:
    assert [(level.position, level.name, level.label) for level in index.levels] == [
        (0, "Incomplete/Non Compliant", "Incomplete"),
        (1, "Follower", "Follower"),
        (2, "Mature", "Mature"),
        (3, "Leader", "Leader"),
        (4, "Innovator", "Innovator"),
    ]


def test_counts(index: Index) -> None:
    assert {theme.code: len(theme.questions) for theme in index.themes} == {
        "A": 6, "B": 4, "C": 7, "D": 8, "E": 6, "F": 10, "G": 3, "H": 6, "I": 5, "J": 10,
    }  # fmt: skip
    assert sum(len(question.steps) for question in index.questions) == 91
    levels = Counter(index.levels[row.level].label for theme in index.themes for row in theme.criteria)
    assert levels == {"Follower": 11, "Mature": 20, "Leader": 32, "Innovator": 36}


def test_two_criteria_stand_elsewhere_in_use_and_say_so(index: Index) -> None:
    moved = {
        row.id: (row.level, row.level_in_use)
        for theme in index.themes
        for row in theme.criteria
        if row.level != row.level_in_use
    }
    assert moved == {"PUB-H-M2": (2, 1), "PUB-C-I1": (4, 3)}
    assert all(row.note for theme in index.themes for row in theme.criteria if row.id in moved)


def test_every_criterion_is_expressed_and_one_stands_in_two_places(index: Index) -> None:
    named = Counter(id_ for question in index.questions for answer in question.answers for id_ in answer.criteria)
    assert set(named) == set(_criteria(index))
    assert [id_ for id_, times in named.items() if times > 1] == ["PUB-E-I1"]


def test_descriptors_are_told_from_requirements(index: Index) -> None:
    lacks = [row.id for theme in index.themes for row in theme.criteria if row.kind is CriterionKind.DESCRIPTOR]
    assert lacks == ["PUB-B-F1", "PUB-C-F1", "PUB-D-F1", "PUB-G-F1", "PUB-H-F1", "PUB-I-F1"]


def test_duties_in_law_and_what_may_not_apply(index: Index) -> None:
    assert [question.id for question in index.legal_questions] == ["A1", "J1"]
    assert [question.id for question in index.questions if question.may_not_apply] == ["J9"]


def test_provenance_follows_the_sources(index: Index) -> None:
    steps = [step for question in index.questions for step in question.steps]
    assert Counter(step.provenance for step in steps) == {Provenance.PUBLISHED: 57, Provenance.INFERRED: 34}
    for question in index.questions:
        published = any(step.provenance is Provenance.PUBLISHED for step in question.steps)
        assert question.provenance is (Provenance.RECONSTRUCTED if published else Provenance.INFERRED)


ABBREVIATIONS = re.compile(r"\b(SV|KPI|SMART|VCSE?|VCS|SME|B2B|OJEU|SROI|CCG|LGA|SVMI)s?\b")
LONGEST_SENTENCE = 36


def _texts(index: Index) -> list[tuple[str, str]]:
    found = []
    for theme in index.themes:
        found += [(theme.code, theme.lead_question)] + [(row.id, row.text) for row in theme.criteria]
    for question in index.questions:
        found += [(question.id, text) for text in (question.question, question.help, question.evidence)]
        found += [(question.id, answer.text) for answer in question.answers]
        found += [(step.id, step.text) for step in question.steps]
    return found


def test_wording_is_plain(index: Index) -> None:
    for place, text in _texts(index):
        assert not ABBREVIATIONS.search(text), f"{place}: unexplained abbreviation in {text!r}"
        for sentence in re.split(r"(?<=[.?;:]) ", text):
            assert len(sentence.split()) <= LONGEST_SENTENCE, f"{place}: long sentence {sentence!r}"


def _reading_age(text: str) -> float:
    """Flesch-Kincaid grade plus five: the usual measure of years of age (rough, as syllables are estimated)."""
    sentences = max(1, len(re.findall(r"[.?!](?: |$)", text)))
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59 + 5


def test_reading_age_of_the_help_is_about_twelve(index: Index) -> None:
    text = " ".join(question.help for question in index.questions)
    assert _reading_age(text) == pytest.approx(12, abs=1.5)


def test_titles_questions_and_actions_are_unlike_each_other(index: Index) -> None:
    for group in (
        [question.title for question in index.questions],
        [question.question for question in index.questions],
        [step.text for question in index.questions for step in question.steps],
        [row.text for theme in index.themes for row in theme.criteria],
    ):
        assert not [text for text, times in Counter(group).items() if times > 1]


def test_actions_are_instructions_and_questions_are_questions(index: Index) -> None:
    for question in index.questions:
        assert question.question.endswith("?")
        for step in question.steps:
            assert step.text[0].isupper()
            assert step.text.endswith(".")
