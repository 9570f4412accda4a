"""What changed since an earlier round of the same organisation, on a page and as a paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonweal.core.maturity.round_change import RoundChange, round_change
from commonweal.core.words import slug
from commonweal.reports.child import apart
from commonweal.reports.papers.as_json import render as as_json
from commonweal.reports.round_paper import (
    action_lists,
    answer_heads,
    answer_rows,
    first_round_paper,
    round_name,
    scrutiny_paper,
    theme_heads,
    theme_rows,
)
from commonweal.reports.round_words import sentences
from commonweal.services.errors import NotFound
from commonweal.services.queries.assessments import Round, assessment_round, organisation_rounds
from commonweal.web.components.addresses import address
from commonweal.web.components.downloads import download
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import identifier, person
from commonweal.web.results.presenters import compared

FORMATS = {"pdf": "PDF", "docx": "Word", "json": "JSON"}


@require_GET
def changes(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """What changed since the round that `since` in the address names, or since the one before."""
    round_, others = _rounds(request, assessment_id)
    page = {
        "round": round_,
        "caption": caption(round_),
        "others": [(one.id, round_name(compared(one))) for one in others],
        "trail": [*trail(round_), ("Rounds side by side", address("rounds", round_.organisation_id))],
    }
    change = _change(request, round_, others)
    if change is not None:
        page |= {
            "since": others[_chosen(request, others)].id,
            "names": (round_name(change.first), round_name(change.second)),
            "sentences": sentences(change),
            "heads": theme_heads(change),
            "rows": theme_rows(change),
            "answer_heads": answer_heads(change),
            "answers": answer_rows(change),
            "actions": action_lists(change),
            "documents": list(FORMATS.items()),
        }
    return render(request, "results/changes.html", page)


@require_GET
def paper(request: HttpRequest, assessment_id: UUID, format_name: str) -> HttpResponse:
    """The same as a paper for a scrutiny committee."""
    round_, others = _rounds(request, assessment_id)
    if format_name not in FORMATS:
        raise NotFound
    today = timezone.localdate()
    change = _change(request, round_, others)
    made = scrutiny_paper(change, today) if change else first_round_paper(compared(round_), today)
    content = as_json(made, today) if format_name == "json" else apart("paper", format_name, made, today)
    return download(content, f"{slug(round_.name, 'round')}-changes.{format_name}")


def _rounds(request: HttpRequest, assessment_id: UUID) -> tuple[Round, list[Round]]:
    """A round, and the others of its series that are older, the latest first. Raises NotFound."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    found = organisation_rounds(round_.organisation_id, by=by)
    place = next((at for at, one in enumerate(found) if one.id == round_.id), len(found))
    return round_, [one for one in found[place + 1 :] if one.series == round_.series]


def _chosen(request: HttpRequest, others: list[Round]) -> int:
    """Where the round stands that is asked for; the latest of them where none or a strange one is named."""
    asked = identifier(request.GET.get("since", ""))
    return next((at for at, one in enumerate(others) if one.id == asked), 0)


def _change(request: HttpRequest, round_: Round, others: list[Round]) -> RoundChange | None:
    return round_change(compared(others[_chosen(request, others)]), compared(round_)) if others else None
