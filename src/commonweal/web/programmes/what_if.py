"""What if: tick actions and see what comes of them; and the cheapest route to an overall level."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from markupsafe import Markup

from commonweal.core.access import Action
from commonweal.core.maturity.answers import Column
from commonweal.core.maturity.plan import ahead
from commonweal.core.maturity.route import Route, after, frontier
from commonweal.core.maturity.route import route as cheapest
from commonweal.core.maturity.rules import overall_words, score
from commonweal.core.maturity.theme_levels import Wishes
from commonweal.core.problems import Refused
from commonweal.core.words import pounds
from commonweal.reports.figures.frontier import frontier_svg
from commonweal.services.queries.position import Standing, standing
from commonweal.services.queries.within_means import known_on, running_on
from commonweal.web.components.addresses import address
from commonweal.web.components.kinds import has_levels, require_levels
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import is_from_script, person
from commonweal.web.programmes.what_if_rows import (
    fixed_actions,
    frontier_money,
    frontier_rows,
    moved_rows,
    route_sentence,
    takes_sentence,
)


@require_GET
def route(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """The cheapest route; `reach`, `needed`, `barred` and `any-order` (duties not first) stand in the address."""
    by = person(request)
    found = standing(assessment_id, by=by, today=timezone.localdate())
    index, answers = found.round.index, found.current.assessment.answers
    require_levels(index)
    level = _level(request, found)
    running = running_on(assessment_id, by=by)
    known = known_on(assessment_id, found.round.organisation_id, running, by=by)
    steps = ahead(index, answers)
    in_pounds = bool(steps) and all(step.id in known.costs for step in steps)
    wishes = Wishes(
        costs=known.costs if in_pounds else {},
        legal_first="any-order" not in request.GET,
        needed=fixed_actions(request.GET, index, "needed"),
        barred=fixed_actions(request.GET, index, "barred"),
    )
    way = cheapest(index, answers, level, wishes)
    points = frontier(index, answers, wishes)
    page: dict[str, Any] = {
        "round": found.round,
        "caption": caption(found.round),
        "levels": [(one.position, one.label, one.position == level) for one in index.levels[1:]],
        "label": index.levels[level].label,
        "now": overall_words(index, found.current.present.overall),
        "wishes": wishes,
        "fixed": {"needed": wishes.needed, "barred": wishes.barred},
        "refused": str(way) if isinstance(way, Refused) else "",
        "ahead": steps,
        "in_pounds": in_pounds,
        "costed": sum(step.id in known.costs for step in steps),
        "frontier": frontier_money(index, points) if in_pounds else frontier_rows(index, points),
        "figure": Markup(frontier_svg(index, points, in_pounds=in_pounds)),  # noqa: S704  our own SVG
        "trail": [*trail(found.round), ("Action plan", address("plan", assessment_id))],
        "moved": len(found.moves),
        "programme": running,
        "may_plan": found.round.may(Action.PLAN_WORK),
        "fixed_query": _fixed_query(wishes),
    }
    if isinstance(way, Route):
        chosen = [one.step.id for one in way.actions]
        page |= {
            "way": way,
            "costs": {id_: pounds(cost) for id_, cost in known.costs.items()},
            "ordered": sorted(way.actions, key=lambda one: not one.is_duty),
            "sentence": route_sentence(index, found.current.present, way, points, in_pounds=in_pounds),
            "rows": moved_rows(index, found.current.present, way.reached),
            "query": urlencode([("action", id_) for id_ in chosen]),
        }
    return render(request, "programmes/route.html", page)


def _fixed_query(wishes: Wishes) -> str:
    order = [] if wishes.legal_first else [("any-order", "yes")]
    fixed = [(name, id_) for name in ("needed", "barred") for id_ in sorted(getattr(wishes, name))]
    return urlencode([*order, *fixed])


def _level(request: HttpRequest, found: Standing) -> int:
    """The level that is asked for: the next one above the overall level now, unless the address says another."""
    levels = found.round.index.levels
    asked = request.GET.get("reach", "")
    now = found.current.present.overall.level or 0
    usual = min(now + 1, levels[-1].position)
    return next((one.position for one in levels[1:] if str(one.position) == asked), usual)


@require_GET
def what_if(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Levels and overall as they would be with the actions that are ticked (`action` in the address)."""
    by = person(request)
    found = standing(assessment_id, by=by, today=timezone.localdate())
    index = found.round.index
    running = running_on(assessment_id, by=by)
    known = known_on(assessment_id, found.round.organisation_id, running, by=by)
    ticked = fixed_actions(request.GET, index, "action")
    answers = found.current.assessment.answers
    steps = ahead(index, answers)
    done = after(answers, [step for step in steps if step.id in ticked])
    reached = score(index, done, Column.PRESENT)
    page = {
        "round": found.round,
        "caption": caption(found.round),
        "themes": [
            (theme, [(step, step.id in ticked) for step in steps if step.theme == theme.code]) for theme in index.themes
        ],
        "labels": [level.label for level in index.levels],
        "has_levels": has_levels(index),
        "ticked": len(ticked),
        "takes": takes_sentence(known, running, {step.id for step in steps if step.id in ticked}),
        "now": overall_words(index, found.current.present.overall),
        "reached": overall_words(index, reached.overall),
        "rows": moved_rows(index, found.current.present, reached),
        "moves": any(row[3] for row in moved_rows(index, found.current.present, reached)),
        "missed": reached.legal_minimum.missed,
        "query": urlencode([("action", step.id) for step in steps if step.id in ticked]),
        "moved": len(found.moves),
        "programme": running,
        "may_plan": found.round.may(Action.PLAN_WORK),
        "trail": [*trail(found.round), ("Action plan", address("plan", assessment_id))],
    }
    name = "programmes/outcome.html" if is_from_script(request) else "programmes/what_if.html"
    return render(request, name, page)
