"""The task list, and checking the answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonweal.core.access import Action
from commonweal.core.words import long_date
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.editions import later_version
from commonweal.services.queries.evidence import out_of_date
from commonweal.web.assessments.presenters import checked_themes, next_theme, progress_line, tasks
from commonweal.web.components.kinds import has_levels, names_of
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person
from commonweal.web.components.sectors import in_words


@require_GET
def task_list(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """The themes, each with how far it is."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    page = {
        "round": round_,
        "out_of_date": out_of_date(assessment_id, by=by, today=timezone.localdate()),
        "tasks": tasks(round_),
        "progress": progress_line(round_),
        "next": next_theme(round_),
        "is_empty": not round_.given.answers and not round_.estimates,
        "has_reasons": any(question.may_not_apply for question in round_.index.questions),
        "is_estimated": bool(round_.estimates),
        "has_levels": has_levels(round_.index),
        "names": names_of(round_.index),
        "lacking": round_.index.lacking,
        "later": later_version(round_, by=by),
        "may_write_indexes": by.access.may(Action.WRITE_INDEX, round_.organisation_id),
        "words": in_words(round_),
        "again": long_date(round_.again_on) if round_.again_on else "",
        "may": {
            "export": round_.may(Action.EXPORT),
            "place": round_.may(Action.PLACE),
            "open": round_.may(Action.OPEN),
        },
        "trail": trail(round_, inside=False),
    }
    return render(request, "assessments/task_list.html", page)


@require_GET
def check(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Every answer on one page, each with the way to change it."""
    round_ = assessment_round(assessment_id, by=person(request))
    page = {
        "round": round_,
        "caption": caption(round_),
        "themes": checked_themes(round_),
        "names": names_of(round_.index),
        "next": next_theme(round_),
        "trail": trail(round_),
    }
    return render(request, "assessments/check.html", page)
