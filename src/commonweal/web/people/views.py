"""The people of an organisation; inviting them, and taking an invitation up."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.organisations import Kind
from commonweal.core.problems import Problem
from commonweal.services.actions import people as actions
from commonweal.services.errors import NotFound
from commonweal.services.people import Person
from commonweal.services.queries.organisations import OrganisationLine, organisation
from commonweal.services.queries.people import Offer, invitations, offer, seats
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import choice_field, form_errors, text_field
from commonweal.web.components.mail import Later
from commonweal.web.components.place import organisation_trail
from commonweal.web.components.requests import person, renew_session
from commonweal.web.people.forms import InvitationForm


@require_GET
def people(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Who has which seat, and which invitations wait."""
    by, now = person(request), timezone.now()
    line = organisation(organisation_id, by=by)
    page = {
        "organisation": line,
        "seats": seats(organisation_id, by=by, now=now),
        "invitations": invitations(organisation_id, by=by, now=now),
        "accounts": settings.ACCOUNTS,
        "trail": organisation_trail(line),
    }
    return render(request, "people/people.html", page)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Ask whom; send the invitation, or show its link where no mail goes out."""
    by = person(request)
    line = organisation(organisation_id, by=by)
    seats(organisation_id, by=by, now=timezone.now())  # refused before the form is shown, not after it is filled in
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            token = actions.invite(
                organisation_id=organisation_id,
                email=given["email"],
                role=form.chosen_role,
                on_behalf_of=given["on_behalf_of"],
                ends_at=form.ends_at,
                by=by,
                now=timezone.now(),
            )
        except BadInput as bad:
            for problem in bad.problems:
                field = {"ends_at": "ends_on"}.get(problem.place, problem.place)
                form.add_error(field, problem.sentence)
        else:
            return _invited(request, line, given["email"], form.chosen_role, token)
    return _invite_page(request, line, form)


_ENDS = "The last day, like 31/03/2027. For your own people it can stay empty: no end."


def _invite_page(request: HttpRequest, line: OrganisationLine, form: InvitationForm) -> HttpResponse:
    roles = choice_field(form["role"])
    if line.kind is not Kind.INDEX_KEEPER:
        roles["items"] = [item for item in roles["items"] if item["value"] != Role.INDEX_KEEPER]
    for item in roles["items"]:
        item["hint"] = {"text": Role(item["value"]).purpose}
    page = {
        "organisation": line,
        "email": text_field(form["email"], kind="email", classes="govuk-input--width-30"),
        "role": roles,
        "on_behalf_of": text_field(
            form["on_behalf_of"],
            classes="govuk-input--width-30",
            hint="Its name, for a supplier, a partner or an assurer. Leave it empty for your own people.",
        ),
        "ends_on": text_field(form["ends_on"], classes="govuk-input--width-10", hint=_ENDS),
        "errors": form_errors(form) if form.is_bound else [],
        "trail": [*organisation_trail(line), ("People", address("people", line.id))],
    }
    return render(request, "people/invite.html", page, status=422 if page["errors"] else 200)


def _invited(request: HttpRequest, line: OrganisationLine, email: str, role: Role, token: str) -> HttpResponse:
    link = request.build_absolute_uri(address("invitation", token))
    letter = {"organisation": line.name, "role": role.label, "invited_by": person(request).name, "link": link}
    if settings.EMAIL_HOST:  # the link proves whose mailbox it is, so it is then shown to nobody
        subject = render_to_string("accounts/email/invitation_subject.txt", letter).strip()
        text = render_to_string("accounts/email/invitation_message.txt", letter)
        Later(EmailMessage(subject, text, None, [email])).send()
    page = {
        "organisation": line,
        "email": email,
        "link": "" if settings.EMAIL_HOST else link,
        "trail": [*organisation_trail(line), ("People", address("people", line.id))],
    }
    return render(request, "people/invited.html", page)


@require_POST
def end_seat(request: HttpRequest, membership_id: int) -> HttpResponse:
    """End a seat."""
    by = person(request)
    try:
        organisation_id = actions.end_seat(membership_id=membership_id, by=by, now=timezone.now())
    except BadInput as bad:
        problem = bad.problems[0]
        page = {"heading": "This seat stays", "what": problem.what, "remedy": problem.remedy}
        return render(request, "components/failure.html", page, status=422)
    still_there = organisation_id in by.access.organisations()
    return redirect("people", organisation_id) if still_there else redirect("start")


@require_POST
def take_back(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    by = person(request)
    return redirect("people", actions.revoke_invitation(invitation_id=invitation_id, by=by, now=timezone.now()))


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link's own page: looking at it uses nothing up; its button takes the seat, or leads to an account first."""
    try:
        offered = offer(token, now=timezone.now())
    except NotFound:
        return render(request, "people/invitation_over.html", status=404)
    if request.method == "POST":
        return _taken_up(request, token, offered)
    return _offered(request, offered)


def _offered(request: HttpRequest, offered: Offer, problems: Sequence[Problem] = ()) -> HttpResponse:
    by = request.user if isinstance(request.user, Person) else None
    page = {
        "offer": offered,
        "person": by,
        "is_theirs": bool(by and by.email and by.email.lower() == offered.email.lower()),
        "sign_in": f"{address('account_login')}?{urlencode({'next': request.path})}",
        "errors": [{"text": problem.sentence} for problem in problems],
    }
    return render(request, "people/invitation.html", page, status=422 if problems else 200)


def _taken_up(request: HttpRequest, token: str, offered: Offer) -> HttpResponse:
    if isinstance(request.user, Person):
        try:
            organisation_id = actions.accept_invitation(token=token, by=request.user, now=timezone.now())
        except BadInput as bad:
            return _offered(request, offered, bad.problems)
        request.session.pop("invited", None)
        renew_session(request)
        return redirect("organisation", organisation_id)
    request.session["invited"], request.session["invitation"] = offered.email, token
    return redirect("account_signup")
