"""The closing part of every document: how the levels come about, and how far they can be relied on."""

from collections import Counter
from dataclasses import dataclass

from commonweal.core.maturity.results import Results
from commonweal.core.words import counted, listed, long_date


@dataclass(frozen=True, slots=True)
class MethodNote:
    """A heading and what stands under it: a text, a list of points, or both."""

    heading: str
    text: str = ""
    points: tuple[str, ...] = ()


def reading_notes(results: Results) -> tuple[MethodNote, ...]:
    """How to read the results: what the levels mean and how one comes about."""
    scale = tuple(f"{level.position} {level.label}: {level.definition}" for level in results.index.levels)
    return (
        MethodNote("What the levels mean", "A level is a position, not a mark.", scale),
        MethodNote(
            "How a level comes about",
            "Each question lets its theme reach the level just under its next answer, and holds nothing back once it"
            " stands on its last answer. A theme is at the lowest level that its questions allow. The overall level is"
            " the mean of the themes, cut down to a whole level and never rounded up. Now and target are worked out"
            " in the same way.",
        ),
    )


def limit_notes(results: Results) -> tuple[MethodNote, ...]:
    """How far the results can be relied on, and where the index comes from."""
    return (
        MethodNote(
            "What to keep in mind",
            "The levels rest on what the organisation said of itself; nobody has checked the answers. The mean can"
            " hide a duty in law that is missed, so that is said on a line of its own.",
        ),
        _source(results),
    )


def _source(results: Results) -> MethodNote:
    index, source = results.index, results.index.source
    counts = Counter(step.provenance for step in results.actions)
    shares = [f"{counts[kind]} {kind}" for kind, _ in index.provenance_meanings if counts[kind]]
    meanings = tuple(f"{kind.capitalize()}: {text}" for kind, text in index.provenance_meanings)
    actions = f" Of {counted(len(results.actions), 'action')} in this plan: {listed(shares)}." if shares else ""
    return MethodNote(
        "Where the index comes from",
        f"{source.title}, {source.year}; in Commonweal as {index.reference} since {long_date(index.published_on)}."
        f" {source.matrix} {source.ladders}{actions} The words mean:",
        meanings,
    )
