"""Where an organisation stands now: baseline, current position and target, and what moved it."""

import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonweal.core.maturity.rules import rule_of
from commonweal.core.words import long_date, signed
from commonweal.services.queries.position import Standing, standing
from commonweal.web.components.figures import lanes_figure
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import DAY_FORMATS, day, person
from commonweal.web.programmes.presenters import answer_texts, overall_lines


@require_GET
def position(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """The position on a day, today's unless the address names another with `on`."""
    today = timezone.localdate()
    asked = request.GET.get("on", "")
    on = day(asked) if asked else today
    found = standing(assessment_id, by=person(request), today=min(on, today) if on else today)
    wrong = _wrong_day(on, found, today) if asked else ""
    questions = {question.id: question for question in found.round.index.questions}
    heads, rows = _table(found)
    page = {
        "round": found.round,
        "caption": caption(found.round),
        "found": found,
        "is_today": found.on == today,
        "heads": heads,
        "rows": rows,
        "overall": overall_lines(found),
        "lanes": lanes_figure(found.current, baseline=found.baseline),
        "asked": asked or found.on.strftime(DAY_FORMATS[0]),
        "wrong": wrong,
        "moves": [(line, *answer_texts(questions[line.move.question], line.move)) for line in reversed(found.moves)],
        "errors": [{"text": wrong, "href": "#on"}] if wrong else [],
        "trail": trail(found.round),
    }
    return render(request, "programmes/position.html", page, status=422 if wrong else 200)


def _wrong_day(on: datetime.date | None, found: Standing, today: datetime.date) -> str:
    """Why the position of a day cannot be told, if so."""
    if on is None:
        return "This is not a date. Write it like 31/03/2027."
    if on > today:
        return "This day is still to come. Enter one up to today."
    began = found.round.given.date
    if began and on < began:
        return f"The assessment was made on {long_date(began)}. Enter that day or a later one."
    return ""


def _table(found: Standing) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Each theme at the baseline, now and in the target, with the levels won; or its counts, where they are counted."""
    index = found.round.index
    rule = rule_of(index)
    pairs = list(zip(found.baseline.themes, found.current.themes, strict=True))
    if not rule.has_levels:
        heads = rule.heads(index, with_baseline=True)
        return heads, [(f"{was.theme.code} {was.theme.title}", *rule.cells(index, is_, was)) for was, is_ in pairs]

    def name(level: int | None) -> str:
        return "No level" if level is None else index.levels[level].label

    rows: list[tuple[str, ...]] = []
    for was, is_ in pairs:
        won = None if was.present is None or is_.present is None else is_.present - was.present
        heading = f"{was.theme.code} {was.theme.title}"
        rows.append((heading, name(was.present), name(is_.present), name(was.future), signed(won) if won else ""))
    return ("Theme", "Baseline", "Now", "Target", "Levels gained"), rows
