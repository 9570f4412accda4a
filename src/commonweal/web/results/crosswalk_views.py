"""Two indexes on one matter: what themes' results suggest for statements, and where the ratings disagree."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from commonweal.core.maturity.crosswalk import Crosswalk, suggestions
from commonweal.core.words import counted, listed, sentence_case
from commonweal.services.errors import NotFound
from commonweal.services.people import Person
from commonweal.services.queries.assessments import Round, assessment_round, organisation_rounds
from commonweal.standards.catalogue import load_index
from commonweal.standards.crosswalks import crosswalks
from commonweal.web.components.addresses import address
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person
from commonweal.web.results.presenters import CrosswalkRow, crosswalk_rows


@require_GET
def crosswalk(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """From either side: the latest assessment by the other index that is begun stands beside this one."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    known, other = _crosswalk_of(round_, _of_the_same(round_, by))
    themes, statements = (round_, other) if round_.index.reference == known.from_ else (other, round_)
    rows = _rows(known, themes, statements)
    page = {
        "round": round_,
        "caption": caption(round_),
        "themes": themes,
        "statements": statements,
        "first": load_index(known.from_),
        "second": load_index(known.to),
        "rows": rows,
        "sentence": _sentence(rows, statements),
        "crosswalk": known,
        "opens": address("new-assessment", round_.organisation_id),
        "trail": trail(round_),
    }
    return render(request, "results/crosswalk.html", page)


def _of_the_same(round_: Round, by: Person) -> list[Round]:
    """The rounds of the same department, or of the whole organisation."""
    found = organisation_rounds(round_.organisation_id, by=by)
    return [one for one in found if one.department_id == round_.department_id]


def _crosswalk_of(round_: Round, rounds: list[Round]) -> tuple[Crosswalk, Round | None]:
    """The crosswalk that an assessment's index is an end of, and the latest round by its other end.

    Of several, by several editions, the one of which there is a round that was begun; else the latest one. Raises
    NotFound where there is none.
    """
    mine = round_.index.reference
    known = [one for one in reversed(crosswalks()) if mine in (one.from_, one.to)]
    if not known:
        raise NotFound
    found = []
    for one in known:
        end = one.to if mine == one.from_ else one.from_
        by_the_other = [other for other in rounds if other.index.reference == end]
        begun = [other for other in by_the_other if other.given.answers or other.estimates]
        found += [(not begun, not by_the_other, one, next(iter([*begun, *by_the_other]), None))]
    _, _, best, other = min(found, key=lambda item: item[:2])
    return best, other


def _rows(known: Crosswalk, themes: Round | None, statements: Round | None) -> list[CrosswalkRow]:
    if themes is None:
        return []
    second = load_index(known.to)
    answers = statements.given.answers if statements else {}
    return crosswalk_rows(suggestions(known, themes.results(), second, answers), second, themes, statements)


def _sentence(rows: list[CrosswalkRow], statements: Round | None) -> str:
    """Where the two disagree, in one sentence."""
    if statements is None or not rows:
        return ""
    above, below = ([row.id for row in rows if row.differs * sign > 0] for sign in (1, -1))
    if not above and not below:
        rated = any(row.rated and row.suggested for row in rows)
        return "Where both say something, they agree." if rated else "There is nothing to compare yet."
    parts = [
        f"{counted(len(ids), 'statement')} {'is' if len(ids) == 1 else 'are'} rated {word} than suggested"
        f" ({listed(ids)})"
        for ids, word in ((above, "higher"), (below, "lower"))
        if ids
    ]
    return f"{sentence_case(listed(parts))}."
