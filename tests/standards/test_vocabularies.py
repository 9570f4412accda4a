"""The words of sectors: what they replace is there, what they leave is meant, and nothing else of an index changes."""

import re
from dataclasses import replace

import pytest

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.wording import original_texts, reword
from commonweal.core.organisations import Kind
from commonweal.formats.yaml import parse_yaml
from commonweal.standards.catalogue import load_index, references
from commonweal.standards.vocabularies import (
    check_vocabulary,
    index_in_words,
    sectors,
    terms_in,
    vocabularies,
    vocabulary_files,
    vocabulary_for,
)

PUBLIC = [one for one in references() if one.startswith("svmi-public@")]
OF_COUNCILS = re.compile(r"\b(cabinet\w*|scrutiny|ward|wards|councillor\w*)\b", re.IGNORECASE)
MEANT = {"health": {"ward", "wards"}, "housing": {"scrutiny"}}
"""Words of councils that a sector has too."""


def _texts(index: Index) -> list[str]:
    found = []
    for theme in index.themes:
        found += [theme.title, theme.lead_question, *(one.text for one in theme.criteria)]
        for one in theme.questions:
            found += [one.title, one.question, one.help, one.evidence, one.may_not_apply]
            found += [*(answer.text for answer in one.answers), *(step.text for step in one.steps)]
    return found


def test_every_file_is_sound_and_every_sector_of_the_checklist_is_there() -> None:
    assert [problem for tree in vocabulary_files() for problem in check_vocabulary(tree)] == []
    assert sectors() == sorted(vocabularies())
    assert set(sectors()) == {
        *("council", "fire", "police", "ambulance", "health", "education", "housing", "central-government"),
        *("business", "business-without-public-work"),
    }


def test_every_kind_of_organisation_belongs_to_one_sector_at_most() -> None:
    kinds = [kind for one in vocabularies().values() for kind in one.kinds]
    assert len(kinds) == len(set(kinds))
    assert {kind.value for kind in Kind} - set(kinds) == {"index-keeper"}


@pytest.mark.parametrize("sector", sectors())
def test_every_term_stands_in_the_index_somewhere(sector: str) -> None:
    vocabulary = vocabularies()[sector]
    for id_, words in vocabulary.words.items():
        every = "\n".join(text for one in references() if one.startswith(f"{id_}@") for text in _texts(load_index(one)))
        missing = [term for term in words if term.casefold() not in every.casefold()]
        assert missing == []


@pytest.mark.parametrize("reference", PUBLIC)
@pytest.mark.parametrize("sector", [one for one in sectors() if vocabularies()[one].words.get("svmi-public")])
def test_no_word_of_councils_is_left_over(sector: str, reference: str) -> None:
    found = {
        match[0].casefold()
        for text in _texts(index_in_words(load_index(reference), sector))
        for match in OF_COUNCILS.finditer(text)
    }
    assert found - MEANT.get(sector, set()) == set()


@pytest.mark.parametrize("reference", references())
@pytest.mark.parametrize("sector", sectors())
def test_ids_levels_and_meaning_stay(sector: str, reference: str) -> None:
    index = load_index(reference)
    said = index_in_words(index, sector)
    assert said.as_published is index
    assert (said.reference, said.levels, said.counting) == (index.reference, index.levels, index.counting)
    for before, after in zip(index.questions, said.questions, strict=True):
        assert (after.id, after.theme, after.limits, after.provenance) == (
            before.id,
            before.theme,
            before.limits,
            before.provenance,
        )
        assert after.legal_minimum == before.legal_minimum
        assert [one.criteria for one in after.answers] == [one.criteria for one in before.answers]
        assert [replace(one, text="") for one in after.steps] == [replace(one, text="") for one in before.steps]
        assert bool(after.may_not_apply) == bool(before.may_not_apply)
        assert len({one.text for one in after.answers}) == len(after.answers)


def test_no_text_is_emptied_doubled_or_left_with_a_gap() -> None:
    for sector in sectors():
        for reference in references():
            index = load_index(reference)
            for before, text in zip(_texts(index), _texts(index_in_words(index, sector)), strict=True):
                assert bool(text) == bool(before)
                assert not re.search(r"  |\ba an?\b|\bthe the\b|\ba the\b|\.\.| \.|^\s|\s$", text), (sector, text)
                assert not re.search(r"[.?!] [a-z]", text) or re.search(r"[.?!] [a-z]", before), (sector, text)


def test_a_council_reads_the_index_as_it_is_with_advice_beside_it() -> None:
    index = load_index("svmi-public")
    council = vocabulary_for(Kind.UNITARY)
    assert council is not None
    assert index_in_words(index, council.sector) is index
    assert [note.themes for note in council.notes_on(index, index.themes[0])]


def test_what_the_index_says_itself_can_be_seen() -> None:
    index = load_index("svmi-public")
    fire = index_in_words(index, "fire")
    question = next(one for one in fire.questions if one.question.startswith("Is social value a performance measure"))
    texts = dict(original_texts(fire, question))
    assert texts["Question"] == "Is social value a performance measure at cabinet or scrutiny meetings?"
    assert "the fire authority" in question.question
    assert original_texts(index, index.questions[0]) == ()
    assert ("cabinet", "the fire authority") in terms_in(fire)
    assert terms_in(index) == ()


def test_words_are_whole_the_longest_wins_and_capitals_stay() -> None:
    said = reword({"cabinet": "the board", "cabinet member": "director"})
    assert said("Cabinet; the cabinet member; cabinets.") == "The board; the director; cabinets."


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("kinds: [space]", "space is no kind of organisation"),
        ("kinds: [fire]\nwords: {nothing: {a: b}}", "There is no index nothing"),
        ("kinds: [fire]\nnotes: [{index: svmi-public, themes: [Z], text: x, source: y}]", "There is no theme Z"),
        ("kinds: []", ""),
    ],
)
def test_a_fault_is_told_with_its_place(line: str, says: str) -> None:
    problems = check_vocabulary(parse_yaml(f"sector: fire\ntitle: x\n{line}\n", "fire.yaml"))
    assert says in problems[0].sentence
    assert "fire.yaml" in problems[0].place
