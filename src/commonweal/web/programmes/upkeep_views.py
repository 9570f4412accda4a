"""What has to be kept up so that levels stay, and saying that it was."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.upkeep import SOON
from commonweal.core.words import long_date
from commonweal.services.actions.upkeep import keep_up
from commonweal.services.allowed import require_with
from commonweal.services.errors import NotFound
from commonweal.services.queries.upkeep import DueLine, Upkept, upkept
from commonweal.web.components.addresses import address
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import DAY_FORMATS, day, person, typed


@require_GET
def upkeep(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """What is due when, what falls if it is not done, and what has fallen."""
    today = timezone.localdate()
    found = upkept(assessment_id, by=person(request), today=today)
    index = found.standing.round.index
    questions = {question.id: question for question in index.questions}
    page = {
        "round": found.standing.round,
        "caption": caption(found.standing.round),
        "found": found,
        "dues": [(line, _criterion(found, line), _when(line.due.until, today)) for line in found.dues],
        "lapsed": [
            (questions[id_], questions[id_].answers[now].text, questions[id_].answers[before].text, on)
            for id_, (now, before, on) in found.lapsed.items()
        ],
        "may_plan": found.standing.round.may(Action.PLAN_WORK),
        "trail": [*trail(found.standing.round), ("Where you stand", address("position", assessment_id))],
    }
    return render(request, "programmes/upkeep.html", page)


def _criterion(found: Upkept, line: DueLine) -> str:
    """What has to be done again, in the index's words."""
    theme = found.standing.round.index.theme(line.due.question.theme)
    return next((one.text for one in theme.criteria if one.id == line.due.criterion), "") if theme else ""


def _when(until: datetime.date, today: datetime.date) -> str:
    if until < today:
        return "Over"
    return "Due soon" if until - today <= SOON else ""


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, assessment_id: UUID, kept: str) -> HttpResponse:
    """Say that what a question (its id) asks for regularly was done again."""
    by = person(request)
    today = timezone.localdate()
    found = upkept(assessment_id, by=by, today=today)
    round_ = found.standing.round
    line = next((one for one in found.dues if one.due.question.id == kept), None)
    asked = next((one for one in round_.index.questions if one.id == kept), None)
    if asked is None or (line is None and kept not in found.lapsed):
        raise NotFound
    require_with(by, Action.PLAN_WORK, round_.organisation_id, round_.id)
    problems: list[Problem] = []
    if request.method == "POST":
        until = typed(request, "until")
        try:
            if until and day(until) is None:
                raise BadInput(
                    [Problem("until", "This is not a date.", "Write it like 31/03/2028, or leave it empty.")]
                )
            keep_up(
                assessment_id=assessment_id,
                question=kept,
                on=day(typed(request, "on")),
                until=day(until),
                words=typed(request, "words"),
                link=typed(request, "link"),
                today=today,
                by=by,
                now=timezone.now(),
            )
            return redirect("upkeep", assessment_id)
        except BadInput as bad:
            problems = list(bad.problems)
    page = {
        "round": round_,
        "caption": caption(round_),
        "question": asked,
        "line": line,
        "often": line.often if line else "",
        "fields": _fields(request, today, {problem.place: problem.sentence for problem in problems}),
        "errors": [{"text": one.sentence, "href": f"#{one.place}"} for one in problems],
        "trail": [*trail(round_), ("What has to be kept up", address("upkeep", assessment_id))],
    }
    return render(request, "programmes/keep.html", page, status=422 if problems else 200)


def _fields(request: HttpRequest, today: datetime.date, errors: dict[str, str]) -> dict[str, dict[str, Any]]:
    def field(name: str, label: str, hint: str, classes: str, value: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": name,
            "name": name,
            "label": {"text": label, "classes": "govuk-label--s"},
            "hint": {"text": hint},
            "value": typed(request, name) if request.method == "POST" else value,
            "classes": classes,
        }
        return found | ({"errorMessage": {"text": errors[name]}} if name in errors else {})

    return {
        "on": field(
            "on",
            "When was it done?",
            f"Like {long_date(today)}.",
            "govuk-input--width-10",
            today.strftime(DAY_FORMATS[0]),
        ),
        "words": field("words", "What shows it?", "Such as the minute, the report, the survey.", "") | {"rows": 3},
        "link": field("link", "Link to it (optional)", "Such as https://example.org/report.", "govuk-input--width-30"),
        "until": field(
            "until",
            "Until when does it hold? (optional)",
            "Leave it empty to go by the index. Enter a day if your own next date is another one.",
            "govuk-input--width-10",
        ),
    }
