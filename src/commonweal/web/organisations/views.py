"""Start page, organisations, and the opening of rounds."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.core.access import Action
from commonweal.core.maturity.answers import Answers, answers_for
from commonweal.core.maturity.edition import carry_through, edition
from commonweal.core.maturity.models import Index
from commonweal.core.organisations import Kind, Size, size_in_words
from commonweal.core.programme.tally_words import tally_sentence
from commonweal.core.programme.work import ProgrammeState
from commonweal.core.words import long_date
from commonweal.services.actions.assessments import open_assessment
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.allowed import require
from commonweal.services.indexes import held_index
from commonweal.services.people import Person
from commonweal.services.queries.assessments import Round, all_rounds, organisation_rounds
from commonweal.services.queries.editions import editions_between
from commonweal.services.queries.organisations import described, let_in, organisations
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.own_indexes import offered_indexes
from commonweal.services.queries.position import answers_now
from commonweal.services.queries.programmes import programmes_of
from commonweal.services.queries.unsent import unsent_of
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import choice_field, form_errors, select_field, text_field
from commonweal.web.components.place import organisation_trail
from commonweal.web.components.requests import person
from commonweal.web.organisations.forms import AssessmentForm, OrganisationForm
from commonweal.web.organisations.presenters import organisation_cards, round_row


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What this is, how long it takes, who should be in the room; and your organisations."""
    by = person(request)
    lines = [(line.id, line.name, line.kind.label) for line in organisations(by=by)]
    page = {
        "cards": organisation_cards(lines, all_rounds(by=by)),
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
    rounds = [round_row(one) for one in organisation_rounds(organisation_id, by=by)]
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
        "several_indexes": len({one.index for one in rounds}) > 1,
        "trail": [("Organisations", address("start"))],
    }
    return render(request, "organisations/organisation.html", page)


@require_http_methods(["GET", "POST"])
def new_assessment(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Open a round: index, name, horizon."""
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    require(by, Action.OPEN, organisation_id)
    today = timezone.localdate()
    earlier = {str(one.id): one for one in organisation_rounds(organisation_id, by=by)}
    several = len({one.index.id for one in earlier.values()}) > 1
    offered = [
        (id_, f"Those of {one.name}{f' ({one.index.title})' if several else ''}, as they stand now")
        for id_, one in earlier.items()
    ]
    usual = next((one.index.id for one in earlier.values()), line.kind.edition)
    usual = request.GET.get("index", usual)
    indexes = offered_indexes(organisation_id, by=by)
    form = AssessmentForm(today, usual, offered, indexes, request.POST if request.method == "POST" else None)
    chosen = earlier.get(request.POST.get("start_from", ""))
    if form.is_valid() and chosen and chosen.index.id != form.cleaned_data["index"].partition("@")[0]:
        form.add_error("start_from", f"{chosen.name} answers another index. Choose a round of the same one, or none.")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        index = held_index(given["index"])
        id_ = open_assessment(
            organisation_id=organisation_id,
            index=index,
            answers=answers_for(index, _as_answered(chosen, index, by)) if chosen else None,
            source=f"Begun with the answers of {chosen.name} as they stood on {long_date(today)}" if chosen else "",
            name=given["name"],
            date=today,
            horizon_years=given["horizon_years"],
            moved_from=chosen.id if chosen and chosen.index.reference != index.reference else None,
            by=by,
            now=timezone.now(),
        )
        return redirect("task-list", id_)
    page = {
        "organisation": line,
        "index": choice_field(form["index"], small=True),
        "may_write_indexes": by.access.may(Action.WRITE_INDEX, organisation_id),
        "name": text_field(form["name"], classes="govuk-input--width-20", hint="It stands on every page and document."),
        "horizon_years": choice_field(
            form["horizon_years"],
            small=True,
            hint="Your target is where you want to be by then. Two or three years is usual.",
        ),
        "start_from": choice_field(form["start_from"], small=True) if offered else None,
        "errors": form_errors(form) if request.method == "POST" else [],
        "trail": organisation_trail(line),
    }
    return render(request, "organisations/new_assessment.html", page, status=422 if page["errors"] else 200)


def _as_answered(chosen: Round, index: Index, by: Person) -> Answers:
    """The answers of a round as they stand now; those that go over, where it answers another version of the index."""
    answers = answers_now(chosen.id, by=by)
    if chosen.index.reference == index.reference:
        return answers
    editions = editions_between(chosen.index, index) or [edition(chosen.index, index)]
    return carry_through(editions, answers).answers
