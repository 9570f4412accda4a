"""Two indexes on one matter: what themes' results suggest for statements, and where the ratings disagree."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from commonweal.core.maturity.crosswalk import Crosswalk, suggestions
from commonweal.core.words import counted, listed, sentence_case
from commonweal.services.errors import NotFound
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
    known = _crosswalk_of(round_)
    if known is None:
        raise NotFound
    others = [known.from_, known.to]
    others.remove(round_.index.reference)
    rounds = organisation_rounds(round_.organisation_id, by=by)
    by_the_other = [one for one in rounds if one.index.reference == others[0]]
    begun = [one for one in by_the_other if one.given.answers or one.estimates]
    other = next(iter([*begun, *by_the_other]), None)
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


def _crosswalk_of(round_: Round) -> Crosswalk | None:
    """The crosswalk that an assessment's index is an end of, if there is one."""
    return next((one for one in crosswalks() if round_.index.reference in (one.from_, one.to)), None)


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
