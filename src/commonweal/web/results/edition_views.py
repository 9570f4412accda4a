"""From one version of an index to the next: what moving a round would do, and what it did."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action
from commonweal.core.maturity.edition import Carried, Edition, carry_through
from commonweal.core.maturity.edition_levels import LevelShift, level_shifts
from commonweal.core.maturity.models import Index
from commonweal.core.words import counted, sentence_case, signed
from commonweal.services.actions.editions import move_round, move_rounds_alike
from commonweal.services.people import Person
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.queries.editions import editions_after, editions_between, round_after, round_before
from commonweal.services.queries.round_heads import alike, round_heads
from commonweal.web.components.addresses import address
from commonweal.web.components.editions import edition_changes
from commonweal.web.components.kinds import has_levels, names_of
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person, typed


@require_http_methods(["GET", "POST"])
def edition_page(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """The later version, and the round that this one was moved from; sent, it moves."""
    by = person(request)
    if request.method == "POST":
        return _move(request, assessment_id)
    round_ = assessment_round(assessment_id, by=by)
    later, before = editions_after(round_, by=by), round_before(assessment_id, by=by)
    became = round_after(round_, by=by)
    page = {
        "round": round_,
        "caption": caption(round_),
        "later": _later(round_, later, by) if later else None,
        "became": became,
        "alike": _alike(round_, by) if later else 0,
        "moved": _moved(round_, before) if before else None,
        "trail": trail(round_),
    }
    return render(request, "results/edition.html", page)


def _move(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    by, today, now = person(request), timezone.localdate(), timezone.now()
    if typed(request, "which") != "alike":
        return redirect("edition", move_round(assessment_id=assessment_id, today=today, by=by, now=now))
    move_rounds_alike(assessment_id=assessment_id, today=today, by=by, now=now)
    return redirect("departments", assessment_round(assessment_id, by=by).organisation_id)


def _alike(round_: Round, by: Person) -> int:
    """How many departments answer the same version in a round of the same name, this one among them."""
    if not round_.department:
        return 1
    return len(alike(round_.id, round_heads(by=by, organisation_id=round_.organisation_id)))


def _later(round_: Round, later: list[Edition], by: Person) -> dict[str, Any]:
    carried, latest = carry_through(later, round_.given.answers), later[-1].after
    return {
        "version": latest.version,
        "reference": latest.reference,
        "may_open": by.access.may(Action.OPEN, round_.organisation_id),
        "sum": _sum(latest, carried),
        "changes": [row for between in later for row in edition_changes(between)],
        "look_at": [(f"{one.question.id} {one.question.title}", one.why) for one in carried.look_at],
        "left_behind": [f"{one.id} {one.title}" for one in carried.left_behind],
    }


def _sum(latest: Index, carried: Carried) -> str:
    noun = names_of(latest).question
    look = len(carried.look_at)
    return (
        f"{counted(len(carried.answers), 'answer').capitalize()} would go over."
        f" {sentence_case(counted(look, noun))} {'has' if look == 1 else 'have'} to be looked at."
    )


def _moved(round_: Round, before: Round) -> dict[str, Any]:
    editions = editions_between(before.index, round_.index)
    carried = carry_through(editions, before.given.answers)
    levels = has_levels(round_.index) and has_levels(before.index)
    shifts = level_shifts(editions, before.given, round_.given) if levels else []
    given = round_.given.answers
    return {
        "round": before,
        "version": before.index.version,
        "heads": ["Theme", f"By version {before.index.version}", f"Same answers, version {round_.index.version}", "Now",
                  "From the index", "From you"],
        "rows": [_shift_row(one, before, round_) for one in shifts],
        "look_at": [
            (
                f"{one.question.id} {one.question.title}",
                one.why,
                address("theme", round_.id, one.question.theme),
                given.get(one.question.id) == carried.answers.get(one.question.id),
            )
            for one in carried.look_at
        ],
        "left_behind": [f"{one.id} {one.title}" for one in carried.left_behind],
    }  # fmt: skip


def _shift_row(shift: LevelShift, before: Round, round_: Round) -> list[str]:
    def label(level: int | None, of: Round) -> str:
        return "Not fully answered" if level is None else of.index.levels[level].label

    return [
        shift.name,
        label(shift.before, before),
        label(shift.carried, round_),
        label(shift.now, round_),
        *("Not known" if one is None else signed(one) for one in (shift.by_index, shift.by_organisation)),
    ]
