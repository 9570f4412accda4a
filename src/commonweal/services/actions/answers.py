"""Answers, estimates and plan notes are saved."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import cast
from uuid import UUID

from django.db.models import F

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import LONGEST_REMARK, NOT_ANSWERED, ON_A_PAGE, QuestionAnswer, refusals
from commonweal.core.maturity.estimate import Estimate, refused_estimate
from commonweal.core.maturity.models import Index, Theme
from commonweal.core.problems import Problem, Refused
from commonweal.formats.characters import forbidden_character
from commonweal.services.allowed import open_assessment_for
from commonweal.services.errors import NotFound, Stale
from commonweal.services.indexes import held_index
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.convert import ANSWER_FIELDS, to_answers, to_plain, to_rows
from commonweal.store.models import Answer, AssessedTheme, Assessment, Person

_REMARKS = ("note", "reason", "step_back")
_STORED = ("present", "future", *_REMARKS)


def theme_of(assessment: Assessment, code: str) -> Theme:
    """A theme of the assessment's index. Raises NotFound."""
    theme = held_index(assessment.index).theme(code)
    if theme is None:
        raise NotFound
    return theme


def answer_problems(theme: Theme, answers: Mapping[str, QuestionAnswer]) -> list[Problem]:
    """Every reason to refuse answers, each placed at `question.field`."""
    problems = []
    for id_, answer in answers.items():
        for field, refused in refusals(theme.by_id[id_], answer, ON_A_PAGE):
            problems.append(Problem.at(f"{id_}.{field}", refused))
        for field in _REMARKS:
            refused_remark = refused_text(f"The text at {id_}", getattr(answer, field))
            if refused_remark:
                problems.append(Problem.at(f"{id_}.{field}", refused_remark))
    return problems


def refused_text(what: str, text: str) -> Refused | None:
    """Why a text cannot be kept as a note: too long, or with characters that nobody sees."""
    over = len(text) - LONGEST_REMARK
    if over > 0:
        return too_long(what, over)
    found = forbidden_character(text)
    if found:
        return Refused(f"{what} has a character that cannot be shown ({found}).", "Delete it, or type the text again.")
    return None


def too_long(what: str, over: int) -> Refused:
    """The refusal of a text that is longer than a note may be, by so many characters."""
    plural = "character" if over == 1 else "characters"
    return Refused(f"{what} is {over:,} {plural} too long.", f"Shorten it to {LONGEST_REMARK:,} characters.")


Read = Callable[[Theme], Mapping[str, QuestionAnswer]]
"""Reads off the answers to a theme, once it is known which questions it asks."""


@writing
def save_theme(
    *, assessment_id: UUID, code: str, version: int, read: Read, by: Person, now: datetime.datetime
) -> Index:
    """Save the answers to a theme's questions, made from a version of it. Gives the assessment's index.

    Saving the same once more changes nothing. Raises NotFound, Forbidden, Closed, BadInput (places are
    `question.field`), or Stale where somebody else has saved other answers since that version.
    """
    assessment = open_assessment_for(by, Action.ANSWER, assessment_id, code)
    theme = theme_of(assessment, code)
    answers = read(theme)
    if not answers.keys() <= theme.by_id.keys():
        raise NotFound
    problems = answer_problems(theme, answers)
    if problems:
        raise BadInput(problems)
    stored = stored_answers(assessment, theme.by_id)
    changed = {id_: new for id_, new in answers.items() if new != stored.get(id_, NOT_ANSWERED)}
    if changed:
        moved = AssessedTheme.objects.for_actor(by, assessment=assessment, code=code, version=version).update(
            version=F("version") + 1, saved_at=now, saved_by=by
        )
        if not moved:
            raise Stale
        write_answers(assessment, stored, changed, by=by, now=now, subject=code)
    return held_index(assessment.index)


def stored_answers(assessment: Assessment, questions: Iterable[str]) -> dict[str, QuestionAnswer]:
    """The stored answers to some questions, by id."""
    rows = Answer.objects.of(assessment, question__in=list(questions))
    return to_answers(rows.values_list(*ANSWER_FIELDS))


def write_answers(
    assessment: Assessment,
    stored: Mapping[str, QuestionAnswer],
    changed: Mapping[str, QuestionAnswer],
    *,
    by: Person,
    now: datetime.datetime,
    subject: str,
    act: str = "answers saved",
) -> None:
    """Write answers over the stored ones, and what was changed into the history."""
    if not changed:
        return
    Answer.objects.bulk_create(
        to_rows(assessment, changed),
        update_conflicts=True,
        unique_fields=["assessment", "question"],
        update_fields=_STORED,
    )
    record(
        act,
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.id,
        subject=subject,
        by=by,
        now=now,
        before={id_: to_plain(stored[id_]) for id_ in changed if id_ in stored},
        after={id_: to_plain(answer) for id_, answer in changed.items()},
    )


@writing
def save_estimate(
    *,
    assessment_id: UUID,
    code: str,
    present: int | None,
    future: int | None,
    seen: Estimate | None,
    by: Person,
    now: datetime.datetime,
) -> None:
    """Keep the levels chosen for a theme in the short form, by somebody who has `seen` what was kept before.

    Raises NotFound, BadInput (places are fields), or Stale where something else is kept meanwhile.
    """
    assessment = open_assessment_for(by, Action.ANSWER, assessment_id, code)
    theme = theme_of(assessment, code)
    problems = [
        Problem.at(field, refused)
        for field, refused in refused_estimate(held_index(assessment.index), theme, present, future)
    ]
    if problems:
        raise BadInput(problems)
    present, future = cast("int", present), cast("int", future)  # none is refused
    row = AssessedTheme.objects.of(assessment).get(code=code)
    before = _estimate_of(row)
    if before == Estimate(present, future):
        return
    if before != seen:
        raise Stale
    row.estimate_present, row.estimate_future = present, future
    row.save(update_fields=["estimate_present", "estimate_future"])
    record(
        "estimate saved",
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.id,
        subject=code,
        by=by,
        now=now,
        before={"present": before.present, "future": before.future} if before else {},
        after={"present": present, "future": future},
    )


def _estimate_of(row: AssessedTheme) -> Estimate | None:
    if row.estimate_present is None or row.estimate_future is None:
        return None
    return Estimate(row.estimate_present, row.estimate_future)


@writing
def keep_plan_note(
    *, assessment_id: UUID, code: str, version: int, text: str, by: Person, now: datetime.datetime
) -> None:
    """Keep the note beside a theme's row of the plan. Raises NotFound, BadInput, or Stale as `save_theme` does."""
    assessment = open_assessment_for(by, Action.ANSWER, assessment_id, code)
    theme = theme_of(assessment, code)
    refused = refused_text(f"The note on {theme.title}", text)
    if refused:
        raise BadInput([Problem.at("note", refused)])
    row = AssessedTheme.objects.of(assessment).get(code=code)
    if row.plan_note == text:
        return
    if row.plan_note_version != version:
        raise Stale
    before, row.plan_note = row.plan_note, text
    row.plan_note_version += 1
    row.save(update_fields=["plan_note", "plan_note_version"])
    record(
        "plan note kept",
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.id,
        subject=code,
        by=by,
        now=now,
        before={"note": before},
        after={"note": text},
    )
