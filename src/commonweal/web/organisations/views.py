"""Start page, organisations, and the opening of rounds."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.core.access import Action
from commonweal.core.organisations import Kind, Size, size_in_words
from commonweal.core.programme.tally_words import tally_sentence
from commonweal.core.programme.work import ProgrammeState
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.people import Person
from commonweal.services.queries.assessments import Round
from commonweal.services.queries.organisations import described, let_in, organisations
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.programmes import programmes_of
from commonweal.services.queries.round_heads import (
    latest_of_each,
    latest_of_organisations,
    round_heads,
    rounds_of_heads,
)
from commonweal.services.queries.unsent import unsent_of
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import choice_field, form_errors, select_field, text_field
from commonweal.web.components.requests import person
from commonweal.web.organisations.forms import OrganisationForm
from commonweal.web.organisations.presenters import again_lines, organisation_cards, round_row


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What this is, how long it takes, who should be in the room; and your organisations."""
    by = person(request)
    latest = latest_of_organisations(round_heads(by=by))
    lines = [(line.id, line.name, line.kind.label) for line in organisations(by=by)]
    page = {
        "cards": organisation_cards(lines, rounds_of_heads(list(latest.values()), by=by)),
        "unsent": settings.ACCOUNTS and unsent_of(by=by, now=timezone.now()),
    }
    return render(request, "organisations/start.html", page)


@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Name an organisation."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        id_ = create_organisation(
            name=given["name"],
            kind=Kind(given["kind"]),
            size=Size(given["size"]) if given["size"] else None,
            by=person(request),
            now=timezone.now(),
        )
        return redirect("new-assessment", id_)
    page = {
        "name": text_field(form["name"], classes="govuk-input--width-30"),
        "kind": choice_field(form["kind"], small=True),
        "size": select_field(form["size"]),
        "errors": form_errors(form) if request.method == "POST" else [],
        "trail": [("Organisations", address("start"))],
    }
    return render(request, "organisations/new_organisation.html", page, status=422 if page["errors"] else 200)


@require_GET
def organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """An organisation with its rounds."""
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    said = described(organisation_id, by=by)
    found = rounds_to_show(organisation_id, by)
    rounds = [round_row(one) for one in found if not one.department]
    page = {
        "organisation": line,
        "size": size_in_words(line.kind, line.size),
        "may_open": by.access.may(Action.OPEN, organisation_id),
        "programmes": [
            (one.id, one.title, tally_sentence(one.tally))
            for one in programmes_of(organisation_id, by=by, today=timezone.localdate())
            if one.state is ProgrammeState.OPEN
        ],
        "may_see_work": organisation_id in by.access.organisations(Action.SEE_WORK),
        "may_manage_settings": by.access.may(Action.MANAGE_SETTINGS, organisation_id),
        "said": said,
        "is_shadow": said.is_shadow(timezone.localdate()),
        "let_in": let_in(organisation_id, by=by, now=timezone.now()),
        "may_see_indexes": by.access.may(Action.SEE_INDEX, organisation_id),
        "may_read_trail": by.access.may(Action.READ_TRAIL, organisation_id),
        "may_manage_people": by.access.may(Action.MANAGE_PEOPLE, organisation_id),
        "rounds": rounds,
        "again": again_lines(found, timezone.localdate()),
        "departments": [round_row(one) for one in found if one.department],
        "several_indexes": len({one.index.id for one in found}) > 1,
        "trail": [("Organisations", address("start"))],
    }
    return render(request, "organisations/organisation.html", page)


def rounds_to_show(organisation_id: UUID, by: Person) -> list[Round]:
    """All of the whole organisation, and the latest of each department: of all of these there are hundreds."""
    heads = round_heads(by=by, organisation_id=organisation_id)
    return rounds_of_heads(
        [
            *(one for one in heads if one.department_id is None),
            *latest_of_each([one for one in heads if one.department_id is not None]),
        ],
        by=by,
    )
