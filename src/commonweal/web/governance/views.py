"""Registers and their entries."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonweal.core.access import Action, refusal
from commonweal.core.errors import BadInput
from commonweal.core.governance.fields import Field, FieldKind, Register
from commonweal.core.governance.meetings import deadlines
from commonweal.core.governance.waiting import AGAIN
from commonweal.core.words import long_date
from commonweal.formats.csv import write_csv
from commonweal.services.actions.registers import add_entry, change_entry, take_entry_away
from commonweal.services.errors import Forbidden, Stale
from commonweal.services.people import Person
from commonweal.services.queries.organisations import OrganisationLine
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.registers import (
    Entry,
    EntryView,
    choices_for,
    diary,
    entries,
    late_entries,
    one_entry,
    register_lines,
    register_of,
)
from commonweal.web.components.addresses import address
from commonweal.web.components.downloads import download
from commonweal.web.components.place import Trail, organisation_trail
from commonweal.web.components.requests import person, sent_version
from commonweal.web.governance.diary_views import iso_day, nation_of
from commonweal.web.governance.entry_fields import form_fields, in_words, sent


@require_GET
def registers(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Every register, with how much is in it."""
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    page = {
        "organisation": line,
        "registers": register_lines(organisation_id, by=by, today=timezone.localdate()),
        "trail": organisation_trail(line),
    }
    return render(request, "governance/registers.html", page)


def _trail(line: OrganisationLine, register: Register | None = None) -> Trail:
    steps = [*organisation_trail(line), ("Governance", address("governance", line.id))]
    return [*steps, (register.title, address("register", line.id, register.id))] if register else steps


@require_GET
def register(request: HttpRequest, organisation_id: UUID, register: str) -> HttpResponse:
    """The entries of a register; what holds no more stands below."""
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    found, kind = entries(organisation_id, register, by=by), register_of(register)
    today = timezone.localdate()
    first = next((name for name in ("on", "by") if any(field.name == name for field in kind.fields)), "")
    if first == "on":  # the latest first
        found.sort(key=lambda one: one.values.get(first, ""), reverse=True)
    late = late_entries(organisation_id, by=by, today=today)
    rows = [(one, _cells(one, kind), _overdue(late.get(one.id)), kind.is_past(one.values, today)) for one in found]
    page = {
        "organisation": line,
        "register": kind,
        "heads": [kind.field(name).label for name in kind.columns],
        "now": [row for row in rows if not row[3]],
        "past": [row for row in rows if row[3]],
        "may_change": by.access.may(Action.PLAN_WORK, organisation_id),
        "trail": _trail(line),
    }
    return render(request, "governance/register.html", page)


def _overdue(what: str | None) -> str:
    """What stands beside an entry that waits too long; the rest stands in a column."""
    if what is None:
        return ""
    return "Overdue: to be taken again" if what == AGAIN else "Overdue"


def _cells(one: Entry, kind: Register, leaving_out: str = "") -> list[tuple[str, str]]:
    return [
        (kind.field(name).label, in_words(kind.field(name), one.shown(name)))
        for name in kind.columns
        if name != leaving_out
    ]


@require_GET
def as_file(request: HttpRequest, organisation_id: UUID, register: str) -> HttpResponse:
    """A register as a CSV file, every field of it."""
    by = person(request)
    found, kind = entries(organisation_id, register, by=by), register_of(register)
    rows = [[field.label for field in kind.fields]]
    rows += [[one.shown(field.name) for field in kind.fields] for one in found]
    return download(write_csv(rows), f"{kind.id}.csv")


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, organisation_id: UUID, register: str) -> HttpResponse:
    """Add an entry; what the address says of its fields stands in the form at first."""
    by = person(request)
    line, kind = one_organisation(organisation_id, by=by), register_of(register)
    if not by.access.may(Action.PLAN_WORK, organisation_id):
        raise Forbidden(refusal(Action.PLAN_WORK))
    values = {field.name: request.GET.get(field.name, "") for field in kind.fields} | _USUAL.get(kind.id, {})
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = sent(request, kind)
        try:
            made = add_entry(
                organisation_id=organisation_id, register_id=kind.id, values=values, by=by, now=timezone.now()
            )
            return redirect("entry", made)
        except BadInput as bad:
            errors = {problem.place: problem.sentence for problem in bad.problems}
    page = {"organisation": line, "heading": f"Add {kind.one}", "trail": _trail(line, kind)}
    return _form_page(request, page, kind, values, choices_for(organisation_id, kind, by=by), errors)


_USUAL = {"groups": {"papers": "5", "clearance": "7", "notice": "28", "published": "2", "call_in": "5"}}
"""What stands in the form of a new entry at first, by register."""


def _form_page(
    request: HttpRequest,
    page: dict[str, Any],
    kind: Register,
    values: Mapping[str, str],
    choices: Mapping[str, list[tuple[str, str]]],
    errors: Mapping[str, str],
) -> HttpResponse:
    page |= {
        "register": kind,
        "fields": form_fields(kind, values, choices, errors),
        "errors": [{"text": text, "href": f"#{name}"} for name, text in errors.items()],
    }
    status = 422 if errors else 409 if page.get("theirs") else 200
    return render(request, "governance/entry_form.html", page, status=status)


@require_GET
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """An entry with what stands beneath it; of a meeting, the days that go with it."""
    by = person(request)
    found = one_entry(entry_id, by=by)
    one = found.entry
    line = one_organisation(one.organisation_id, by=by)
    page = {
        "organisation": line,
        "entry": one,
        "register": one.register,
        "facts": [
            (field.label, in_words(field, one.shown(field.name)), _link(field, one))
            for field in one.register.fields
            if one.values.get(field.name)
        ],
        "is_late": _overdue(late_entries(one.organisation_id, by=by, today=timezone.localdate()).get(one.id)),
        "beneath": [
            (
                kind,
                address("add-entry", one.organisation_id, kind.id) + f"?{name}={one.id}",
                [(each, _cells(each, kind, name)) for each in below],
                [kind.field(column).label for column in kind.columns if column != name],
            )
            for kind, name, below in found.beneath
        ],
        "work": [
            (work, address("work", work.id), work.state.label, long_date(work.due) if work.due else "")
            for work in found.work
        ],
        **(_deadlines(found, by) if one.register.id == "meetings" else {}),
        "may_change": by.access.may(Action.PLAN_WORK, one.organisation_id),
        "trail": _trail(line, one.register),
    }
    return render(request, "governance/entry.html", page)


def _link(field: Field, one: Entry) -> str:
    if field.kind is FieldKind.LINK:
        return one.values[field.name]
    return address("entry", UUID(one.values[field.name])) if field.kind is FieldKind.ENTRY else ""


def _deadlines(found: EntryView, by: Person) -> dict[str, Any]:
    book = diary(found.entry.organisation_id, by=by)
    lead_times = next((group for one, group in book.meetings if one.id == found.entry.id), {})
    nation = nation_of(book)
    days = deadlines(iso_day(found.entry.values["on"]), lead_times, nation.days, book.closed)
    return {"deadlines": [(one.what, long_date(one.on), one.warning) for one in days], "nation": nation.title}


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Change an entry."""
    by = person(request)
    one = one_entry(entry_id, by=by).entry
    line, kind = one_organisation(one.organisation_id, by=by), one.register
    if not by.access.may(Action.PLAN_WORK, one.organisation_id):
        raise Forbidden(refusal(Action.PLAN_WORK))
    values, errors, theirs, version = dict(one.values), dict[str, str](), list[tuple[str, str]](), one.version
    if request.method == "POST":
        values, version = sent(request, kind), sent_version(request)
        try:
            change_entry(entry_id=entry_id, version=version, values=values, by=by, now=timezone.now())
            return redirect("entry", entry_id)
        except BadInput as bad:
            errors = {problem.place: problem.sentence for problem in bad.problems}
        except Stale:
            version = one.version
            theirs = [
                (field.label, in_words(field, one.shown(field.name)) or "(empty)")
                for field in kind.fields
                if one.values.get(field.name, "") != values[field.name]
            ]
    page = {
        "organisation": line,
        "heading": f"Change {one.name}",
        "version": version,
        "theirs": theirs,
        "trail": [*_trail(line, kind), (one.name, address("entry", entry_id))],
    }
    choices = choices_for(one.organisation_id, kind, by=by)
    for name, offered in choices.items():  # what was taken away since stays chosen where it is
        kept = one.values.get(name, "")
        if kept and kept not in dict(offered):
            offered.append((kept, f"{one.shown(name)} (taken away)"))
    return _form_page(request, page, kind, values, choices, errors)


@require_POST
def take_away(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Take an entry out of its register."""
    by = person(request)
    one = one_entry(entry_id, by=by).entry
    try:
        take_entry_away(entry_id=entry_id, version=sent_version(request), by=by, now=timezone.now())
    except Stale:
        return redirect("entry", entry_id)
    return redirect("register", one.organisation_id, one.register.id)
