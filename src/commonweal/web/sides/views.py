"""A buyer beside its suppliers; asking, agreeing, and taking it back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.services.actions import sides as actions
from commonweal.services.errors import NotFound
from commonweal.services.people import Person
from commonweal.services.queries.assessments import Round
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.round_heads import round_heads, rounds_of_heads
from commonweal.services.queries.sides import agreements_of, rounds_to_show, sides_of, who_asks
from commonweal.standards.mirrors import mirrors
from commonweal.web.components.addresses import address
from commonweal.web.components.place import organisation_trail
from commonweal.web.components.requests import identifier, person, typed
from commonweal.web.sides.presenters import beside


@require_http_methods(["GET", "POST"])
def sides(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The organisation beside its suppliers, and what it shows to others; sent, another supplier is asked."""
    by, problems, link = person(request), list[Problem](), ""
    line = one_organisation(organisation_id, by=by)
    if request.method == "POST":
        try:
            label = typed(request, "label")
            token = actions.ask_for_side(organisation_id=organisation_id, label=label, by=by, now=timezone.now())
            link = request.build_absolute_uri(address("side", token))
        except BadInput as bad:
            problems = list(bad.problems)
    found = sides_of(organisation_id, by=by)
    shown = [one for one in found if one.shown]
    own = _own(organisation_id, by)
    page = {
        "organisation": line,
        "link": link,
        "label": typed(request, "label") if problems or link else "",
        "wrong": problems[0].sentence if problems else "",
        "errors": [{"text": one.sentence, "href": f"#{one.place}"} for one in problems],
        "waiting": [one for one in found if not one.shown],
        "shown": shown,
        "own": own,
        "is_buyer": own is not None or bool(found),
        "beside": beside(own, shown) if own and shown else None,
        "agreements": agreements_of(organisation_id, by=by),
        "may_ask": by.access.may(Action.OPEN, organisation_id),
        "now": timezone.now(),
        "trail": organisation_trail(line),
    }
    return render(request, "sides/sides.html", page, status=422 if problems else 200)


def _own(organisation_id: UUID, by: Person) -> Round | None:
    """The latest round of the whole organisation by an index that has another side; one that was begun, if there is."""
    firsts = {one.first for one in mirrors()}
    heads = round_heads(by=by, organisation_id=organisation_id)
    latest = [one for one in heads if one.department_id is None and one.index_id in firsts]
    rounds = rounds_of_heads(latest[:_LATEST], by=by)
    return next((one for one in rounds if one.given.answers or one.estimates), next(iter(rounds), None))


_LATEST = 3
"""How many rounds are looked through for one that was begun."""


@require_POST
def end(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Whoever asked needs it no longer."""
    return redirect("sides", actions.end_side(request_id=request_id, by=person(request), now=timezone.now()))


@require_POST
def withdraw(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Whoever shows it does so no longer."""
    return redirect("sides", actions.withdraw_side(agreement_id=agreement_id, by=person(request), now=timezone.now()))


@require_http_methods(["GET", "POST"])
def side(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a link: who asks, what would be shown, and of which round. Looking at it agrees to nothing."""
    by, problems = person(request), list[Problem]()
    try:
        asker = who_asks(token, now=timezone.now())
    except NotFound:
        return render(request, "sides/over.html", status=404)
    if request.method == "POST":
        chosen = identifier(typed(request, "assessment"))
        try:
            if chosen is None:
                raise BadInput([Problem("assessment", "No round is chosen.", "Choose the one that you want to show.")])
            shown = actions.agree_to_side(token=token, assessment_id=chosen, by=by, now=timezone.now())
            return redirect("sides", shown)
        except NotFound:
            problems = [Problem("assessment", "This round is not there.", "Choose one from the list.")]
        except BadInput as bad:
            problems = list(bad.problems)
    page = {
        "asker": asker,
        "rounds": [
            {"value": str(head.id), "text": f"{name}{f', {head.department}' if head.department else ''}: {head.name}"}
            for head, name in rounds_to_show(by=by)
        ],
        "wrong": problems[0].sentence if problems else "",
        "errors": [{"text": one.sentence, "href": f"#{one.place}"} for one in problems],
        "trail": [("Organisations", address("start"))],
    }
    return render(request, "sides/side.html", page, status=422 if problems else 200)
