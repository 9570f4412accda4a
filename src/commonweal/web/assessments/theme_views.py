"""One theme a page: answers for now and for the target, saved together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import NOT_ANSWERED, QuestionAnswer
from commonweal.core.maturity.effect import effect
from commonweal.core.maturity.models import Index, Theme
from commonweal.core.problems import Problem
from commonweal.core.words import sentence_case
from commonweal.services.actions.answers import answer_problems, save_theme
from commonweal.services.allowed import require_open
from commonweal.services.errors import NotFound, Stale
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.web.assessments.presenters import checked_themes
from commonweal.web.assessments.question_form import from_answer, from_post, to_answers
from commonweal.web.assessments.stale import overtaken
from commonweal.web.components.addresses import address
from commonweal.web.components.kinds import names_of
from commonweal.web.components.place import caption, trail
from commonweal.web.components.question_markup import FilledQuestion, question_html
from commonweal.web.components.requests import is_from_script, person, sent_version
from commonweal.web.components.sectors import in_words, notes_on


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page beside the theme: the fields, and what there is to say about them."""

    filled: Mapping[str, FilledQuestion]
    version: int
    problems: Sequence[Problem] = ()
    effect: Sequence[str] = ()
    is_stale: bool = False


@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """A theme's questions. Sent with `do` as continue, stop or effect."""
    if request.method == "POST":
        if request.POST.get("do") == "effect":
            return _effect(request, assessment_id, code)
        return _save(request, assessment_id, code)
    round_ = assessment_round(assessment_id, by=person(request))
    asked = theme_called(round_.index, code)
    if not round_.may_change(code):
        return _read(request, round_, asked)
    return _page(request, round_, asked, Shown(_stored(round_, asked), round_.themes[code].version))


def _read(request: HttpRequest, round_: Round, asked: Theme) -> HttpResponse:
    """The theme for somebody who may read it and not change it, or once it is closed."""
    page = {
        "round": round_,
        "caption": caption(round_),
        "theme": asked,
        "words": in_words(round_, asked),
        "notes": notes_on(round_, asked),
        "read": next(one for one in checked_themes(round_) if one.code == asked.code),
        "trail": trail(round_),
    }
    return render(request, "assessments/reading.html", page)


def theme_called(index: Index, code: str) -> Theme:
    """A theme of an index by its code. Raises NotFound."""
    found = index.theme(code)
    if found is None:
        raise NotFound
    return found


def _stored(round_: Round, asked: Theme) -> dict[str, FilledQuestion]:
    """The fields as stored; of a theme known by an estimate alone, as the estimate fills them in."""
    answers = round_.assessment().answers if asked.code in round_.estimates else round_.given.answers
    return {question.id: from_answer(answers.get(question.id, NOT_ANSWERED)) for question in asked.questions}


def _effect(request: HttpRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """What the answers on the page would do; nothing is saved."""
    by = person(request)
    round_ = assessment_round(assessment_id, by=by)
    require_open(by, Action.ANSWER, round_.organisation_id, round_.id, round_.state, code)
    asked = theme_called(round_.index, code)
    filled = from_post(asked, request)
    answers = to_answers(filled)
    problems = answer_problems(asked, answers)
    sentences = () if problems else effect(round_.results(), round_.results(answers), code)
    if is_from_script(request):
        return render(request, "assessments/effect.html", {"effect": sentences, "problems": problems})
    return _page(request, round_, asked, Shown(filled, sent_version(request), problems, sentences))


def _save(request: HttpRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """Save and go on, or show the form again with everything that was typed."""
    by, version = person(request), sent_version(request)

    def read(asked: Theme) -> dict[str, QuestionAnswer]:
        return to_answers(from_post(asked, request))

    try:
        index = save_theme(
            assessment_id=assessment_id, code=code, version=version, read=read, by=by, now=timezone.now()
        )
    except (BadInput, Stale) as refused:
        round_ = assessment_round(assessment_id, by=by)
        asked = theme_called(round_.index, code)
        typed = from_post(asked, request)
        if isinstance(refused, BadInput):
            return _page(request, round_, asked, Shown(typed, version, refused.problems))
        return _page(request, round_, asked, Shown(typed, round_.themes[code].version, is_stale=True))
    if request.POST.get("do") == "stop":
        return redirect("task-list", assessment_id)
    codes = [theme.code for theme in index.themes]
    following = codes[codes.index(code) + 1 :]
    return redirect("theme", assessment_id, following[0]) if following else redirect("check", assessment_id)


def _page(request: HttpRequest, round_: Round, asked: Theme, shown: Shown) -> HttpResponse:
    errors: dict[str, dict[str, str]] = defaultdict(dict)
    for problem in shown.problems:
        question, _, field = problem.place.rpartition(".")
        errors[question][field] = problem.sentence
    number = round_.index.themes.index(asked) + 1
    page = {
        "round": round_,
        "theme": asked,
        "caption": caption(round_),
        "position": f"{sentence_case(names_of(round_.index).theme)} {number} of {len(round_.index.themes)}",
        "questions": [
            question_html(round_.index, question, shown.filled[question.id], errors.get(question.id, {}))
            for question in asked.questions
        ],
        "words": in_words(round_, asked),
        "notes": notes_on(round_, asked),
        "version": shown.version,
        "effect": shown.effect,
        "overtaken": overtaken(asked, shown.filled, round_.given.answers) if shown.is_stale else (),
        "is_stale": shown.is_stale,
        "is_estimated": asked.code in round_.estimates and request.method == "GET",
        "errors": [
            {"text": problem.sentence, "href": f"#{problem.place.replace('.', '-')}"} for problem in shown.problems
        ],
        "trail": trail(round_),
        "pages": [(question.id, address("question", round_.id, question.id)) for question in asked.questions],
        "address": address("theme", round_.id, asked.code),
    }
    status = 409 if shown.is_stale else 422 if shown.problems and not shown.effect else 200
    return render(request, "assessments/theme.html", page, status=status)
