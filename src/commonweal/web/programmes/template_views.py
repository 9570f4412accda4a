"""A programme is saved as a template, and such a template is taken away."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.core.errors import BadInput
from commonweal.services.actions.own_templates import save_template, take_template_away
from commonweal.services.queries.own_templates import where_to_save
from commonweal.web.components.requests import identifier, person, typed
from commonweal.web.programmes.progress_views import plannable
from commonweal.web.programmes.views import programme_trail


@require_http_methods(["GET", "POST"])
def save(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Name it, and choose whose it is."""
    view = plannable(request, programme_id)
    by = person(request)
    places = where_to_save(view.organisation_id, by=by)
    errors: dict[str, str] = {}
    title, purpose = view.programme.title, ""
    chosen = view.organisation_id
    if request.method == "POST":
        title, purpose = " ".join(typed(request, "title").split()), typed(request, "purpose")
        asked = identifier(request.POST.get("owner", view.organisation_id))
        chosen = next((id_ for id_, _ in places if id_ == asked), view.organisation_id)
        try:
            save_template(
                programme_id=programme_id,
                owner_id=chosen,
                title=title,
                purpose=purpose,
                today=timezone.localdate(),
                by=by,
                now=timezone.now(),
            )
            return redirect("programmes", view.organisation_id)
        except BadInput as bad:
            errors = {problem.place: problem.sentence for problem in bad.problems}
    page = {
        "view": view,
        "title": _field("title", "What do you call the template?", title, errors),
        "purpose": _field("purpose", "What is it for?", purpose, errors) | {"rows": 3},
        "owner": {
            "name": "owner",
            "idPrefix": "owner",
            "classes": "govuk-radios--small",
            "fieldset": {"legend": {"text": "Who can start from it?", "classes": "govuk-fieldset__legend--s"}},
            "value": str(chosen),
            "items": [
                {
                    "value": str(id_),
                    "text": f"People of {name}" if id_ == view.organisation_id else f"Everybody in {name}",
                }
                for id_, name in places
            ],
        },
        "errors": [{"text": text, "href": f"#{name}"} for name, text in errors.items()],
        "trail": programme_trail(view, inside=True),
    }
    return render(request, "programmes/save_template.html", page, status=422 if errors else 200)


def _field(name: str, label: str, value: str, errors: dict[str, str]) -> dict[str, object]:
    field: dict[str, object] = {
        "id": name,
        "name": name,
        "label": {"text": label, "classes": "govuk-label--s"},
        "value": value,
    }
    return field | ({"errorMessage": {"text": errors[name]}} if name in errors else {})


@require_POST
def take_away(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """Take one away."""
    return redirect("programmes", take_template_away(template_id=template_id, by=person(request), now=timezone.now()))
