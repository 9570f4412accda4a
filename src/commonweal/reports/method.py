"""The closing part of every document: how the levels come about, and how far they can be relied on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from commonweal import __version__
from commonweal.core.maturity.answers import Standing
from commonweal.core.maturity.models import Index, Provenance
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.rules import rule_of
from commonweal.core.words import listed, long_date
from commonweal.standards.vocabularies import terms_in, vocabularies


@dataclass(frozen=True, slots=True)
class MethodNote:
    """A heading and what stands under it: a text, a list of points, or both."""

    heading: str
    text: str = ""
    points: tuple[str, ...] = ()


def reading_notes(results: Results) -> tuple[MethodNote, ...]:
    """How to read the results: what the levels mean and how one comes about."""
    rule = rule_of(results.index)
    scale = tuple(
        f"{f'{level.position} ' if rule.has_levels else ''}{level.label}: {level.definition}"
        for level in results.index.levels
    )
    return (
        MethodNote("What the levels mean", rule.scale_note(), scale),
        MethodNote(*rule.method(results.index)),
    )


def limit_notes(results: Results) -> tuple[MethodNote, ...]:
    """How far the results can be relied on, and where the index comes from."""
    organisation = results.assessment.organisation
    if results.assessment.answers_are is Standing.RECONSTRUCTED:
        basis = f"The answers were worked out from what {organisation} published; it did not give or check them."
    else:
        basis = "The levels rest on what the organisation said of itself; nobody has checked the answers."
    law = (
        " The average can hide a duty in law that is missed, so that is said on a line of its own."
        f" {results.index.legal_minimum_scope}"
    )
    index = results.index
    lacking = index.lacking
    return (
        *_wording(index),
        *([MethodNote("What of the published index is not held", "", lacking)] if lacking else []),
        MethodNote("What to keep in mind", f"{basis}{law if results.index.legal_questions else ''}"),
        _source(results),
    )


def _wording(index: Index) -> list[MethodNote]:
    """Whose words these are, where they are not those of the index."""
    if not index.sector:
        return []
    title = vocabularies()[index.sector].title
    text = f"Some terms of the index are given here in the words of {title}; what is asked stays the same."
    points = tuple(f"{term}: here {instead}" for term, instead in terms_in(index))
    return [MethodNote("How the index is worded here", text, points)]


def _source(results: Results) -> MethodNote:
    index, source = results.index, results.index.source
    names = rule_of(index).names
    questions = _shares([question.provenance for question in index.questions], results)
    actions = _shares([step.provenance for step in results.actions], results)
    inferred = [step.question for step in results.actions if step.provenance is Provenance.INFERRED]
    in_plan = f" Of the actions in this plan, {actions}" if actions else ""
    which = f" ({listed(sorted(set(inferred), key=inferred.index))})" if inferred else ""
    where = " ".join(filter(None, [source.matrix, source.ladders]))
    if not where and _kinds(index) == {Provenance.PUBLISHED}:  # written and published by the same people
        words = f"{source.title}, {source.year}; in Commonweal {__version__} as {index.reference}, published"
        return MethodNote("Where the index comes from", f"{words} {long_date(index.published_on)}.")
    return MethodNote(
        "Where the index comes from",
        f"{source.title}, {source.year}; in Commonweal {__version__} as {index.reference}, published"
        f" {long_date(index.published_on)}. {f'{where} ' if where else ''}Of its {names.question}s, {questions}."
        f"{in_plan}{which}{'.' if in_plan else ''} The words mean:",
        tuple(f"{kind.capitalize()}: {text}" for kind, text in index.provenance_meanings if kind in _kinds(index)),
    )


def _kinds(index: Index) -> set[Provenance]:
    """The kinds that occur at all: an index whose authors wrote it all needs one word explained, not three."""
    return {step.provenance for question in index.questions for step in question.steps} | {
        question.provenance for question in index.questions
    }


def _shares(kinds: Sequence[Provenance], results: Results) -> str:
    """How many there are of each kind, in the order of the index."""
    counts = Counter(kinds)
    found = [kind for kind, _ in results.index.provenance_meanings if counts[kind]]
    verbs = [f"{'is' if counts[kind] == 1 else 'are'} " if kind is found[0] else "" for kind in found]
    return listed([f"{counts[kind]} {verb}{kind}" for kind, verb in zip(found, verbs, strict=True)])
