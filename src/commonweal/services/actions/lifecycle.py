"""An assessment is agreed, endorsed by a body, referred back, called in, superseded."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.errors import BadInput
from commonweal.core.lifecycle import FROZEN, Move, State, Step, action_of, moved
from commonweal.core.problems import Problem
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.reports.child import render_apart
from commonweal.reports.extract import Extract
from commonweal.services.actions.answers import refused_text
from commonweal.services.allowed import assessment_taken, require_with
from commonweal.services.errors import Closed, Stale
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Assessment, Decision, FrozenDocument, Person

FROZEN_FORMATS = ("pdf", "docx", "xlsx", "html", "csv", "json")
_LONGEST_BODY, _LONGEST_MINUTE = 200, 100


@dataclass(frozen=True, slots=True)
class Meeting:
    """Which body decided, when it met, where its minutes say so."""

    body: str = ""
    met_on: datetime.date | None = None
    minute: str = ""


def take_step(
    *,
    assessment_id: UUID,
    step: Step,
    state_version: int,
    meeting: Meeting,
    words: str,
    today: datetime.date,
    by: Person,
    now: datetime.datetime,
) -> None:
    """Take a step with an assessment that is at a version of its state.

    What is endorsed is frozen: its documents are made first, before anything is locked, since that takes seconds; they
    are kept only if the state is still what it was. Raises NotFound, Forbidden, Closed (the step does not lead on from
    here), BadInput (places are fields), or Stale (somebody took a step meanwhile).
    """
    round_ = assessment_round(assessment_id, by=by)
    require_with(by, action_of(step), round_.organisation_id, round_.id)
    _allowed(round_.state, step)
    problems = _step_problems(step, meeting, words, today)
    if problems:
        raise BadInput(problems)
    endorses = step in {Step.ENDORSE, Step.ENDORSE_AMENDED}
    if round_.state_version != state_version:
        raise Stale
    documents = _documents(round_, today) if endorses else {}
    _write_step(
        assessment_id,
        step,
        state_version,
        meeting if step.needs_a_meeting else Meeting(),
        words,
        documents,
        by=by,
        now=now,
    )


def _allowed(state: State, step: Step) -> Move:
    found = moved(state, step)
    if isinstance(found, Move):
        return found
    raise Closed(found)


def _step_problems(step: Step, meeting: Meeting, words: str, today: datetime.date) -> list[Problem]:
    problems = []
    if step.needs_a_meeting:
        if is_blank(meeting.body):
            problems.append(Problem("body", "It is not said which body decided.", "Enter its name, such as Cabinet."))
        if meeting.met_on is None:
            problems.append(Problem("met_on", "It is not said when it met.", "Enter the day, like 31/03/2027."))
        elif meeting.met_on > today:
            problems.append(Problem("met_on", "This day is still to come.", "Enter the day when it did meet."))
        if is_blank(meeting.minute):
            problems.append(Problem("minute", "The minute is not named.", "Enter its reference, such as CAB 47/26."))
    if step in {Step.ENDORSE_AMENDED, Step.REFER_BACK, Step.CALL_IN} and is_blank(words):
        problems.append(Problem("words", "It is not said what was decided.", "Write the amendments or the reasons."))
    for field, text, most in (("body", meeting.body, _LONGEST_BODY), ("minute", meeting.minute, _LONGEST_MINUTE)):
        if len(text) > most:
            problems.append(Problem(field, "This is too long.", f"Shorten it to {most} characters."))
        if forbidden_character(text):
            problems.append(Problem(field, "This has a character that cannot be shown.", "Type it again."))
    refused = refused_text("This text", words)
    return [*problems, Problem.at("words", refused)] if refused else problems


def _documents(round_: Round, today: datetime.date) -> dict[str, bytes]:
    return {
        name: render_apart(name, round_.assessment(), today, Extract(), round_.plan_notes) for name in FROZEN_FORMATS
    }


@writing
def _write_step(
    assessment_id: UUID,
    step: Step,
    state_version: int,
    meeting: Meeting,
    words: str,
    documents: Mapping[str, bytes],
    *,
    by: Person,
    now: datetime.datetime,
) -> None:
    assessment = assessment_taken(by, assessment_id)
    require_with(by, action_of(step), assessment.organisation_id, assessment.pk)
    move = _allowed(State(assessment.state), step)
    if assessment.state_version != state_version:
        raise Stale
    before = assessment.state
    assessment.state, assessment.state_version = move.to.value, state_version + 1
    assessment.save(update_fields=["state", "state_version"])
    decision = _recorded(assessment, step, before, meeting, words, by, now)
    FrozenDocument.objects.bulk_create(
        FrozenDocument(
            organisation_id=assessment.organisation_id,
            decision=decision,
            format=name,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for name, content in documents.items()
    )
    if move.to is State.ENDORSED or before == State.ENDORSED.value:
        _settle_which_stands(assessment, by, now)


def _settle_which_stands(moved_now: Assessment, by: Person, now: datetime.datetime) -> None:
    """Of the rounds of one series that were endorsed, the latest stands and the others are superseded.

    The latest is by its date, not by when a body came to it. The one that moved now wins where dates are the same.
    """
    index, _, _ = moved_now.index.partition("@")
    frozen = list(
        Assessment.objects.within(moved_now.organisation_id)
        .select_for_update(of=("self",))
        .filter(index__startswith=f"{index}@", department=moved_now.department_id, state__in=FROZEN)
        .order_by("pk")
    )
    if not frozen:
        return
    stands = max(frozen, key=lambda one: (one.date or datetime.date.min, one.created_at, one.pk == moved_now.pk))
    for one in frozen:
        if one.pk != stands.pk and one.state == State.ENDORSED.value:
            _follow(one, Step.SUPERSEDE, f"By {stands.name}", by, now)
    if stands.state == State.SUPERSEDED.value:
        _follow(stands, Step.REINSTATE, f"While {moved_now.name} is called in", by, now)


def _follow(other: Assessment, step: Step, words: str, by: Person, now: datetime.datetime) -> None:
    before = other.state
    other.state, other.state_version = _allowed(State(before), step).to.value, other.state_version + 1
    other.save(update_fields=["state", "state_version"])
    _recorded(other, step, before, Meeting(), words, by, now)


def _recorded(
    assessment: Assessment,
    step: Step,
    before: str,
    meeting: Meeting,
    words: str,
    by: Person,
    now: datetime.datetime,
) -> Decision:
    met_on = meeting.met_on.isoformat() if meeting.met_on else ""
    number = record(
        step.label.lower(),
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.pk,
        by=by,
        now=now,
        before={"state": before},
        after={"state": assessment.state, "body": meeting.body, "met_on": met_on, "minute": meeting.minute},
        why=words,
    )
    return Decision.objects.create(
        organisation_id=assessment.organisation_id,
        assessment=assessment,
        step=step,
        body=meeting.body,
        met_on=meeting.met_on,
        minute=meeting.minute,
        words=words,
        trail_number=number,
        at=now,
        by=by,
    )
