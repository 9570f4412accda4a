"""What pages say of the sector in whose words an index speaks."""

from dataclasses import dataclass

from commonweal.core.maturity.models import Theme
from commonweal.core.maturity.wording import Note, original_texts
from commonweal.services.queries.assessments import Round
from commonweal.standards.vocabularies import terms_in, vocabulary_for


@dataclass(frozen=True, slots=True)
class InWords:
    """Whose words they are, and the terms of the index with what is read instead."""

    title: str
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SectorNotes:
    """Advice beside a theme, for the organisations that `title` names."""

    title: str
    notes: tuple[Note, ...]


def in_words(round_: Round, theme: Theme | None = None) -> InWords | None:
    """The words in which a round's index speaks, where they are not its own; of a theme, those that it has."""
    vocabulary = vocabulary_for(round_.kind)
    if vocabulary is None or not round_.index.sector:
        return None
    terms = terms_in(round_.index)
    if theme is not None:
        own = " ".join(text for one in theme.questions for _, text in original_texts(round_.index, one)).casefold()
        terms = tuple((term, instead) for term, instead in terms if term.casefold() in own)
    return InWords(vocabulary.title, terms) if terms else None


def notes_on(round_: Round, theme: Theme) -> SectorNotes | None:
    """The advice to the organisation's sector on a theme, if there is any."""
    vocabulary = vocabulary_for(round_.kind)
    notes = vocabulary.notes_on(round_.index, theme) if vocabulary else ()
    return SectorNotes(vocabulary.title, notes) if vocabulary and notes else None
