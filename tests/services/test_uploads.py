"""Workbooks that come back: a plan first, then all of it or nothing."""

import datetime
from dataclasses import replace

import pytest
from tests.service import NOW, a_round, rows, somebody
from tests.workbook.books import blank, edited, place

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.lifecycle import State
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.formats import answer_workbook as layout
from commonweal.intake.workbook import read_workbook
from commonweal.services.actions import uploads
from commonweal.services.actions.answers import save_theme
from commonweal.services.actions.housekeeping import UPLOADS_WAIT, tidy
from commonweal.services.actions.uploads import apply_upload, receive_workbook, workbook_code
from commonweal.services.errors import Closed, Forbidden, NotFound, Stale
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.uploads import waiting_upload
from commonweal.store.models import Assessment, Change, Membership, Upload

pytestmark = pytest.mark.django_db


def _filled(index: Index, code: str = "", note: str = "From the workbook") -> bytes:
    first, last = index.questions[0], index.questions[-1]
    return edited(
        blank(index, code=code),
        {
            place(index, first, layout.NOW): layout.option(first.answers[1]),
            place(index, last, layout.NOTE): note,
        },
    )


def test_nothing_changes_before_it_is_applied_and_then_everything_does(index: Index) -> None:
    by = somebody()
    first, last = index.questions[0].id, index.questions[-1].id
    id_ = a_round(by, index, {last: QuestionAnswer(0, 1, "old")})
    content = _filled(index, code=str(id_))
    upload = receive_workbook(assessment_id=id_, content=content, file_name="town.xlsx", by=by, now=NOW)
    assert assessment_round(id_, by=by).given.answers == {last: QuestionAnswer(0, 1, "old")}
    assert waiting_upload(upload, by=by).changes[last] == QuestionAnswer(0, 1, "From the workbook")
    apply_upload(upload_id=upload, by=by, now=NOW)
    answers = assessment_round(id_, by=by).given.answers
    assert answers[first].present == 1
    assert answers[last] == QuestionAnswer(0, 1, "From the workbook")
    changes = rows(Change).count()
    assert apply_upload(upload_id=upload, by=by, now=NOW) == id_
    assert rows(Change).count() == changes


def test_a_theme_saved_since_makes_it_stale_and_nothing_is_half_written(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    upload = receive_workbook(assessment_id=id_, content=_filled(index), file_name="t.xlsx", by=by, now=NOW)
    last = index.questions[-1]
    save_theme(
        assessment_id=id_, code=last.theme, version=0, read=lambda _: {last.id: QuestionAnswer(1, 1)}, by=by, now=NOW
    )
    with pytest.raises(Stale):
        apply_upload(upload_id=upload, by=by, now=NOW)
    assert assessment_round(id_, by=by).given.answers == {last.id: QuestionAnswer(1, 1)}
    assert assessment_round(id_, by=by).themes[index.themes[0].code].version == 0


def test_a_workbook_of_another_assessment_is_refused(index: Index) -> None:
    by = somebody()
    mine, other = a_round(by, index), a_round(by, index)
    with pytest.raises(BadInput, match="made for another assessment"):
        receive_workbook(assessment_id=mine, content=_filled(index, str(other)), file_name="t.xlsx", by=by, now=NOW)
    assert not rows(Upload).exists()


def test_a_workbook_that_was_overtaken_says_by_which_themes(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    content = _filled(index, code=workbook_code(assessment_round(id_, by=by)))
    first = index.questions[0]
    answers = {first.id: QuestionAnswer(0, 2)}
    save_theme(assessment_id=id_, code=first.theme, version=0, read=lambda _: answers, by=by, now=NOW)
    upload = receive_workbook(assessment_id=id_, content=content, file_name="t.xlsx", by=by, now=NOW)
    assert waiting_upload(upload, by=by).overtaken == (first.theme,)


def test_others_do_not_see_an_upload(index: Index) -> None:
    by, other = somebody(), somebody("Another officer")
    id_ = a_round(by, index)
    upload = receive_workbook(assessment_id=id_, content=_filled(index), file_name="t.xlsx", by=by, now=NOW)
    with pytest.raises(NotFound):
        waiting_upload(upload, by=other)
    with pytest.raises(NotFound):
        apply_upload(upload_id=upload, by=other, now=NOW)
    with pytest.raises(NotFound):
        receive_workbook(assessment_id=id_, content=_filled(index), file_name="t.xlsx", by=other, now=NOW)


def test_who_reads_does_not_apply(index: Index) -> None:
    by, member = somebody(), somebody("Member")
    id_ = a_round(by, index)
    upload = receive_workbook(assessment_id=id_, content=_filled(index), file_name="t.xlsx", by=by, now=NOW)
    organisation = rows(Upload).get(pk=upload).organisation_id
    Membership.objects.create(organisation_id=organisation, person=member, role=Role.ELECTED_MEMBER, created_at=NOW)
    with pytest.raises(Forbidden):
        apply_upload(upload_id=upload, by=Person.objects.get(pk=member.pk), now=NOW)
    assert not assessment_round(id_, by=by).given.answers


def test_nothing_is_applied_to_what_was_agreed_meanwhile(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    upload = receive_workbook(assessment_id=id_, content=_filled(index), file_name="t.xlsx", by=by, now=NOW)
    rows(Assessment).filter(pk=id_).update(state=State.AGREED)
    with pytest.raises(Closed):
        apply_upload(upload_id=upload, by=by, now=NOW)


def test_a_workbook_of_another_index_is_refused(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    by = somebody()
    id_ = a_round(by, index)
    other = replace(index, version="2017.1")
    monkeypatch.setattr(uploads, "read_workbook", lambda *_: replace(read_workbook(_filled(index), "t"), index=other))
    with pytest.raises(BadInput, match="this assessment answers"):
        receive_workbook(assessment_id=id_, content=b"", file_name="t.xlsx", by=by, now=NOW)


def test_uploads_that_nobody_decides_on_are_thrown_away(index: Index) -> None:
    by = somebody()
    id_ = a_round(by, index)
    receive_workbook(assessment_id=id_, content=_filled(index), file_name="t.xlsx", by=by, now=NOW)
    tidy(now=NOW + UPLOADS_WAIT)
    assert rows(Upload).count() == 1
    tidy(now=NOW + UPLOADS_WAIT + datetime.timedelta(seconds=1))
    assert not rows(Upload).exists()
