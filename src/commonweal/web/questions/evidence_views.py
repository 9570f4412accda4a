"""Evidence: listed, added, changed, looked at, taken out of use."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonweal.core.access import Action, refusal
from commonweal.core.errors import BadInput
from commonweal.core.evidence import ENOUGH, EvidenceKind, Strength, is_out_of_date, strengths
from commonweal.core.lifecycle import refused_evidence
from commonweal.core.problems import Refused
from commonweal.formats.evidence_file import LARGEST, without_metadata
from commonweal.services.actions.evidence import Piece, add_evidence
from commonweal.services.actions.evidence_change import judge_evidence, withdraw_evidence
from commonweal.services.errors import Closed, Forbidden, Stale
from commonweal.services.people import Person
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.queries.evidence import EvidenceLine, evidence_file, evidence_of, one_evidence
from commonweal.web.components.addresses import address
from commonweal.web.components.downloads import attachment
from commonweal.web.components.fields import checkbox_field, choice_field, form_errors, text_field
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person, sent_version, typed
from commonweal.web.questions.forms import EvidenceForm, LabelForm
from commonweal.web.questions.presenters import (
    answers_that_say_something,
    criterion_choices,
    evidence_rows,
    lacking,
    own_questions,
    served_rows,
)


@require_GET
def all_evidence(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Every piece, with the questions that it serves, and the answers for which there is not enough."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    found, today = evidence_of(assessment_id, by=by), timezone.localdate()
    page = {
        "round": round_,
        "caption": caption(round_),
        "evidence": evidence_rows(found, today),
        "lacking": lacking(round_, found, today),
        "said": len(answers_that_say_something(round_)),
        "enough": ENOUGH,
        "may_add": bool(own_questions(round_)) and not refused_evidence(round_.state),
        "trail": trail(round_),
    }
    return render(request, "questions/all_evidence.html", page)


def questions_to_add_to(round_: Round) -> list[tuple[str, str]]:
    """The questions to which whoever asks may add evidence. Raises Forbidden, or Closed once it is endorsed."""
    refused, own = refused_evidence(round_.state), own_questions(round_)
    if not own:
        raise Forbidden(refusal(Action.ADD_EVIDENCE))
    if refused:
        raise Closed(refused)
    return own


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Add a piece; `question` in the address is chosen already, and its criteria can be, one by `criterion`."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    own = questions_to_add_to(round_)
    asked = {one for one, _ in own}.intersection(request.GET.getlist("question"))
    choices = own, criterion_choices(round_.index, asked)
    wanted = request.GET.get("criterion", "")
    chosen = [value for value, _ in choices[1] if value.split(" ", 1)[1] == wanted]
    initial = {"questions": sorted(asked), "criteria": chosen}
    form = (
        EvidenceForm(*choices, request.POST, request.FILES)
        if request.method == "POST"
        else EvidenceForm(*choices, initial=initial)
    )
    if request.method == "POST" and form.is_valid():
        try:
            id_ = add_evidence(assessment_id=assessment_id, piece=_piece(form), by=by, now=timezone.now())
        except BadInput as bad:
            for problem in bad.problems:
                form.add_error(problem.place, problem.sentence)
        else:
            return redirect("evidence", id_)
    page = {
        "round": round_,
        "caption": caption(round_),
        **_fields(form),
        **label_fields(form),
        "errors": form_errors(form) if form.is_bound else [],
        "scanned": bool(settings.CLAMAV),
        "trail": [*trail(round_), ("Evidence", address("all-evidence", round_.id))],
    }
    return render(request, "questions/add_evidence.html", page, status=422 if page["errors"] else 200)


def _fields(form: EvidenceForm) -> dict[str, Any]:
    file = {"id": "file", "name": "file", "label": {"text": "File", "classes": "govuk-label--s"}}
    file["hint"] = {"text": "PDF, Word, Excel, OpenDocument, CSV, text, PNG or JPEG, up to 25 MB"}
    if form["file"].errors:
        file["errorMessage"] = {"text": " ".join(map(str, form["file"].errors))}
    wide = "govuk-input--width-30"
    return {
        "kind": choice_field(form["kind"], small=True),
        "file": file,
        "link": text_field(form["link"], classes=wide, hint="For a page on the web: it begins with https://."),
        "text": text_field(form["text"], hint="For a note. Leave out names and personal details."),
        "strength": choice_field(form["strength"], small=True, hint="Somebody else can say later that it is verified."),
    }


_CRITERIA = (
    "Optional. They are what the index asks for behind an answer. Those of another question: choose it and save."
)


def label_fields(form: LabelForm) -> dict[str, Any]:
    """The fields of what is written on a piece, as parameters of components."""
    day = "govuk-input--width-10"
    return {
        "title": text_field(form["title"], classes="govuk-input--width-30", hint="Such as Tender of March 2026."),
        "dated": text_field(form["dated"], classes=day, hint="Optional. The day it was made, like 31/03/2026."),
        "valid_until": text_field(form["valid_until"], classes=day, hint="Optional. The last day on which it counts."),
        "criteria": checkbox_field(form["criteria"], hint=_CRITERIA),
        "questions": checkbox_field(form["questions"]),
    }


def _piece(form: EvidenceForm) -> Piece:
    given = form.cleaned_data
    kind, file = EvidenceKind(given["kind"]), given["file"]
    is_file = kind is EvidenceKind.FILE and file is not None
    content = file.read(LARGEST + 1) if is_file else b""
    name = (file.name or "") if is_file else ""
    return Piece(
        kind=kind,
        title=" ".join((given["title"] if given["title"].strip() else name).split()),
        questions=form.served,
        criteria=form.shown,
        strength=Strength(given["strength"]),
        text=given["text"].replace("\r\n", "\n") if kind is EvidenceKind.NOTE else "",
        link=given["link"].strip() if kind is EvidenceKind.LINK else "",
        file_name=name,
        content=content,
        dated=given["dated"],
        valid_until=given["valid_until"],
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried with a piece and did not go through; `field` is where the error belongs."""

    field: str = ""
    error: str = ""
    is_stale: bool = False


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """A piece of evidence; sent, it says how strong it is."""
    if request.method == "GET":
        return _page(request, evidence_id, Tried())
    strength = _strength(request)
    return _done(
        request,
        evidence_id,
        "strength",
        lambda about: judge_evidence(strength=strength, **about),
    )


@require_POST
def withdraw(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """Take a piece out of use."""
    return _done(request, evidence_id, "withdraw-why", lambda about: withdraw_evidence(**about))


def _done(request: HttpRequest, evidence_id: UUID, field: str, act: Callable[[dict[str, Any]], None]) -> HttpResponse:
    about = {"evidence_id": evidence_id, "version": sent_version(request), "why": typed(request, "why")}
    try:
        act({**about, "by": person(request), "now": timezone.now()})
    except BadInput as bad:
        return _page(request, evidence_id, Tried(field, bad.problems[0].sentence))
    except Stale:
        return _page(request, evidence_id, Tried(field, is_stale=True))
    return redirect("evidence", evidence_id)


def _page(request: HttpRequest, evidence_id: UUID, tried: Tried) -> HttpResponse:
    by, today = person(request), timezone.localdate()
    line = one_evidence(evidence_id, by=by)
    round_ = assessment_round(line.assessment_id, by=by)
    offered = strengths(line.kind, by_others=by.pk not in {line.owner_id, line.changed_by_id})
    chosen = request.POST.get("strength", line.strength)
    page = {
        "round": round_,
        "caption": caption(round_),
        "line": line,
        "is_over": is_out_of_date(line.valid_until, today),
        "row": evidence_rows([line], today)[0],
        "serves": served_rows(round_, line),
        "strengths": [{"value": one.value, "text": one.label, "checked": one.value == chosen} for one in offered],
        **_allowed(round_, line, by),
        "why": typed(request, "why"),
        "tried": tried,
        "errors": [{"text": tried.error, "href": f"#{tried.field}"}] if tried.error else [],
        "trail": [*trail(round_), ("Evidence", address("all-evidence", round_.id))],
    }
    status = 422 if tried.error else 409 if tried.is_stale else 200
    return render(request, "questions/evidence.html", page, status=status)


def _allowed(round_: Round, line: EvidenceLine, by: Person) -> dict[str, bool]:
    """What the page offers. What was withdrawn only stays to be seen, and what was endorsed can only be withdrawn."""
    if line.withdrawn_at:
        return {"may_judge": False, "may_change": False, "may_withdraw": False}
    may_judge, is_open = round_.may(Action.VERIFY_EVIDENCE), not refused_evidence(round_.state)
    is_theirs = line.owner_id == by.pk and round_.may_somewhere(Action.ADD_EVIDENCE)
    return {
        "may_judge": may_judge and is_open,
        "may_change": is_open and bool(own_questions(round_)),
        "may_withdraw": is_theirs or may_judge,
    }


def _strength(request: HttpRequest) -> Strength:
    chosen = request.POST.get("strength", "")
    if chosen not in {one.value for one in Strength}:
        raise Closed(Refused("This is not a strength of evidence.", "Go back and choose one from the list."))
    return Strength(chosen)


@require_GET
def file(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """The file, as it came in."""
    name, content = evidence_file(evidence_id, by=person(request))
    return attachment(content, name)


@require_GET
def clean_file(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """A picture without what programs wrote into it, fit to be published."""
    name, content = evidence_file(evidence_id, by=person(request))
    cleaned = without_metadata(name, content)
    if isinstance(cleaned, Refused):
        raise Closed(cleaned)
    return attachment(cleaned, name)
