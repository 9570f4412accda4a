"""An index in the words of a sector: the same ids, levels and meaning, with the terms that its people use.

A vocabulary names terms of an index and what to read instead. The longest term that fits is replaced, whole words only,
and what is put in begins with a capital where the term did. The index as published stays at hand (`Index.original`), so
that a reader can see its own words, and so that files that have to stay equal are made from it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from commonweal.core.maturity.models import Index, Question, Theme

Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Note:
    """Advice to a sector beside some themes of an index (by their codes), with where it comes from."""

    index: str
    themes: tuple[str, ...]
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How indexes speak to a sector: `title` names its organisations; `words` has the terms by index id.

    `kinds` are the kinds of organisations (core/organisations.py) that it is for.
    """

    sector: str
    title: str
    kinds: tuple[str, ...]
    words: Mapping[str, Mapping[str, str]]
    notes: tuple[Note, ...]

    def notes_on(self, index: Index, theme: Theme) -> tuple[Note, ...]:
        """The advice that stands beside a theme."""
        return tuple(note for note in self.notes if note.index == index.id and theme.code in note.themes)


def reword(terms: Mapping[str, str]) -> Words:
    """How a text reads with other terms.

    >>> said = reword({"cabinet": "the board", "cabinet member": "member of the board"})
    >>> said("A cabinet member reports to cabinet. Cabinet decides; the cabinetmaker does not.")
    'A member of the board reports to the board. The board decides; the cabinetmaker does not.'
    """
    if not terms:
        return lambda text: text
    by_lower = {term.casefold(): instead for term, instead in terms.items()}
    longest_first = sorted(terms, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(term)}(?!\w)" for term in longest_first), re.IGNORECASE)

    def put(found: re.Match[str]) -> str:
        instead = by_lower[found[0].casefold()]
        return instead[:1].upper() + instead[1:] if found[0][:1].isupper() else instead

    return lambda text: pattern.sub(put, text)


def worded(index: Index, vocabulary: Vocabulary) -> Index:
    """An index in the words of a sector; the index itself where the sector has none for it."""
    terms = vocabulary.words.get(index.id)
    if not terms:
        return index
    words = reword(terms)
    return replace(
        index,
        themes=tuple(_theme(theme, words) for theme in index.themes),
        original=index,
        sector=vocabulary.sector,
    )


def _theme(theme: Theme, words: Words) -> Theme:
    return replace(
        theme,
        title=words(theme.title),
        lead_question=words(theme.lead_question),
        criteria=tuple(replace(one, text=words(one.text), note=words(one.note)) for one in theme.criteria),
        questions=tuple(_question(one, words) for one in theme.questions),
    )


def _question(question: Question, words: Words) -> Question:
    """Why a question may not apply stays as it is: it is kept as a reason, and found again by its text."""
    return replace(
        question,
        title=words(question.title),
        question=words(question.question),
        help=words(question.help),
        evidence=words(question.evidence),
        answers=tuple(replace(one, text=words(one.text)) for one in question.answers),
        steps=tuple(replace(one, text=words(one.text)) for one in question.steps),
    )


def original_texts(index: Index, question: Question) -> tuple[tuple[str, str], ...]:
    """What a question says in the index itself, where it is worded otherwise here: what it is, and the text."""
    if index.original is None:
        return ()
    theme = index.original.theme(question.theme)
    before = theme.by_id[question.id] if theme else question
    pairs = (
        ("Question", before.question, question.question),
        ("Help", before.help, question.help),
        ("What would show it", before.evidence, question.evidence),
        *(("Answer", old.text, new.text) for old, new in zip(before.answers, question.answers, strict=True)),
        *(("Action", old.text, new.text) for old, new in zip(before.steps, question.steps, strict=True)),
    )
    return tuple((what, old) for what, old, new in pairs if old != new)
