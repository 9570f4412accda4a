"""A programme is renamed, moved, closed, archived, or opened again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action, refusal
from commonweal.core.errors import BadInput
from commonweal.core.programme.work import ProgrammeState
from commonweal.services.actions.programme_change import change_programme
from commonweal.services.errors import Forbidden, Stale
from commonweal.services.queries.programmes import programme as one_programme
from commonweal.web.components.fields import choice_field, form_errors, text_field
from commonweal.web.components.requests import DAY_FORMATS, person, sent_version
from commonweal.web.programmes.forms import ChangeForm
from commonweal.web.programmes.views import programme_trail


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Name, first day, and whether it is worked in."""
    by = person(request)
    view = one_programme(programme_id, by=by)
    if not view.may(Action.PLAN_WORK):
        raise Forbidden(refusal(Action.PLAN_WORK))
    value = view.programme
    written = {"title": value.title, "starts_on": value.starts_on.strftime(DAY_FORMATS[0]), "state": value.state.value}
    is_sent, is_stale = request.method == "POST", False
    form = ChangeForm(request.POST if is_sent else None, initial=written)
    if is_sent and form.is_valid():
        given = form.cleaned_data
        try:
            change_programme(
                programme_id=programme_id,
                version=sent_version(request),
                title=" ".join(given["title"].split()),
                starts_on=given["starts_on"],
                state=ProgrammeState(given["state"]),
                why=given["why"].strip(),
                by=by,
                now=timezone.now(),
            )
            return redirect("programme", programme_id)
        except BadInput as bad:
            for problem in bad.problems:
                form.add_error(problem.place, problem.sentence)
        except Stale:
            is_stale = True
            view = one_programme(programme_id, by=by)
    moves = "All work that is not done or dropped moves by as many days."
    page = {
        "view": view,
        "is_stale": is_stale,
        "version": sent_version(request) if is_sent and form.errors else view.version,
        "title": text_field(form["title"], classes="govuk-input--width-30"),
        "starts_on": text_field(form["starts_on"], classes="govuk-input--width-10", hint=moves),
        "state": choice_field(form["state"], small=True),
        "why": text_field(form["why"], hint="Needed if you close, archive or open it again.") | {"rows": 3},
        "errors": form_errors(form) if is_sent else [],
        "trail": programme_trail(view, inside=True),
    }
    status = 422 if page["errors"] else 409 if is_stale else 200
    return render(request, "programmes/change.html", page, status=status)
