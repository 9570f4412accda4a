"""The short form: one question a theme, about ten minutes, clearly an estimate."""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.estimate import Estimate, descriptions
from commonweal.core.maturity.models import Index, Theme
from commonweal.services.actions.answers import save_estimate
from commonweal.services.allowed import require_open
from commonweal.services.errors import Stale
from commonweal.services.queries.assessments import Round, assessment_round, index_of
from commonweal.web.assessments.theme_views import theme_called
from commonweal.web.components.addresses import address
from commonweal.web.components.fields import Parameters
from commonweal.web.components.kinds import require_levels
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person

_LEGENDS = {"present": "Which of these sounds like you now?", "future": "Which do you want to be?"}


@require_GET
def begin(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """What the short form is; goes on where it was left."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    require_open(by, Action.ANSWER, round_.organisation_id, round_.id, round_.state)
    require_levels(round_.index)
    open_ = [theme.code for theme in round_.index.themes if not round_.themes[theme.code].estimate]
    page = {
        "round": round_,
        "caption": caption(round_),
        "first": (open_ or [round_.index.themes[0].code])[0],
        "is_begun": len(open_) < len(round_.index.themes),
        "trail": trail(round_),
    }
    return render(request, "assessments/short_form.html", page)


@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """One theme: a level for now, a level for the target."""
    by = person(request)
    if request.method == "GET":
        round_ = assessment_round(assessment_id, by=by)
        require_open(by, Action.ANSWER, round_.organisation_id, round_.id, round_.state, code)
        asked = theme_called(round_.index, code)
        require_levels(round_.index)
        estimate = round_.themes[code].estimate
        chosen = {"present": str(estimate.present), "future": str(estimate.future)} if estimate else {}
        return _page(request, round_, asked, Shown(chosen))
    index = index_of(assessment_id, by=by)
    require_levels(index)
    asked = theme_called(index, code)
    chosen = {name: request.POST.get(name, "") for name in _LEGENDS}
    if request.POST.get("do") == "stop" and not any(chosen.values()):
        return redirect("task-list", assessment_id)
    try:
        save_estimate(
            assessment_id=assessment_id,
            code=code,
            present=_level(index, chosen["present"]),
            future=_level(index, chosen["future"]),
            seen=_seen(request, index),
            by=by,
            now=timezone.now(),
        )
    except BadInput as bad:
        errors = {problem.place: problem.sentence for problem in bad.problems}
        seen = _seen(request, index)
        return _page(request, assessment_round(assessment_id, by=by), asked, Shown(chosen, seen, errors))
    except Stale:
        return _page(request, assessment_round(assessment_id, by=by), asked, Shown(chosen, is_stale=True))
    if request.POST.get("do") == "stop":
        return redirect("task-list", assessment_id)
    following = index.themes[index.themes.index(asked) + 1 :]
    return (
        redirect("short-form-theme", assessment_id, following[0].code)
        if following
        else redirect("results", assessment_id)
    )


def _level(index: Index, value: str) -> int | None:
    allowed = {str(level.position): level.position for level in index.levels}
    return allowed.get(value)


def _seen(request: HttpRequest, index: Index) -> Estimate | None:
    """What the form was made from."""
    parts = request.POST.get("seen", "").split()
    levels = [level for part in parts if (level := _level(index, part)) is not None]
    return Estimate(*levels) if len(levels) == len(_LEGENDS) == len(parts) else None


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the form: what is chosen, what it is made from if not what is kept now, and what is wrong."""

    chosen: dict[str, str]
    seen: Estimate | None = None
    errors: dict[str, str] = field(default_factory=dict)
    is_stale: bool = False


def _page(request: HttpRequest, round_: Round, asked: Theme, shown: Shown) -> HttpResponse:
    number, kept = round_.index.themes.index(asked) + 1, round_.themes[asked.code].estimate
    seen, errors = shown.seen if shown.errors else kept, shown.errors
    levels = round_.index.levels
    page = {
        "round": round_,
        "theme": asked,
        "caption": caption(round_),
        "position": f"Short form, theme {number} of {len(round_.index.themes)}",
        "columns": [_radios(round_.index, asked, name, shown.chosen, errors) for name in _LEGENDS],
        "seen": f"{seen.present} {seen.future}" if seen else "",
        "is_stale": shown.is_stale,
        "kept": [levels[kept.present].label, levels[kept.future].label] if kept else [],
        "is_answered": round_.themes[asked.code].version > 0,
        "errors": [{"text": text, "href": f"#{name}"} for name, text in errors.items()],
        "trail": [*trail(round_), ("Short form", address("short-form", round_.id))],
    }
    return render(
        request, "assessments/short_form_theme.html", page, status=422 if errors else 409 if shown.is_stale else 200
    )


def _radios(index: Index, asked: Theme, name: str, chosen: dict[str, str], errors: dict[str, str]) -> Parameters:
    """Parameters of `govukRadios`: a level each, described by its own criteria in the question for now."""
    told = descriptions(index, asked)
    items = []
    for position, texts in told.items():
        item: Parameters = {"value": str(position), "text": index.levels[position].label}
        if name == "present":
            item["hint"] = {"text": " ".join(texts)}
        if chosen.get(name) == str(position):
            item["checked"] = True
        items.append(item)
    parameters: Parameters = {
        "name": name,
        "idPrefix": name,
        "fieldset": {"legend": {"text": _LEGENDS[name], "classes": "govuk-fieldset__legend--m"}},
        "items": items,
    }
    if name == "future":
        parameters["hint"] = {"text": "The levels are those described above."}
    if name in errors:
        parameters["errorMessage"] = {"text": errors[name]}
    return parameters
