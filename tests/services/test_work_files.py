"""Files that show how work was done: kept, given out to who sees the work, and gone with their rows."""

import datetime
from uuid import UUID

import pytest
from django.conf import settings
from tests.service import NOW, an_organisation, rows, somebody

from commonweal.core.errors import BadInput
from commonweal.core.programme.work import WorkStep
from commonweal.services import files
from commonweal.services.actions.housekeeping import tidy
from commonweal.services.actions.programmes import Frame, start_programme
from commonweal.services.actions.work_files import add_work_file, take_file_away
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.errors import Closed, Forbidden, NotFound
from commonweal.services.people import Person
from commonweal.services.queries.programmes import one_work, work_file
from commonweal.store.models import Membership, Programme, Work, WorkFile

pytestmark = pytest.mark.django_db
DAY = datetime.date(2027, 4, 1)


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def work(lead: Person) -> UUID:
    made = start_programme(
        organisation_id=an_organisation(lead), reference="guiding-principles@1",
        frame=Frame("P", "scotland", None, None), anchors={"start": DAY}, by=lead, now=NOW,
    )  # fmt: skip
    found: UUID = rows(Work).filter(programme=made).order_by("number")[0].pk
    return found


def _add(work: UUID, by: Person, content: bytes = b"a,b", name: str = "list.csv", title: str = "List") -> int:
    return add_work_file(work_id=work, title=title, file_name=name, content=content, by=by, now=NOW)


def _take(work: UUID, by: Person, *steps: WorkStep) -> None:
    for step in steps:
        version = rows(Work).get(pk=work).version
        take_work_step(work_id=work, step=step, version=version, words="Said", link="", today=DAY, by=by, now=NOW)


def test_a_file_comes_back_as_it_went(work: UUID, lead: Person) -> None:
    id_ = _add(work, lead)
    assert work_file(work, id_, by=lead) == ("list.csv", b"a,b")
    assert [(one.title, one.size) for one in one_work(work, by=lead).files] == [("List", 3)]
    stranger = somebody("Stranger")
    with pytest.raises(NotFound):
        work_file(work, id_, by=stranger)
    with pytest.raises(NotFound):
        _add(work, stranger)


@pytest.mark.parametrize(
    ("content", "name", "title", "place"),
    [
        (b"a", "", "List", "file"),
        (b"a", "x.exe", "List", "file"),
        (b"", "x.csv", "List", "file"),
        (b"a", "x.csv", " ", "file_title"),
        (b"a", "x.csv", "x" * 201, "file_title"),
    ],
)
def test_what_is_no_file_is_refused(
    work: UUID, lead: Person, content: bytes, name: str, title: str, place: str
) -> None:
    with pytest.raises(BadInput) as refused:
        _add(work, lead, content, name, title)
    assert place in {problem.place for problem in refused.value.problems}
    assert not rows(WorkFile).exists()


def test_room_is_counted_and_nothing_is_left_behind(work: UUID, lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    _add(work, lead)
    monkeypatch.setattr(settings, "EVIDENCE_QUOTA", 5)
    before = set(files.names_older_than(NOW + datetime.timedelta(days=9999)))
    with pytest.raises(BadInput):
        _add(work, lead)
    assert set(files.names_older_than(NOW + datetime.timedelta(days=9999))) == before


def test_what_was_said_to_be_done_keeps_its_files(work: UUID, lead: Person) -> None:
    id_ = _add(work, lead)
    _take(work, lead, WorkStep.AGREE, WorkStep.START, WorkStep.CLAIM)
    with pytest.raises(Closed):
        take_file_away(work_id=work, file_id=id_, by=lead, now=NOW)
    _take(work, lead, WorkStep.CONFIRM)
    with pytest.raises(Closed):
        _add(work, lead)
    _take(work, lead, WorkStep.TAKE_BACK)
    take_file_away(work_id=work, file_id=id_, by=lead, now=NOW)
    with pytest.raises(NotFound):
        work_file(work, id_, by=lead)


def test_a_file_without_a_row_is_swept_up_and_others_stay(work: UUID, lead: Person) -> None:
    kept, gone = _add(work, lead), _add(work, lead, b"gone")
    names = dict(rows(WorkFile).values_list("pk", "stored_as"))
    take_file_away(work_id=work, file_id=gone, by=lead, now=NOW)
    tidy(now=datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=99))
    assert files.kept(names[kept]) == b"a,b"
    with pytest.raises(FileNotFoundError):
        files.kept(names[gone])


def test_members_read_and_closed_programmes_take_none(work: UUID, lead: Person) -> None:
    id_ = _add(work, lead)
    home = rows(Work).get(pk=work).organisation_id
    member = somebody("Member")
    rows(Membership).create(organisation_id=home, person=member, role="elected-member", created_at=NOW)
    assert work_file(work, id_, by=member)[1] == b"a,b"
    with pytest.raises(Forbidden):
        _add(work, member)
    rows(Programme).update(state="closed")
    with pytest.raises(Closed):
        _add(work, lead)
