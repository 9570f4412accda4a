"""A question's own page, and remarking on it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.evidence import ENOUGH, says_something
from commonweal.core.lifecycle import refused_evidence
from commonweal.core.maturity.answers import NOT_ANSWERED
from commonweal.core.maturity.models import Question
from commonweal.services.actions.remarks import remark as make_remark
from commonweal.services.errors import NotFound
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.queries.evidence import evidence_of
from commonweal.services.queries.lifecycle import remarks
from commonweal.services.queries.trail import answer_history
from commonweal.web.components.place import caption, trail
from commonweal.web.components.requests import person, typed
from commonweal.web.questions.presenters import answered, criterion_rows, evidence_rows, history_rows, supported


@require_GET
def question(request: HttpRequest, assessment_id: UUID, question: str) -> HttpResponse:
    """The answer in words, the evidence for it and for its criteria, remarks on it, its history."""
    round_ = assessment_round(assessment_id, by=person(request))
    return _page(request, round_, question_called(round_, question))


def question_called(round_: Round, id_: str) -> Question:
    """A question of a round's index. Raises NotFound."""
    found = next((one for one in round_.index.questions if one.id == id_), None)
    if found is None:
        raise NotFound
    return found


@require_POST
def remark(request: HttpRequest, assessment_id: UUID, question: str) -> HttpResponse:
    """Remark on a question."""
    by, text = person(request), typed(request, "remark")
    try:
        make_remark(assessment_id=assessment_id, question=question, text=text, by=by, now=timezone.now())
    except BadInput as bad:
        round_ = assessment_round(assessment_id, by=by)
        error = bad.problems[0].sentence
        return _page(request, round_, question_called(round_, question), text=text, error=error)
    return redirect("question", assessment_id, question)


def _page(request: HttpRequest, round_: Round, asked: Question, *, text: str = "", error: str = "") -> HttpResponse:
    by = person(request)
    theme = next(theme for theme in round_.index.themes if asked.id in theme.by_id)
    every, today = evidence_of(round_.id, by=by), timezone.localdate()
    found = [line for line in every if asked.id in line.questions]
    answer = round_.given.answers.get(asked.id, NOT_ANSWERED)
    page = {
        "round": round_,
        "caption": caption(round_),
        "question": asked,
        "theme": theme,
        "answer": answered(round_, asked),
        "evidence": evidence_rows(found, today),
        "others": [line for line in every if asked.id not in line.questions and not line.withdrawn_at],
        "criteria": criterion_rows(theme, asked, answer, found, today),
        "support": supported(found, today) if says_something(theme, asked, answer.present) else None,
        "enough": ENOUGH,
        "remarks": remarks(round_.id, by=by, question=asked.id),
        "history": history_rows(asked, answer_history(round_.id, asked.id, by=by)),
        "may_change": round_.may_change(theme.code),
        "may_remark": round_.may(Action.REMARK),
        "may_add": round_.may(Action.ADD_EVIDENCE, theme.code) and not refused_evidence(round_.state),
        "text": text,
        "error": error,
        "errors": [{"text": error, "href": "#remark"}] if error else [],
        "trail": trail(round_),
    }
    return render(request, "questions/question.html", page, status=422 if error else 200)
