"""Filled-in workbooks: read into a plan that changes nothing, then applied wholly or not at all."""

import datetime
from collections.abc import Mapping
from uuid import UUID

from django.db.models import F

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.lifecycle import State
from commonweal.core.maturity.answers import NOT_ANSWERED, QuestionAnswer
from commonweal.core.problems import Problem
from commonweal.intake.workbook import read_workbook
from commonweal.services.actions.answers import stored_answers, write_answers
from commonweal.services.allowed import require_open
from commonweal.services.errors import NotFound, Stale
from commonweal.services.indexes import held_index
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.writing import writing
from commonweal.standards.catalogue import find_with
from commonweal.store.convert import from_plain, to_plain
from commonweal.store.models import AssessedTheme, Assessment, Person, Upload

_LONGEST_FILE_NAME = 200


def receive_workbook(
    *, assessment_id: UUID, content: bytes, file_name: str, by: Person, now: datetime.datetime
) -> UUID:
    """Read a workbook for an assessment and keep what it would change. Gives the upload's id; stores no answer.

    Raises NotFound, Forbidden, Closed, or BadInput with every problem found in the file.
    """
    round_ = assessment_round(assessment_id, by=by)
    require_open(by, Action.ANSWER, round_.organisation_id, round_.id, round_.state)
    name = file_name[-_LONGEST_FILE_NAME:] or "workbook.xlsx"
    filled = read_workbook(content, name, find_with(round_.index))
    code, _, given_out = filled.code.partition(" ")
    if code and code != str(assessment_id):
        what = "This workbook was made for another assessment."
        raise BadInput([Problem(name, what, "Upload it there, or fill in the workbook of this one.")])
    if filled.index.reference != round_.index.reference:
        what = f"This workbook asks {filled.index.reference}; this assessment answers {round_.index.reference}."
        raise BadInput([Problem(name, what, "Fill in the workbook that you download here.")])
    stored = round_.given.answers
    result = filled.assessment(round_.given).answers
    changed = {id_: new for id_, new in result.items() if new != stored.get(id_, NOT_ANSWERED)}
    return _keep(round_, name, changed, _overtaken(given_out, round_, changed), by=by, now=now)


@writing
def _keep(
    round_: Round,
    name: str,
    changed: Mapping[str, QuestionAnswer],
    overtaken: list[str],
    *,
    by: Person,
    now: datetime.datetime,
) -> UUID:
    upload = Upload.objects.create(
        organisation_id=round_.organisation_id,
        assessment_id=round_.id,
        file_name=name,
        changes={id_: to_plain(answer) for id_, answer in changed.items()},
        versions={theme: state.version for theme, state in round_.themes.items()},
        overtaken=overtaken,
        created_at=now,
        created_by=by,
    )
    return upload.id


def workbook_code(round_: Round) -> str:
    """What a workbook carries to say whose it is: the assessment, and the versions of its themes in order."""
    return f"{round_.id} {'.'.join(str(state.version) for state in round_.themes.values())}"


def _overtaken(given_out: str, round_: Round, changed: Mapping[str, QuestionAnswer]) -> list[str]:
    """The themes that a workbook would change, and that were saved since it was given out."""
    then = given_out.split(".")
    if len(then) != len(round_.themes):
        return []
    saved = {code for old, (code, state) in zip(then, round_.themes.items(), strict=True) if old != str(state.version)}
    return [
        theme.code
        for theme in round_.index.themes
        if theme.code in saved and not changed.keys().isdisjoint(theme.by_id)
    ]


@writing
def apply_upload(*, upload_id: UUID, by: Person, now: datetime.datetime) -> UUID:
    """Write what an upload would change, all of it. Gives the assessment's id.

    Applying once more changes nothing. Raises NotFound, Forbidden, Closed, or Stale where one of its themes was saved
    since it was read.
    """
    upload = Upload.objects.for_actor(by).select_for_update(of=("self",)).filter(pk=upload_id).first()
    if upload is None:
        raise NotFound
    assessment = Assessment.objects.of(upload.assessment_id).select_for_update(of=("self",)).get()
    if upload.applied_at:
        return assessment.pk
    require_open(by, Action.ANSWER, assessment.organisation_id, assessment.pk, State(assessment.state))
    changed = {id_: from_plain(kept) for id_, kept in upload.changes.items()}
    for theme in held_index(assessment.index).themes:
        if changed.keys().isdisjoint(theme.by_id):
            continue
        moved = (
            AssessedTheme.objects.of(assessment)
            .filter(code=theme.code, version=upload.versions[theme.code])
            .update(version=F("version") + 1, saved_at=now, saved_by=by)
        )
        if not moved:
            raise Stale
    stored = stored_answers(assessment, changed)
    write_answers(assessment, stored, changed, by=by, now=now, subject=upload.file_name[:100], act="workbook applied")
    upload.applied_at = now
    upload.save(update_fields=["applied_at"])
    return assessment.id
