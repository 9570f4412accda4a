"""The settings of an organisation."""

import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.identifiers import SCHEMES, normal
from commonweal.core.maturity.answers import LONGEST_NAME
from commonweal.core.organisations import Kind, Size, Takeover
from commonweal.core.problems import Problem
from commonweal.formats.characters import forbidden_character
from commonweal.services.actions.organisations import Description, describe_organisation, end_succession, follow
from commonweal.services.allowed import require
from commonweal.services.errors import Stale
from commonweal.services.queries.organisations import (
    Described,
    OrganisationLine,
    described,
    organisation,
    organisations,
)
from commonweal.web.components.place import organisation_trail
from commonweal.web.components.requests import DAY_FORMATS, day, person, sent_version, typed

Fields = dict[str, str]


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Name, kind, size, dates, identifiers, departments, partners."""
    by = person(request)
    line = organisation(organisation_id, by=by)
    require(by, Action.MANAGE_SETTINGS, organisation_id)
    said = described(organisation_id, by=by)
    fields, problems, is_stale = _stored(line, said), list[Problem](), False
    if request.method == "POST":
        fields = {name: typed(request, name) for name in fields}
        try:
            describe_organisation(
                organisation_id=organisation_id,
                version=sent_version(request),
                said=_description(fields),
                by=by,
                now=timezone.now(),
            )
            return redirect("organisation", organisation_id)
        except BadInput as bad:
            problems = list(bad.problems)
        except Stale:
            is_stale = True
    page = {
        "organisation": line,
        "said": said,
        "stored": _stored(line, said),
        "labels": _LABELS,
        "typed": fields,
        "parameters": _parameters(fields, {one.place: one.sentence for one in problems}),
        "is_stale": is_stale,
        "errors": [{"text": one.sentence, "href": f"#{one.place}"} for one in problems],
        "trail": organisation_trail(line),
    }
    return render(request, "describing/settings.html", page, status=422 if problems else 409 if is_stale else 200)


_LABELS = {
    "name": "Name",
    "kind": "Kind",
    "size": "How many people work for it?",
    "starts_on": "First day of the organisation",
    "ends_on": "Last day of the organisation",
    **{scheme.code: scheme.label for scheme in SCHEMES},
    "departments": "Departments",
    "partners": "Members of the partnership",
}


def _stored(line: OrganisationLine, said: Described) -> Fields:
    return {
        "name": line.name,
        "kind": line.kind.value,
        "size": line.size.value if line.size else "",
        "starts_on": said.starts_on.strftime(DAY_FORMATS[0]) if said.starts_on else "",
        "ends_on": said.ends_on.strftime(DAY_FORMATS[0]) if said.ends_on else "",
        **{scheme.code: said.identifiers.get(scheme.code, "") for scheme in SCHEMES},
        "departments": "\n".join(said.departments),
        "partners": "\n".join(said.partners),
    }


def _description(fields: Fields) -> Description:
    problems = []
    name = " ".join(fields["name"].split())
    if not name or len(name) > LONGEST_NAME or forbidden_character(name):
        problems.append(Problem("name", "This cannot be the name.", "Enter one of 1 to 120 characters."))
    if fields["kind"] not in {kind.value for kind in Kind}:
        problems.append(Problem("kind", "This is no kind of organisation.", "Choose one from the list."))
    if fields["size"] not in {"", *(size.value for size in Size)}:
        problems.append(Problem("size", "This is no size.", "Choose one from the list."))
    days: dict[str, datetime.date | None] = {}
    for place in ("starts_on", "ends_on"):
        days[place] = day(fields[place])
        if fields[place] and days[place] is None:
            problems.append(Problem(place, "This is not a date.", "Enter it like 01/04/2028, or leave it empty."))
    if problems:
        raise BadInput(problems)
    identifiers = {scheme.code: normal(fields[scheme.code]) for scheme in SCHEMES}
    return Description(
        name=name,
        kind=Kind(fields["kind"]),
        size=Size(fields["size"]) if fields["size"] else None,
        identifiers={code: value for code, value in identifiers.items() if value},
        departments=_lines(fields["departments"]),
        partners=_lines(fields["partners"]),
        **days,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (" ".join(line.split()) for line in text.splitlines())))


_HINTS = {
    "starts_on": "For a new body: a shadow body until then. Like 01/04/2028.",
    "ends_on": "For a body that gives way to another.",
    "departments": "One in each line.",
    "partners": "For a partnership: one in each line.",
    **{scheme.code: f"{scheme.code}, like {scheme.example}" for scheme in SCHEMES},
}


def _parameters(fields: Fields, errors: Fields) -> dict[str, dict[str, Any]]:
    found = {}
    for name, value in fields.items():
        one: dict[str, Any] = {
            "id": name,
            "name": name,
            "value": value,
            "label": {"text": _LABELS[name], "classes": "govuk-label--s"},
            "classes": "govuk-input--width-30" if name == "name" else "govuk-input--width-20",
        }
        if name in _HINTS:
            one["hint"] = {"text": _HINTS[name]}
        if name in errors:
            one["errorMessage"] = {"text": errors[name]}
        found[name] = one
    found["kind"]["items"] = [{"value": kind.value, "text": kind.label} for kind in Kind]
    sizes = [{"value": size.value, "text": size.label} for size in Size]
    found["size"]["items"] = [{"value": "", "text": "Prefer not to say"}, *sizes]
    return found


@require_http_methods(["GET", "POST"])
def predecessors(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Whom this organisation follows: merger, split, new body."""
    by = person(request)
    line = organisation(organisation_id, by=by)
    require(by, Action.MANAGE_SETTINGS, organisation_id)
    own = by.access.organisations(Action.MANAGE_SETTINGS)
    others = [one for one in organisations(by=by) if one.id in own and one.id != organisation_id]
    said = described(organisation_id, by=by)
    links = {f"{organisation_id} {id_}": f"It follows {name}" for id_, name, _, _ in said.predecessors}
    links |= {f"{id_} {organisation_id}": f"{name} follows it" for id_, name, _ in said.successors}
    problems: list[Problem] = []
    if request.method == "POST" and typed(request, "end") in links:
        successor, _, predecessor = typed(request, "end").partition(" ")
        end_succession(successor_id=UUID(successor), predecessor_id=UUID(predecessor), by=by, now=timezone.now())
        return redirect("predecessors", organisation_id)
    if request.method == "POST":
        try:
            _follow(request, organisation_id, others)
            return redirect("organisation", organisation_id)
        except BadInput as bad:
            problems = list(bad.problems)
    errors = {one.place: one.sentence for one in problems}
    page = {
        "organisation": line,
        "links": links,
        "others": [{"value": str(one.id), "text": one.name} for one in others],
        "kinds": [{"value": kind.value, "text": kind.label} for kind in Takeover],
        "sent": {name: typed(request, name) for name in ("predecessor", "kind", "on")},
        "wrong": errors,
        "errors": [{"text": one.sentence, "href": f"#{one.place}"} for one in problems],
        "trail": organisation_trail(line),
    }
    return render(request, "describing/predecessors.html", page, status=422 if problems else 200)


def _follow(request: HttpRequest, organisation_id: UUID, others: list[OrganisationLine]) -> None:
    chosen = {str(one.id): one.id for one in others}.get(typed(request, "predecessor"))
    kind, on = typed(request, "kind"), day(typed(request, "on"))
    problems = []
    if chosen is None:
        problems.append(Problem("predecessor", "No organisation is chosen.", "Choose one that you own."))
    if kind not in {one.value for one in Takeover}:
        problems.append(Problem("kind", "It is not said how.", "Choose merger, split or new body."))
    if on is None:
        problems.append(Problem("on", "This is not a date.", "Enter the day like 01/04/2028."))
    if problems:
        raise BadInput(problems)
    follow(
        successor_id=organisation_id,
        predecessor_id=cast("UUID", chosen),
        kind=Takeover(kind),
        on=cast("datetime.date", on),
        by=person(request),
        now=timezone.now(),
    )
